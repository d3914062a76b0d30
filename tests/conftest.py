import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from outbox import nudges

# Properties are about what is right. How fast it is, script/bench tells; on a busy machine neither examples nor their
# making may fail for taking long.
hypothesis_settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("ours")


@pytest.fixture(scope="session", autouse=True)
def _nothing_leaves_this_machine() -> Iterator[None]:
    """Sockets are closed but for loopback and files: nothing that is tested needs, or asks, anybody elsewhere."""
    really = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and self.type == socket.SOCK_STREAM:
            host = "127.0.0.1" if address[0] == "localhost" else address[0]
            assert ipaddress.ip_address(host).is_loopback, f"a socket was about to leave this machine for {address}"
        really(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(autouse=True)
def plain_surroundings(settings, tmp_path) -> None:
    """No broker, no manifest of static files, a cache in memory: tests about those bring the real ones."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    cache.clear()


@pytest.fixture
def told_tasks(monkeypatch) -> list[str]:
    """Names of the tasks a worker would have been told of, in order; no broker is asked."""
    told: list[str] = []
    monkeypatch.setattr(nudges, "_publish", lambda task: told.append(task.name))
    return told
