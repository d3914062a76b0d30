"""The catalogue of structures an agenda item can use: 33 Liberating Structures and three more.

Names, sizes and minutes are facts; the sentences are ours. Liberating Structures are the work of Henri Lipmanowicz and
Keith McCandless.
"""

from meetups.structures import beginning, finding_out, making_plans, others, working_together
from meetups.structures.values import CREDIT, GROUPS, SITE, Phase, Structure, group_sizes, group_words

__all__ = ["ALL", "CREDIT", "GROUPS", "SITE", "Phase", "Structure", "find", "group_sizes", "group_words"]

ALL: tuple[Structure, ...] = (
    *beginning.ALL,
    *finding_out.ALL,
    *working_together.ALL,
    *making_plans.ALL,
    *others.ALL,
)
_BY_SLUG = {structure.slug: structure for structure in ALL}


def find(slug: str) -> Structure | None:
    """The structure of this slug, or None when the catalogue does not have it (any more)."""
    return _BY_SLUG.get(slug)
