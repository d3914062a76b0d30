"""The end of what people write around an inquiry: complaints, hand-offs, reasons. A legal hold stops all of it."""

from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from evidence.counting import many
from evidence.models import Complaint, HandOff, Inquiry, Seat, StopShown, years_from
from meetups.timings import LONDON

REASON_REMOVED = "The reason was removed at the end of its life."


def kept_for() -> str:
    """How long complaints are kept after the answer, hand-offs after their link, in words."""
    return many(settings.EVIDENCE_LETTERS_KEEP_YEARS, "year")


def sweep(now: datetime) -> None:
    """Remove what has come to the end of its life. Safe to run twice: what is gone stays gone."""
    forget_letters(now)
    forget_reasons(now)


@transaction.atomic
def forget_letters(now: datetime) -> int:
    """Complaints, years after the answer (or after they were owed one), and hand-offs, years after their link ended."""
    since = years_from(now.astimezone(LONDON).date(), -settings.EVIDENCE_LETTERS_KEEP_YEARS)
    before = datetime.combine(since, time.min, tzinfo=LONDON)
    answered = Q(answered_at__lt=before) | Q(answered_at=None, due_on__lt=since)
    received = Q(received_at=None) | Q(received_at__lt=before)
    complaints = Complaint.objects.filter(answered, inquiry__held_since=None)
    hand_offs = HandOff.objects.filter(received, expires_on__lt=since, report__inquiry__held_since=None)
    return complaints.delete()[0] + hand_offs.delete()[0]


def forget_reasons(now: datetime) -> int:
    """What people typed at a stop and at the end of a session, when the background papers of the inquiry go."""
    today = now.astimezone(LONDON).date()
    inquiries = Inquiry.objects.filter(held_since=None).exclude(state=Inquiry.State.DRAFT)
    over = [inquiry.pk for inquiry in inquiries if inquiry.relied_on_kept_until < today]
    stops = StopShown.objects.filter(inquiry__in=over).exclude(reason__in=["", REASON_REMOVED])
    seats = Seat.objects.filter(session__inquiry__in=over).exclude(why="")
    return stops.update(reason=REASON_REMOVED) + seats.update(why="")
