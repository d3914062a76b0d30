import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def plain_surroundings(settings, tmp_path) -> None:
    """No broker, no manifest of static files, a cache in memory: tests about those bring the real ones."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
