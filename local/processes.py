"""Child processes that are restarted when they die, stopped as a group, and found again after a crash."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESTARTS = 5  # within RESTART_WINDOW_SECONDS, then we give up
RESTART_WINDOW_SECONDS = 60


def started(pid: int) -> str | None:
    """When this process started, in the system's own words; None when it is not running.

    A number is given to a new process some day, so a number alone does not say whose it is.
    """
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            return None
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()  # ticks are counted from the boot
        return None if fields[0] == "Z" else f"{boot} {fields[19]}"
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip() or None


@dataclass
class Child:
    """One process in a session of its own: Ctrl-C in the terminal reaches the supervisor only."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] | None = None
    stop_seconds: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".log.old"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=ROOT,
                start_new_session=True,
            )
        self.starts.append(time.monotonic())

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def keeps_dying(self) -> bool:
        since = time.monotonic() - RESTART_WINDOW_SECONDS
        return len([moment for moment in self.starts if moment > since]) > RESTARTS

    def stop(self) -> None:
        """Ask, wait, then insist; the whole group, so that workers of a dead master go too."""
        if self.process is None:
            return
        if self.is_running:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.stop_seconds)
        self.kill()

    def kill(self) -> None:
        if self.process is None:
            return
        self.signal_group(signal.SIGKILL)
        self.process.wait()

    def signal_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def last_lines(self, count: int = 10) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


@dataclass(frozen=True)
class Register:
    """The file that says which processes a supervisor started, for the next one to clear up."""

    path: Path

    def write(self, children: Sequence[Child]) -> None:
        pids = [child.process.pid for child in children if child.process]
        rows = {
            "supervisor": {"pid": os.getpid(), "started": started(os.getpid())},
            "children": [{"pid": pid, "started": started(pid)} for pid in pids],
        }
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(rows))
        new.replace(self.path)

    def read(self) -> dict[str, object]:
        try:
            rows: dict[str, object] = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return rows

    def running_supervisor(self) -> int | None:
        row = self.read().get("supervisor")
        return row["pid"] if isinstance(row, dict) and _is_same(row) else None

    def kill_left_overs(self) -> int:
        """Kill what a supervisor that was killed left behind, each with its whole group; how many there were."""
        rows = self.read().get("children", [])
        assert isinstance(rows, list)
        left = [row for row in rows if _is_same(row)]
        for row in left:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(row["pid"], signal.SIGKILL)
        _wait_until_gone([row["pid"] for row in left])
        self.path.unlink(missing_ok=True)
        return len(left)


def _is_same(row: Mapping[str, object]) -> bool:
    pid = row.get("pid")
    return isinstance(pid, int) and row.get("started") is not None and started(pid) == row["started"]


def _wait_until_gone(groups: Sequence[int], *, seconds: float = 5.0) -> None:
    """Until their ports and files are free again; where nobody buries the dead, not longer than this."""
    until = time.monotonic() + seconds
    while any(_exists(group) for group in groups) and time.monotonic() < until:
        time.sleep(0.05)


def _exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
