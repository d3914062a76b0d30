"""script/backup and script/restore: what was saved comes back, and nothing is overwritten by mistake."""

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from local import postgres
from tests.services import site

pytestmark = pytest.mark.services

ADD_COUNCILS = """
from people.models import Council
for name in {names!r}:
    Council.objects.create(slug=name, name=name)
result = 0
"""
COUNCILS = "from people.models import Council\nresult = sorted(Council.objects.values_list('name', flat=True))"


@pytest.fixture
def a_site(tmp_path: Path, database_url: str) -> site.Site:
    """A site that is stopped: one council and one uploaded file. Its PostgreSQL programs are those of the wheel."""
    programs = f"{postgres.programs()}:{os.environ['PATH']}"
    nobody = "redis://127.0.0.1:1/0"
    made = site.Site(tmp_path, database_url, nobody, "smtp://127.0.0.1:1", tmp_path / "static", {"PATH": programs})
    made.run(ADD_COUNCILS.format(names=["Anytown"]))
    (tmp_path / "media" / "notes").mkdir(parents=True)
    (tmp_path / "media" / "notes" / "one.txt").write_text("uploaded")
    return made


def script(made: site.Site, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [site.ROOT / "script" / name, *arguments]
    return subprocess.run(command, env=made.environment, cwd=made.folder, capture_output=True, text=True, timeout=120)


def test_what_was_saved_comes_back(a_site: site.Site) -> None:
    saved = script(a_site, "backup", "saved.tar.gz")
    assert saved.returncode == 0, saved.stderr
    a_site.run(ADD_COUNCILS.format(names=["Added later"]))
    (a_site.folder / "media" / "notes" / "two.txt").write_text("uploaded later")

    restored = script(a_site, "restore", "--replace", "saved.tar.gz")

    assert restored.returncode == 0, restored.stderr
    assert a_site.run(COUNCILS) == ["Anytown"]
    assert [path.name for path in (a_site.folder / "media" / "notes").iterdir()] == ["one.txt"]
    assert (a_site.folder / "media" / "notes" / "one.txt").read_text() == "uploaded"
    assert (a_site.folder / "saved.tar.gz").stat().st_mode & 0o777 == 0o600


def test_data_is_not_overwritten_unless_told(a_site: site.Site) -> None:
    script(a_site, "backup", "saved.tar.gz")
    a_site.run(ADD_COUNCILS.format(names=["Added later"]))

    refused = script(a_site, "restore", "saved.tar.gz")

    assert refused.returncode == 1
    assert "This site has data." in refused.stderr
    assert a_site.run(COUNCILS) == ["Added later", "Anytown"]


def test_a_backup_never_overwrites_another(a_site: site.Site) -> None:
    (a_site.folder / "saved.tar.gz").write_text("last week's")

    refused = script(a_site, "backup", "saved.tar.gz")

    assert refused.returncode == 1
    assert (a_site.folder / "saved.tar.gz").read_text() == "last week's"


def test_a_damaged_file_changes_nothing(a_site: site.Site) -> None:
    (a_site.folder / "saved.tar.gz").write_bytes(b"\x1f\x8b but no more")

    refused = script(a_site, "restore", "--replace", "saved.tar.gz")

    assert refused.returncode == 1
    assert "is not a backup that can be read" in refused.stderr
    assert a_site.run(COUNCILS) == ["Anytown"]


def test_an_archive_that_climbs_out_of_its_folder_changes_nothing(a_site: site.Site) -> None:
    with tarfile.open(a_site.folder / "saved.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("../climbed.txt")
        member.size = 3
        archive.addfile(member, io.BytesIO(b"out"))

    refused = script(a_site, "restore", "--replace", "saved.tar.gz")

    assert refused.returncode == 1
    assert "is not a backup of this site" in refused.stderr
    assert list(a_site.folder.rglob("climbed.txt")) == []


def test_an_empty_place_takes_a_backup_without_being_told(sqlite_url: str, tmp_path: Path) -> None:
    nobody = "redis://127.0.0.1:1/0"
    old = site.Site(tmp_path, sqlite_url, nobody, "smtp://127.0.0.1:1", tmp_path / "static")
    old.run(ADD_COUNCILS.format(names=["Anytown"]))
    new = site.Site(tmp_path / "new", f"sqlite:///{tmp_path}/new/db.sqlite3", nobody, old.email_url, old.static_root)
    new.folder.mkdir()
    script(old, "backup", "saved.tar.gz")

    restored = script(new, "restore", tmp_path / "saved.tar.gz")

    assert restored.returncode == 0, restored.stderr
    assert new.run(COUNCILS) == ["Anytown"]
