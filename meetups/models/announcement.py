from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef

from meetups.models.gathering import Meetup
from meetups.models.signing_up import Notice, SignUpQuerySet
from people.models import Person


class Announcement(models.Model):
    """Word from the hosts to people signed up, written once; a worker makes a message for each of them."""

    class To(models.TextChoices):
        EVERYONE = "everyone", "Everyone signed up and waiting"
        CONFIRMED = "confirmed", "People with a place"
        WAITING = "waiting", "People on the waiting list"
        PICKED = "picked", "People ticked in the list"

    # For so long nobody gets the same words of one meet-up again, whoever sends them, to whichever group.
    SAME_WORDS_REST = timedelta(hours=24)

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="announcements")
    to = models.CharField(max_length=10, choices=To, default=To.CONFIRMED)
    # The ids of the sign-ups that were ticked, when it is for those.
    picked = models.JSONField(default=list, blank=True, editable=False)
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

    @property
    def notice_kind(self) -> str:
        """What the ledger calls a letter with these words."""
        return f"announcement-{self.pk}"

    def meant(self) -> SignUpQuerySet:
        """Whom it was written to: signed up before it was written and still there."""
        signups = self.meetup.signups.active().exclude(name="")
        if self.to == self.To.PICKED:
            return signups.filter(pk__in=self.picked)
        before = signups.filter(signed_up_at__lte=self.written_at)
        return before if self.to == self.To.EVERYONE else before.filter(state=self.to)

    def recipients(self) -> SignUpQuerySet:
        """Who gets it: all of those but whoever has the same words from the hosts already, or is about to get them."""
        signups = self.meant()
        for twin in self._twins():
            had_it = Notice.objects.filter(signup=OuterRef("pk"), kind=twin.notice_kind)
            signups = signups.exclude(pk__in=twin.meant().values("pk")).filter(~Exists(had_it))
        return signups

    def _twins(self) -> models.QuerySet[Announcement]:
        """The same words to people of this meet-up, sent before this; not those of the same form."""
        since = self.written_at - self.SAME_WORDS_REST
        same = Announcement.objects.filter(
            meetup=self.meetup_id, subject=self.subject, body=self.body, written_at__gt=since
        )
        if self.nonce:
            same = same.exclude(nonce=self.nonce)
        return same.filter(pk__lt=self.pk) if self.pk else same
