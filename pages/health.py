"""Is everything alive? What a monitor asks, and what it should wake somebody up for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from redis import Redis
from redis.exceptions import RedisError

from outbox.models import Message
from pages.models import Heartbeat

HEARTBEAT_AGE = timedelta(minutes=3)
OUTBOX_AGE = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `says` is for a person."""

    name: str
    is_ok: bool
    says: str


def beat(name: str, *, now: datetime) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def look(now: datetime) -> list[Finding]:
    """What works and what does not. Never raises."""
    try:
        return [Finding("database", True, "answers"), _broker(), _worker(now), _outbox(now)]
    except DatabaseError as error:
        return [Finding("database", False, f"does not answer: {type(error).__name__}")]


def _broker() -> Finding:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5) as redis:
            redis.ping()
    except (RedisError, OSError) as error:
        return Finding("broker", False, f"does not answer: {type(error).__name__}")
    return Finding("broker", True, "answers")


def _worker(now: datetime) -> Finding:
    last = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
    if last is None:
        return Finding("worker", False, "no worker and scheduler have been seen yet")
    return Finding("worker", now - last <= HEARTBEAT_AGE, f"worker and scheduler last seen at {last:%H:%M:%S} UTC")


def _outbox(now: datetime) -> Finding:
    oldest = Message.objects.due(now).values_list("due_at", flat=True).first()
    if oldest is None:
        return Finding("outbox", True, "no message is waiting")
    return Finding("outbox", now - oldest <= OUTBOX_AGE, f"the oldest message has waited since {oldest:%H:%M:%S} UTC")
