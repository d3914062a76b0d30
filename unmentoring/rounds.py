"""One round a month: looked at, rolled again, published once, and open to be checked by anybody."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from meetups.timings import LONDON
from people.models import Person
from unmentoring import draws, pairing
from unmentoring.models import DrawRecord, Pairing, PairingMember, Participant, Round, Waiting
from unmentoring.models.rounds import NINE, NUDGE_DAY

ONLY_ONE = "You were the only one in this month's draw, so there was nobody to put you together with."
FACTS_FORGOTTEN = "What this draw was given was deleted when its time was over, so it cannot be drawn again."
NO_MATCH = "We could not find a partner for you this month."


class TooLate(Exception):
    """This month's round can no longer be drawn, or not yet; the message says why."""


class PeopleChanged(Exception):
    """Somebody joined, left or changed since the preview: look at the new one before publishing."""


def next_month(now: datetime) -> date:
    """The month of the next draw by the schedule.

    That is this month when its draw has not come, or was missed and somebody has been waiting for it since then;
    whoever joined after the first waits for the next, so that a new site begins with a draw and not by dribs.
    """
    months = months_to_draw(now)
    first, draws = months[0], draws_at(months[0])
    missed = Participant.objects.eligible(first).filter(confirmed_at__lte=draws)
    return first if len(months) == 1 or now < draws or missed.exists() else months[1]


def months_to_draw(now: datetime) -> list[date]:
    """What a coordinator may draw by hand: this month until half-way while it has no round, and the one after."""
    first = now.astimezone(LONDON).date().replace(day=1)
    half_way = datetime.combine(first.replace(day=NUDGE_DAY), NINE, tzinfo=LONDON)
    last = Round.objects.published().aggregate(last=Max("month"))["last"]
    following = _month_after(max(first, last) if last else first)
    is_open = now < half_way and (last is None or last < first)
    return [first, following] if is_open else [following]


def draws_at(month: date) -> datetime:
    """When this month's draw happens by itself: nine in the morning of the first, in London."""
    return datetime.combine(month, NINE, tzinfo=LONDON)


def _month_after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


@transaction.atomic
def preview(month: date, *, now: datetime, by: Person | None = None, seed: str = "") -> Round:
    """The draft of this month's round, drawn if there is none and drawn again if people changed since.

    A published round is returned as it is. Raises TooLate for a month that is not the next.
    """
    round_ = _locked_or_new(month, now=now, by=by, seed=seed)
    if round_.is_published:
        return round_
    _check_may_draw(month, now)
    facts = _facts(round_)
    if round_.record.facts != facts.as_json():
        if round_.record.facts:
            _keep_roll(round_, why="people have changed", now=now, by=by)
        _draw(round_, facts, now=now, by=by)
    return round_


def _check_may_draw(month: date, now: datetime) -> None:
    if month not in months_to_draw(now):
        raise TooLate(f"The next draw is the one of {next_month(now):%B %Y}.")


def _locked_or_new(month: date, *, now: datetime, by: Person | None, seed: str) -> Round:
    found = Round.objects.select_for_update(of=("self",)).filter(month=month).first()
    if found:
        return found
    number = (Round.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            made = Round.objects.create(month=month, number=number, seed=seed or _new_seed(), drawn_by=by, drawn_at=now)
            DrawRecord.objects.create(round=made)
            return made
    except IntegrityError:  # somebody else began it in this moment
        return Round.objects.select_for_update(of=("self",)).get(month=month)


def _new_seed() -> str:
    return secrets.token_hex(16)


def _facts(round_: Round) -> draws.Facts:
    people = Participant.objects.eligible(round_.month).for_letters()
    return draws.gather(people, number=round_.number)


def _draw(round_: Round, facts: draws.Facts, *, now: datetime, by: Person | None) -> None:
    drawn = draws.draw(facts, round_.seed)
    record, groups = round_.record, drawn.draw.groups
    record.facts, record.groups, record.alone = facts.as_json(), [list(group) for group in groups], drawn.alone
    record.save()
    round_.pairs = sum(len(group) == 2 for group in groups)
    round_.threes = sum(len(group) == 3 for group in groups)
    round_.certificate, round_.digest = drawn.draw.certificate[:300], drawn.draw.digest
    round_.people, round_.repeats = len(facts.people), drawn.draw.repeats
    round_.same_organisation, round_.same_sector = drawn.draw.same_organisation, drawn.draw.same_sector
    round_.new_connections = drawn.draw.new_connections
    round_.drawn_at, round_.drawn_by = now, by
    round_.save()


@transaction.atomic
def reroll(round_: Round, *, why: str, now: datetime, by: Person) -> Round:
    """Draw once more with a new seed; the one before is kept with the reason. Raises TooLate once it is published."""
    round_ = Round.objects.locked(round_.pk)
    if round_.is_published:
        raise TooLate("This round is published. People have been told whom they meet.")
    _keep_roll(round_, why=why, now=now, by=by)
    round_.seed = _new_seed()
    _draw(round_, _facts(round_), now=now, by=by)
    return round_


def _keep_roll(round_: Round, *, why: str, now: datetime, by: Person | None) -> None:
    who = by.name if by else "the schedule"
    roll = {"seed": round_.seed, "digest": round_.digest, "at": now.isoformat(), "by": who, "why": why[:300]}
    round_.rerolls = [*round_.rerolls, roll]


@transaction.atomic
def publish(round_: Round, *, now: datetime, by: Person | None = None) -> Round:
    """Make the pairings of the draft, once whatever happens; the letters follow by themselves.

    Raises PeopleChanged when the preview is out of date, TooLate when its month is not the next.
    """
    round_ = Round.objects.locked(round_.pk)
    if round_.is_published:
        return round_
    _check_may_draw(round_.month, now)
    wake(round_.month)
    facts = _facts(round_)
    if round_.record.facts != facts.as_json():
        raise PeopleChanged("Somebody joined, left or changed their details since this preview.")
    Waiting.objects.filter(ended_at=None, round__month__lt=round_.month).update(ended_at=now)
    round_.state, round_.published_at, round_.published_by = Round.State.PUBLISHED, now, by
    round_.save()
    make_pairings(round_, [(group, draws.reason(group, facts)) for group in round_.groups], now=now)
    why = ONLY_ONE if round_.people == 1 else NO_MATCH
    Waiting.objects.bulk_create(
        Waiting(round=round_, participant_id=person, since=now, why=why) for person in round_.alone
    )
    return round_


def make_pairings(
    round_: Round,
    groups: Iterable[tuple[Sequence[int], str]],
    *,
    how: str = Pairing.How.DRAW,
    now: datetime,
) -> list[Pairing]:
    """Rows for these groups of participants, each with its reason."""
    wanted = list(groups)
    made = Pairing.objects.bulk_create(
        Pairing(round=round_, how=how, reason=reason[:400], made_at=now) for _, reason in wanted
    )
    PairingMember.objects.bulk_create(
        PairingMember(pairing=pairing_, round=round_, participant_id=person)
        for pairing_, (group, _) in zip(made, wanted, strict=True)
        for person in group
    )
    return made


@transaction.atomic
def draw_if_due(now: datetime) -> Round | None:
    """Draw and publish this month's round when its time has come and it is not there yet; None when nothing was done.

    Due from nine in the morning of the first until half-way through the month, so a site that was off is late, not
    without a round. Safe to run twice and at once: the month is unique and publishing happens once.
    """
    month = next_month(now)
    if now < draws_at(month):
        return None
    if not Participant.objects.eligible(month).exists():
        return None
    round_ = preview(month, now=now)
    return None if round_.is_published else publish(round_, now=now)


def wake(month: date) -> int:
    """Whoever paused until this month is back; return how many."""
    due = Participant.objects.filter(state=Participant.State.PAUSED, paused_until__lte=month)
    return due.update(state=Participant.State.ACTIVE, paused_until=None, why="You are back after your pause.")


# --- Looking at it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PreviewGroup:
    """People who would meet, and the sentence they would read."""

    people: list[Participant]
    reason: str


def preview_groups(round_: Round) -> list[PreviewGroup]:
    """Who is with whom in the draw, with the reasons, for the coordinator. A constant number of queries."""
    facts = draws.facts_of(round_)
    people = Participant.objects.for_letters().in_bulk(facts.people)
    return [PreviewGroup([people[p] for p in group], draws.reason(group, facts)) for group in round_.groups]


def is_up_to_date(round_: Round) -> bool:
    """Whether a draft was drawn for the people as they are now. Reads only."""
    return bool(round_.record.facts == _facts(round_).as_json())


def alone_in(round_: Round) -> list[Participant]:
    """Who takes part and could not be put with anybody."""
    return list(Participant.objects.for_letters().filter(pk__in=round_.alone))


@dataclass(frozen=True)
class Verification:
    """Whether drawing again gives the same; `problems` says what differs, a sentence each, or that it is too late."""

    digest: str
    problems: list[str]

    @property
    def is_right(self) -> bool:
        return not self.problems

    @property
    def is_too_late(self) -> bool:
        return self.problems == [FACTS_FORGOTTEN]


def verify(round_: Round) -> Verification:
    """Draw again from the stored facts and seed, and compare with what is stored and what was published."""
    if not round_.record.facts:
        return Verification(pairing.digest_of([tuple(group) for group in round_.groups]), [FACTS_FORGOTTEN])
    again = draws.draw(draws.facts_of(round_), round_.seed)
    problems = []
    if again.draw.digest != round_.digest:
        problems.append(f"Drawing again gives {again.draw.digest}, not {round_.digest}.")
    if pairing.digest_of([tuple(group) for group in round_.groups]) != round_.digest:
        problems.append("The groups that are stored do not have the digest that is stored.")
    if again.alone != sorted(round_.alone):
        problems.append("Other people are without a partner.")
    if round_.is_published and _published_groups(round_) != sorted(sorted(group) for group in round_.groups):
        problems.append("The pairings that were published are not those of the draw.")
    return Verification(again.draw.digest, problems)


def _published_groups(round_: Round) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    drawn = PairingMember.objects.filter(round=round_, pairing__how=Pairing.How.DRAW)
    for pairing_, person in drawn.values_list("pairing_id", "participant_id"):
        groups.setdefault(pairing_, []).append(person)
    return sorted(sorted(group) for group in groups.values())
