from celery import shared_task
from django.utils import timezone

from evidence import retention


@shared_task
def forget() -> None:
    """May run twice, or in several workers at once: each inquiry is locked, what is removed stays removed."""
    retention.sweep(timezone.now())
