"""Make the database and the static files ready for this version, in one process (four would be four times as slow)."""

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import transaction

from config.celery import app


def prepare() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static_files()
    if "load_councils" in get_commands():
        call_command("load_councils")
    if "load_sources" in get_commands():
        call_command("load_sources", verbosity=0)
    if "load_programmes" in get_commands():
        call_command("load_programmes", verbosity=0)
    if "seed_demo" in get_commands() and nobody_is_here():
        print("Making demonstration data …", file=sys.stderr)
        with transaction.atomic():  # all or nothing: half of it would count as done
            call_command("seed_demo")
    # Waits in the broker for the worker: the health page is content as soon as that one is up, not at the next tick.
    app.send_task("pages.tasks.heartbeat")


def nobody_is_here() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model()._default_manager.exists()


def collect_static_files() -> None:
    """Compressing them takes seconds, so only when one of them, or an installed package, is newer."""
    stamp = settings.DATA_DIR / ".static-collected"
    sources = [Path(entry[1] if isinstance(entry, tuple) else entry) for entry in settings.STATICFILES_DIRS]
    sources += [Path(sys.prefix) / ".installed"]
    if stamp.exists() and newest(sources) <= stamp.stat().st_mtime and settings.STATIC_ROOT.exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.touch()


def newest(paths: list[Path]) -> float:
    """When the last change to these files and folders was made (seconds since 1970)."""
    files = [file for path in paths for file in ([path, *path.rglob("*")] if path.is_dir() else [path])]
    return max((file.stat().st_mtime for file in files if file.exists()), default=0.0)


if __name__ == "__main__":
    prepare()
