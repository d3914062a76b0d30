"""Make the rooms: all of them, or again those of the rounds to come with the fewest moves."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from meetups import grouping, needs, programme, room_rounds
from meetups.breakouts import circle, keeping
from meetups.grouping import Guest, Room
from meetups.grouping.achieved import judged
from meetups.models import Answer, BreakoutPlan, Meetup, Question

SECONDS_IN_A_REQUEST, SECONDS_IN_A_WORKER = 1.5, 10.0
# People times rounds that a request can plan well in its time; more goes to a worker.
SMALL = 500
CLAIM = timedelta(minutes=2)

Rooms = list[list[Room]]


class NotPossible(Exception):
    """There is no such plan; the message says why."""


@dataclass(frozen=True)
class Settings:
    """What a host asks for."""

    rounds: list[str]
    for_whom: str
    room_names: str = ""
    help_question: Question | None = None
    offer_question: Question | None = None


@transaction.atomic
def ask(meetup: Meetup, settings: Settings, *, now: datetime) -> tuple[BreakoutPlan, bool]:
    """Keep what is asked for, and whether a worker has to do it because there are so many. Raises NotPossible."""
    Meetup.objects.locked(meetup.pk)
    plan, _ = BreakoutPlan.objects.get_or_create(meetup=meetup)
    plan.meetup = meetup
    held = held_rounds(plan)
    if [keeping.wanted(one).code for one in plan.rounds.all()][:held] != settings.rounds[:held]:
        raise NotPossible(f"The first {held} rounds have been held, so they stay as they are")
    people = len(circle.to_place(meetup, settings.for_whom))
    if people < 2:
        raise NotPossible("There are no two people to put into a room. Say who is here first")
    plan.recipe, plan.for_whom, plan.room_names = settings.rounds, settings.for_whom, settings.room_names
    plan.help_question, plan.offer_question = settings.help_question, settings.offer_question
    plan.seed, plan.refused, plan.claimed_at = secrets.token_hex(8), "", None
    for_worker = people * len(settings.rounds) > SMALL
    plan.asked_at = now if for_worker else None
    plan.version += 1
    plan.save()
    return plan, for_worker


def held_rounds(plan: BreakoutPlan) -> int:
    """How many rounds from the first on are over."""
    last = plan.rounds.exclude(held_at=None).order_by("-number").first()
    return last.number if last else 0


def make(plan: BreakoutPlan, *, now: datetime, seconds: float = SECONDS_IN_A_REQUEST) -> None:
    """Rooms for all rounds that were not held. The search holds no lock. Raises NotPossible, keeping.Changed."""
    meetup, held = plan.meetup, held_rounds(plan)
    wanted = [room_rounds.read(code) for code in plan.recipe]
    around = circle.of(meetup, circle.to_place(meetup, plan.for_whom))
    before = keeping.rooms_by_round(plan)
    locks = {number: rooms for number, rooms in _locks(plan, around).items() if number >= held}
    made: Rooms = [[] for _ in wanted]
    for way in meetup.ways:
        guests = around.of_way(way)
        mine = {n: [r for r in map(_only(guests), rooms) if len(r) > 1] for n, rooms in locks.items()}
        mine |= _by_need(plan, wanted, guests, around, taken=mine, held=held)
        for number, rooms in enumerate(_search(plan, wanted, guests, around, mine, before[:held], seconds)):
            made[number] += rooms
    made[:held] = before[:held]
    _keep(plan, wanted, made, around, held=held, locks=locks, now=now, afresh=True)


def _only(guests: list[Guest]) -> Callable[[Room], Room]:
    """A room without those who are not among these guests."""
    here = {guest.id for guest in guests}
    return lambda room: tuple(one for one in room if one in here)


def _search(
    plan: BreakoutPlan,
    wanted: list[room_rounds.Wanted],
    guests: list[Guest],
    around: circle.Circle,
    locks: dict[int, list[Room]],
    held: Rooms,
    seconds: float,
) -> Rooms:
    specs = [one.spec for one in wanted]
    try:
        if not _merges(specs, held):
            return grouping.plan(
                guests,
                specs,
                met=around.met,
                keep_apart=around.apart,
                locked=locks,
                held=held,
                seed=plan.seed,
                seconds=seconds,
            ).rounds
        planned = [*held, *([] for _ in specs[len(held) :])]
        return grouping.replan(
            guests,
            specs,
            planned,
            held=len(held),
            met=around.met,
            keep_apart=around.apart,
            locked=locks,
            seed=plan.seed,
        ).rounds
    except ValueError as error:
        raise NotPossible(_named(str(error), around)) from error


def _merges(specs: list[grouping.RoundSpec], held: Rooms) -> bool:
    """Whether the next round puts rooms together that were held."""
    return 0 < len(held) < len(specs) and specs[len(held)].merge_previous


def _named(sentence: str, around: circle.Circle) -> str:
    """The sentence with names of people for their numbers."""

    def name(number: str) -> str:
        signup = around.signups.get(int(number))
        return signup.name if signup else "Somebody"

    said = re.sub(r"Guests (\d+) and (\d+)", lambda found: f"{name(found[1])} and {name(found[2])}", sentence)
    return re.sub(r"Guest (\d+)", lambda found: name(found[1]), said)


def _locks(plan: BreakoutPlan, around: circle.Circle) -> dict[int, list[Room]]:
    """The locked rooms by round from 0, with those of their people who are in play."""
    locks: dict[int, list[Room]] = {}
    for one in keeping.rounds_of(plan):
        kept = [room.ids for room in one.rooms if room.row.is_locked]
        if kept:
            locks[one.row.number - 1] = [tuple(pk for pk in ids if pk in around.signups) for ids in kept]
    return locks


def _by_need(
    plan: BreakoutPlan,
    wanted: list[room_rounds.Wanted],
    guests: list[Guest],
    around: circle.Circle,
    *,
    taken: dict[int, list[Room]],
    held: int,
) -> dict[int, list[Room]]:
    """For rounds by need: who can help whom goes into one room, and the plan fills it up."""
    found = {}
    for number, one in enumerate(wanted):
        if one.by_need and number >= held:
            locked = taken.get(number, [])
            free = [guest for guest in guests if guest.id not in {pk for room in locked for pk in room}]
            wishes = _wishes(plan, free)
            rarely = _of_one_council(free) | {pair for pair, times in around.met.items() if times}
            made = needs.groups(wishes, size=one.size, apart=around.apart, rarely=rarely)
            found[number] = [*locked, *made]
    return found


def _of_one_council(guests: list[Guest]) -> set[grouping.Pair]:
    return {
        (min(a.id, b.id), max(a.id, b.id)) for a in guests for b in guests if a.id < b.id and a.council == b.council
    }


def _wishes(plan: BreakoutPlan, guests: list[Guest]) -> dict[int, needs.Wish]:
    asked = [plan.help_question_id, plan.offer_question_id]
    rows = Answer.objects.filter(question__in=[pk for pk in asked if pk], signup__in=[guest.id for guest in guests])
    said = {(signup, question): text for signup, question, text in rows.values_list("signup", "question", "text")}
    return {
        guest.id: needs.Wish(*(said.get((guest.id, question), "") if question else "" for question in asked))
        for guest in guests
    }


def replan(plan: BreakoutPlan, *, now: datetime) -> int:
    """Mend the rounds to come for the people who are here now; how many rooms changed. Raises NotPossible, Changed."""
    meetup, held = plan.meetup, held_rounds(plan)
    around = circle.of(meetup, circle.to_place(meetup, BreakoutPlan.ForWhom.HERE))
    if len(around.guests) < 2:
        raise NotPossible("There are no two people to put into a room. Say who is here first")
    before, wanted = keeping.rooms_by_round(plan), [keeping.wanted(one) for one in plan.rounds.all()]
    locks = {number: rooms for number, rooms in _locks(plan, around).items() if number >= held}
    made: Rooms = [[] for _ in wanted]
    changed = 0
    for way in meetup.ways:
        result = _mend(plan, wanted, around, way, before, held, locks)
        changed += result.changed_rooms
        for number, rooms in enumerate(result.rounds):
            made[number] += rooms
    made[:held] = before[:held]
    _keep(plan, wanted, made, around, held=held, locks=locks, now=now, afresh=False)
    return changed


def _mend(
    plan: BreakoutPlan,
    wanted: list[room_rounds.Wanted],
    around: circle.Circle,
    way: str,
    before: Rooms,
    held: int,
    locks: dict[int, list[Room]],
) -> grouping.Plan:
    guests = around.of_way(way)
    only = _only(guests)
    planned = [
        rooms if number < held else [mine for room in rooms if (mine := only(room))]
        for number, rooms in enumerate(before)
    ]
    kept = {number: [room for room in map(only, rooms) if len(room) > 1] for number, rooms in locks.items()}
    specs = [one.spec for one in wanted]
    try:
        return grouping.replan(
            guests, specs, planned, held=held, met=around.met, keep_apart=around.apart, locked=kept, seed=plan.seed
        )
    except ValueError as error:
        raise NotPossible(_named(str(error), around)) from error


def _keep(
    plan: BreakoutPlan,
    wanted: list[room_rounds.Wanted],
    made: Rooms,
    around: circle.Circle,
    *,
    held: int,
    locks: dict[int, list[Room]],
    now: datetime,
    afresh: bool,
) -> None:
    specs = [one.spec for one in wanted]
    said = judged(around.guests, specs, made, met=around.met, keep_apart=()).achieved
    keeping.save(plan, wanted, made, held=held, locks=locks, achieved=said, now=now, afresh=afresh)


def make_asked(now: datetime) -> int:
    """In a worker: make what was asked for, each once; how many. A claim that is too old is taken again."""
    stale = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    done = 0
    for plan in BreakoutPlan.objects.filter(stale, asked_at__isnull=False).select_related("meetup"):
        claimed = BreakoutPlan.objects.filter(stale, pk=plan.pk, version=plan.version, asked_at__isnull=False)
        if claimed.update(claimed_at=now):
            _make_or_refuse(plan, now)
            done += 1
    return done


def _make_or_refuse(plan: BreakoutPlan, now: datetime) -> None:
    try:
        make(plan, now=now, seconds=SECONDS_IN_A_WORKER)
    except (NotPossible, keeping.Changed) as error:
        BreakoutPlan.objects.filter(pk=plan.pk, version=plan.version).update(
            asked_at=None, claimed_at=None, refused=str(error)[:300], version=F("version") + 1
        )


def rounds_of_agenda(meetup: Meetup) -> list[str]:
    """What the phases of the agenda ask for, as codes; those of the structure where the item has none of its own."""
    return [wanted.code for wanted in room_rounds.of_agenda(programme.phases_by_item(programme.of(meetup)))]
