import pytest
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from outbox import nudges

# Properties are about what is right. How fast it is, script/bench tells; on a busy machine neither examples nor their
# making may fail for taking long.
hypothesis_settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("ours")


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
