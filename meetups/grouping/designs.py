"""Rounds of equal rooms in which nobody meets anybody twice: constructions and stored base blocks.

A design is a list of rounds, a round a list of rooms, a room a tuple of points 0 … rooms * size - 1.
"""

from functools import lru_cache
from math import gcd

from meetups.grouping import fields
from meetups.grouping.starters import STARTERS, Starter

Round = list[tuple[int, ...]]


@lru_cache(maxsize=32)
def design(rooms: int, size: int) -> tuple[Round, ...]:
    """The design with most rounds that we know for `rooms` rooms of `size`, all rounds it has."""
    if rooms == 1 or size == 1:
        return (_single_round(rooms, size),)
    if size == 2:
        return tuple(_round_robin(rooms))
    known: list[list[Round]] = [_fields(rooms, size), _cyclic(rooms, size), _stored(rooms, size)]
    most = max(known, key=len)
    return tuple(most or [_single_round(rooms, size)])


def _single_round(rooms: int, size: int) -> Round:
    return [tuple(range(room * size, room * size + size)) for room in range(rooms)]


def _round_robin(rooms: int) -> list[Round]:
    """Everybody meets everybody once in pairs: one stays, the others go round the table (Kirkman 1850)."""
    last = 2 * rooms - 1
    return [[(last, turn), *(((turn + i) % last, (turn - i) % last) for i in range(1, rooms))] for turn in range(last)]


def _fields(rooms: int, size: int) -> list[Round]:
    """Lines y = m·x + b over finite fields: point (x, y), round m, room b (Bose 1938).

    Where the fields are smaller than the rooms, fewer slopes are safe. Points with the same x have not met;
    where they divide into rooms they go on to rounds of their own.
    """
    if rooms < size:
        return []
    smallest = fields.smallest_field(rooms)
    plus, times = fields.ring(rooms)
    slopes = range(rooms if smallest >= size else smallest)
    lines = [
        [tuple(x * rooms + plus[times[slope][x]][room] for x in range(size)) for room in range(rooms)]
        for slope in slopes
    ]
    return lines + _within_columns(rooms, size)


def _cyclic(rooms: int, size: int) -> list[Round]:
    """Lines y = m·x + b modulo the number of rooms, for as many slopes m as stay clear of common divisors."""
    if rooms < size:
        return []
    slopes = range(rooms // max(gcd(step, rooms) for step in range(1, size)))
    lines = [
        [tuple(x * rooms + (slope * x + room) % rooms for x in range(size)) for room in range(rooms)]
        for slope in slopes
    ]
    return lines + _within_columns(rooms, size)


def _within_columns(rooms: int, size: int) -> list[Round]:
    if rooms % size:
        return []
    return [
        [tuple(column * rooms + point for point in room) for column in range(size) for room in inner]
        for inner in design(rooms // size, size)
    ]


def _stored(rooms: int, size: int) -> list[Round]:
    starter = STARTERS.get((rooms, size))
    return developed(starter) if starter else []


def developed(starter: Starter) -> list[Round]:
    """All rounds that come from a starter by adding 0, 1, 2, … modulo its modulus."""
    rounds = [_shifted(blocks, by, starter) for blocks in starter.rounds.split("/") for by in range(starter.modulus)]
    for block in starter.transversals.split():
        rounds.append([_shifted(block, by, starter)[0] for by in range(starter.modulus)])
    return rounds


def _shifted(blocks: str, by: int, starter: Starter) -> Round:
    m, moving = starter.modulus, starter.modulus * starter.levels
    return [
        tuple(p if p >= moving else p // m * m + (p + by) % m for p in map(int, block.split(".")))
        for block in blocks.split()
    ]
