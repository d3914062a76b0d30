from celery import shared_task
from django.utils import timezone

from unmentoring import month, retention, rounds


@shared_task
def draw() -> None:
    """May run twice, or in several workers at once: there is one round per month, and it is published once."""
    if rounds.draw_if_due(timezone.now()):
        queue_letters.delay()


@shared_task
def queue_letters() -> None:
    """May run twice, or in several workers at once: a time on each row keeps letters single."""
    month.queue_due(timezone.now())


@shared_task
def forget() -> None:
    """May run twice: what is forgotten stays forgotten."""
    retention.forget_old(timezone.now())
