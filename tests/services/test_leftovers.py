"""A process killed between the file of a screenshot and its row leaves a file, which goes a day later; others stay."""

import os
import subprocess
import sys
import time

import pytest

from tests.services.site import ROOT

pytestmark = pytest.mark.services

DRAFT = "from tests.evidence import build; result = build.draft(build.contributor(build.inquiry())).pk"
KEEP = """
import os, signal
import django
django.setup()
from evidence import pictures, screenshots
from evidence.models import Item, Screenshot
from tests.evidence import build
from tests.evidence.test_pictures import made
draft = Item.objects.get()
if {is_killed}:
    Screenshot.save = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
screenshots.add(draft, pictures.redrawn(made(color="{color}")), now=build.NOW, by=draft.saved_by)
"""
NAMED = "from evidence.models import Screenshot; result = list(Screenshot.objects.values_list('file', flat=True))"
REMOVE = """
from django.utils import timezone
from evidence import leftovers
result = [leftovers.remove(timezone.now()) for _ in range(2)]
"""


def keep(site, color, *, is_killed=False):
    code = KEEP.format(color=color, is_killed=is_killed)
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False).returncode


def files(site):
    return sorted(path for path in site.folder.glob("media/evidence/*/*") if path.is_file())


def test_the_file_of_a_killed_upload_goes_after_a_day_and_that_of_a_row_stays(make_site, sqlite_url):
    site = make_site(sqlite_url)
    site.run(DRAFT)
    assert keep(site, "green") == 0
    assert keep(site, "red", is_killed=True) == -9
    (named,) = site.run(NAMED)
    assert len(files(site)) == 2
    assert site.run(REMOVE) == [0, 0]

    for path in files(site):
        os.utime(path, (time.time() - 25 * 3600,) * 2)

    assert site.run(REMOVE) == [1, 0]
    assert [str(path.relative_to(site.folder / "media")) for path in files(site)] == [named]
