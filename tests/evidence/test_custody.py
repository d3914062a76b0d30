"""The chain of what happened to items: nobody changes, removes or swaps anything without being found out."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from evidence import custody, history, reviewing
from evidence.models import Item, ItemEvent, Screenshot
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db


def with_a_file(item):
    """A screenshot whose file is there, added with its event."""
    picture = Screenshot(item=item, format="PNG", width=1, height=1, bytes=3, added_at=build.NOW, alt_text="A post")
    picture.sha256 = hashlib.sha256(b"PNG").hexdigest()
    picture.file.save("any.png", ContentFile(b"PNG"), save=True)
    history.record(item, "screenshot", now=build.NOW)
    return picture


@pytest.fixture
def inquiry():
    """Two items, one of them accepted, with a screenshot."""
    made = build.inquiry()
    first = build.item(made)
    build.item(made)
    reviewing.accept(first, relied_on=True, version=0, now=build.NOW, by=build.officer(made))
    with_a_file(first)
    made.refresh_from_db()
    return made


def faults(inquiry):
    inquiry.refresh_from_db()
    return custody.verify(inquiry).faults


def test_nothing_is_wrong_with_what_nobody_touched(inquiry, capsys):
    assert custody.verify(inquiry) == custody.Checked(events=4, items=2, files=1, faults=[])

    call_command("verify_evidence", inquiry.slug)

    assert f"{inquiry.slug}: intact (4 events, 2 items, 1 files)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [{"facts": {"to": "set_aside"}}, {"kind": "purged"}, {"happened_at": make.NOW.replace(year=2020)}, {"by": None}],
)
def test_an_event_that_was_changed_is_found(inquiry, change):
    ItemEvent.objects.filter(inquiry=inquiry, number=1).update(**change)

    assert "Event 1 was changed." in faults(inquiry)


def test_an_event_that_is_missing_is_found_in_the_middle_and_at_the_end(inquiry):
    ItemEvent.objects.filter(inquiry=inquiry, number=2).delete()
    assert faults(inquiry)[0] == "Event 2 is missing."

    ItemEvent.objects.filter(inquiry=inquiry, number=4).delete()
    assert "The chain ends with event 3; it should end with event 4, sealed as kept." in faults(inquiry)


def test_an_event_that_was_made_anew_with_its_own_seal_is_found(inquiry):
    event = ItemEvent.objects.get(inquiry=inquiry, number=1)
    event.happened_at = make.NOW.replace(year=2020)
    event.seal = history.seal_of(event)
    event.save()

    assert faults(inquiry) == ["Event 2 does not follow the one before it."]


def test_an_item_whose_words_were_changed_past_the_history_is_found(inquiry):
    Item.objects.filter(number=1).update(our_words="Everybody is content")

    assert faults(inquiry) == ["Item 1 is not what it was after event 4."]


def test_an_item_that_disappeared_without_a_tombstone_is_found(inquiry):
    Item.objects.filter(number=2).delete()

    assert faults(inquiry) == ["The item of event 2 is gone, and nothing says why."]


def test_a_file_that_was_swapped_or_lost_is_found(inquiry):
    picture = Screenshot.objects.get()
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(b"JPG")
    assert faults(inquiry) == ["The file of screenshot 1 of Item 1 is not the one that was added."]

    picture.file.storage.delete(picture.file.name)
    assert faults(inquiry) == ["The file of screenshot 1 of Item 1 is missing."]


def test_the_command_fails_and_says_where(inquiry):
    Item.objects.filter(number=1).update(our_words="Everybody is content")

    with pytest.raises(CommandError) as failed:
        call_command("verify_evidence")
    assert str(failed.value) == f"{inquiry.slug}: Item 1 is not what it was after event 4."
    with pytest.raises(CommandError, match="no inquiry called nothing-like-it"):
        call_command("verify_evidence", "nothing-like-it")


def test_the_custody_sheet_says_what_happened_and_shows_no_exact_words(inquiry):
    item = Item.objects.get(number=1)
    client = make.client(build.officer(inquiry))
    url = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/custody/"

    said = reading.words(client.get(url))

    assert "what is held is what the history says" in said
    assert all(event.seal in said for event in ItemEvent.objects.filter(item_ref=item.ref))
    assert item.exact_words not in said
    Item.objects.filter(pk=item.pk).update(our_words="Everybody is content")
    assert "Item 1 is not what it was" in reading.words(client.get(url))
