"""Sponsors of a meet-up, or those with which new meet-ups of a series start, and the files of their logos."""

import uuid
from copy import deepcopy

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from govuk import pictures
from meetups import arranging
from meetups.models import Meetup, Series, Sponsor

# Logos stand beside each other at most 60 pixels high: four times that is sharp on every screen and small to load.
LOGO = pictures.Limits(
    most_bytes=2 * pictures.MEGABYTE, most_pixels=16_000_000, longest_side=8_000, shrunk_to=(480, 240)
)


class TooMany(Exception):
    """A meet-up has up to Sponsor.MOST sponsors."""


@transaction.atomic
def add(sponsor: Sponsor, logo: pictures.Picture | None) -> Sponsor:
    """Keep a new one at the end. Raises TooMany, and then no file is left."""
    beside = Sponsor.objects.filter(meetup=sponsor.meetup, series=sponsor.series)
    if beside.count() >= Sponsor.MOST:
        raise TooMany
    if logo:
        _put(sponsor, logo)
    return arranging.add(sponsor)


@transaction.atomic
def change(sponsor: Sponsor, logo: pictures.Picture | None, *, without_logo: bool = False) -> None:
    """Keep name and website; another logo takes the place of the old one, of which no file stays."""
    if logo or without_logo:
        _take_off(sponsor)
    if logo:
        _put(sponsor, logo)
    sponsor.save()


@transaction.atomic
def remove(sponsor: Sponsor) -> None:
    """The row now, the file when that is certain."""
    _take_off(sponsor)
    sponsor.delete()


@transaction.atomic
def remove_all(meetup: Meetup) -> None:
    for sponsor in meetup.sponsors.all():
        remove(sponsor)


@transaction.atomic
def copy(of: Meetup | Series, *, to: Meetup) -> None:
    """Let a new meet-up start with the sponsors of another one, or with those of its series."""
    for sponsor in of.sponsors.all():
        made = deepcopy(sponsor)
        made.pk, made.series, made.meetup = None, None, to
        made._state.adding = True
        if sponsor.logo:
            _copy_logo(sponsor, made)
        made.save(force_insert=True)


def _copy_logo(sponsor: Sponsor, made: Sponsor) -> None:
    """A file of its own; without it, where somebody removed the old one in this very moment."""
    try:
        with default_storage.open(str(sponsor.logo.name), "rb") as file:
            data = file.read()
    except FileNotFoundError:
        _forget_logo(made)
    else:
        made.logo_ref = uuid.uuid4()
        made.logo.save("", ContentFile(data), save=False)


def _put(sponsor: Sponsor, logo: pictures.Picture) -> None:
    sponsor.logo_format, sponsor.logo_ref = logo.format, uuid.uuid4()
    sponsor.logo_width, sponsor.logo_height = logo.width, logo.height
    sponsor.logo.save("", ContentFile(logo.data), save=False)


def _take_off(sponsor: Sponsor) -> None:
    if name := sponsor.logo.name:
        transaction.on_commit(lambda: default_storage.delete(name))
    _forget_logo(sponsor)


def _forget_logo(sponsor: Sponsor) -> None:
    sponsor.logo, sponsor.logo_format, sponsor.logo_ref = "", "", None
    sponsor.logo_width = sponsor.logo_height = None
