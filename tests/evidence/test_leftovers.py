"""Files that no row names are removed, a day later, and never one that a row names."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction

from evidence import leftovers, pictures, screenshots
from evidence.models import Screenshot
from tests.evidence import build
from tests.evidence.test_pictures import made

pytestmark = pytest.mark.django_db

OLD, YOUNG = timedelta(days=1, minutes=1), timedelta(hours=23)


def kept(color="green") -> Screenshot:
    draft = build.draft(build.contributor(build.inquiry()))
    return screenshots.add(draft, pictures.redrawn(made(color=color)), now=build.NOW, by=draft.saved_by)


def aged(name: str, age=OLD) -> str:
    """As if it had been written so long ago."""
    written = (build.NOW - age).timestamp()
    os.utime(default_storage.path(name), (written, written))
    return name


def put(name: str, age=OLD) -> str:
    return aged(default_storage.save(name, ContentFile(b"a picture")), age)


def test_a_file_without_a_row_goes_after_a_day_and_one_with_a_row_stays_however_old_it_is():
    named = aged(kept().file.name, timedelta(days=1000))
    cut_off = put(f"evidence/ab/{'ab' * 16}.png")

    assert leftovers.remove(build.NOW) == 1
    assert (default_storage.exists(cut_off), default_storage.exists(named)) == (False, True)


def test_a_file_younger_than_a_day_stays_as_its_row_may_be_on_its_way():
    young = put(f"evidence/ab/{'ab' * 16}.jpeg", YOUNG)

    assert leftovers.remove(build.NOW) == 0
    assert default_storage.exists(young)


def test_running_twice_or_with_nothing_there_changes_nothing():
    assert leftovers.remove(build.NOW) == 0
    put(f"evidence/ab/{'ab' * 16}.webp")

    assert (leftovers.remove(build.NOW), leftovers.remove(build.NOW)) == (1, 0)


@pytest.mark.parametrize("name", ["evidence/ab/notes.txt", "evidence/kept.png", "other/ab/" + "ab" * 16 + ".png"])
def test_what_is_not_a_screenshot_of_ours_is_left_alone(name):
    put(name)

    assert leftovers.remove(build.NOW) == 0
    assert default_storage.exists(name)


def test_the_file_of_an_upload_that_was_rolled_back_goes():
    with transaction.atomic():
        name = aged(kept().file.name)
        transaction.set_rollback(True)
    assert not Screenshot.objects.exists()
    assert default_storage.exists(name)

    assert leftovers.remove(build.NOW) == 1
    assert not default_storage.exists(name)


def test_the_file_of_a_row_that_went_without_it_goes():
    shot = kept()
    name = aged(shot.file.name)
    shot.item.delete()

    assert leftovers.remove(build.NOW) == 1
    assert not default_storage.exists(name)


def test_another_worker_that_is_quicker_is_no_error(monkeypatch):
    put(f"evidence/ab/{'ab' * 16}.png")

    def gone(storage, name):
        raise FileNotFoundError(name)

    monkeypatch.setattr(FileSystemStorage, "get_modified_time", gone)

    assert leftovers.remove(build.NOW) == 0
