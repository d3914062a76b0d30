"""News to followers, some at a time: how far it has got is kept with the messages, so it may stop at any moment."""

from datetime import datetime

from django.db import transaction

from meetups import emails_following
from meetups.models import News

CHUNK = 25


def spread_news(now: datetime) -> int:
    """Write to every follower who was not written to yet; how many. Safe to run twice and at once."""
    written = 0
    for pk in News.objects.filter(spread_at=None).values_list("pk", flat=True):
        while count := _write_chunk(pk, now):
            written += count
    return written


@transaction.atomic
def _write_chunk(pk: int, now: datetime) -> int:
    news = News.objects.select_for_update(of=("self",)).select_related("meetup__series").get(pk=pk)
    if news.spread_at:
        return 0
    chunk = list(news.followers_left().select_related("person", "series")[:CHUNK])
    for follower in chunk:
        emails_following.news(news, follower)
        news.last_follower = follower.pk
    news.sent_count += len(chunk)
    news.spread_at = None if chunk else now
    news.save(update_fields=["last_follower", "sent_count", "spread_at"])
    return len(chunk)
