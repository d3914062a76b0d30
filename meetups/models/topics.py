from __future__ import annotations

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Lower

from meetups.models.gathering import Meetup
from meetups.models.series import Series
from people.models import Person


class TopicQuerySet(models.QuerySet["Topic"]):
    def open(self) -> TopicQuerySet:
        """Still waiting for a meet-up."""
        return self.filter(chosen_at=None, removed_at=None)

    def by_backing(self) -> TopicQuerySet:
        """With how many back each, the most wanted first, then the oldest."""
        backed = self.annotate(backers=F("earlier_backers") + Count("backings"))
        return backed.order_by("-backers", "proposed_at", "pk")


class Topic(models.Model):
    """What somebody wants a meet-up of this series to be about. Of the series: leftovers wait for the next one."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="topics")
    title = models.CharField(max_length=150)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField()
    earlier_backers = models.PositiveIntegerField(default=0, help_text="Backers we have forgotten since.")
    chosen_at = models.DateTimeField(null=True, blank=True, help_text="When it won a poll.")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="When a host took it off the list.")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ("proposed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                "series",
                Lower("title"),
                condition=Q(chosen_at=None, removed_at=None),
                name="meetups_topic_once_while_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Backing(models.Model):
    """That somebody wants this topic too."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="backings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="meetups_backing_once")]

    def __str__(self) -> str:
        return f"{self.person_id} backs {self.topic}"


class Poll(models.Model):
    """A vote at one meet-up on what the next one is about."""

    meetup = models.OneToOneField(Meetup, models.CASCADE, related_name="poll")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    winner = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"Poll at {self.meetup}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def counted(self) -> CandidateQuerySet:
        """With the votes each has, the most first: counted now, or as they stood at the close."""
        return self.select_related("topic").annotate(count=F("final_votes") + Count("votes")).order_by("-count", "pk")


class Candidate(models.Model):
    """A topic one can vote for. The votes themselves are forgotten when the poll closes; how many there were stays."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="candidates")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="candidacies")
    final_votes = models.PositiveIntegerField(default=0)
    count: int  # from `counted`

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "topic"], name="meetups_candidate_once")]

    def __str__(self) -> str:
        return str(self.topic)


class Vote(models.Model):
    """One person's vote in one poll: the database keeps it to one each."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="votes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="meetups_vote_once")]

    def __str__(self) -> str:
        return f"A vote in {self.poll}"
