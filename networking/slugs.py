"""Addresses made from names."""

from collections.abc import Collection

from django.utils.text import slugify

# Words that are addresses of our own pages.
RESERVED = frozenset({"new", "join"})


def free(name: str, taken: Collection[str], *, otherwise: str) -> str:
    """A slug for this name that is neither taken nor one of ours; `otherwise` for a name without letters."""
    wanted = slugify(name)[:100].strip("-") or otherwise
    used = {*taken, *RESERVED}
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(used) + 3))) if slug not in used)
