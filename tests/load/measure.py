"""Requests over kept-alive connections from several processes, as many as the server takes."""

import http.client
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles


@dataclass(frozen=True)
class Load:
    """How it went: requests per second, the 95th of 100 waits, and what a request cost the server's processors."""

    requests_per_second: float
    p95_ms: float
    processor_ms: float | None = None


def get(port: int, path: str, *, seconds: float, processes: int = 2) -> Load:
    """Ask for one page again and again from `processes` at once."""
    with ProcessPoolExecutor(processes) as pool:
        waits = [pool.submit(_ask, port, path, seconds) for _ in range(processes)]
        return summed([wait for future in waits for wait in future.result()], seconds)


def _ask(port: int, path: str, seconds: float) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    waits, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        waits.append(time.monotonic() - started)
    return waits


def summed(waits: list[float], seconds: float) -> Load:
    return Load(round(len(waits) / seconds, 1), round(quantiles(waits, n=20)[-1] * 1000, 2))


def in_processes(work: Callable[..., list[float]], *arguments: object, processes: int, seconds: float) -> Load:
    """The same for any work that returns the waits it had."""
    with ProcessPoolExecutor(processes) as pool:
        futures = [pool.submit(work, number, *arguments, seconds) for number in range(processes)]
        return summed([wait for future in futures for wait in future.result()], seconds)


def processor_seconds(group: int) -> float:
    """What the processes of this group have used so far, with those of them that have ended; 0 where nobody tells."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[2]) == group:
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
