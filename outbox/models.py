from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        """What a worker may send now, the longest waiting first."""
        return self.filter(state=Message.State.QUEUED, due_at__lte=now).order_by("due_at", "pk")

    def stuck(self, now: datetime, *, after: timedelta) -> "MessageQuerySet":
        """Claimed so long ago that whoever claimed it must be gone."""
        return self.filter(state=Message.State.SENDING, claimed_at__lte=now - after)

    def about(self, subject: str) -> "MessageQuerySet":
        """Messages whose reason names this row, such as `signup=41`."""
        return self.filter(Q(key__contains=f":{subject}:") | Q(key__endswith=f":{subject}"))


class Message(models.Model):
    """One e-mail to one address. The row is written with whatever caused it, and sent afterwards."""

    class State(models.TextChoices):
        QUEUED = "queued", "waiting to be sent"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        BOUNCED = "bounced", "address refused"
        FAILED = "failed", "given up"
        SUPPRESSED = "suppressed", "not sent: the address asked us to stop, or does not exist"

    key = models.CharField(
        "reason",
        max_length=200,
        unique=True,
        help_text="Why this message exists, in words. One message for one reason.",
    )
    kind = models.CharField(max_length=60, help_text="The template it was made from.")
    to_email = models.CharField("to", max_length=320)
    subject = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="A calendar file that travels with the message.")
    calendar_method = models.CharField(max_length=20, blank=True)
    reply_to = models.CharField(max_length=1000, blank=True, help_text="Addresses, separated by commas.")
    unsubscribe_url = models.CharField(max_length=500, blank=True, help_text="One-click address (RFC 8058).")
    is_secret = models.BooleanField(default=False, help_text="The words open a door: forgotten once sent, never shown.")
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["due_at"], name="outbox_message_due", condition=Q(state="queued")),
            models.Index(fields=["claimed_at"], name="outbox_message_claimed", condition=Q(state="sending")),
            models.Index(fields=["-created_at", "-id"], name="outbox_message_newest"),
            models.Index(fields=["to_email"], name="outbox_message_to"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_message_sent_has_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="outbox_message_claim_has_time", condition=~Q(state="sending") | Q(claimed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_subject} → {self.to_email}"

    @property
    def shown_subject(self) -> str:
        """The subject, unless it may hold a sign-in code."""
        return "(a message for signing in)" if self.is_secret else self.subject


class Suppression(models.Model):
    """An address an administrator has stopped all mail to, because its owner asked or because it only bounces."""

    email = models.CharField(max_length=320)
    reason = models.CharField(max_length=500)
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since",)
        constraints = [models.UniqueConstraint(Lower("email"), name="outbox_suppression_email")]

    def __str__(self) -> str:
        return self.email
