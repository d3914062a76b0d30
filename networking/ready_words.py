"""Whether somebody's own records show that they are ready for a sprint, in sentences with what to do next.

The programme had no such check, and people came to its third sprint without what the first should have given them. It
warns; it does not shut anybody out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# How ready somebody feels, by points.
FEELS = {1: "not at all", 2: "a little", 3: "halfway", 4: "nearly", 5: "fully"}
NOT_YET = 2  # whoever feels so is named to the lead, whatever the records say


@dataclass(frozen=True)
class Kind:
    """Something that can be counted. `most` is the highest number that makes sense; `door` the page to do it on."""

    label: str
    one: str
    many: str
    next_step: str
    most: int
    door: str


KINDS: Mapping[str, Kind] = {
    "sections": Kind(
        "Sections of the planning sheet",
        "One section of your planning sheet is done",
        "{} sections of your planning sheet are done",
        "Fill in your planning sheet",
        9,
        "sheet",
    ),
    "accounts": Kind(
        "Accounts listed in the planning sheet",
        "One account is listed in your planning sheet",
        "{} accounts are listed in your planning sheet",
        "List where people find you",
        10,
        "accounts",
    ),
    "names": Kind(
        "Names on network maps",
        "One name is on your network maps",
        "{} names are on your network maps",
        "Add names to your map",
        200,
        "maps",
    ),
    "layers": Kind(
        "Layers of network maps with names in them",
        "One layer of your network maps has names in it",
        "{} layers of your network maps have names in them",
        "Put names in another layer: offline, online or aspirational",
        3,
        "maps",
    ),
    "meetings": Kind(
        "Support meetings",
        "You have met your mentor once",
        "You have met your mentor {} times",
        "Agree on a day with your mentor, or log the meeting you had",
        20,
        "support",
    ),
    "workshops": Kind(
        "Workshops",
        "You came to one workshop",
        "You came to {} workshops",
        "Ask your lead what you missed",
        10,
        "home",
    ),
    "tasks": Kind(
        "What had to be done in the sprints before",
        "All that had to be done in the sprints before is done",
        "All that had to be done in the sprints before is done",
        "Finish the tasks that are open, or tick them off",
        1,
        "tasks",
    ),
}
CHOICES = [(key, kind.label) for key, kind in KINDS.items()]


def ask(kind: str, at_least: int) -> str:
    """The check as a sentence that is true once it is met."""
    asked = KINDS[kind]
    return asked.one if at_least == 1 else f"{asked.many.format(at_least)}"


@dataclass(frozen=True)
class Result:
    """One check for one person: `have` of `at_least`."""

    kind: str
    at_least: int
    have: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.at_least

    @property
    def sentence(self) -> str:
        return ask(self.kind, self.at_least)

    @property
    def so_far(self) -> str:
        """Such as “3 of 7 so far”; empty where there is nothing to count."""
        return f"{self.have} of {self.at_least} so far" if self.at_least > 1 else ""

    @property
    def next_step(self) -> str:
        return KINDS[self.kind].next_step

    @property
    def door(self) -> str:
        return KINDS[self.kind].door


@dataclass(frozen=True)
class Standing:
    """Somebody before a sprint: what the records show, how they feel (None: not said), what a lead decided (or "")."""

    results: tuple[Result, ...]
    points: int | None = None
    note: str = ""
    anyway: str = ""

    @property
    def unmet(self) -> list[Result]:
        return [result for result in self.results if not result.is_met]

    @property
    def is_ready(self) -> bool:
        return bool(self.anyway) or not self.unmet

    @property
    def needs_a_word(self) -> bool:
        """Whether a lead should talk to them before the sprint."""
        feels_not = self.points is not None and self.points <= NOT_YET
        return not self.anyway and (bool(self.unmet) or feels_not)

    @property
    def feels(self) -> str:
        return FEELS[self.points] if self.points else ""

    @property
    def line(self) -> str:
        """The whole in a few words, for a table."""
        met = len(self.results) - len(self.unmet)
        said = f"{met} of {len(self.results)} checks met" if self.results else "no checks"
        if self.anyway:
            return f"ready anyway: {self.anyway}"
        if self.points is None:
            return said
        return f"{said}, feels {self.feels} ready"


def results(checks: Iterable[tuple[str, int]], have: Mapping[str, int]) -> tuple[Result, ...]:
    """Every check against what there is of each kind, in the order of KINDS; what is not counted is 0."""
    wanted = dict(checks)
    return tuple(Result(kind, wanted[kind], have.get(kind, 0)) for kind in KINDS if kind in wanted)
