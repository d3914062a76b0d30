from celery import shared_task
from django.utils import timezone

from pages import health


@shared_task
def heartbeat() -> None:
    """May run twice: it writes the time. Sent by beat and done by a worker, so it shows that both are alive."""
    health.beat("worker", now=timezone.now())
