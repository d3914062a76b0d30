"""News about a meet-up: written once, shown on its pages, sent to followers or to those signed up."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from meetups import announcing, dates, emails_following, tasks
from meetups.models import Announcement, Follower, Meetup, News
from outbox import nudges
from people.models import Person


def suggested(meetup: Meetup) -> dict[str, str]:
    """Words to begin with: that the meet-up is open for sign-up."""
    return {"subject": f"{meetup.title}, {dates.day(meetup.starts_at)}"[:150], "body": meetup.summary}


def count_recipients(meetup: Meetup, to: str) -> int:
    if to == News.To.FOLLOWERS:
        return Follower.objects.following().filter(series=meetup.series_id, person__is_active=True).count()
    return meetup.signups.active().count() if to == News.To.SIGNED_UP else 0


@transaction.atomic
def publish(news: News, *, nonce: UUID, now: datetime) -> News:
    """Put it on the pages and have a worker write to whom it is for. The same nonce again is the same news."""
    Meetup.objects.locked(news.meetup_id)
    if kept := News.objects.filter(nonce=nonce).first():
        return kept
    news.nonce = nonce
    if news.to != News.To.FOLLOWERS:
        news.spread_at = now  # what goes to people signed up is an announcement like any other
    news.save(force_insert=True)
    if news.to == News.To.SIGNED_UP:
        _announce(news, nonce)
    nudges.after_commit(tasks.queue_due_letters)
    return news


def _announce(news: News, nonce: UUID) -> None:
    words = Announcement(
        meetup=news.meetup, to=Announcement.To.EVERYONE, subject=news.subject, body=news.body,
        written_by=news.written_by, written_at=news.written_at,
    )  # fmt: skip
    with suppress(announcing.EverybodyHasIt):  # it is on the page, and there is nobody to write to
        announcing.announce(words, nonce=nonce)


@transaction.atomic
def send_test_copy(news: News, *, to: Person, now: datetime) -> None:
    emails_following.news_test_copy(news, to=to, now=now)
