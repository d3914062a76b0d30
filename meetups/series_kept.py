"""A series and who usually hosts it, kept together or not at all."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from meetups.models import Series
from people.models import Person

# An address of our own that a series must not take.
_OURS = "new"
# Two series whose names give the same address, made in the same moment: look for a free one again.
_TRIES = 5


class NameTaken(Exception):
    """Somebody has given this name to another series, perhaps in this very moment."""


def start(name: str, purpose: str, hosts: Iterable[Person]) -> Series:
    """A new series at a free address. Raises NameTaken, and then nothing is saved."""
    for _ in range(_TRIES):
        try:
            return keep(Series(name=name, purpose=purpose, slug=free_slug(name)), hosts)
        except IntegrityError:
            continue
    raise NameTaken(name)


@transaction.atomic
def keep(series: Series, hosts: Iterable[Person]) -> Series:
    """Save series and hosts. Raises NameTaken."""
    try:
        with transaction.atomic():
            series.save()
    except IntegrityError:  # the form has looked already: this is two people at once, or a double click
        if Series.objects.filter(name=series.name).exclude(pk=series.pk).exists():
            raise NameTaken(series.name) from None
        raise
    series.hosts.set(hosts)
    return series


def free_slug(name: str) -> str:
    """A free address for a series of this name."""
    wanted = slugify(name)[:80].strip("-") or "series"
    wanted = f"{wanted}-meet-ups" if wanted == _OURS else wanted
    used = set(Series.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(used) + 3))) if slug not in used)
