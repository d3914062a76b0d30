"""Telling a worker: a convenience that never turns a saved row into an error, and never costs much time."""

import time
from typing import Any

import pytest
from celery import current_app
from django.db import transaction

from outbox import nudges, tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudges, "_rests_until", 0.0)


def broker_at(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(current_app.conf, "broker_write_url", url)
    monkeypatch.setattr(current_app.conf, "broker_url", url)


def test_each_task_is_told_once_per_commit(told_tasks: list[str]) -> None:
    with transaction.atomic():
        for task in (tasks.deliver, tasks.reclaim, tasks.deliver):
            nudges.after_commit(task)

    assert told_tasks == ["outbox.tasks.deliver", "outbox.tasks.reclaim"]


def test_a_task_is_told_again_after_the_next_commit(told_tasks: list[str]) -> None:
    for _ in range(2):
        with transaction.atomic():
            nudges.after_commit(tasks.deliver)

    assert told_tasks == ["outbox.tasks.deliver"] * 2


def test_a_roll_back_tells_nobody(told_tasks: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        nudge_and_fail()

    assert told_tasks == []


@transaction.atomic
def nudge_and_fail() -> None:
    nudges.after_commit(tasks.deliver)
    raise ZeroDivisionError


def test_an_inner_roll_back_takes_only_its_own_nudge_back(told_tasks: list[str]) -> None:
    with transaction.atomic():
        nudges.after_commit(tasks.reclaim)
        with pytest.raises(ZeroDivisionError):
            nudge_and_fail()

    assert told_tasks == ["outbox.tasks.reclaim"]


def test_a_broker_that_is_down_costs_little_once_and_nothing_after(
    monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    broker_at(monkeypatch, "redis://127.0.0.1:1/0")

    started = time.monotonic()
    with transaction.atomic():
        nudges.after_commit(tasks.deliver)
    first = time.monotonic() - started
    started = time.monotonic()
    for _ in range(100):
        with transaction.atomic():
            nudges.after_commit(tasks.deliver)
    rest = time.monotonic() - started

    assert first < 1.0
    assert rest < 0.5
    assert [record.levelname for record in caplog.records if record.name == "outbox.nudges"] == ["WARNING"]


def test_whatever_the_broker_library_raises_stays_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: object, **named: object) -> None:
        raise RuntimeError("something new")

    monkeypatch.setattr(tasks.deliver, "apply_async", breaks)
    broker_at(monkeypatch, "memory://")

    with transaction.atomic():
        nudges.after_commit(tasks.deliver)

    assert nudges._rests_until > time.monotonic()
