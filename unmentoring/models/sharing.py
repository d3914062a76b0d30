from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from people.models import Person
from unmentoring.models.participants import Participant
from unmentoring.models.rounds import PairingMember


class LearningQuerySet(models.QuerySet["Learning"]):
    def for_everyone(self) -> LearningQuerySet:
        """What the public wall shows, the newest first."""
        return self._shown().filter(visible_to=Learning.To.EVERYONE)

    def for_participants(self) -> LearningQuerySet:
        return self._shown().exclude(visible_to=Learning.To.COORDINATOR)

    def to_moderate(self) -> LearningQuerySet:
        return self.filter(state=Learning.State.WAITING).order_by("shared_at", "pk")

    def _shown(self) -> LearningQuerySet:
        return self.filter(state=Learning.State.SHOWN).select_related("participant__person__council")


class Learning(models.Model):
    """What somebody learned from a conversation, as a short text or a link to a post."""

    class To(models.TextChoices):
        EVERYONE = "everyone", "Everyone, on the public page, once a coordinator has looked at it"
        PARTICIPANTS = "participants", "People who take part in UnMentoring"
        COORDINATOR = "coordinator", "Only the coordinator"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for the coordinator"
        SHOWN = "shown", "shown"
        HIDDEN = "hidden", "taken down"

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="learnings")
    member = models.ForeignKey(PairingMember, models.SET_NULL, null=True, blank=True, related_name="learnings")
    text = models.CharField(max_length=1000, blank=True)
    link = models.URLField("link to a post", max_length=500, blank=True)
    visible_to = models.CharField("who may see it", max_length=15, choices=To, default=To.PARTICIPANTS)
    with_name = models.BooleanField("show my name", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    shared_at = models.DateTimeField()
    moderated_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    moderated_at = models.DateTimeField(null=True, blank=True)

    objects = LearningQuerySet.as_manager()

    class Meta:
        ordering = ("-shared_at", "-pk")
        constraints = [
            models.CheckConstraint(name="unmentoring_learning_says_something", condition=~Q(text="") | ~Q(link="")),
            models.CheckConstraint(
                name="unmentoring_learning_looked_at_first",
                condition=~Q(state="shown", visible_to="everyone") | Q(moderated_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.link

    @property
    def said_by(self) -> str:
        """Whose words these are, as they wished; empty when they did not want to be named."""
        return self.participant.person.name if self.with_name else ""


# Between what was said first and what was added; and where adding ends.
FURTHER, MOST = "\n\nAdded later:\n", 20_000


class ReportQuerySet(models.QuerySet["Report"]):
    def for_decision_by(self, person: Person) -> ReportQuerySet:
        """All but those about themselves: nobody reads or decides those, nor learns who reported them."""
        return self.exclude(about__person=person).exclude(learning__participant__person=person)


class Report(models.Model):
    """Word to the coordinator that something is not right: a sales pitch by a partner, or a learning on the wall."""

    class Kind(models.TextChoices):
        PITCH = "pitch", "a sales pitch"
        LEARNING = "learning", "something on the wall"

    class State(models.TextChoices):
        OPEN = "open", "waiting for the coordinator"
        UPHELD = "upheld", "upheld"
        DISMISSED = "dismissed", "dismissed"

    kind = models.CharField(max_length=10, choices=Kind)
    about = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="reports_about")
    member = models.ForeignKey(PairingMember, models.CASCADE, null=True, blank=True, related_name="reports")
    learning = models.ForeignKey(Learning, models.CASCADE, null=True, blank=True, related_name="reports")
    text = models.TextField("what happened")
    reported_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField("what the coordinator noted", max_length=500, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-reported_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="unmentoring_report_is_about_one_thing",
                condition=Q(kind="pitch", about__isnull=False, learning=None)
                | Q(kind="learning", learning__isnull=False, about=None),
            ),
            models.UniqueConstraint(
                fields=["member", "about"],
                condition=Q(kind="pitch", state="open"),
                name="unmentoring_report_one_open_a_pairing",
            ),
            models.UniqueConstraint(
                fields=["learning"],
                condition=Q(kind="learning", state="open"),
                name="unmentoring_report_one_open_a_learning",
            ),
            models.CheckConstraint(
                name="unmentoring_report_decided_has_time",
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {localtime(self.reported_at):%d %B %Y}"

    def add(self, words: str) -> None:
        """Further words, below those before; the same words twice are one."""
        if words and words not in self.text.split(FURTHER) and len(self.text) < MOST:
            self.text += FURTHER + words
            self.save(update_fields=["text"])

    @property
    def first_words(self) -> str:
        """What the report began with: on the wall, further words may be of others."""
        return self.text.partition(FURTHER)[0]

    @property
    def about_whom(self) -> Participant | None:
        """Who is reported, or wrote what is reported."""
        return self.learning.participant if self.learning else self.about
