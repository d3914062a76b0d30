"""A real Valkey on a loopback port, which a test may kill and start again."""

import subprocess
import time
from pathlib import Path

import redis

from local import ports, valkey


class Valkey:
    """Keeps nothing on disk: what is in it when it dies is lost, as a test of the promises needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = ports.find_free()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = valkey.command(valkey.socket_path(self.folder), port=self.port)
        with (self.folder / "valkey.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + 10
        while not self.answers():
            assert time.monotonic() < until, (self.folder / "valkey.log").read_text()
            time.sleep(0.02)

    def answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False

    def client(self) -> "redis.Redis":
        return redis.Redis.from_url(self.url)

    def empty(self) -> None:
        """What happens to the queue when somebody flushes the broker."""
        with self.client() as client:
            client.flushall()

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
