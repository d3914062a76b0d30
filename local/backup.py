"""One file with everything a site cannot make again: the database and the uploaded files.

Usage: python -m local.backup save FILE | restore FILE [--replace]
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from local.processes import Register

SQLITE = "django.db.backends.sqlite3"
DATABASE_FILES = {SQLITE: "db.sqlite3", "django.db.backends.postgresql": "database.dump"}


class CannotDoThat(Exception):
    """Said to the site keeper in one line; nothing was changed."""


def save(target: Path) -> None:
    """Write the backup beside `target` and rename it: a file of that name is whole. Only its owner reads it."""
    if target.exists():
        raise CannotDoThat(f"{target} exists already; a backup never overwrites another.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        # The database first: a file uploaded meanwhile is one too many, never one too few.
        database = Path(folder) / DATABASE_FILES[_database()["ENGINE"]]
        _save_database(database)
        new = Path(folder) / "new.tar.gz"
        with tarfile.open(new, "w:gz") as archive:
            archive.add(_manifest(Path(folder)), "manifest.json")
            archive.add(database, database.name)
            if settings.MEDIA_ROOT.exists():
                archive.add(settings.MEDIA_ROOT, "media")
        new.chmod(0o600)
        new.replace(target)


def restore(source: Path, *, replace: bool) -> None:
    """Put a backup in the place of an empty site; of any site with `replace`."""
    _check_nothing_runs()
    if not replace and not _is_empty():
        raise CannotDoThat("This site has data. To put the backup in its place: script/restore --replace FILE")
    with tempfile.TemporaryDirectory(dir=_data_dir()) as folder:
        manifest = _unpack(source, Path(folder))
        wanted = DATABASE_FILES[_database()["ENGINE"]]
        if not (Path(folder) / wanted).exists():
            raise CannotDoThat(f"The backup is of {manifest['database']}, this site is set to {_database()['ENGINE']}.")
        _restore_database(Path(folder) / wanted)
        _restore_media(Path(folder) / "media")


# --- databases ----------------------------------------------------------------------------------------------------


def _database() -> dict[str, Any]:
    database: dict[str, Any] = settings.DATABASES["default"]
    return database


def _save_database(target: Path) -> None:
    if _database()["ENGINE"] != SQLITE:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    source = Path(_database()["NAME"])
    if not source.exists():
        raise CannotDoThat(f"There is no database at {source}.")
    # SQLite's own way of copying a file that others are writing to.
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def _restore_database(source: Path) -> None:
    if _database()["ENGINE"] != SQLITE:
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _postgres("pg_restore", *options, source)
        return
    with closing(sqlite3.connect(source)) as copy:
        copy.execute("PRAGMA ignore_check_constraints = ON")  # some call functions that only Django brings
        (said,) = copy.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        raise CannotDoThat(f"The database in the backup is damaged: {said}")
    target = Path(_database()["NAME"])
    for log in ("-wal", "-shm"):  # of the database that goes; they would be read into the one that comes
        target.with_name(target.name + log).unlink(missing_ok=True)
    shutil.move(source, target)


def _postgres(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs; the password goes through the environment, where `ps` does not show it."""
    found = shutil.which(program)
    if not found:
        raise CannotDoThat(f"{program} is missing. On Debian or Ubuntu: apt-get install postgresql-client")
    database = _database()
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {name: str(database[key]) for name, key in names.items() if database.get(key)}
    command = [found, f"--dbname={database['NAME']}", *arguments]
    ended = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise CannotDoThat(f"{program} failed: {ended.stderr.strip()}")


# --- files --------------------------------------------------------------------------------------------------------


def _data_dir() -> Path:
    folder: Path = settings.DATA_DIR
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _manifest(folder: Path) -> Path:
    path = folder / "manifest.json"
    made = {"made_at": datetime.now(UTC).isoformat(), "database": _database()["ENGINE"], "site": settings.SITE_URL}
    path.write_text(json.dumps(made, indent=2))
    return path


def _unpack(source: Path, folder: Path) -> dict[str, str]:
    """Only plain files and folders, and only inside `folder`, whatever the archive says; its manifest."""
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                path = (folder / member.name).resolve()
                if not (member.isfile() or member.isdir()) or not path.is_relative_to(folder.resolve()):
                    raise CannotDoThat(f"{source} is not a backup of this site: it holds {member.name!r}.")
                member.mode = 0o700 if member.isdir() else 0o600
                archive.extract(member, folder, set_attrs=False)
        manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text())
    except (OSError, tarfile.TarError, ValueError) as error:
        raise CannotDoThat(f"{source} is not a backup that can be read: {error}") from error
    return manifest


def _restore_media(source: Path) -> None:
    old = settings.MEDIA_ROOT.with_name("media.old")
    if settings.MEDIA_ROOT.exists():
        settings.MEDIA_ROOT.replace(old)
    if source.exists():
        shutil.move(source, settings.MEDIA_ROOT)
    shutil.rmtree(old, ignore_errors=True)


# --- is it safe? --------------------------------------------------------------------------------------------------


def _check_nothing_runs() -> None:
    if pid := Register(settings.DATA_DIR / "processes.json").running_supervisor():
        raise CannotDoThat(f"The site is running (process {pid}). Stop it first.")


def _is_empty() -> bool:
    if settings.MEDIA_ROOT.exists() and any(settings.MEDIA_ROOT.iterdir()):
        return False
    if _database()["ENGINE"] == SQLITE:
        return not Path(_database()["NAME"]).exists()
    import django
    from django.db import connection

    django.setup()
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="backup")
    parser.add_argument("action", choices=["save", "restore"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        if asked.action == "save":
            save(asked.file.resolve())
        else:
            restore(asked.file.resolve(), replace=asked.replace)
    except CannotDoThat as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main(sys.argv[1:]))
