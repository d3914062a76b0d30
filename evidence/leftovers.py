"""Files that no row names: an upload was cut off between its file and its row, or a row went and its file did not."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from evidence.models import Screenshot

# A row may still be on its way to a file younger than this.
OLDER_THAN = timedelta(days=1)
_FOLDER = "evidence"
# What `models.place_of` makes. Anything else was put there by somebody else and stays.
_OURS = re.compile(r"[0-9a-f]{32}\.(png|jpeg|webp)")


def remove(now: datetime) -> int:
    """Remove files that no screenshot names and that are a day old; return how many.

    Safe to run twice or in two places: what is gone already is not missed.
    """
    return sum(_remove_from(folder, now) for folder in _folders())


def _folders() -> Iterator[str]:
    """Of two letters each. A file system that has none yet is no error."""
    try:
        names, _ = default_storage.listdir(_FOLDER)
    except FileNotFoundError:
        return
    yield from (f"{_FOLDER}/{name}" for name in sorted(names) if re.fullmatch(r"[0-9a-f]{2}", name))


def _remove_from(folder: str, now: datetime) -> int:
    files = default_storage.listdir(folder)[1]
    old = [name for name in (f"{folder}/{one}" for one in files if _OURS.fullmatch(one)) if _is_old(name, now)]
    # Looked up after the age: a row that is written from now on names a file that is younger.
    named = set(Screenshot.objects.filter(file__in=old).values_list("file", flat=True))
    gone = [name for name in old if name not in named]
    for name in gone:
        default_storage.delete(name)
    return len(gone)


def _is_old(name: str, now: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < now - OLDER_THAN
    except FileNotFoundError:  # another worker was quicker
        return False
