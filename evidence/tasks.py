from celery import shared_task
from django.utils import timezone

from evidence import fetches, forgetting, leftovers, retention, sessions


@shared_task
def forget() -> None:
    """May run twice, or in several workers at once: each inquiry is locked, what is removed stays removed."""
    now = timezone.now()
    retention.sweep(now)
    forgetting.sweep(now)


@shared_task
def remove_leftover_files() -> None:
    """May run twice, or in several workers at once: only what no row names goes, and what is gone stays gone."""
    leftovers.remove(timezone.now())


@shared_task
def work_through_fetches() -> None:
    """May run twice, or in several workers at once: each page is claimed before it is fetched."""
    fetches.work_through(timezone.now())


@shared_task
def forget_fetches() -> None:
    """May run twice: what is forgotten stays forgotten."""
    fetches.forget_old(timezone.now())


@shared_task
def end_sessions() -> None:
    """May run twice: what is over stays over."""
    sessions.end_forgotten(timezone.now())
