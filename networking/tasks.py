from celery import shared_task
from django.utils import timezone

from networking import surveys


@shared_task
def queue_surveys() -> None:
    """May run twice, or in several workers at once: one row per councillor and survey keeps mails single."""
    surveys.queue_due(timezone.now())
