"""Running a meet-up together: start, next, back, pause. Of two hosts who press at once, one does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from meetups import programme, running
from meetups.models import Meetup, RunState


class SomebodyElseDid(Exception):
    """Another host changed it since this page was shown; nothing was done."""


@dataclass(frozen=True)
class Now:
    """Where the meet-up is. Without `state` it has not been started, and the step is the one planned for now."""

    steps: list[running.Step]
    state: RunState | None
    step_number: int
    reading: running.Reading | None

    @property
    def step(self) -> running.Step | None:
        return self.steps[self.step_number] if self.steps else None

    @property
    def following(self) -> running.Step | None:
        return self.steps[self.step_number + 1] if self.step_number + 1 < len(self.steps) else None

    @property
    def version(self) -> int:
        return self.state.version if self.state else 0


def steps(planned: programme.Programme) -> list[running.Step]:
    """The agenda as the steps that hosts go through: the phases of every item, or the item itself."""
    return [step for row in planned.rows for step in _steps_of(row)]


def _steps_of(row: programme.Row) -> list[running.Step]:
    at, found = row.slot.starts_at, []
    for phase in row.phases:
        after = at + timedelta(minutes=phase.minutes)
        found.append(running.Step(row.item.pk, phase.pk, row.item.title, phase.name, phase.group_words, at, after))
        at = after
    return found or [running.Step(row.item.pk, None, row.item.title, "", "", row.slot.starts_at, row.slot.ends_at)]


def look(meetup: Meetup, planned: programme.Programme, now: datetime) -> Now:
    """Where it is, the same for everybody who looks."""
    plan = steps(planned)
    state = RunState.objects.filter(meetup=meetup).first()
    if state is None or not plan:
        return Now(plan, state, running.planned_for(plan, now) if plan else 0, None)
    number = _number(plan, state, now)
    return Now(plan, state, number, running.read(plan, _position(state, number), now))


def _number(plan: list[running.Step], state: RunState, now: datetime) -> int:
    """The step the row is at; the first of its item when the phase was removed, what is planned when the item was."""
    of_item = [number for number, step in enumerate(plan) if step.item == state.item_id]
    exact = [number for number in of_item if plan[number].phase == state.phase_id]
    return next(iter(exact or of_item), running.planned_for(plan, now))


def _position(state: RunState, number: int) -> running.Position:
    return running.Position(number, state.phase_started_at, state.paused_at, state.ended_at)


def act(meetup: Meetup, action: str, *, version: int, now: datetime) -> None:
    """Do what a host pressed, if all is as that host saw it. Raises SomebodyElseDid; nonsense does nothing."""
    seen = look(meetup, programme.of(meetup), now)
    if not seen.steps:
        return
    if action == "start" and seen.state is None:
        _start(meetup, seen.steps[0], now)
    elif seen.version != version:
        raise SomebodyElseDid
    elif seen.state and action == "reset":
        _only_if(RunState.objects.filter(meetup=meetup, version=version).delete()[0])
    elif seen.state and (changes := _changes(action, seen, now)):
        rows = RunState.objects.filter(meetup=meetup, version=version)
        _only_if(rows.update(version=version + 1, **changes))


def _only_if(changed: int) -> None:
    if not changed:
        raise SomebodyElseDid


def _start(meetup: Meetup, first: running.Step, now: datetime) -> None:
    fields = {"started_at": now, "phase_started_at": now, "item_id": first.item, "phase_id": first.phase}
    _, made = RunState.objects.get_or_create(meetup=meetup, defaults=fields)
    _only_if(made)


def _changes(action: str, seen: Now, now: datetime) -> dict[str, Any]:
    """What the action changes in the row; nothing where it makes no sense."""
    state = seen.state
    assert state is not None
    if action == "pause" and not (state.paused_at or state.ended_at):
        return {"paused_at": now}
    if action == "resume" and state.paused_at:
        return {"paused_at": None, "phase_started_at": running.resumed(_position(state, 0), now).began_at}
    if action == "next" and not state.ended_at:
        return _at(seen.following, now) if seen.following else {"ended_at": now, "paused_at": None}
    if action == "back" and state.ended_at:
        return {"ended_at": None, "paused_at": None}
    if action == "back" and seen.step_number:
        return _at(seen.steps[seen.step_number - 1], now)
    return {}


def _at(step: running.Step, now: datetime) -> dict[str, Any]:
    return {"item_id": step.item, "phase_id": step.phase, "phase_started_at": now, "paused_at": None}
