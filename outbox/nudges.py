"""Tell a worker that there is something to do. Only saves a wait: the row is the queue, and a sweep finds it anyway."""

import logging
import time
from collections.abc import Callable
from functools import cache

from celery import Task, current_app
from django.db import transaction

logger = logging.getLogger(__name__)

# What a person who just pressed a button may be made to wait for a broker that hangs.
_IMPATIENT = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2, "max_retries": 0}
# After a failure leave the broker alone for a while: one person waits, not everybody.
_REST_SECONDS = 5.0
_rests_until = 0.0


def after_commit(task: Task) -> None:
    """Run this task soon after the transaction is committed; asked for many times, it is told once.

    A roll-back tells nobody. A broker that is away costs a fraction of a second and is logged, never raised.
    """
    tell = _teller(task)
    # A nested function, not functools.partial: with that Django 5.2 raises when a robust callback fails (#36487).
    if not any(call is tell for _, call, *_ in transaction.get_connection().run_on_commit):
        transaction.on_commit(tell, robust=True)


@cache
def _teller(task: Task) -> Callable[[], None]:
    def tell() -> None:
        _publish(task)

    return tell


def _publish(task: Task) -> None:
    global _rests_until  # noqa: PLW0603 -- one broker per process, one memory of its failure
    if time.monotonic() < _rests_until:
        return
    try:
        with current_app.connection_for_write(transport_options=_IMPATIENT) as connection:
            task.apply_async(connection=connection, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 -- whatever the broker does, the row is saved
        _rests_until = time.monotonic() + _REST_SECONDS
        logger.warning("No worker could be told (%s: %s); the sweep will find the work", type(error).__name__, error)
