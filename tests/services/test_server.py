"""script/server: everything starts with one command and stops with one key, whatever happens in between."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import ports, processes
from tests.services.site import OURS, ROOT, wait_until

pytestmark = pytest.mark.services


class Server:
    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port, self.mail_port = ports.find_free(), ports.find_free()
        self.output = folder / "output"
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, **more: str) -> subprocess.Popen[bytes]:
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        told = {"DATA_DIR": str(self.data), "PORT": str(self.port), "MAIL_PORT": str(self.mail_port), **more}
        with self.output.open("wb") as output:
            return subprocess.Popen(
                [ROOT / "script" / "server"],
                env={**inherited, **told},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start(self) -> None:
        self.process = self.command()
        wait_until(lambda: "Stop it with Ctrl-C." in self.said() or self.ended(), seconds=120, otherwise=self.said)
        assert not self.ended(), self.said()

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def said(self) -> str:
        return self.output.read_text()

    def pids(self) -> list[int]:
        return [row["pid"] for row in json.loads((self.data / "processes.json").read_text())["children"]]

    def end(self, number: signal.Signals) -> int:
        """Signal the supervisor only, as Ctrl-C in its terminal would: the others are not in its session."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(40)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("server"))
    made.start()
    yield made
    if not made.ended():
        made.end(signal.SIGTERM)


def page(port: int, path: str = "/") -> str:
    with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def some_address_of_this_machine() -> str | None:
    """One that other machines would use; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") else address


def test_site_and_mail_page_answer_and_worker_and_beat_are_alive(server: Server) -> None:
    health = json.loads(page(server.port, "/health/"))

    assert health["ok"], health
    assert "Demo accounts" in page(server.mail_port)
    assert f"http://localhost:{server.port}/" in server.said()
    assert len(server.pids()) == 5


def test_the_key_is_made_once_and_only_its_owner_reads_it(server: Server) -> None:
    key = server.data / "secret_key"

    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text()) > 50


def test_demo_accounts_are_printed_and_shown(server: Server) -> None:
    people = json.loads((server.data / "demo.json").read_text())

    shown = page(server.mail_port, "/accounts")
    assert people
    assert [person["email"] for person in people if person["email"] not in server.said()] == []
    assert [person["email"] for person in people if person["email"] not in shown] == []


def test_other_machines_reach_neither_the_site_nor_the_mail(server: Server) -> None:
    address = some_address_of_this_machine()
    if address is None:
        pytest.skip("this machine has no address but 127.0.0.1")

    for port in (server.port, server.mail_port):
        with socket.socket() as caller:
            assert caller.connect_ex((address, port)) != 0


def test_a_taken_port_is_said_before_anything_starts(server: Server, tmp_path: Path) -> None:
    second = Server(tmp_path)

    code = second.command(PORT=str(server.port)).wait(30)

    assert code == 1
    assert f"Port {server.port} is taken by another program." in second.said()
    assert list(second.data.iterdir()) == []


def test_a_port_that_is_no_number_is_refused(tmp_path: Path) -> None:
    second = Server(tmp_path)

    assert second.command(PORT="http").wait(30) == 1
    assert "PORT is 'http'. It must be a number between 1 and 65535." in second.said()


def test_a_second_server_on_the_same_data_is_refused(server: Server, tmp_path: Path) -> None:
    second = Server(tmp_path)

    assert second.command(DATA_DIR=str(server.data)).wait(30) == 1
    assert "script/server is already running here" in second.said()


def test_a_process_that_dies_is_started_again(server: Server) -> None:
    worker = processes.started(server.pids()[3])
    os.killpg(server.pids()[3], signal.SIGKILL)

    wait_until(lambda: "worker has died; starting it again." in server.said(), otherwise=server.said)

    wait_until(lambda: processes.started(server.pids()[3]) not in {None, worker})


def test_left_overs_of_a_killed_supervisor_are_cleared_and_the_next_one_stops_everything(server: Server) -> None:
    before = server.pids()
    assert server.end(signal.SIGKILL) == -9
    assert [pid for pid in before if processes.started(pid) is None] == []

    began = time.monotonic()
    server.start()
    seconds = time.monotonic() - began

    assert "Cleared up 5 processes" in server.said()
    assert [pid for pid in before if processes.started(pid)] == []
    assert seconds < 30, "a second start takes seconds"
    assert json.loads(page(server.port, "/health/"))["ok"]

    after = server.pids()
    assert server.end(signal.SIGHUP) == 0  # what closing the terminal sends
    assert [pid for pid in after if processes.started(pid)] == []
    assert not (server.data / "processes.json").exists()
    assert ports.is_free(server.port)


@pytest.mark.parametrize("seconds", [0.0, 0.3, 2.0])
def test_an_interrupt_while_starting_leaves_nothing_running(tmp_path: Path, seconds: float) -> None:
    early = Server(tmp_path)
    early.process = early.command()
    wait_until(lambda: (early.data / "log").exists() or early.ended(), otherwise=early.said)
    time.sleep(seconds)
    told = (early.data / "processes.json").read_text() if (early.data / "processes.json").exists() else None
    before = [row["pid"] for row in json.loads(told)["children"]] if told else []

    assert early.end(signal.SIGINT) == 0, early.said()
    assert [pid for pid in before if processes.started(pid)] == []
    assert ports.is_free(early.mail_port)
