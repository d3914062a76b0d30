"""Who is to be placed in rooms, and what is known of them that matters there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Q

from meetups.grouping import Guest, Pair
from meetups.models import BreakoutPlan, KeepApart, Meetup, Presence, RoomMember, SignUp
from meetups.room_lists import Person

# Whoever came this often can get a conversation going.
KNOWS_THE_WAYS = 3


def on_the_list(meetup: Meetup) -> list[SignUp]:
    """Whom a host sees when they mark who is here: all but those who cancelled and stayed away, by name."""
    listed = meetup.signups.taking_part().exclude(name="")
    found = list(listed.select_related("council", "person", "presence"))
    return sorted(found, key=lambda signup: (signup.name.casefold(), signup.pk))


def is_here(signup: SignUp) -> bool:
    """What a host said counts, otherwise whether they joined."""
    marked = mark_of(signup)
    return signup.came_at is not None if marked is None else marked.is_here


def mark_of(signup: SignUp) -> Presence | None:
    return getattr(signup, "presence", None)


def to_place(meetup: Meetup, for_whom: str) -> list[SignUp]:
    """Those for whom rooms are planned."""
    if for_whom == BreakoutPlan.ForWhom.HERE:
        return [signup for signup in on_the_list(meetup) if is_here(signup)]
    return [signup for signup in on_the_list(meetup) if is_here(signup) or _is_expected(signup)]


def _is_expected(signup: SignUp) -> bool:
    return signup.is_confirmed and mark_of(signup) is None


@dataclass(frozen=True)
class Circle:
    """People by the id of their sign-up, with who met before and who is kept apart."""

    signups: dict[int, SignUp]
    guests: list[Guest]
    met: dict[Pair, int]
    apart: set[Pair]

    def of_way(self, way: str) -> list[Guest]:
        """Those who attend this way: nobody online shares a room with somebody in the building."""
        return [guest for guest in self.guests if self.signups[guest.id].way == way]


def of(meetup: Meetup, signups: Iterable[SignUp]) -> Circle:
    found = {signup.pk: signup for signup in signups}
    came = _earlier_visits(meetup, found.values())
    hosts = set(meetup.hosts.values_list("pk", flat=True))
    guests = [
        Guest(
            signup.pk,
            council=signup.works_at.casefold() or None,
            role=signup.role or None,
            newcomer=bool(came) and not came[signup.person_id],  # where all are new, that says nothing
            confident=signup.person_id in hosts or came[signup.person_id] >= KNOWS_THE_WAYS,
            tier=signup.council.kind if signup.council else None,
        )
        for signup in found.values()
    ]
    return Circle(found, guests, _met(meetup, found.values()), kept_apart(meetup) & _pairs(found))


def _pairs(ids: Iterable[int]) -> set[Pair]:
    return set(combinations(sorted(ids), 2))


def kept_apart(meetup: Meetup) -> set[Pair]:
    return set(KeepApart.objects.filter(meetup=meetup).values_list("one_id", "other_id"))


def _earlier_visits(meetup: Meetup, signups: Iterable[SignUp]) -> Counter[int]:
    """How many earlier meet-ups each person came to."""
    people = [signup.person_id for signup in signups]
    rows = SignUp.objects.filter(
        person__in=people, came_at__isnull=False, meetup__starts_at__lt=meetup.starts_at
    ).exclude(meetup=meetup)
    return Counter(dict(rows.order_by().values("person").annotate(times=Count("pk")).values_list("person", "times")))


def _met(meetup: Meetup, signups: Iterable[SignUp]) -> dict[Pair, int]:
    """At how many earlier meet-ups two people shared a room that was used, both having come."""
    of_person = {signup.person_id: signup.pk for signup in signups}
    rows = RoomMember.objects.filter(
        Q(round__held_at__isnull=False) | Q(round__shown_at__isnull=False),
        signup__person__in=of_person,
        signup__came_at__isnull=False,
        round__plan__meetup__starts_at__lt=meetup.starts_at,
    ).exclude(round__plan__meetup=meetup)
    rooms: dict[tuple[int, int], list[int]] = defaultdict(list)
    for room, earlier, person in rows.values_list("room", "round__plan__meetup", "signup__person"):
        rooms[earlier, room].append(of_person[person])
    at = {(earlier, pair) for (earlier, _), ids in rooms.items() for pair in combinations(sorted(ids), 2)}
    return dict(Counter(pair for _, pair in at))


def as_listed(signup: SignUp) -> Person:
    return Person(signup.pk, signup.name, signup.person.email, signup.works_at)
