from celery import shared_task
from django.utils import timezone

from networking import citizens, invitations, journal, maps, matches, pool, sheets, silences, support_meetings, surveys


@shared_task
def queue_surveys() -> None:
    """May run twice, or in several workers at once: one row per councillor and survey keeps mails single."""
    surveys.queue_due(timezone.now())


@shared_task
def notice_silence() -> None:
    """May run twice, or in several workers at once: one row per pair and expected day keeps nudges single."""
    silences.queue_due(timezone.now())


@shared_task
def queue_invitations() -> None:
    """May run twice, or in several workers at once: who is written to is marked first."""
    invitations.queue_due(timezone.now())


@shared_task
def tell_questions_of_the_day() -> None:
    """May run twice, or in several workers at once: an offer is told once."""
    pool.queue_of_the_day(timezone.now())


@shared_task
def queue_journal_digests() -> None:
    """May run twice, or in several workers at once: the cohort is locked, and one row per week keeps mails single."""
    journal.queue_due(timezone.now())


@shared_task
def work_out_matches() -> None:
    """May run twice, or in several workers at once: a proposal is claimed before it is worked out."""
    matches.work_out_waiting(timezone.now())


@shared_task
def forget() -> None:
    """May run twice: what is forgotten stays forgotten."""
    invitations.forget_unanswered(timezone.now())
    sheets.forget_old(timezone.now())
    maps.forget_old(timezone.now())
    support_meetings.forget_old(timezone.now())
    pool.forget_old(timezone.now())
    citizens.forget_old(timezone.now())
