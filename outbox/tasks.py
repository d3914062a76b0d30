from celery import shared_task
from django.utils import timezone

from outbox import delivery


@shared_task
def deliver() -> None:
    """May run twice, or in several workers at once: every message is claimed before it is sent."""
    if delivery.send_due(timezone.now()):
        # A turn has an end, so that a worker can be stopped politely: look again until nothing is left.
        deliver.apply_async(ignore_result=True, retry=False)


@shared_task
def reclaim() -> None:
    """May run twice: it only looks at claims that are too old."""
    if delivery.reclaim_stuck(timezone.now()):
        deliver.delay()


@shared_task
def forget_old_text() -> None:
    """May run twice: what is forgotten stays forgotten."""
    delivery.forget_old_text(timezone.now())
