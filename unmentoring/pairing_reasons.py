"""Why these people were put together, in one sentence they can read."""

from collections.abc import Mapping, Sequence
from itertools import combinations

Pair = tuple[int, int]


def reasons(
    group: Sequence[int],
    *,
    organisation: Mapping[int, str | None] = {},
    sector: Mapping[int, str | None] = {},
    last_met: Mapping[Pair, int] = {},
    round_number: int = 0,
) -> str:
    """One sentence, addressed to the people in the group, from the facts the draw was given.

    Says nothing about anybody else: not who was kept apart, nor who else could have been drawn.
    """
    pairs = list(combinations(sorted(group), 2))
    rounds = [last_met[pair] for pair in pairs if pair in last_met]
    different = _differences(pairs, organisation, sector)
    if rounds:
        who = "You" if len(pairs) == 1 else "Two of you" if len(rounds) == 1 else "Some of you"
        parts = [
            f"{who} {_last_met(round_number - max(rounds))}, as no draw was found that gives everybody somebody new"
        ]
        parts += [f"you {' and '.join(different)}"] if different else []
    else:
        parts = [f"You {' and '.join(['have not met here before', *different])}"]
    sentence = "; ".join([*parts, "chance decided the rest."])
    return sentence if len(group) == 2 else f"The number of people was odd, so you are three: {_lower(sentence)}"


def _last_met(rounds_ago: int) -> str:
    if rounds_ago < 1:
        return "met before"
    return "last met one round ago" if rounds_ago == 1 else f"last met {rounds_ago} rounds ago"


def _differences(
    pairs: list[Pair], organisation: Mapping[int, str | None], sector: Mapping[int, str | None]
) -> list[str]:
    differ = [all(_differ(names, pair) for pair in pairs) for names in (organisation, sector)]
    if all(differ):
        return ["work for different organisations and in different sectors"]
    return ["work for different organisations"] * differ[0] + ["work in different sectors"] * differ[1]


def _differ(names: Mapping[int, str | None], pair: Pair) -> bool:
    one, two = names.get(pair[0]), names.get(pair[1])
    return bool(one) and bool(two) and one != two


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
