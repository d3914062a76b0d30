from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models import Council, Person

# How long the law keeps background papers of a meeting (Local Government Act 1972, section 100D): years.
BACKGROUND_YEARS = 4


def years_from(day: date, years: int) -> date:
    """The same day so many years on, or back."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def new_key() -> str:
    """The secret that turns an author into a code within one inquiry, 256 bits in hexadecimal."""
    return secrets.token_hex(32)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def of_member(self, person: Person) -> InquiryQuerySet:
        """Where this person is officer, contributor or reader."""
        return self.filter(memberships__person=person)

    def of_contributor(self, person: Person) -> InquiryQuerySet:
        """Where this person may log what they find: contributors and officers."""
        return self.filter(memberships__person=person, memberships__role__in=Membership.WHO_LOG)

    def of_officer(self, person: Person) -> InquiryQuerySet:
        return self.filter(memberships__person=person, memberships__role=Membership.Role.OFFICER)

    def public(self) -> InquiryQuerySet:
        """Those whose “what we look at, and why” anyone may read: all but drafts."""
        return self.exclude(state=Inquiry.State.DRAFT)

    def open(self) -> InquiryQuerySet:
        """Those that still take items."""
        return self.filter(state=Inquiry.State.OPEN)


class Inquiry(models.Model):
    """What a committee or task and finish group wants to hear about. About a service, never about a person."""

    class State(models.TextChoices):
        DRAFT = "draft", "being prepared"
        OPEN = "open", "listening"
        REPORTED = "reported", "reported"
        CLOSED = "closed", "closed"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=150)
    committee = models.CharField("committee or task and finish group", max_length=150)
    council = models.ForeignKey(Council, models.SET_NULL, null=True, blank=True, related_name="+")
    purpose = models.TextField(help_text="What the committee wants to find out, and why.")
    statutory_function = models.CharField(
        max_length=200, help_text="The duty or power under which it looks, in the words of the council's adviser."
    )
    questions = models.TextField(blank=True, help_text="What the committee asks, one question on each line.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    meeting_on = models.DateField(null=True, blank=True, help_text="When the committee considers the report.")
    about_children = models.BooleanField(default=False, help_text="Treats every item as sensitive.")
    keep_days = models.PositiveSmallIntegerField(
        help_text="Days after the report, or after the end without one, that what was only seen is kept."
    )
    contact_email = models.EmailField(help_text="Where questions and objections go. Shown on the public page.")
    # Secret: without it nobody can find out whether two items are by one author. Emptied when all items are gone.
    author_key = models.CharField(max_length=64, default=new_key, editable=False, blank=True)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True, help_text="From this day the retention clocks run.")
    closed_at = models.DateTimeField(null=True, blank=True)
    held_since = models.DateTimeField("legal hold since", null=True, blank=True)
    held_because = models.CharField("reason of the legal hold", max_length=300, blank=True)
    held_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    # The end of the chain of events: a chain that was cut short is found out.
    history_length = models.PositiveIntegerField(default=0, editable=False)
    history_head = models.CharField(max_length=64, blank=True, editable=False)
    items_numbered = models.PositiveIntegerField(default=0, editable=False, help_text="The highest number of an item.")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name_plural = "inquiries"
        constraints = [
            models.CheckConstraint(
                name="evidence_inquiry_ends_after_start", condition=Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="evidence_inquiry_hold_has_reason", condition=Q(held_since=None) | ~Q(held_because="")
            ),
            models.CheckConstraint(
                name="evidence_inquiry_reported_has_day", condition=~Q(state="reported") | Q(reported_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_held(self) -> bool:
        return self.held_since is not None

    @property
    def question_list(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    @property
    def clock_starts_on(self) -> date:
        """From when what was only seen is counted: the report, or the planned end when there was none."""
        return self.reported_on or self.ends_on

    @property
    def seen_kept_until(self) -> date:
        return self.clock_starts_on + timedelta(days=self.keep_days)

    @property
    def sensitive_keep_days(self) -> int:
        """What is sensitive lives shorter, unless the committee relied on it."""
        return min(self.keep_days, settings.EVIDENCE_SENSITIVE_KEEP_DAYS)

    @property
    def sensitive_kept_until(self) -> date:
        return self.clock_starts_on + timedelta(days=self.sensitive_keep_days)

    def only_seen_until(self, handed_in_on: date, *, is_sensitive: bool) -> date:
        """The last day of an item nobody relies on: its clock starts with the inquiry's, or when it was handed in,
        whichever is later."""
        days = self.sensitive_keep_days if is_sensitive else self.keep_days
        return max(self.clock_starts_on, handed_in_on) + timedelta(days=days)

    @property
    def relied_on_kept_until(self) -> date:
        """Background papers: four years after the meeting (after the clock's start where no meeting is known)."""
        return years_from(self.meeting_on or self.clock_starts_on, BACKGROUND_YEARS)

    def role_of(self, person: Person) -> str:
        """officer, contributor, reader, or nothing."""
        found = self.memberships.filter(person=person).values_list("role", flat=True).first()
        return found or ""


class Topic(models.Model):
    """One of the subjects an inquiry listens for: a service or an experience, never a person."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    words = models.CharField("words to search for", max_length=200, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["inquiry", "name"], name="evidence_topic_once")]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def officers(self) -> MembershipQuerySet:
        return self.filter(role=Membership.Role.OFFICER)

    def who_log(self) -> MembershipQuerySet:
        return self.filter(role__in=Membership.WHO_LOG)


class Membership(models.Model):
    """Somebody's part in one inquiry."""

    class Role(models.TextChoices):
        OFFICER = "officer", "officer"
        CONTRIBUTOR = "contributor", "contributor"
        READER = "reader", "reader"

    WHO_LOG = (Role.OFFICER, Role.CONTRIBUTOR)

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="inquiry_parts")
    role = models.CharField(max_length=12, choices=Role)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "pk")
        constraints = [models.UniqueConstraint(fields=["inquiry", "person"], name="evidence_membership_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} of {self.inquiry}"
