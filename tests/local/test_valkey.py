import os
from pathlib import Path

from local import valkey


def test_the_socket_is_in_the_folder_where_its_path_is_short() -> None:
    assert valkey.socket_path(Path("/srv/scrutineers/var")) == Path("/srv/scrutineers/var/valkey.sock")


def test_a_long_path_gets_a_short_private_folder_the_same_every_time(tmp_path: Path) -> None:
    long = tmp_path / ("a" * 100)

    path = valkey.socket_path(long)

    assert path == valkey.socket_path(long) != valkey.socket_path(tmp_path / ("b" * 100))
    assert len(os.fsencode(path)) <= valkey.LONGEST_SOCKET_PATH
    assert path.parent.stat().st_mode & 0o777 == 0o700
