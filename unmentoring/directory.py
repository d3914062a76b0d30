"""Lists for the coordinator: people, and the pairings of a round; searched, filtered, ready for a spreadsheet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from meetups.timings import LONDON
from unmentoring.models import Pairing, PairingMember, Participant, Round

State = Participant.State
STATES = [
    (State.ACTIVE.value, "Taking part"),
    (State.PAUSED.value, "Paused"),
    (State.NEW.value, "Not confirmed yet"),
    (State.LEFT.value, "Left"),
    (State.REMOVED.value, "Removed"),
]
SORTS = {
    "joined": ("-joined_at", "-pk"),
    "name": ("person__name", "pk"),
    "state": ("state", "person__name", "pk"),
    "met": ("-met", "person__name", "pk"),
}
OUTCOMES = [
    ("met", "Met"),
    ("not_met", "Did not meet"),
    ("unknown", "Not known"),
    ("stuck", "Stuck"),
    ("ended", "Ended early"),
]


@dataclass(frozen=True)
class Wanted:
    """What a coordinator looks for; empty means everything."""

    words: str = ""
    state: str = ""
    sector: str = ""
    sort: str = "joined"


def find(wanted: Wanted):  # type: ignore[no-untyped-def]
    """Participants, each with `met`: in how many pairings they say that they met."""
    found = Participant.objects.for_letters().annotate(
        met=Count("memberships", filter=Q(memberships__answer=PairingMember.Answer.YES))
    )
    for word in wanted.words.split():
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(person__organisation__icontains=word)
            | Q(person__council__name__icontains=word)
            | Q(person__email__icontains=word)
        )
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.sector:
        found = found.filter(sector=wanted.sector)
    return found.order_by(*SORTS[wanted.sort])


HEADER = ("Name", "Email address", "Organisation", "Sector", "State", "Why", "How often", "Joined", "Met", "Strikes")


def table(found: Iterable[Participant]) -> Iterable[tuple[object, ...]]:
    """Rows for a spreadsheet. No phone numbers: only partners see them."""
    for one in found:
        joined = one.joined_at.astimezone(LONDON).date().isoformat()
        yield (
            *(one.person.name, one.person.email, one.person.works_at, one.get_sector_display()),
            *(one.get_state_display(), one.why, one.get_rhythm_display(), joined, one.met, one.strikes),  # type: ignore[attr-defined]
        )


def pairings(round_: Round, *, words: str = "", show: str = ""):  # type: ignore[no-untyped-def]
    """Pairings of a round with everybody in them; those that stand unless `show` says "ended"."""
    member = PairingMember.objects.filter(pairing=OuterRef("pk"))
    yes = Exists(member.filter(answer=PairingMember.Answer.YES))
    no = Exists(member.filter(answer=PairingMember.Answer.NO))
    stuck = Exists(member.filter(stuck_at__isnull=False, unstuck_at=None, left_at=None))
    chosen = {
        "met": yes & ~no,
        "not_met": no & ~yes,
        "unknown": (yes & no) | (~yes & ~no),
        "stuck": stuck,
    }
    found = Pairing.objects.with_members().filter(round=round_, ended_at__isnull=show != "ended")
    for word in words.split():
        found = found.filter(Exists(member.filter(participant__person__name__icontains=word)))
    return found.filter(chosen[show]).order_by("pk") if show in chosen else found.order_by("pk")
