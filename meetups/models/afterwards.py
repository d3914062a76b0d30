from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from meetups.models.gathering import Meetup
from meetups.models.signing_up import SignUp
from people.models import Person

# Feedback can be given and changed for this long after the end.
FEEDBACK_OPEN = timedelta(days=28)


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def quotes(self) -> FeedbackQuerySet:
        """What hosts chose and may show, the newest choice first."""
        chosen = self.exclude(quote="").exclude(quoting=Feedback.Quoting.NO).filter(meetup__series__home_path="")
        return chosen.select_related("signup__council", "meetup").order_by("-chosen_at", "-pk")


class Feedback(models.Model):
    """What somebody liked and might change. After some weeks the words stay and whose they are is forgotten."""

    class Quoting(models.TextChoices):
        NO = "no", "Not to be quoted"
        UNNAMED = "unnamed", "May be quoted without a name"
        NAMED = "named", "May be quoted with a name"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="feedback")
    signup = models.OneToOneField(SignUp, models.SET_NULL, null=True, related_name="feedback")
    liked = models.TextField("something you like", blank=True)
    might_change = models.TextField("something you might change", blank=True)
    quoting = models.CharField(max_length=10, choices=Quoting, default=Quoting.NO)
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    quote = models.TextField("words chosen for public pages", blank=True)
    chosen_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    chosen_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ("given_at", "pk")
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(name="meetups_feedback_quote_is_allowed", condition=Q(quote="") | ~Q(quoting="no")),
        ]

    def __str__(self) -> str:
        return f"Feedback on {self.meetup}"

    @property
    def may_be_quoted(self) -> bool:
        return self.quoting != self.Quoting.NO

    @property
    def said_by(self) -> str:
        """Name and council of somebody who lets us say so; empty otherwise."""
        if self.quoting != self.Quoting.NAMED or self.signup is None or not self.signup.name:
            return ""
        return ", ".join(part for part in (self.signup.name, self.signup.works_at) if part)


def feedback_closes_at(meetup: Meetup) -> datetime:
    """Until when people can say what they thought."""
    return meetup.ends_at + FEEDBACK_OPEN


class Notes(models.Model):
    """What came out of a meet-up, in versions. Public once it was published; written to those who came then."""

    meetup = models.OneToOneField(Meetup, models.CASCADE, related_name="notes")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    spread_at = models.DateTimeField(null=True, blank=True, help_text="When the last message about them was queued.")

    class Meta:
        verbose_name_plural = "notes"

    def __str__(self) -> str:
        return f"Notes of {self.meetup}"

    @property
    def current(self) -> NotesVersion | None:
        """The newest version; None before anything was written."""
        return self.versions.first()


class NotesVersion(models.Model):
    """The whole text as it was saved once, never changed."""

    notes = models.ForeignKey(Notes, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField(help_text="Markdown: a heading for each question, a list of takeaways under it.")
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["notes", "number"], name="meetups_notesversion_number")]

    def __str__(self) -> str:
        return f"{self.notes}, version {self.number}"
