"""Where pairs stand with their support meetings: for one pair and for a whole cohort in the same number of queries."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet

from meetups.timings import LONDON
from networking import rhythm
from networking.models import FineUntil, Member, NextMeeting, Pair, Silence, SilenceAnswer, SupportMeeting, WhyNot
from networking.rhythm import Facts, State
from people.models import Person


def today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


@dataclass(frozen=True)
class Standing:
    """One pair on one day."""

    pair: Pair
    facts: Facts
    expected_on: date
    state: State
    next_meeting: NextMeeting | None
    silence: Silence | None  # the one that is open
    fine: FineUntil | None
    said: tuple[SilenceAnswer, ...]  # why they have not met, in this silence

    @property
    def is_silent(self) -> bool:
        return self.state == State.SILENT

    @property
    def is_late(self) -> bool:
        return self.state in {State.LATE, State.SILENT}

    @property
    def needs_lead(self) -> bool:
        """Silent; or one of the two has said what a lead can help with."""
        asks = {WhyNot.NO_REPLY, WhyNot.NO_FIT}
        return self.is_silent or (self.is_late and any(one.why_not in asks for one in self.said))

    @property
    def never_met(self) -> bool:
        return self.facts.last_met_on is None

    @property
    def since(self) -> date:
        """The last meeting, or when they were introduced."""
        return self.facts.last_met_on or self.facts.began_on


def of_one(pair: Pair, now: datetime) -> Standing:
    return of(Pair.objects.filter(pk=pair.pk), now)[pair.pk]


def of(pairs: QuerySet[Pair], now: datetime) -> dict[int, Standing]:
    """By pair, in the order of the query. Eight queries at most, however many pairs."""
    chosen = pairs.values("pk")
    met = dict(
        SupportMeeting.objects.standing().filter(pair__in=chosen).order_by().values_list("pair").annotate(Max("met_on"))
    )
    planned = {one.pair_id: one for one in NextMeeting.objects.filter(pair__in=chosen, state=NextMeeting.State.AGREED)}
    fine = {one.pair_id: one for one in FineUntil.objects.filter(pair__in=chosen, lifted_at=None)}
    open_ones = Silence.objects.filter(pair__in=chosen, ended_at=None)
    silences = {one.pair_id: one for one in open_ones.prefetch_related("answers__member__person")}
    return {
        pair.pk: _standing(pair, met.get(pair.pk), planned.get(pair.pk), fine.get(pair.pk), silences.get(pair.pk), now)
        for pair in pairs
    }


def facts_after_today(standing: Standing, day: date) -> Facts:
    """As if they had met on this day and agreed on nothing yet."""
    return replace(standing.facts, last_met_on=day, planned_on=None, fine_until=None)


def _standing(
    pair: Pair,
    last_met_on: date | None,
    planned: NextMeeting | None,
    fine: FineUntil | None,
    silence: Silence | None,
    now: datetime,
) -> Standing:
    facts = Facts(
        began_on=today(pair.introduced_at or pair.confirmed_at),
        rhythm_days=pair.rhythm_days,
        last_met_on=last_met_on,
        planned_on=planned.on if planned else None,
        fine_until=fine.until if fine else None,
    )
    expected = rhythm.expected_on(facts)
    state = rhythm.state(expected, today(now), nudged_on=today(silence.nudged_at) if silence else None)
    said = tuple(silence.answers.all()) if silence else ()
    return Standing(pair, facts, expected, state, planned, silence, fine, said)


# --- What one of the two, or a lead, sees of a pair ------------------------------------------------------------------

BRING_BACK = timedelta(days=30)  # what was taken out by mistake can come back so long


@dataclass(frozen=True)
class History:
    """The meetings of a pair. Words are for the two alone: a lead sees days, ways and minutes."""

    member: Member | None  # which of the two looks; None for a lead
    meetings: list[SupportMeeting]
    removed: list[SupportMeeting]

    @property
    def may_change(self) -> bool:
        return self.member is not None and self.member.is_here

    @property
    def minutes(self) -> int:
        return sum(meeting.minutes or 0 for meeting in self.meetings)


def history(pair: Pair, person: Person, now: datetime) -> History:
    """Two queries."""
    member = next((one for one in (pair.councillor, pair.mentor) if one.person_id == person.pk), None)
    rows = list(pair.meetings.select_related("logged_by__person"))
    removed = [row for row in rows if row.removed_at and row.removed_at > now - BRING_BACK]
    return History(member, [row for row in rows if not row.is_removed], removed if member else [])
