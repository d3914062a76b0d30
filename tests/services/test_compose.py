"""docker-compose.yml: what each service would run really runs, with what it would be told.

Only names of other containers are replaced by loopback, and folders of the container by a temporary one.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from local.processes import Child
from tests.services import site
from tests.services.broker import Valkey
from tests.services.smtp import SmtpSink

pytestmark = pytest.mark.services

COMPOSE = yaml.safe_load((site.ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRETS = {"SECRET_KEY": "a-key-made-for-this-test-and-for-nothing-else-at-all", "POSTGRES_PASSWORD": "letters"}


def env_file() -> dict[str, str]:
    """.env as a site keeper would fill in .env.example."""
    lines = (site.ROOT / ".env.example").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {**dict(pairs), **SECRETS}


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """${NAME}, ${NAME:-default} and ${NAME:?message} as Docker Compose reads them, and $$ for one dollar."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.group(1), match.group(2), match.group(3)
        if values.get(name):
            return values[name]
        assert kind != ":?", f"{name}: {rest}"
        return rest or ""

    return re.sub(r"\$\{(\w+)(:[-?])?([^}]*)\}", value, text).replace("$$", "$")


def told(service: str) -> dict[str, str]:
    given = {name: filled_in(str(value), env_file()) for name, value in SERVICES[service]["environment"].items()}
    return {**env_file(), **given}


def command_of(service: str) -> list[str]:
    return [filled_in(part, env_file()) for part in SERVICES[service]["command"]]


class Containers:
    """The services as processes of this machine."""

    def __init__(self, folder: Path, replaced: Mapping[str, str], port: int) -> None:
        self.folder, self.replaced, self.port = folder, replaced, port
        self.children: dict[str, Child] = {}

    def environment(self, service: str) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {**told(service), **self.replaced, "PATH": path, "HOME": str(self.folder), "PYTHONUNBUFFERED": "1"}

    def command(self, service: str) -> list[str]:
        return [part.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for part in command_of(service)]

    def run(self, service: str) -> None:
        ended = subprocess.run(
            self.command(service), env=self.environment(service), cwd=site.ROOT, capture_output=True, text=True
        )
        assert ended.returncode == 0, ended.stderr

    def start(self, service: str) -> Child:
        child = Child(service, self.command(service), self.folder / f"{service}.log", self.environment(service))
        child.start()
        self.children[service] = child
        return child

    def said(self) -> str:
        return "\n".join(f"--- {name}\n{child.last_lines(30)}" for name, child in self.children.items())

    def is_healthy(self, service: str) -> bool:
        """The health check of the service itself."""
        kind, *command = SERVICES[service]["healthcheck"]["test"]
        command = [filled_in(part, {}).replace("/data", str(self.folder)) for part in command]
        command += [str(self.port)] if "local.health" in command else []
        shell = ["sh", "-c", *command] if kind == "CMD-SHELL" else command
        environment = {**self.environment(service), "HOSTNAME": os.uname().nodename}
        return subprocess.run(shell, env=environment, cwd=site.ROOT, capture_output=True).returncode == 0


@pytest.fixture
def containers(
    tmp_path: Path, postgres_url: str, valkey: Valkey, smtp_sink: SmtpSink, static_root: Path
) -> Iterator[Containers]:
    replaced = {
        "DATABASE_URL": postgres_url,
        "REDIS_URL": valkey.url,
        "EMAIL_URL": smtp_sink.url,
        "DATA_DIR": str(tmp_path),
        "STATIC_ROOT": str(static_root),
    }
    made = Containers(tmp_path, replaced, site.ports.find_free())
    yield made
    for child in made.children.values():
        child.kill()


def test_the_site_runs_as_composed(containers: Containers, smtp_sink: SmtpSink) -> None:
    containers.run("migrate")
    for service in ("web", "worker", "beat"):
        containers.start(service)

    # Healthy means: the database answers, and beat's tick was carried out by the worker.
    site.wait_until(lambda: containers.is_healthy("web"), seconds=90, otherwise=containers.said)
    assert containers.is_healthy("worker"), containers.said()
    assert containers.is_healthy("beat"), containers.said()

    queue_one_message(containers)
    (received,) = smtp_sink.wait_for(1, seconds=40)
    assert received.recipients == ["gus@example.org"]
    assert received.sender == env_file()["DEFAULT_FROM_EMAIL"]


def queue_one_message(containers: Containers) -> None:
    """A sign-in code, asked for as a person does, would need a page; a row is enough for beat and worker."""
    code = """
import django; django.setup()
from datetime import UTC, datetime
from outbox.models import Message
now = datetime.now(UTC)
Message.objects.create(key="test:1", kind="test", to_email="gus@example.org", subject="Hello", text="Hello",
                       message_id="<1@example.org>", created_at=now, due_at=now)
"""
    environment = {**containers.environment("web"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=site.ROOT, check=True)


def test_web_waits_for_the_migration_and_for_what_it_needs() -> None:
    for service in ("web", "worker", "beat"):
        conditions = {name: how["condition"] for name, how in SERVICES[service]["depends_on"].items()}
        assert conditions == {
            "migrate": "service_completed_successfully",
            "db": "service_healthy",
            "redis": "service_healthy",
        }


def test_everything_but_the_migration_comes_back_after_a_restart() -> None:
    policies = {name: service["restart"] for name, service in SERVICES.items()}

    assert policies == {name: "no" if name == "migrate" else "unless-stopped" for name in SERVICES}


def test_everything_that_runs_is_watched_and_only_web_is_reachable_and_only_from_this_machine() -> None:
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == {"migrate"}
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:${PORT:-8000}:8000"]
    }


def test_what_must_survive_is_on_volumes() -> None:
    kept = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}

    assert kept == set(COMPOSE["volumes"]) == {"database", "broker", "data"}
    assert SERVICES["redis"]["command"][1:3] == ["--appendonly", "yes"]


def test_services_are_told_of_each_other_by_their_names() -> None:
    for service in ("web", "worker", "beat", "migrate"):
        addresses = [told(service)[name] for name in ("DATABASE_URL", "REDIS_URL")]
        assert [urlsplit(address).hostname for address in addresses] == ["db", "redis"]
        assert "${" not in shlex.join(command_of(service))


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_no_secret_has_a_value_to_forget(name: str) -> None:
    assert f"\n{name}=\n" in (site.ROOT / ".env.example").read_text()


def test_every_setting_that_is_read_from_the_environment_is_explained() -> None:
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", (site.ROOT / "config" / "settings.py").read_text()))
    read |= set(re.findall(r"environ\.get\(\"(\w+)\"", (site.ROOT / "config" / "gunicorn.py").read_text()))

    explained = set(re.findall(r"^#?(\w+)=", (site.ROOT / ".env.example").read_text(), re.MULTILINE))
    assert explained - read == {"POSTGRES_PASSWORD", "PORT"}
    assert read - explained == set()
    table = (site.ROOT / "docs" / "site-keepers" / "settings.md").read_text()
    assert [name for name in sorted(explained) if f"| `{name}` |" not in table] == []


def test_the_image_holds_every_app_and_no_tests() -> None:
    lines = (site.ROOT / ".dockerignore").read_text().splitlines()
    kept = {line[1:] for line in lines if line.startswith("!")}

    apps = {path.parent.name for path in site.ROOT.glob("*/apps.py")}
    assert lines[0] == "*"
    assert apps - kept == set()
    assert {"config", "local", "templates", "static", "manage.py"} <= kept
    assert kept & {"tests", ".git", "var", ".env"} == set()
