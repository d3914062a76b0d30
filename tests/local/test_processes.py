import os
import subprocess
import sys
import time
from pathlib import Path

from local import processes

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def a_child(folder: Path, command: list[str] = SLEEP) -> processes.Child:
    child = processes.Child("child", command, folder / "child.log", stop_seconds=5)
    child.start()
    return child


def test_a_process_is_known_by_its_number_and_when_it_started() -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()

    assert processes.started(os.getpid()) == processes.started(os.getpid()) is not None
    assert processes.started(ended.pid) is None


def test_left_overs_of_a_killed_supervisor_are_killed(tmp_path: Path) -> None:
    child = a_child(tmp_path)
    register = processes.Register(tmp_path / "processes.json")
    register.write([child])

    assert register.kill_left_overs() == 1
    assert child.process is not None
    assert child.process.wait(5) == -9
    assert not register.path.exists()


def test_a_number_that_now_belongs_to_another_process_is_left_alone(tmp_path: Path) -> None:
    child = a_child(tmp_path)
    register = processes.Register(tmp_path / "processes.json")
    register.write([child])
    told = register.path.read_text()
    assert child.process is not None
    register.path.write_text(told.replace(str(processes.started(child.process.pid)), "another time"))

    assert register.kill_left_overs() == 0
    assert child.is_running
    child.kill()


def test_a_damaged_register_is_an_empty_one(tmp_path: Path) -> None:
    register = processes.Register(tmp_path / "processes.json")
    register.path.write_text('{"children": [')

    assert register.running_supervisor() is None
    assert register.kill_left_overs() == 0


def test_a_stopped_child_takes_its_own_children_with_it(tmp_path: Path) -> None:
    child = a_child(tmp_path, ["sh", "-c", "sleep 60 & echo $!; wait"])
    while not child.log.read_text().strip():
        time.sleep(0.02)
    grandchild = int(child.log.read_text())

    child.stop()

    until = time.monotonic() + 5
    while processes.started(grandchild) and time.monotonic() < until:
        time.sleep(0.02)
    assert (child.is_running, processes.started(grandchild)) == (False, None)


def test_a_child_that_ends_again_and_again_is_said_to_keep_dying(tmp_path: Path) -> None:
    child = a_child(tmp_path, ["true"])
    for _ in range(processes.RESTARTS - 1):
        child.kill()
        child.start()
    assert not child.keeps_dying

    child.kill()
    child.start()

    assert child.keeps_dying
    child.kill()
