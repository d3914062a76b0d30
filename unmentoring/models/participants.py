from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from phonenumber_field.modelfields import PhoneNumberField

from people.models import Person


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def for_letters(self) -> ParticipantQuerySet:
        """With whom they are and where they work, whatever the number of rows."""
        return self.select_related("person__council")

    def active(self) -> ParticipantQuerySet:
        return self.filter(state=Participant.State.ACTIVE)

    def here(self) -> ParticipantQuerySet:
        """Whoever did not leave and was not removed: taking part, paused, or on the way in."""
        return self.exclude(state__in=[Participant.State.LEFT, Participant.State.REMOVED])

    def here_in(self, month: date) -> ParticipantQuerySet:
        """Active, or back from a pause by this month."""
        back = Q(state=Participant.State.PAUSED, paused_until__lte=month)
        return self.filter(Q(state=Participant.State.ACTIVE) | back)

    def eligible(self, month: date) -> ParticipantQuerySet:
        """Who takes part in the draw of this month: active or back by then, not skipping, and whose rhythm says now.

        Whoever was left without a partner in the round before goes on, whatever their rhythm.
        """
        from unmentoring.models.rounds import PairingMember, Waiting  # below us in the package

        said = MonthChoice.objects.filter(participant=OuterRef("pk"), month=month)
        before = _month_before(month)
        paired = PairingMember.objects.filter(participant=OuterRef("pk"), round__month=before, left_at=None)
        waited = Waiting.objects.filter(participant=OuterRef("pk"), round__month=before, ended_at=None)
        due = (
            Q(rhythm=Participant.Rhythm.EVERY_MONTH)
            | (Q(rhythm=Participant.Rhythm.EVERY_TWO_MONTHS) & ~Exists(paired))
            | Exists(waited)
            | Exists(said.filter(taking_part=True))
        )
        return self.here_in(month).filter(due).exclude(Exists(said.filter(taking_part=False)))

    def not_yet_answered(self, month: date) -> ParticipantQuerySet:
        """Of those who want to be asked each time: who has not said yes or no to this month."""
        said = MonthChoice.objects.filter(participant=OuterRef("pk"), month=month, taking_part__isnull=False)
        return self.here_in(month).filter(~Exists(said), rhythm=Participant.Rhythm.ASK)


def _month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


class Participant(models.Model):
    """Somebody who wants one new conversation a month. Rows stay when people leave, so that nobody meets twice."""

    class State(models.TextChoices):
        NEW = "new", "has not confirmed the email address"
        ACTIVE = "active", "taking part"
        PAUSED = "paused", "paused"
        LEFT = "left", "left"
        REMOVED = "removed", "removed by the coordinator"

    class Rhythm(models.TextChoices):
        EVERY_MONTH = "monthly", "Every month"
        EVERY_TWO_MONTHS = "two", "Every two months"
        ASK = "ask", "Ask me each time"

    class Sector(models.TextChoices):
        COUNCIL = "council", "Council"
        HEALTH = "health", "Health"
        FIRE = "fire", "Fire"
        POLICE = "police", "Police"
        CHARITY = "charity", "Charity"
        SUPPLIER = "supplier", "Supplier"
        CENTRAL = "central", "Central government"
        OTHER = "other", "Something else"

    class Talk(models.TextChoices):
        """A way to talk; `ways` holds a list of these."""

        PHONE = "phone", "Phone"
        TEAMS = "teams", "Teams"
        ZOOM = "zoom", "Zoom"
        MEET = "meet", "Google Meet"
        SIGNAL = "signal", "Signal"
        IN_PERSON = "in_person", "In person"

    person = models.OneToOneField(Person, models.PROTECT, related_name="participant")
    phone = PhoneNumberField(region="GB", blank=True, help_text="Shown to the partner only. Kept in E.164.")
    sector = models.CharField(max_length=10, choices=Sector, default=Sector.COUNCIL)
    ways = models.JSONField("ways I like to talk", default=list, blank=True)
    times = models.CharField("times that suit me", max_length=200, blank=True)
    line = models.CharField("a line about me", max_length=300, blank=True)
    topics = models.JSONField("topics I like to talk about", default=list, blank=True)
    rhythm = models.CharField("how often", max_length=10, choices=Rhythm, default=Rhythm.EVERY_MONTH)
    open_to_change = models.BooleanField(
        "my pairing may change after the introduction, for example into a three, so that nobody is left out",
        default=True,
    )
    state = models.CharField(max_length=10, choices=State)
    why = models.CharField(max_length=300, blank=True, help_text="Why they are in this state, said to them.")
    paused_until = models.DateField(null=True, blank=True, help_text="First of the month they are back in.")
    # What was typed by somebody who has not shown yet that the address is theirs; it is theirs once they confirm.
    pending = models.JSONField(default=dict, blank=True)
    strikes = models.PositiveSmallIntegerField("upheld reports", default=0)
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(help_text="When they last said anything to us.")
    still_in_asked_at = models.DateTimeField(null=True, blank=True)
    confirm_reminded_at = models.DateTimeField(null=True, blank=True)
    link_version = models.PositiveIntegerField(default=0, help_text="Rises to make all their links void.")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ("joined_at", "pk")
        indexes = [models.Index(fields=["state"], name="unmentoring_participant_state")]
        constraints = [
            models.CheckConstraint(
                name="unmentoring_participant_has_phone", condition=Q(state__in=["left", "removed"]) | ~Q(phone="")
            ),
            models.CheckConstraint(
                name="unmentoring_participant_active_confirmed",
                condition=~Q(state="active") | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="unmentoring_participant_left_has_time",
                condition=~Q(state__in=["left", "removed"]) | Q(left_at__isnull=False),
            ),
            models.CheckConstraint(
                name="unmentoring_participant_until_is_pause", condition=Q(paused_until=None) | Q(state="paused")
            ),
            models.CheckConstraint(
                name="unmentoring_participant_back_on_first", condition=Q(paused_until=None) | Q(paused_until__day=1)
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_new(self) -> bool:
        return self.state == self.State.NEW

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_paused(self) -> bool:
        return self.state == self.State.PAUSED

    @property
    def pause_line(self) -> str:
        """That they are paused, and why; our own reasons say both already."""
        return self.why if "paused" in self.why else f"You are paused. {self.why}"

    @property
    def is_gone(self) -> bool:
        return self.state in {self.State.LEFT, self.State.REMOVED}

    @property
    def ways_line(self) -> str:
        """Phone, Teams or in person: as a partner reads it."""
        labels = [str(self.Talk(way).label) for way in self.ways if way in self.Talk]
        return " or ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else "".join(labels)

    @property
    def organisation_key(self) -> str | None:
        """What two people of one organisation have in common; None when it is not known."""
        if self.person.council_id:
            return f"council:{self.person.council_id}"
        return " ".join(self.person.organisation.casefold().split()) or None


class KeepApart(models.Model):
    """Two people who must not be put together. Private: seen by coordinators, never given as a reason to anybody."""

    one = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    other = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at",)
        verbose_name_plural = "keep apart"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="unmentoring_keepapart_once"),
            models.CheckConstraint(name="unmentoring_keepapart_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class MonthChoice(models.Model):
    """What somebody said about one month: yes, not this time (a skip), or asked and silent (None)."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="choices")
    month = models.DateField()
    taking_part = models.BooleanField(null=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-month",)
        constraints = [
            models.UniqueConstraint(fields=["participant", "month"], name="unmentoring_monthchoice_once"),
            models.CheckConstraint(name="unmentoring_monthchoice_is_first_of_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="unmentoring_monthchoice_said_has_time",
                condition=Q(taking_part=None, said_at=None) | Q(taking_part__isnull=False, said_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} in {self.month:%B %Y}: {self.taking_part}"
