"""How long things live. Who was put together with whom stays as numbers, so that nobody meets twice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from people import my_data
from people.models import Person
from unmentoring import repairs, resting
from unmentoring.models import KeepApart, Learning, PairingMember, Participant, Report

# Somebody who never confirmed; somebody who left; what was said about a pairing; who was removed and may not rejoin.
UNCONFIRMED, GONE = timedelta(days=30), timedelta(days=30)
NOTES, REMOVED = timedelta(days=365), timedelta(days=730)

State = Participant.State


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Forget what is past its time; return how many people were forgotten. Safe to repeat."""
    _forget_words(now - NOTES)
    unconfirmed = Participant.objects.filter(state=State.NEW, joined_at__lt=now - UNCONFIRMED, memberships=None)
    people = list(unconfirmed.values_list("person_id", flat=True))
    Participant.objects.filter(person__in=people, state=State.NEW).delete()
    gone = Participant.objects.filter(
        Q(state=State.LEFT, left_at__lt=now - GONE) | Q(state=State.REMOVED, left_at__lt=now - REMOVED)
    )
    people += gone.exclude(person__email__endswith="@invalid").values_list("person_id", flat=True)
    return my_data.forget_guests(people)


def _forget_words(before: datetime) -> None:
    noted = PairingMember.objects.filter(~Q(note="") | ~Q(stuck_note=""), round__published_at__lt=before)
    noted.update(note="", stuck_note="")
    Report.objects.filter(decided_at__lt=before).exclude(text="").update(text="", decision="")
    Learning.objects.filter(state=Learning.State.HIDDEN, moderated_at__lt=before).delete()


def still_needed(ids: set[int]) -> set[int]:
    """Whom UnMentoring knows by name: everybody in it, and who was removed and must not come in again."""
    kept = Participant.objects.filter(person__in=ids).exclude(state=State.LEFT)
    expired = Q(state=State.REMOVED, person__in=ids)
    return set(kept.exclude(expired).values_list("person_id", flat=True))


def forget_person(person: Person, now: datetime) -> None:
    """What leaving the site means here: out of the round that runs, no phone, no words; past pairs stay as numbers."""
    participant = Participant.objects.filter(person=person).first()
    if participant is None:
        return
    repairs.withdraw(participant, now=now)
    resting.clear(participant)
    if not participant.is_gone:
        participant.state, participant.why, participant.left_at = State.LEFT, "", now
    participant.link_version += 1
    participant.save()
    participant.learnings.all().delete()
    participant.choices.all().delete()
    participant.memberships.update(note="", stuck_note="")
    Report.objects.filter(Q(reported_by=person) | Q(about=participant)).update(text="", decision="", reported_by=None)
    KeepApart.objects.filter(Q(one=participant) | Q(other=participant)).delete()
