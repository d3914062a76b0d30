"""The words that leave to people who follow a series."""

from datetime import UTC, datetime
from typing import Any

from meetups import addresses, dates
from meetups.models import Follower, Meetup, News
from outbox import queue
from people.models import Person

# Somebody is asked again at most once in this time, however often the form is filled in.
AGAIN_SECONDS = 600


def confirm_following(follower: Follower, *, now: datetime) -> None:
    """Do you want to follow? Without the click nothing happens."""
    more = {"confirm_url": addresses.confirm_following(follower)}
    _queue(follower, "confirm_following", at=_window(now), more=more)


def already_following(follower: Follower, *, now: datetime) -> None:
    _queue(follower, "already_following", at=_window(now), more={})


def news(item: News, follower: Follower) -> None:
    """Word from the hosts to somebody who follows."""
    _queue(
        follower, "news", at=f"news={item.pk}", more=_about(item), unsubscribe_url=addresses.stop_following(follower)
    )


def news_test_copy(item: News, *, to: Person, now: datetime) -> None:
    """The same words for the organiser alone; the news may be unsaved."""
    queue.queue(
        key=f"meetups.news_test:meetup={item.meetup_id}:person={to.pk}:at={_moment(now)}",
        to=to.email,
        template="meetups/news",
        context={**_about(item), "series": item.meetup.series, "is_test": True},
    )


def _queue(follower: Follower, reason: str, *, at: str, more: dict[str, Any], unsubscribe_url: str = "") -> None:
    context = {
        "series": follower.series,
        "series_url": addresses.series_page(follower.series),
        "preferences_url": addresses.following(follower),
        **more,
    }
    queue.queue(
        key=f"meetups.{reason}:follower={follower.pk}:{at}",
        to=follower.person.email,
        template=f"meetups/{reason}",
        context=context,
        unsubscribe_url=unsubscribe_url,
    )


def _about(item: News) -> dict[str, Any]:
    meetup: Meetup = item.meetup
    return {
        "news": item,
        "meetup": meetup,
        "when": dates.span(meetup.starts_at, meetup.ends_at),
        "where": meetup.place_name,
        "page_url": addresses.page(meetup),
        "series_url": addresses.series_page(meetup.series),
    }


def _window(now: datetime) -> str:
    return f"at={_moment(datetime.fromtimestamp(now.timestamp() // AGAIN_SECONDS * AGAIN_SECONDS, UTC))}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
