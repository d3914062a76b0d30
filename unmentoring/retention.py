"""How long things live. Who was put together with whom stays as numbers, so that nobody meets twice."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q

from meetups.timings import LONDON
from people import my_data
from people.models import Person
from unmentoring import repairs, resting
from unmentoring.models import (
    DrawRecord,
    KeepApart,
    Learning,
    MonthChoice,
    Pairing,
    PairingMember,
    Participant,
    Report,
    Round,
    Waiting,
)


def days(of: str) -> timedelta:
    """How long this site keeps them: `days("NOTES")` is the setting UNMENTORING_NOTES_DAYS."""
    return timedelta(days=getattr(settings, f"UNMENTORING_{of}_DAYS"))


def lives() -> dict[type[Model], str]:
    """Every kind of record and its life. The privacy page says the same to everybody."""
    left, removed, notes, draws, learnings, undecided = (
        days(of).days for of in ("LEFT", "REMOVED", "NOTES", "DRAWS", "LEARNINGS", "OPEN_REPORTS")
    )
    return {
        Participant: (
            f"phone and words until they leave; name and address {left} days longer, {removed} days for who was removed"
        ),
        KeepApart: "until it is lifted, or one of the two is forgotten",
        MonthChoice: f"{notes} days after its month",
        Round: f"numbers for good; why it was drawn again, and by whom, {notes} days",
        DrawRecord: f"what the draw was given {draws} days; who was put together as numbers for good",
        Pairing: f"for good, as numbers; why it ended, {notes} days",
        PairingMember: f"answers for good, as numbers; notes {notes} days",
        Waiting: f"{notes} days after its round",
        Learning: f"{learnings} days; without a name once the person is forgotten; {notes} days when it was taken down",
        Report: (
            f"{notes} days after it was decided, {undecided} days when nobody decided;"
            " a strike stays while they take part"
        ),
    }


State = Participant.State


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Forget what is past its time; return how many people were forgotten. Safe to repeat."""
    _forget_words(now - days("NOTES"))
    _forget_unconfirmed_returns(now - days("UNCONFIRMED"))
    Report.objects.filter(state=Report.State.OPEN, reported_at__lt=now - days("OPEN_REPORTS")).delete()
    Learning.objects.filter(shared_at__lt=now - days("LEARNINGS")).delete()
    DrawRecord.objects.filter(round__published_at__lt=now - days("DRAWS")).exclude(facts={}).update(facts={})
    forgotten = my_data.forget_guests([*_never_confirmed(now), *_gone(now)])
    _forget_traces()
    return forgotten


def _forget_words(before: datetime) -> None:
    day = before.astimezone(LONDON).date()
    over = Q(round__month__lt=day, round__published_at__lt=before)
    noted = PairingMember.objects.filter(~Q(note="") | ~Q(stuck_note=""), over)
    noted.update(note="", stuck_note="")
    Pairing.objects.filter(over).exclude(ended_because="").update(ended_because="")
    Waiting.objects.filter(over).delete()
    Round.objects.filter(published_at__lt=before).exclude(rerolls=[]).update(rerolls=[])
    Round.objects.filter(state=Round.State.DRAFT, month__lt=day).delete()
    MonthChoice.objects.filter(month__lt=day).delete()
    Report.objects.filter(decided_at__lt=before).delete()
    Learning.objects.filter(state=Learning.State.HIDDEN, moderated_at__lt=before).delete()


def _forget_unconfirmed_returns(before: datetime) -> None:
    """Somebody typed the address of a person who left, and nobody confirmed: that person has still left."""
    returns = Participant.objects.filter(state=State.NEW, joined_at__lt=before, left_at__isnull=False)
    for participant in returns.exclude(memberships=None):
        resting.clear(participant)
        participant.state, participant.why = State.LEFT, ""
        participant.save()


def _never_confirmed(now: datetime) -> list[int]:
    unconfirmed = Participant.objects.filter(state=State.NEW, joined_at__lt=now - days("UNCONFIRMED"), memberships=None)
    people = list(unconfirmed.values_list("person_id", flat=True))
    Participant.objects.filter(person__in=people, state=State.NEW).delete()
    return people


def _gone(now: datetime) -> list[int]:
    """Who left; a removal that is past its time counts as having left."""
    Participant.objects.filter(state=State.REMOVED, left_at__lt=now - days("REMOVED")).update(state=State.LEFT, why="")
    gone = Participant.objects.filter(state=State.LEFT, left_at__lt=now - days("LEFT"))
    gone.exclude(why="").update(why="")
    Learning.objects.filter(participant__in=gone, with_name=True).update(with_name=False)
    return list(gone.exclude(person__email__endswith="@invalid").values_list("person_id", flat=True))


def _forget_traces() -> None:
    """Of people who are forgotten: no pair to keep apart is left."""
    forgotten = Participant.objects.filter(person__email__endswith="@invalid")
    KeepApart.objects.filter(Q(one__in=forgotten) | Q(other__in=forgotten)).delete()


def still_needed(ids: set[int]) -> set[int]:
    """Whom UnMentoring knows by name: everybody in it, and who was removed and must not come in again."""
    kept = Participant.objects.filter(person__in=ids).exclude(state=State.LEFT)
    return set(kept.values_list("person_id", flat=True))


def forget_person(person: Person, now: datetime) -> None:
    """What leaving the site means here: out of the round that runs, no phone, no words; past pairs stay as numbers."""
    participant = Participant.objects.filter(person=person).first()
    if participant is None:
        return
    repairs.withdraw(participant, now=now)
    resting.clear(participant)
    if not participant.is_gone:
        participant.state, participant.left_at = State.LEFT, now
    participant.why = ""
    participant.link_version += 1
    participant.save()
    participant.learnings.all().delete()
    participant.choices.all().delete()
    participant.waits.all().delete()
    participant.memberships.update(note="", stuck_note="")
    Report.objects.filter(Q(reported_by=person) | Q(about=participant)).update(text="", decision="", reported_by=None)
    KeepApart.objects.filter(Q(one=participant) | Q(other=participant)).delete()
