"""The whole site on this machine: broker, mail, web, worker and scheduler, started together and stopped together.

script/server runs it. Everything listens on 127.0.0.1 only.
"""

import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType

from local import health, ports, valkey
from local.processes import ROOT, Child, Register

READY_SECONDS = 90
WEB = ("-c", "python:config.gunicorn", "config.wsgi:application")


class CannotStart(Exception):
    """Said to the person in one line, before or instead of a site."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C, sent a signal or closed the terminal."""


def say(line: str) -> None:
    # The terminal may have been closed: then there is nobody to tell.
    with suppress(OSError, ValueError):
        print(line, flush=True)


class Supervisor:
    """Starts, watches and stops the processes of one site."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.given = environment
        self.port = port(environment, "PORT", 8000)
        self.mail_port = port(environment, "MAIL_PORT", 8025)
        self.data = Path(environment.get("DATA_DIR") or ROOT / "var").resolve()
        self.register = Register(self.data / "processes.json")
        self.children: list[Child] = []
        self.told_to_stop = False

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.interrupt)
        self.data.mkdir(parents=True, exist_ok=True)
        self.clear_up()
        self.check_ports()
        (self.data / "log").mkdir(exist_ok=True)
        try:
            self.start()
            self.wait_until_ready()
            self.tell()
            self.watch()
        finally:
            self.stop()

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Only remember it: raised in the middle of a start, it would lose a process. The second time, kill."""
        if self.told_to_stop:
            for child in self.children:
                child.signal_group(signal.SIGKILL)
        self.told_to_stop = True

    def pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.told_to_stop and time.monotonic() < until:
            time.sleep(0.1)
        self.check_wanted()

    def check_wanted(self) -> None:
        if self.told_to_stop:
            raise Stopped

    # --- before anything starts ---------------------------------------------------------------------------------

    def clear_up(self) -> None:
        """Refuse beside a running supervisor; kill what a killed one left behind."""
        if other := self.register.running_supervisor():
            raise CannotStart(
                f"script/server is already running here (process {other}). Stop it first, or set DATA_DIR."
            )
        if left := self.register.kill_left_overs():
            say(f"Cleared up {left} processes that an earlier run had left behind.")

    def check_ports(self) -> None:
        if self.port == self.mail_port:
            raise CannotStart(f"PORT and MAIL_PORT are both {self.port}. Choose two different ones.")
        for name, number in {"PORT": self.port, "MAIL_PORT": self.mail_port}.items():
            if not ports.is_free(number):
                raise CannotStart(
                    f"Port {number} is taken by another program. Choose another: {name}={number + 10} script/server"
                )

    # --- starting -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        socket, smtp_port = valkey.socket_path(self.data), ports.find_free()
        environment = self.environment(redis_url=self.given.get("REDIS_URL") or f"unix://{socket}", smtp_port=smtp_port)
        python = [sys.executable, "-m"]
        if not self.given.get("REDIS_URL"):
            self.launch("valkey", valkey.command(socket), environment)
        self.launch("mail", [*python, "local.mail", str(smtp_port), str(self.mail_port), str(self.data)], environment)
        self.prepare(environment)
        self.launch("web", [*python, "gunicorn", *WEB, f"--bind=127.0.0.1:{self.port}"], environment)
        celery = [*python, "celery", "-A", "config"]
        self.launch(
            "worker",
            [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"],
            environment,
        )
        self.launch("beat", [*celery, "beat", "--loglevel=INFO", f"--pidfile={self.data / 'beat.pid'}"], environment)

    def environment(self, *, redis_url: str, smtp_port: int) -> dict[str, str]:
        """What the site is told. Mail always goes to the sink, whatever the shell says: these people are made up."""
        return {
            **self.given,
            "SITE_URL": f"http://localhost:{self.port}",
            "SECRET_KEY": secret_key(self.data / "secret_key"),
            "DATA_DIR": str(self.data),
            "REDIS_URL": redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
            "MAIL_SINK_URL": f"http://localhost:{self.mail_port}/",
            "DEMO": "1",
            "PYTHONUNBUFFERED": "1",
        }

    def launch(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.check_wanted()
        child = Child(name, command, self.data / "log" / f"{name}.log", environment)
        (self.data / "beat.pid").unlink(missing_ok=True)
        child.start()
        self.children.append(child)
        self.register.write(self.children)

    def prepare(self, environment: Mapping[str, str]) -> None:
        child = Child(
            "prepare", [sys.executable, "-m", "local.prepare"], self.data / "log" / "prepare.log", environment
        )
        child.log.unlink(missing_ok=True)
        child.start()
        self.register.write([*self.children, child])
        try:
            while child.is_running:
                self.pause(0.1)
        finally:
            child.kill()
        if child.process is None or child.process.returncode != 0:
            raise CannotStart(f"The database or the static files could not be made ready:\n{child.last_lines(15)}")

    # --- running ------------------------------------------------------------------------------------------------

    def wait_until_ready(self) -> None:
        """Until the health page is content; what it says when it never is."""
        until = time.monotonic() + READY_SECONDS
        while (said := health.ask(self.port)) is not None:
            self.mend()
            if time.monotonic() > until:
                raise CannotStart(f"The site did not become healthy: {said}. See {self.data / 'log'}")
            self.pause(0.2)

    def watch(self) -> None:
        while True:
            self.pause(1)
            self.mend()

    def mend(self) -> None:
        """Start again what has died; give up on what keeps dying."""
        for child in self.children:
            if child.is_running:
                continue
            if child.keeps_dying:
                raise CannotStart(f"{child.name} keeps dying. The last lines of {child.log}:\n{child.last_lines()}")
            say(f"{child.name} has died; starting it again. See {child.log}")
            child.kill()
            child.start()
            self.register.write(self.children)

    def tell(self) -> None:
        say(f"\nScrutineers is running:  http://localhost:{self.port}/")
        say(f"Mail that it sends:      http://localhost:{self.mail_port}/")
        if people := demo_accounts(self.data / "demo.json"):
            say(f"Demo accounts:           http://localhost:{self.mail_port}/accounts (with their second codes)")
            for person in people:
                say(f"  {person.get('email', ''):34} {person.get('role', '')}")
        say(f"Logs:                    {self.data / 'log'}")
        say("Stop it with Ctrl-C.")

    def stop(self) -> None:
        """Last started, first stopped; a second Ctrl-C kills what is left."""
        if not self.children:
            return
        say("\nStopping …")
        for child in reversed(self.children):
            child.stop()
        self.register.path.unlink(missing_ok=True)
        say("Stopped.")


def port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CannotStart(f"{name} is {text!r}. It must be a number between 1 and 65535.")
    return int(text)


def secret_key(path: Path) -> str:
    """The key that signs sessions and links, made once and readable by its owner only."""
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def demo_accounts(path: Path) -> list[dict[str, str]]:
    try:
        people: list[dict[str, str]] = json.loads(path.read_text())
    except (OSError, ValueError):
        return []
    return people


def main() -> int:
    try:
        Supervisor(os.environ).run()
    except Stopped:
        return 0
    except (CannotStart, valkey.NoServer, OSError) as error:
        print(f"script/server: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
