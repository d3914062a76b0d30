"""The network from rows: who was put together with whom, of one round or of all, for the picture and its table."""

from dataclasses import dataclass
from itertools import combinations

from unmentoring import pictures
from unmentoring.models import Pairing, Participant, Round


@dataclass(frozen=True)
class Picture:
    """The SVG, its table, and what it says in words."""

    svg: str
    rows: list[pictures.Row]
    summary: str


def picture(round_: Round | None = None, *, named: bool) -> Picture:
    """The network of one round, or over all when none is given. Only the coordinator may see it `named`.

    People keep their place from round to round: the layout is always that of all rounds.
    """
    everything = lines()
    here = [line for line in everything if round_ is None or line.when == str(round_)]
    everybody = sorted({person for line in everything for person in (line.one, line.other)})
    shown = sorted({person for line in here for person in (line.one, line.other)})
    dots = _dots(everybody, shown, named=named)
    chosen = here if round_ else strongest(here)
    places = pictures.layout(everybody, strongest(everything))
    title = f"Who was put together, {round_}" if round_ else "Who was put together, all rounds"
    svg = pictures.draw(dots, chosen, title=title, places=places, show_names=named)
    return Picture(svg, pictures.rows(dots, here), pictures.describe(dots, chosen))


def lines() -> list[pictures.Line]:
    """A line per two people of a pairing that stands, the oldest round first. A constant number of queries."""
    standing = Pairing.objects.filter(round__state=Round.State.PUBLISHED, ended_at=None)
    found = []
    for pairing in standing.select_related("round").prefetch_related("members").order_by("round__month", "pk"):
        people = sorted(member.participant_id for member in pairing.members.all())
        found += [
            pictures.Line(one, other, pairing.outcome.value, str(pairing.round))
            for one, other in combinations(people, 2)
        ]
    return found


def strongest(found: list[pictures.Line]) -> list[pictures.Line]:
    """One line per two people: that they met outweighs that they did not, and that outweighs not knowing."""
    order = {pictures.UNKNOWN: 0, pictures.NOT_MET: 1, pictures.MET: 2}
    best: dict[tuple[int, int], pictures.Line] = {}
    for line in found:
        before = best.get((line.one, line.other))
        if before is None or order[line.outcome] > order[before.outcome]:
            best[line.one, line.other] = line
    return list(best.values())


def _dots(everybody: list[int], shown: list[int], *, named: bool) -> list[pictures.Dot]:
    """Names for the coordinator; for others numbers, the same in every round."""
    if not named:
        numbers = {person: n for n, person in enumerate(everybody, start=1)}
        return [pictures.Dot(person, f"Person {numbers[person]}") for person in shown]
    people = Participant.objects.select_related("person").in_bulk(shown)
    return [pictures.Dot(person, people[person].person.name or "Somebody who left") for person in shown]
