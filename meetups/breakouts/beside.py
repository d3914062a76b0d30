"""Rooms beside the agenda: in which round of rooms each phase takes place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from meetups import programme, room_rounds
from meetups.breakouts import keeping
from meetups.models import BreakoutPlan, Meetup

# The item, and its phase where it has phases of its own.
Step = tuple[int, int | None]


@dataclass(frozen=True)
class Beside:
    """The planned rounds by step of the agenda, those of no step, and how many rounds the agenda asks for."""

    of_step: dict[Step, list[keeping.RoundOf]] = field(default_factory=dict)
    others: list[keeping.RoundOf] = field(default_factory=list)
    asked: int = 0
    is_planned: bool = False

    def of_item(self, item: int) -> list[keeping.RoundOf]:
        """The rounds of all phases of an item, each once."""
        found = {one.row.number: one for (pk, _), rounds in self.of_step.items() if pk == item for one in rounds}
        return [found[number] for number in sorted(found)]

    def first_of(
        self, steps: Iterable[Step], *, other_than: Sequence[keeping.RoundOf] = ()
    ) -> Sequence[keeping.RoundOf]:
        """The rounds of the first of these steps that is in rooms, and not in these ones again."""
        found = (self.of_step.get(step, []) for step in steps)
        return next((rounds for rounds in found if rounds and rounds != list(other_than)), [])


def version(meetup: Meetup) -> int:
    """Rises with every change of the rooms; 0 before there are any."""
    return BreakoutPlan.objects.filter(meetup=meetup).values_list("version", flat=True).first() or 0


def agenda(meetup: Meetup, planned: programme.Programme) -> Beside:
    """Four queries at most, whatever the number of rounds."""
    items = programme.phases_by_item(planned)
    asked = room_rounds.of_agenda(items)
    plan = BreakoutPlan.objects.filter(meetup=meetup).first()
    rounds = keeping.rounds_of(plan) if plan else []
    known = room_rounds.planned_as(asked, [keeping.wanted(one.row) for one in rounds])
    of_step: dict[Step, list[keeping.RoundOf]] = {}
    for step, number in _numbered(planned, room_rounds.of_phases(items)):
        if (place := known.get(number)) and rounds[place - 1] not in of_step.setdefault(step, []):
            of_step[step].append(rounds[place - 1])
    others = [one for one in rounds if one.row.number not in known.values()]
    return Beside(of_step, others, len(asked), bool(rounds))


def _numbered(planned: programme.Programme, numbers: list[list[int | None]]) -> Iterator[tuple[Step, int]]:
    """Every step with each round of the agenda it is in."""
    for row, of_row in zip(planned.rows, numbers, strict=True):
        for place, number in enumerate(of_row):
            if number:
                yield (row.item.pk, row.phases[place].pk if row.phases else None), number
