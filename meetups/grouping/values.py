"""What goes into a plan of rooms and what comes out."""

from dataclasses import dataclass

Room = tuple[int, ...]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Guest:
    """Somebody to be placed in rooms. `confident` people can get a conversation going; `tier` is county, district…"""

    id: int
    council: str | None = None
    role: str | None = None
    newcomer: bool = False
    confident: bool = False
    tier: str | None = None


@dataclass(frozen=True)
class RoundSpec:
    """A round in rooms of `size`, one more or fewer where numbers do not divide.

    With `merge_previous` every room is made of whole rooms of the round before (pairs into fours).
    """

    size: int
    merge_previous: bool = False


@dataclass(frozen=True)
class Plan:
    """Rooms for every round, with what was achieved.

    `repeats` counts meetings of two people beyond their first; going on together into a merged room is not a
    second meeting. `same_council` counts, over all rounds, pairs of
    one council who share a room; `met_before` pairs who meet here and had met at earlier meet-ups. `together_anyway`
    are the pairs who should be kept apart and could not be. `newcomers_alone` counts rooms of newcomers only;
    `fewest_councils` is the smallest number of councils in any room, None when councils are not known.
    `changed_rooms` counts, after a re-plan, rooms that are not as they were planned (apart from people who left).
    `achieved` says it in a sentence for the organiser.
    """

    rounds: list[list[Room]]
    repeats: int
    same_council: int
    met_before: int = 0
    together_anyway: tuple[Pair, ...] = ()
    newcomers_alone: int = 0
    fewest_councils: int | None = None
    changed_rooms: int = 0
    achieved: str = ""


class ContradictoryLocks(ValueError):
    """The locked rooms cannot all be kept: the message says which people and why."""
