"""What a worker does when it is told of mail."""

import pytest

from outbox import delivery, tasks

pytestmark = pytest.mark.django_db


def test_a_turn_that_sent_something_asks_for_another_until_nothing_is_left(monkeypatch) -> None:
    turns, asked = iter([500, 120, 0]), []
    monkeypatch.setattr(delivery, "send_due", lambda now: next(turns))
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda **how: asked.append(how) or tasks.deliver())

    tasks.deliver()

    assert len(asked) == 2
