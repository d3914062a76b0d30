from celery import shared_task
from django.utils import timezone

from meetups import afterwards, following, letters, offers, retention, spreading
from meetups.breakouts import planning as rooms


@shared_task
def queue_due_letters() -> None:
    """Offers whose time is up, then letters. May run twice, or in several workers at once.

    A notice per sign-up, kind and version keeps letters single.
    """
    now = timezone.now()
    offers.pass_on(now)
    letters.queue_due(now)
    spreading.spread_news(now)


@shared_task
def queue_letters_afterwards() -> None:
    """May run twice, or in several workers at once, as the letters before a meet-up may."""
    afterwards.queue_due(timezone.now())


@shared_task
def forget_old_signups() -> None:
    """May run twice: what is forgotten stays forgotten."""
    retention.forget_old_signups(timezone.now())
    following.forget_old(timezone.now())


@shared_task
def plan_rooms() -> None:
    """May run twice, or in several workers at once: a plan that was asked for is claimed before it is made."""
    rooms.make_asked(timezone.now())
