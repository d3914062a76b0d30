"""The real processes of a site, with a database of their own: web, worker and beat, started, killed, started again."""

import functools
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local import ports
from local.processes import Child

ROOT = Path(__file__).resolve().parent.parent.parent
# What a person may have set in the shell and what must not reach a test.
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "DATA_DIR",
    "STATIC_ROOT",
    "SITE_URL",
    "SECRET_KEY",
    "DEMO",
    "PAGES_KEPT_SECONDS",
)


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    headers: Mapping[str, str]


@dataclass
class Site:
    """A site in `folder`. Give it a migrated database; see the fixture `make_site`."""

    folder: Path
    database_url: str
    redis_url: str
    email_url: str
    static_root: Path
    more: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=ports.find_free)
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        return {
            **inherited,
            "SITE_URL": self.url,
            "SECRET_KEY": "of-a-site-that-lives-for-one-test",
            "DATA_DIR": str(self.folder),
            "STATIC_ROOT": str(self.static_root),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "EMAIL_URL": self.email_url,
            "PYTHONUNBUFFERED": "1",
            **self.more,
        }

    # --- processes ----------------------------------------------------------------------------------------------

    def start(self, *names: str) -> None:
        """Start "web", "worker" or "beat" (all three when none is named) and wait until they are ready.

        A second worker is "worker-2", a second scheduler "beat-2".
        """
        for name in names or ("web", "worker", "beat"):
            child = self.children.get(name) or Child(
                name, self.command(name), self.folder / f"{name}.log", self.environment, stop_seconds=20
            )
            child.log.unlink(missing_ok=True)
            child.start()
            self.children[name] = child
        for name in names or ("web", "worker", "beat"):
            wait_until(functools.partial(self.is_ready, name), seconds=60, otherwise=self.logs)

    def command(self, name: str) -> list[str]:
        kind = name.partition("-")[0]
        arguments = {
            "web": [
                *("gunicorn", "-c", "python:config.gunicorn", "config.wsgi:application"),
                f"--bind=127.0.0.1:{self.port}",
            ],
            "worker": [
                *("celery", "-A", "config", "worker", "--concurrency=2", "--loglevel=INFO"),
                *("--without-gossip", "--without-mingle", f"--hostname={name}@test"),
            ],
            "beat": [
                *("celery", "-A", "config", "beat", "--loglevel=INFO"),
                *(f"--pidfile={self.folder / name}.pid", f"--schedule={self.folder / name}-schedule"),
            ],
        }[kind]
        return [sys.executable, "-m", *arguments]

    def is_ready(self, name: str) -> bool:
        child = self.children[name]
        assert child.is_running, f"{name} has died:\n{child.last_lines(40)}"
        if name == "web":
            return self.answers()
        return {"worker": " ready.", "beat": "beat: Starting"}[name.partition("-")[0]] in child.log.read_text()

    def stop(self, *names: str) -> None:
        """Ask politely, as systemd or Docker would."""
        for name in names or tuple(self.children):
            self.children[name].stop()
            (self.folder / f"{name}.pid").unlink(missing_ok=True)

    def kill(self, *names: str) -> None:
        """kill -9, with every process of the group: nothing gets to tidy up."""
        for name in names or tuple(self.children):
            self.children[name].kill()
            (self.folder / f"{name}.pid").unlink(missing_ok=True)

    def logs(self) -> str:
        return "\n".join(f"--- {name}\n{child.last_lines(40)}" for name, child in self.children.items())

    # --- looking at it ------------------------------------------------------------------------------------------

    def get(self, path: str) -> Answer:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return Answer(answer.status, answer.read().decode(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(), dict(error.headers))

    def answers(self) -> bool:
        try:
            return self.get("/health/").status in {200, 503}
        except OSError:
            return False

    def manage(self, *arguments: str) -> str:
        """What `manage.py` printed; fails when it failed."""
        return self._run([sys.executable, "manage.py", *arguments])

    def run(self, code: str) -> Any:
        """Run Python inside this site's Django; what it assigns to `result`, through JSON.

        `from outbox.models import Message; result = Message.objects.count()`
        """
        wrapped = (
            f"import django\ndjango.setup()\n{code}\nimport json\nprint('\\nresult:' + json.dumps(result, default=str))"
        )
        return json.loads(self._run([sys.executable, "-c", wrapped]).rpartition("result:")[2])

    def _run(self, command: list[str]) -> str:
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, f"{command}\n{ended.stdout}{ended.stderr}"
        return ended.stdout


def wait_until(
    claim: Callable[[], object],
    *,
    seconds: float = 20.0,
    every: float = 0.05,
    otherwise: Callable[[], str] = lambda: "",
) -> None:
    """Wait for a claim to become true; fail with what `otherwise` says. Ask less often what is dear to ask."""
    until = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < until, f"not within {seconds} s\n{otherwise()}"
        time.sleep(every)


def migrated_sqlite(folder: Path) -> Path:
    """An SQLite file with all tables, to be copied: migrating takes seconds, copying does not."""
    path = folder / "template.sqlite3"
    _manage(folder, f"sqlite:///{path}", "migrate", "--verbosity=0")
    return path


def copied_sqlite(template: Path, folder: Path) -> str:
    """The address of a copy. The template is not open, so its write-ahead log is empty."""
    shutil.copy(template, folder / "db.sqlite3")
    return f"sqlite:///{folder / 'db.sqlite3'}"


def migrated_postgres(server_url: str, folder: Path) -> str:
    """The name of a database with all tables, in the server of this address."""
    name = f"template_{os.getpid()}"
    execute(server_url, f"CREATE DATABASE {name}")
    _manage(folder, with_name(server_url, name), "migrate", "--verbosity=0")
    return name


def copied_postgres(server_url: str, template: str, name: str) -> str:
    execute(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    return with_name(server_url, name)


def with_name(server_url: str, name: str) -> str:
    return f"{server_url.rpartition('/')[0]}/{name}"


def execute(server_url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(with_name(server_url, "postgres"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload] -- our own words


def collected_static(folder: Path) -> Path:
    """Static files as the web process wants them, collected once for all sites."""
    _manage(folder, f"sqlite:///{folder / 'none.sqlite3'}", "collectstatic", "--noinput", "--verbosity=0")
    return folder / "static"


def _manage(folder: Path, database_url: str, *arguments: str) -> None:
    nobody = "redis://127.0.0.1:1/0"
    Site(folder, database_url, nobody, "smtp://127.0.0.1:1", folder / "static").manage(*arguments)
