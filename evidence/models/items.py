from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from evidence import quoting
from evidence.models.inquiries import Inquiry, Topic
from people.models import Person


class ItemQuerySet(models.QuerySet["Item"]):
    def drafts_of(self, person: Person) -> ItemQuerySet:
        """Somebody's inbox: seen by nobody else."""
        return self.filter(state=Item.State.INBOX, saved_by=person)

    def of(self, inquiry: Inquiry) -> ItemQuerySet:
        """All that were handed in; drafts belong to whoever saved them, not to the inquiry."""
        return self.filter(inquiry=inquiry).exclude(state=Item.State.INBOX)

    def in_states(self, *states: str) -> ItemQuerySet:
        return self.filter(state__in=states)

    def waiting(self) -> ItemQuerySet:
        """For an officer to look at."""
        return self.in_states(Item.State.SUBMITTED, Item.State.IN_REVIEW)

    def accepted(self) -> ItemQuerySet:
        return self.in_states(Item.State.ACCEPTED)


class Item(models.Model):
    """One thing that was heard: a link or words, and what they tell us. A draft until its finder hands it in.

    `exact_words`, `link` and its keys are private; reports use `our_words` and `described_as`. There is no author:
    only a code that within one inquiry tells whether two items are by the same one.
    """

    class State(models.TextChoices):
        INBOX = "inbox", "in my inbox"
        SUBMITTED = "submitted", "submitted"
        IN_REVIEW = "in_review", "in review"
        ACCEPTED = "accepted", "accepted"
        SET_ASIDE = "set_aside", "set aside"

    class AuthorKind(models.TextChoices):
        PRIVATE = "private", "A private person"
        ORGANISATION = "organisation", "An organisation"
        PRESS = "press", "Press"
        OFFICE = "office", "Somebody in public office"

    class Stance(models.TextChoices):
        NEW = "new", "New to us"
        CONFIRMS = "confirms", "Confirms what we know"
        CONTRADICTS = "contradicts", "Contradicts what we know"

    class Tone(models.TextChoices):
        GOOD = "good", "Good experience"
        MIXED = "mixed", "Mixed"
        BAD = "bad", "Bad experience"
        NEUTRAL = "neutral", "Neither"

    class Category(models.TextChoices):
        """What makes an item sensitive; `categories` holds a list of these."""

        CHILD = "child", "A child or young person can be recognised"
        HEALTH = "health", "Health or disability"
        BELIEF = "belief", "Religion or belief"
        ETHNICITY = "ethnicity", "Ethnicity"
        POLITICS = "politics", "Political opinion or trade union"
        SEXUALITY = "sexuality", "Sex life or sexual orientation"
        CRIME = "crime", "Crime or being a victim of it"

    class Reliance(models.TextChoices):
        SEEN = "seen", "Seen only"
        RELIED = "relied", "Relied on"

    class ConsentState(models.TextChoices):
        NOT_ASKED = "", "Not asked"
        ASKED = "asked", "Asked, no answer yet"
        GIVEN = "given", "They agreed to be quoted"
        REFUSED = "refused", "They do not want to be quoted"

    # Whose words may be looked at again and again, and found again. Who is not said counts as a private person.
    PUBLIC_KINDS = (AuthorKind.ORGANISATION, AuthorKind.PRESS, AuthorKind.OFFICE)

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, blank=True, related_name="items")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="items")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Within its inquiry; drafts have none.")
    state = models.CharField(max_length=10, choices=State, default=State.INBOX)
    state_reason = models.CharField(max_length=500, blank=True)

    link = models.TextField("link as it was given", blank=True)
    platform = models.CharField(max_length=40, blank=True)
    canonical_url = models.TextField(blank=True)
    hard_key = models.CharField(max_length=200, blank=True, help_text="Equal: the same item.")
    soft_key = models.CharField(max_length=200, blank=True, help_text="Equal: the same thread.")
    title = models.CharField(max_length=300, blank=True)

    exact_words = models.TextField(blank=True)
    our_words = models.TextField(blank=True)
    tells_us = models.TextField("what does this tell us", blank=True)
    does_not_tell_us = models.TextField("what does it not tell us", blank=True)
    described_as = models.CharField(max_length=200, blank=True, help_text="A public post on a parenting forum")
    month = models.DateField(null=True, blank=True, help_text="First of the month it was said in.")
    seen_without_login = models.BooleanField(null=True)
    author_kind = models.CharField(max_length=12, choices=AuthorKind, blank=True)
    author_code = models.CharField(max_length=64, blank=True, editable=False, help_text="Keyed, per inquiry.")
    stance = models.CharField(max_length=12, choices=Stance, blank=True)
    tone = models.CharField(max_length=8, choices=Tone, blank=True)
    categories = models.JSONField(default=list, blank=True)
    is_sensitive = models.BooleanField(default=False)
    quote = models.TextField("passage of the exact words that reports show", blank=True)
    reliance = models.CharField(max_length=8, choices=Reliance, default=Reliance.SEEN)
    consent = models.CharField(max_length=8, choices=ConsentState, blank=True)
    consent_note = models.CharField("how and when they agreed", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Spent on finding and writing it.")
    search = models.ForeignKey("Search", models.SET_NULL, null=True, blank=True, related_name="items")

    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="saved_items")
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text="What leads to a person was removed then.")
    version = models.PositiveIntegerField(default=0, help_text="Rises with every change, so that two do not collide.")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at", "-pk")
        indexes = [
            models.Index(fields=["inquiry", "state", "-saved_at"], name="evidence_item_state"),
            models.Index(fields=["inquiry", "soft_key"], name="evidence_item_soft"),
            models.Index(fields=["inquiry", "author_code"], name="evidence_item_author"),
            models.Index(fields=["saved_by", "state"], name="evidence_item_inbox"),
            # All that a list is filtered by, so that a page of numbers is read out of the index alone.
            models.Index(
                fields=[
                    *("inquiry", "number", "state", "topic", "platform", "author_kind", "month", "tone", "stance"),
                    "reliance",
                ],
                name="evidence_item_filters",
            ),
            # What there is to choose from, stepped through from one value to the next.
            models.Index(fields=["inquiry", "state", "platform", "number"], name="evidence_item_platforms"),
            models.Index(fields=["inquiry", "state", "month", "number"], name="evidence_item_months"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "hard_key"],
                condition=~Q(state="inbox") & ~Q(hard_key=""),
                name="evidence_item_one_per_link",
            ),
            models.UniqueConstraint(fields=["inquiry", "number"], name="evidence_item_number"),
            models.CheckConstraint(
                name="evidence_item_handed_in_is_whole",
                condition=Q(state="inbox", number=None)
                | Q(inquiry__isnull=False, topic__isnull=False, number__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="evidence_item_has_link_or_words",
                condition=Q(state="inbox") | ~Q(link="") | ~Q(exact_words="") | ~Q(our_words=""),
            ),
            models.CheckConstraint(
                name="evidence_item_set_aside_has_reason", condition=~Q(state="set_aside") | ~Q(state_reason="")
            ),
            models.CheckConstraint(name="evidence_item_month_is_first", condition=Q(month=None) | Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How people speak of it: with no word of its author."""
        return f"Item {self.number}" if self.number else "Draft"

    @property
    def headline(self) -> str:
        """For its owner, in the inbox: the first of what there is."""
        return self.our_words or self.exact_words or self.title or self.link or "A screenshot"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.INBOX

    @property
    def is_private_person(self) -> bool:
        return self.author_kind == self.AuthorKind.PRIVATE

    @property
    def is_relied_on(self) -> bool:
        return self.reliance == self.Reliance.RELIED

    @property
    def hides_exact_words(self) -> bool:
        """From everybody but officers and whoever saved it."""
        return self.is_sensitive

    def is_hidden_from(self, person: Person) -> bool:
        """Exact words and screenshots, until they say that they look: from officers too, not from who saved it."""
        return self.hides_exact_words and self.saved_by_id != person.pk

    @property
    def may_be_quoted(self) -> bool:
        """Exact words in a report without an officer's override: `quoting` has the rules."""
        return quoting.ground(self.quoting_case(is_overridden=False)) is not None

    def quoting_case(self, *, is_overridden: bool) -> quoting.Case:
        return quoting.Case(self.author_kind, self.consent, self.is_sensitive, is_overridden)

    @property
    def category_labels(self) -> list[str]:
        return [str(self.Category(each).label) for each in self.categories if each in self.Category]

    def may_read_words(self, person: Person, role: str) -> bool:
        """Exact words, link and screenshots: never readers; of sensitive items only officers and the finder."""
        is_own, is_open = self.saved_by_id == person.pk, role == "contributor" and not self.hides_exact_words
        return is_own or is_open or role == "officer"

    def may_change(self, person: Person, role: str) -> bool:
        """Officers always; whoever saved it until somebody looked at it."""
        if self.is_draft:
            return self.saved_by_id == person.pk
        return role == "officer" or (self.saved_by_id == person.pk and self.state == self.State.SUBMITTED)


def sensitive(inquiry: Inquiry | None, categories: Collection[str]) -> bool:
    """Whether an item with these categories is sensitive in this inquiry."""
    return bool(categories) or bool(inquiry and inquiry.about_children)


class Sighting(models.Model):
    """Somebody saw an item: the first who saved it, and whoever came with the same thing later. Nothing they wrote is
    lost: the words of the second are here."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="sightings")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="sightings")
    seen_at = models.DateTimeField()
    link = models.TextField(blank=True)
    exact_words = models.TextField(blank=True)
    our_words = models.TextField(blank=True)
    tells_us = models.TextField(blank=True)
    does_not_tell_us = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("seen_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(person__isnull=False), name="evidence_sighting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} seen {localtime(self.seen_at):%d %B %Y}"


def place_of(screenshot: Screenshot, filename: str) -> str:
    """Not guessable, and without the name the file had on somebody's phone."""
    return f"evidence/{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}.{screenshot.format.lower()}"


class Screenshot(models.Model):
    """A picture of what was seen, drawn anew by us: no metadata, names and faces blacked out before it came."""

    class Format(models.TextChoices):
        PNG = "PNG", "PNG"
        JPEG = "JPEG", "JPEG"
        WEBP = "WEBP", "WebP"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="screenshots")
    file = models.FileField(upload_to=place_of, max_length=200)
    format = models.CharField(max_length=4, choices=Format)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    alt_text = models.CharField("what it shows", max_length=500, blank=True)
    was_redacted = models.BooleanField(default=False, help_text="False: said to show no names and no faces.")
    is_checked = models.BooleanField(default=True, help_text="Somebody looked for names and faces in it.")
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "pk")
        constraints = [models.UniqueConstraint(fields=["item", "sha256"], name="evidence_screenshot_once")]

    def __str__(self) -> str:
        return self.alt_text or "Screenshot"
