from __future__ import annotations

from django.db import models

from meetups.models.gathering import Meetup
from meetups.models.signing_up import SignUpQuerySet
from people.models import Person


class Announcement(models.Model):
    """Word from the hosts to people signed up, written once; a worker makes a message for each of them."""

    class To(models.TextChoices):
        EVERYONE = "everyone", "Everyone signed up and waiting"
        CONFIRMED = "confirmed", "People with a place"
        WAITING = "waiting", "People on the waiting list"

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="announcements")
    to = models.CharField(max_length=10, choices=To, default=To.CONFIRMED)
    subject = models.CharField(max_length=150)
    body = models.TextField("message")
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True, help_text="When the last message of it was queued.")
    # Made with the form: two clicks on "Send", or a page sent again, are one announcement.
    nonce = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering = ("-written_at",)

    def __str__(self) -> str:
        return self.subject

    def recipients(self) -> SignUpQuerySet:
        """Who it is for: signed up before it was written and still there."""
        signups = self.meetup.signups.active().filter(signed_up_at__lte=self.written_at)
        return signups if self.to == self.To.EVERYONE else signups.filter(state=self.to)
