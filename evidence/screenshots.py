"""Screenshots of a draft: drawn anew before they are kept, looked through for names and faces before handing in."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from evidence import history, pictures
from evidence.models import Inquiry, Item, ItemEvent, Screenshot
from people.models import Person

MOST = 5  # of one item


class TooMany(Exception):
    """An item has up to MOST screenshots."""


@transaction.atomic
def add(
    draft: Item,
    picture: pictures.Picture,
    *,
    now: datetime,
    by: Person,
    alt_text: str = "",
    was_redacted: bool = False,
    is_checked: bool = True,
) -> Screenshot:
    """Keep a picture beside a draft; the same one twice is kept once. Raises TooMany."""
    Item.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if same := draft.screenshots.filter(sha256=picture.sha256).first():
        return same
    if draft.screenshots.count() >= MOST:
        raise TooMany
    made = Screenshot(
        item=draft,
        format=picture.format,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.data),
        alt_text=alt_text,
        was_redacted=was_redacted,
        is_checked=is_checked,
        added_by=by,
        added_at=now,
    )
    made.file.save("", ContentFile(picture.data), save=False)
    made.save()
    return made


@transaction.atomic
def replace(
    old: Screenshot, picture: pictures.Picture, *, now: datetime, by: Person, alt_text: str, was_redacted: bool
) -> Screenshot:
    """A version with names and faces blacked out takes the place of the first, of which nothing is kept."""
    draft = old.item
    remove([old])
    return add(draft, picture, now=now, by=by, alt_text=alt_text, was_redacted=was_redacted)


@transaction.atomic
def look_over(screenshot: Screenshot, *, alt_text: str) -> None:
    """They looked: it shows no names and no faces."""
    screenshot.is_checked, screenshot.alt_text = True, alt_text
    screenshot.save(update_fields=["is_checked", "alt_text"])


@transaction.atomic
def remove(screenshots: Iterable[Screenshot]) -> None:
    """Rows now, files when that is certain."""
    for screenshot in screenshots:
        name = screenshot.file.name
        screenshot.delete()
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]


class UnderHold(Exception):
    """The inquiry is under a legal hold, for this reason: nothing of it goes."""


@transaction.atomic
def take_out(screenshot: Screenshot, *, now: datetime, by: Person) -> None:
    """An officer removes one from something that was handed in; history says so. Raises UnderHold."""
    item = screenshot.item
    assert item.inquiry_id
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=item.inquiry_id)
    if inquiry.is_held:
        raise UnderHold(inquiry.held_because)
    digest = screenshot.sha256
    remove([screenshot])
    history.record(item, ItemEvent.Kind.SCREENSHOT_REMOVED, now=now, by=by, facts={"sha256": digest})
