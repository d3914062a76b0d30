"""How many rooms of which size, where numbers do not divide."""

from collections.abc import Sequence


def even_sizes(people: int, rooms: int) -> list[int]:
    """`rooms` sizes as equal as can be, the larger first."""
    small, larger = divmod(people, rooms)
    return [small + 1] * larger + [small] * (rooms - larger)


def room_sizes(people: int, size: int, *, as_many_as_possible: bool = False) -> list[int]:
    """Sizes of rooms of `size`: some one smaller if that suffices, else some one larger, and nobody alone.

    Smaller comes before larger because in small rooms fewer people meet, so that more rounds go without a repeat.
    Numbers for which neither works (7 people in rooms of 5) are shared out evenly. With `as_many_as_possible` all
    rooms may be one smaller, which helps when many people must be kept apart.
    """
    if people == 0:
        return []
    smallest = max(min(2, size), size - 1)
    down, up = -(-people // size), max(1, people // size)
    if as_many_as_possible and people >= smallest:
        down = max(down, people // smallest)
    if people // down >= smallest:
        return even_sizes(people, down)
    if -(-people // up) <= size + 1:
        return even_sizes(people, up)
    return even_sizes(people, down if people // down >= 2 else up)


Nest = list["Nest"] | int


def nested_sizes(people: int, sizes: Sequence[int]) -> list[Nest]:
    """Rooms of the last of `sizes`, each as the list of the rooms it is merged from, down to numbers of people.

    Prefers rooms within one of the size wanted that are made of at least two rooms.
    """
    if len(sizes) == 1:
        return list(room_sizes(people, sizes[0]))
    fewest = max(1, people // (sizes[-1] + 1))
    counts = range(fewest, max(fewest, people // max(1, sizes[-1] - 1)) + 1)
    best = min((even_sizes(people, k) for k in counts), key=lambda split: _awkwardness(split, sizes))
    return [nested_sizes(room, sizes[:-1]) for room in best]


def _awkwardness(split: list[int], sizes: Sequence[int]) -> tuple[int, int]:
    """Rooms too small, too large or not merged at all, then the distance from the size wanted."""
    off = sum(abs(room - sizes[-1]) > 1 for room in split)
    unmerged = sum(len(room_sizes(room, sizes[-2])) < 2 for room in split)
    return off + unmerged, sum(abs(room - sizes[-1]) for room in split)
