"""The numbers: growth, who met, why not, reach, and how far everybody is from everybody. Plain values for pages."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

import networkx
from django.db.models import Count, Exists, OuterRef, Q

from meetups.timings import LONDON
from unmentoring import network, pictures
from unmentoring.models import Pairing, PairingMember, Participant, Round, Waiting

# Above this many people distances are measured from a sample of them.
MEASURED_FROM = 300


@dataclass(frozen=True)
class Month:
    """One month: who joined and left in it, how many are in by its end, and how many were drawn."""

    month: date
    joined: int
    left: int
    members: int
    drawn: int


def growth(now: datetime) -> list[Month]:
    """From the first month somebody joined until now, the oldest first."""
    people = Participant.objects.exclude(confirmed_at=None).values_list("confirmed_at", "left_at")
    joined, left = Counter[date](), Counter[date]()
    for confirmed_at, left_at in people:
        if confirmed_at:
            joined[_month_of(confirmed_at)] += 1
            if left_at and left_at >= confirmed_at:
                left[_month_of(left_at)] += 1
    drawn = dict(Round.objects.published().values_list("month", "people"))
    rows, members = [], 0
    for month in _months(min([*joined, *drawn], default=None), max([_month_of(now), *drawn])):
        members += joined[month] - left[month]
        rows.append(Month(month, joined[month], left[month], members, drawn.get(month, 0)))
    return rows


def _month_of(moment: datetime) -> date:
    return moment.astimezone(LONDON).date().replace(day=1)


def _months(first: date | None, last: date) -> Iterable[date]:
    while first and first <= last:
        yield first
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)


@dataclass(frozen=True)
class Meeting:
    """How one round went: pairings that stand, and what is known of them. `share` of the known, None if none is."""

    round: Round
    pairings: int
    met: int
    not_met: int
    unknown: int
    disputed: int

    @property
    def share(self) -> float | None:
        known = self.met + self.not_met
        return self.met / known if known else None


def meeting_by_round() -> list[Meeting]:
    """Every published round, the newest first. A constant number of queries."""
    pairings: dict[int, list[Pairing]] = defaultdict(list)
    for pairing in Pairing.objects.standing().prefetch_related("members"):
        pairings[pairing.round_id].append(pairing)
    return [_meeting(round_, pairings[round_.pk]) for round_ in Round.objects.published()]


def _meeting(round_: Round, pairings: list[Pairing]) -> Meeting:
    outcomes = Counter(pairing.outcome for pairing in pairings)
    return Meeting(
        round_,
        len(pairings),
        outcomes[Pairing.Outcome.MET],
        outcomes[Pairing.Outcome.NOT_MET],
        outcomes[Pairing.Outcome.UNKNOWN],
        sum(pairing.is_disputed for pairing in pairings),
    )


def reasons_why_not() -> list[tuple[str, int]]:
    """Why people did not meet and how often each was said, the most frequent first."""
    said = PairingMember.objects.filter(answer=PairingMember.Answer.NO).exclude(why_not="")
    counts = Counter(said.values_list("why_not", flat=True))
    return [(str(PairingMember.WhyNot(value).label), number) for value, number in counts.most_common()]


@dataclass(frozen=True)
class PublicNumbers:
    """What everybody may know: who takes part, how many months, how many put together, how many said that they met."""

    people: int
    rounds: int
    pairings: int
    met: int


def public_numbers() -> PublicNumbers:
    standing = Pairing.objects.standing().filter(round__state=Round.State.PUBLISHED)
    said = PairingMember.objects.filter(pairing=OuterRef("pk"))
    met = standing.filter(Exists(said.filter(answer="yes"))).exclude(Exists(said.filter(answer="no")))
    return PublicNumbers(
        people=Participant.objects.active().count(),
        rounds=Round.objects.published().count(),
        pairings=standing.count(),
        met=met.count(),
    )


@dataclass(frozen=True)
class Reach:
    """How many different people and organisations somebody met."""

    participant: Participant
    people: int
    organisations: int


def reach() -> list[Reach]:
    """Everybody who met anybody, who met most first. A constant number of queries."""
    met: dict[int, set[int]] = defaultdict(set)
    for line in _met():
        met[line.one].add(line.other)
        met[line.other].add(line.one)
    people = Participant.objects.for_letters().in_bulk(list(met))
    rows = [_reach(people[person], [people[other] for other in others]) for person, others in met.items()]
    return sorted(rows, key=lambda row: (-row.people, -row.organisations, row.participant.pk))


def _reach(participant: Participant, others: list[Participant]) -> Reach:
    own = participant.organisation_key
    organisations = {key for other in others if (key := other.organisation_key) and key != own}
    return Reach(participant, len(others), len(organisations))


def median_reach() -> float:
    return median([row.people for row in reach()] or [0])


def _met() -> list[pictures.Line]:
    return [line for line in network.strongest(network.lines()) if line.outcome == pictures.MET]


@dataclass(frozen=True)
class Distance:
    """How connected those who met anybody are: the largest group, and the steps between two people in it."""

    people: int
    in_largest_group: int
    groups: int
    average_steps: float
    most_steps: int


def how_far() -> Distance:
    """Steps from person to person along conversations that happened; from a sample of people in large networks."""
    graph = networkx.Graph((line.one, line.other) for line in _met())
    groups = sorted(networkx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    if not groups:
        return Distance(0, 0, 0, 0.0, 0)
    largest = sorted(groups[0])
    every = max(1, len(largest) // MEASURED_FROM)
    steps = [
        number
        for person in largest[::every]
        for other, number in networkx.single_source_shortest_path_length(graph, person).items()
        if other != person
    ]
    return Distance(len(graph), len(largest), len(groups), sum(steps) / len(steps), max(steps))


def my_partners(participant: Participant) -> list[PairingMember]:
    """Everybody they were introduced to, the newest first: each row has `partners` and `round`."""
    told = participant.memberships.filter(introduced_at__isnull=False).select_related("round", "pairing")
    return list(
        told.prefetch_related("pairing__members__participant__person__council", "learnings").order_by("-round__month")
    )


@dataclass(frozen=True)
class Summary:
    """What the coordinator sees first."""

    active: int
    new: int
    paused: list[Participant]
    joined_lately: list[Participant]
    silent: list[Participant]
    stuck: list[Pairing]
    waiting: list[Waiting]
    disputed: list[Pairing]


def coordinator_summary(now: datetime, *, latest: int = 20) -> Summary:
    """Who joined, who rests and why, who is stuck, who waits. A constant number of queries."""
    states = Participant.objects.aggregate(
        active=Count("pk", filter=Q(state=Participant.State.ACTIVE)),
        new=Count("pk", filter=Q(state=Participant.State.NEW)),
    )
    everybody = Participant.objects.for_letters()
    stuck = PairingMember.objects.filter(stuck_at__isnull=False, unstuck_at=None, left_at=None)
    standing = Pairing.objects.standing().with_members().order_by("-round__month", "pk")
    answered = standing.filter(members__answer="yes").filter(members__answer="no").distinct()
    return Summary(
        active=states["active"],
        new=states["new"],
        paused=list(everybody.filter(state=Participant.State.PAUSED).order_by("paused_until", "pk")),
        joined_lately=list(everybody.exclude(confirmed_at=None).order_by("-confirmed_at")[:latest]),
        silent=list(everybody.active().exclude(still_in_asked_at=None)),
        stuck=list(standing.filter(members__in=stuck).distinct()),
        waiting=list(
            Waiting.objects.filter(ended_at=None, round__month__gte=_month_of(now)).select_related(
                "round", "participant__person__council"
            )
        ),
        disputed=list(answered[:latest]),
    )


def spread_of_reach(rows: Iterable[Reach]) -> list[tuple[int, int]]:
    """How many people met how many others: (others, people), the fewest first."""
    return sorted(Counter(row.people for row in rows).items())
