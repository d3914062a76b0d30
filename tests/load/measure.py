"""Requests over kept-alive connections from several processes, as many as the server takes."""

import http.client
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Load:
    """How it went: requests per second, and the 95th of 100 waits in milliseconds."""

    requests_per_second: float
    p95_ms: float


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
