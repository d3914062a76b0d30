from __future__ import annotations

from django.db import models

from meetups.models.following import Follower, FollowerQuerySet
from meetups.models.gathering import Meetup
from people.models import Person


class News(models.Model):
    """Words about a meet-up, written once: they stand on its page and its series', and go out by e-mail."""

    class To(models.TextChoices):
        FOLLOWERS = "followers", "Followers of the series"
        SIGNED_UP = "signed_up", "Everyone signed up and waiting"
        NOBODY = "nobody", "Nobody: only put it on the page"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="news")
    to = models.CharField(max_length=10, choices=To, default=To.FOLLOWERS)
    subject = models.CharField(max_length=150)
    body = models.TextField("message")
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    # How far a worker has got through the followers, who are written to in the order of their keys.
    last_follower = models.PositiveBigIntegerField(default=0, editable=False)
    sent_count = models.PositiveIntegerField(default=0, editable=False)
    spread_at = models.DateTimeField(null=True, help_text="When the last message of it was queued.")
    # Made with the form: two clicks on "Send", or a page sent again, are one piece of news.
    nonce = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return self.subject

    def followers_left(self) -> FollowerQuerySet:
        """Followers when it was written who still follow and were not written to yet."""
        followers = Follower.objects.following().filter(series=self.meetup.series_id, pk__gt=self.last_follower)
        return followers.filter(confirmed_at__lte=self.written_at, person__is_active=True).order_by("pk")
