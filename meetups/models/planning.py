from django.db import models
from django.db.models import Q

from meetups import phases
from meetups.models.gathering import Meetup
from meetups.models.series import Series
from meetups.structures import Structure, group_words


class AgendaItem(models.Model):
    """One part of the agenda: a topic, or a structure with its topic.

    Of a meet-up, or of the default agenda of a series, with which its new meet-ups start.
    """

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="agenda", null=True)
    series = models.ForeignKey(Series, models.CASCADE, related_name="agenda", null=True)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    minutes = models.PositiveSmallIntegerField()
    structure = models.CharField(max_length=60, blank=True, help_text="Slug in the catalogue of structures.")
    talking_points = models.TextField(blank=True)
    pinned_to = models.TimeField(null=True, blank=True, help_text="Starts then, on a London clock, whatever is before.")
    # For the hosts' script only; nobody else sees these.
    speaker = models.CharField(max_length=100, blank=True)
    script = models.TextField(blank=True)
    chat = models.TextField(blank=True)
    cut = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="meetups_agendaitem_takes_time", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="meetups_agendaitem_of_one",
                condition=Q(meetup__isnull=False, series=None) | Q(meetup=None, series__isnull=False),
            ),
            # The meet-ups of a series may start at different times of day.
            models.CheckConstraint(
                name="meetups_agendaitem_pinned_in_meetup", condition=Q(series=None) | Q(pinned_to=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaPhase(models.Model):
    """A part of an agenda item with its own minutes and rooms: first filled from the structure, then the hosts' own."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    minutes = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=10, help_text="One of structures.GROUPS: 2, 4-6, all.")
    keep_pairs_together = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="meetups_agendaphase_takes_time", condition=Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def group_words(self) -> str:
        return group_words(self.group)


class OwnStructure(models.Model):
    """A way to talk together that the organisers wrote themselves, to choose from beside the catalogue."""

    name = models.CharField(max_length=100, unique=True)
    line = models.CharField("in one sentence", max_length=200)
    purpose = models.TextField(blank=True)
    invitation = models.TextField(blank=True)
    phases = models.TextField(help_text="One on each line, as meetups.phases reads them.")
    least = models.PositiveSmallIntegerField("smallest number of people", default=0)
    most = models.PositiveSmallIntegerField("largest number of people", default=0)
    works_online = models.BooleanField("works online", default=True)
    notes = models.TextField(blank=True)
    url = models.URLField("link", max_length=500, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """How agenda items name it; no structure of the catalogue begins so."""
        return f"own-{self.pk}"

    def as_structure(self) -> Structure:
        parts = phases.read(self.phases)
        return Structure(
            slug=self.slug,
            name=self.name,
            line=self.line,
            minutes=sum(part.minutes for part in parts),
            groups=", ".join(dict.fromkeys(part.group_words for part in parts)),
            url=self.url,
            purpose=self.purpose,
            invitation=self.invitation,
            phases=tuple(parts),
            notes=self.notes,
            least=self.least,
            most=self.most,
            works_online=self.works_online,
        )


class Question(models.Model):
    """What the organiser asks at sign-up."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        CHOICE = "choice", "Choose one"
        TICK = "tick", "Tick a box"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    label = models.CharField("question", max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    choices = models.TextField(blank=True, help_text="One answer per line.")
    is_required = models.BooleanField("must be answered", default=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label

    @property
    def choice_list(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]
