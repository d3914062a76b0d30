"""Pages whose words are changed on the site: saved in versions, compared, restored."""

from datetime import datetime

from django.db import transaction

from pages import texts
from pages.models import Page, PageVersion
from people.models import Person


class SavedMeanwhile(Exception):
    """Somebody else saved the page after this person began to write; `newest` is what they saved."""

    def __init__(self, newest: PageVersion) -> None:
        super().__init__(newest)
        self.newest = newest


def current(text: texts.Text) -> PageVersion | None:
    """The newest version; None while nobody changed the words it comes with."""
    return PageVersion.objects.filter(page__slug=text.slug).select_related("saved_by").first()


def words_of(text: texts.Text, number: int) -> str:
    """What version `number` says; 0 is what the page came with. Raises PageVersion.DoesNotExist."""
    return text.default if number == 0 else PageVersion.objects.get(page__slug=text.slug, number=number).body


@transaction.atomic
def save(text: texts.Text, body: str, *, based_on: int, by: Person, now: datetime) -> PageVersion | None:
    """A new version, if `based_on` is still the newest one (0: the words it came with). Raises SavedMeanwhile.

    The same words again make no version.
    """
    Page.objects.get_or_create(slug=text.slug)
    page = Page.objects.select_for_update().get(slug=text.slug)
    newest = page.versions.first()
    if newest and newest.number != based_on:
        raise SavedMeanwhile(newest)
    if body == (newest.body if newest else text.default):
        return newest
    return PageVersion.objects.create(
        page=page, number=(newest.number if newest else 0) + 1, body=body, saved_by=by, saved_at=now
    )


@transaction.atomic
def restore(text: texts.Text, number: int, *, based_on: int, by: Person, now: datetime) -> PageVersion | None:
    """An earlier version again, as the newest; nothing is lost. Raises SavedMeanwhile, PageVersion.DoesNotExist."""
    return save(text, words_of(text, number), based_on=based_on, by=by, now=now)
