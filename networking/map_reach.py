"""How far a post could get: who could see it in one, two, three steps, every person counted once. An estimate that
says what it assumes.

One step: whoever follows the start. Two: whoever follows those, if they all pass it on. Names of the map are counted
one by one; of audiences only their size is known, so that what they have in common has to be assumed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from networking.map_parts import ME, ONLINE, MapData, Node, key_of
from networking.map_tells import many, named

STEPS = 3
ANYWHERE = ""
BEST, MOST_TRIED = 5, 40  # sharers that are told, and of how many it is worked out


@dataclass(frozen=True)
class Assumptions:
    """`seeing`: of an audience, the share that sees a post. `overlap`: of a further audience, who saw it already.

    `followers` is my own audience there, when I am the start.
    """

    seeing: float = 0.1
    overlap: float = 0.3
    followers: int = 0


@dataclass(frozen=True)
class Count:
    """People: the fewest (all audiences are the same people), what is likely, the most (nobody is in two)."""

    low: int = 0
    likely: int = 0
    high: int = 0


@dataclass(frozen=True)
class Step:
    """`seen_by` are names of the map who could see it for the first time now; `people` everybody so far."""

    number: int
    seen_by: list[Node]
    people: Count


@dataclass(frozen=True)
class Sharer:
    """Somebody who sees it first: how many more people when they pass it on, and whom nobody else gets to."""

    node: Node
    more: int
    only_through: list[Node]


@dataclass(frozen=True)
class Reach:
    start: Node | None
    platform: str
    steps: list[Step]
    sharers: list[Sharer]
    without_numbers: list[Node] = field(default_factory=list)


def platforms(data: MapData) -> list[str]:
    """Those that anybody is on, each once, in the order of the alphabet."""
    found = {key_of(one): one for node in data.by_name() for one in node.platforms}
    return [found[key] for key in sorted(found)]


def is_on(node: Node, platform: str) -> bool:
    if platform == ANYWHERE:
        return node.is_in(ONLINE) or bool(node.platforms)
    return key_of(platform) in {key_of(one) for one in node.platforms}


def explore(data: MapData, start: int, platform: str = ANYWHERE, assumed: Assumptions | None = None) -> Reach:
    """From a node, or from ME."""
    given = assumed or Assumptions()
    near = _near(data, platform)
    steps = _steps(data, near, start, given)
    reached = [node for step in steps for node in step.seen_by]
    return Reach(
        data.nodes.get(start),
        platform,
        steps,
        _sharers(data, near, start, given, steps),
        [node for node in reached if node.audience is None],
    )


def _near(data: MapData, platform: str) -> dict[int, list[int]]:
    """Who sees whom there: links between nodes of the platform, and whom I know."""
    there = {pk for pk, node in data.nodes.items() if is_on(node, platform)}
    near = {pk: [other for other in others if other in there] for pk, others in data.neighbours().items()}
    near[ME] = [node.id for node in data.by_name() if node.id in there and node.is_known]
    return near


def _steps(data: MapData, near: dict[int, list[int]], start: int, given: Assumptions) -> list[Step]:
    seen, sharing, found = {start}, [start], []
    shared: list[int] = []
    for number in range(1, STEPS + 1):
        shared += sharing
        new = list(dict.fromkeys(other for one in sharing for other in near.get(one, []) if other not in seen))
        seen |= set(new)
        people = count([_audience(data, one, given) for one in shared], len(seen) - 1, given)
        found.append(Step(number, [data.nodes[pk] for pk in new], people))
        sharing = new
    return found


def _audience(data: MapData, one: int, given: Assumptions) -> int:
    return given.followers if one == ME else data.nodes[one].audience or 0


def count(audiences: Sequence[int], names: int, given: Assumptions) -> Count:
    """How many different people see what reaches these audiences, of whom so many are known by name."""
    sizes = sorted((size * given.seeing for size in audiences if size), reverse=True)
    if not sizes:
        return Count(names, names, names)
    likely = sizes[0] + (1 - given.overlap) * sum(sizes[1:])
    return Count(*(max(names, round(size)) for size in (sizes[0], likely, sum(sizes))))


def _sharers(
    data: MapData, near: dict[int, list[int]], start: int, given: Assumptions, steps: list[Step]
) -> list[Sharer]:
    """What would be missing without each of those who see it first; the most important first."""
    all_seen = {node.id for step in steps for node in step.seen_by}
    found = []
    first = sorted(steps[0].seen_by, key=lambda node: (-(node.audience or 0), -len(near[node.id]), node.key))
    for node in first[:MOST_TRIED]:
        silent = {**near, node.id: []}
        quiet = MapData({**data.nodes, node.id: replace(node, audience=0)}, data.links)
        without = _steps(quiet, silent, start, given)
        seen = {one.id for step in without for one in step.seen_by}
        more = steps[-1].people.likely - without[-1].people.likely
        found.append(Sharer(node, more, [data.nodes[pk] for pk in sorted(all_seen - seen)]))
    found.sort(key=lambda one: (-one.more, -len(one.only_through), one.node.key))
    return [one for one in found if one.more > 0 or one.only_through][:BEST]


# --- In words -----------------------------------------------------------------------------------------------------


def about(number: int) -> str:
    """A number that does not look surer than it is: two figures, the rest nought."""
    if number < 20:
        return str(number)
    unit = 10 ** (len(str(number)) - 2)
    return f"about {round(number / unit) * unit:,}"


def people(number: int) -> str:
    return f"{about(number)} {'person' if number == 1 else 'people'}"


def step_in_words(step: Step) -> str:
    """Such as “In two steps 140 people could see it: at least 90, at most 200.”"""
    steps = ("one step", "two steps", "three steps")[step.number - 1]
    said = f"In {steps} {people(step.people.likely)} could see it"
    if step.people.low != step.people.high:
        said += f": at least {about(step.people.low)}, at most {about(step.people.high)}"
    if not step.seen_by:
        return f"{said}. Nobody new of your map is among them."
    return f"{said}. New among them: {named(step.seen_by)}."


def sharer_in_words(sharer: Sharer) -> str:
    said = f"If “{sharer.node.name}” passes it on, {people(sharer.more)} more could see it"
    if sharer.only_through:
        said += f", and {named(sharer.only_through)} only that way"
    return f"{said}."


def likes_in_words(reach: Reach, likes: int) -> list[str]:
    """What a number of likes says beside what a share does."""
    first = reach.steps[0].people.likely
    lines = []
    if likes > first > 0:
        lines.append(
            f"{many(likes, 'like')} are more than the {people(first)} who should have seen it first: it was passed on."
        )
    elif 0 < likes <= first:
        lines.append(
            f"{many(likes, 'like')} among {people(first)} who could see it first: about 1 in {round(first / likes)}."
        )
    lines.append("A like pleases, and carries a post to hardly anybody. Reach grows when somebody passes it on.")
    if reach.sharers and reach.sharers[0].more > likes:
        best = reach.sharers[0]
        lines.append(
            f"One person who passes it on, “{best.node.name}”, would be worth {people(best.more)}"
            + (f", {round(best.more / likes)} times your likes." if likes else ".")
        )
    return lines


def assumptions_in_words(reach: Reach, given: Assumptions) -> list[str]:
    return [
        "Everybody on your map who sees it passes it on. That is the most there can be; most people never do.",
        f"Of every 100 people in an audience {round(given.seeing * 100)} see a post.",
        (
            f"Of every further audience {round(given.overlap * 100)} in 100 have seen it from somebody else already. "
            "At least: all audiences are the same people. At most: nobody is in two."
        ),
        "Names on your map are counted once, however many ways lead to them.",
        *([_everywhere(reach.platform)] if reach.platform != ANYWHERE else []),
        *_missing(reach.without_numbers),
    ]


def _everywhere(platform: str) -> str:
    return f"The map has one number of people for each name, for all platforms together: it is taken for {platform}."


def _missing(nodes: Iterable[Node]) -> list[str]:
    some = list(nodes)
    return [f"The map does not say how many people {named(some)} can reach: each counts as one."] if some else []
