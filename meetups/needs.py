"""Who could help whom: words that one person asks for and another offers. Values in, values out."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Pair = tuple[int, int]

# Words that say nothing about a subject, among them those that everybody here uses.
_EMPTY_WORDS = """
    a about all also an and any are as at be been better but by can could council councils do for from get give good
    had has have having help helping how i if in into is it its just like lots make making me more much my need needs no
    not of on or other our out people please scrutiny share so some someone somebody something that the their them then
    there these they thing things this those to too up us use using very want was we what when which who why will with
    work working would you your yes n/a none nothing anything everything
"""
_EMPTY = frozenset(re.findall(r"\S+", _EMPTY_WORDS))
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "s", "e", "y")


@dataclass(frozen=True)
class Wish:
    """What somebody would like help with, and what they could help others with, in their own words."""

    help: str = ""
    offer: str = ""


def subjects(text: str) -> frozenset[str]:
    """The telling words, without their endings, so that “budgets” is “budget” and “engaging” is “engagement”."""
    words = re.findall(r"[^\W\d_]{2,}", text.casefold())
    return frozenset(_stem(word) for word in words if word not in _EMPTY)


def _stem(word: str) -> str:
    bare = word.removesuffix("ments").removesuffix("ment")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            return bare.removesuffix(ending)
    return bare


def shared(asks: Wish, offers: Wish) -> frozenset[str]:
    """The subjects with which the second could help the first."""
    return subjects(asks.help) & subjects(offers.offer)


def groups(
    wishes: Mapping[int, Wish], *, size: int, apart: Collection[Pair] = (), rarely: Collection[Pair] = ()
) -> list[tuple[int, ...]]:
    """Groups of two up to `size` in which somebody can help somebody, the best first; who fits nowhere is left out.

    At most as many groups as rooms of `size` hold everybody. Pairs of `apart` are never in one, those of `rarely` (of
    one council, who met before) only where nobody else can help. The order of `wishes` makes no difference.
    """
    worth = _worth(wishes, {_sorted(pair) for pair in apart}, {_sorted(pair) for pair in rarely})
    made: list[list[int]] = []
    placed: set[int] = set()
    for one, other in sorted(worth, key=lambda pair: (-worth[pair], pair)):
        if len(made) < len(wishes) // size and not placed & {one, other}:
            made.append([one, other])
            placed |= {one, other}
    _fill(made, [guest for guest in sorted(wishes) if guest not in placed], worth, size, apart)
    return [tuple(sorted(group)) for group in made]


def _worth(wishes: Mapping[int, Wish], apart: Collection[Pair], rarely: Collection[Pair]) -> dict[Pair, float]:
    """How much two people can do for each other: twice as good if both can help; rare subjects count for more."""
    asked = {guest: subjects(wish.help) for guest, wish in wishes.items()}
    offered = {guest: subjects(wish.offer) for guest, wish in wishes.items()}
    common = _how_common([*asked.values(), *offered.values()])
    worth = {}
    for pair in combinations(sorted(wishes), 2):
        one, other = pair
        both = [*(asked[one] & offered[other]), *(asked[other] & offered[one])]
        if both and pair not in apart:
            value = sum(1 / common[subject] for subject in both)
            worth[pair] = value / 100 if pair in rarely else value
    return worth


def _how_common(said: Iterable[Collection[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for words in said:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return counts


def _fill(
    made: Sequence[list[int]], left: Sequence[int], worth: Mapping[Pair, float], size: int, apart: Collection[Pair]
) -> None:
    """Who can help, or be helped by, somebody in a group joins the one where most can be done."""
    never = {_sorted(pair) for pair in apart}
    for guest in left:
        open_to = [g for g in made if len(g) < size and not any(_sorted((guest, one)) in never for one in g)]
        best = max(open_to, key=lambda group: _together(guest, group, worth), default=None)
        if best is not None and _together(guest, best, worth):
            best.append(guest)


def _together(guest: int, group: Sequence[int], worth: Mapping[Pair, float]) -> float:
    return sum(worth.get(_sorted((guest, one)), 0) for one in group)


def _sorted(pair: Pair) -> Pair:
    return (min(pair), max(pair))
