"""Real servers and processes. Each test gets its own; what is slow to make is made once and copied."""

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from local import postgres
from tests.services import site
from tests.services.broker import Valkey
from tests.services.smtp import SmtpSink

_names = itertools.count(1)


@pytest.fixture(autouse=True)
def _no_tables_of_its_own(request: pytest.FixtureRequest) -> None:
    """These tests look at databases of real processes, never at the one of this process."""
    assert request.node.get_closest_marker("services"), "mark the module: pytestmark = pytest.mark.services"


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A real Valkey (`.url`), empty; `kill()`, `start()` and `empty()` at will."""
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """A real SMTP server (`.url`, `.received`) that can be told to misbehave; see tests/services/smtp.py."""
    sink = SmtpSink()
    sink.start()
    yield sink
    sink.behave()
    sink.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL: the one the suite runs on, or one made for the session."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with postgres.running() as url:
        yield url


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return site.migrated_postgres(postgres_server, tmp_path_factory.mktemp("template"))


@pytest.fixture
def postgres_url(postgres_server: str, _postgres_template: str) -> str:
    """A PostgreSQL database with all tables and no rows."""
    return site.copied_postgres(postgres_server, _postgres_template, f"site_{os.getpid()}_{next(_names)}")


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.migrated_sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """An SQLite database with all tables and no rows."""
    return site.copied_sqlite(_sqlite_template, tmp_path)


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.collected_static(tmp_path_factory.mktemp("static"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other: the test runs twice."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def make_site(
    tmp_path: Path, static_root: Path, valkey: Valkey, smtp_sink: SmtpSink
) -> Iterator[Callable[..., site.Site]]:
    """Makes a site: `make_site(database_url)`, with more settings `make_site(url, LOG_LEVEL="DEBUG")`.

    Nothing runs until `start("web", "worker", "beat")`; whatever runs at the end is killed.
    """
    with ExitStack() as stack:

        def make(database_url: str, **more: str) -> site.Site:
            made = site.Site(tmp_path, database_url, valkey.url, smtp_sink.url, static_root, more)
            stack.callback(made.kill)
            return made

        yield make


@pytest.fixture
def running_site(make_site: Callable[..., site.Site], database_url: str) -> site.Site:
    """A whole site: web, worker and beat, on SQLite and again on PostgreSQL."""
    made = make_site(database_url)
    made.start()
    return made
