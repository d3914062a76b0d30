"""Times the match of councillors with mentors, with and without covering every skill: one JSON object per line.

Three cases: without cover; with cover, where a few skills are rare; with cover, where many are rarer still and one
nobody has. Processor time says how much work it is, the other what the clock on the wall showed meanwhile.
"""

import argparse
import json
import random
import resource
import time
from dataclasses import dataclass

from networking import matching

SKILLS = (
    "blogging", "video", "curation", "workflow", "conflict", "elections",
    "reach", "mapping", "consultation", "accessibility", "podcasts", "open data",
)  # fmt: skip
COMMON = 9  # the skills after these are rare: one mentor in `rare` has them
MANY_RARE = ("livestreams", "newsletters", "petitions", "translation", "surveys", "drones", "archives")
NOBODY_HAS = "smoke signals"
AREAS = ("Suffolk", "West Sussex", "Cambridgeshire", "Solihull", "Cardiff")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
COHORT = 20


@dataclass(frozen=True)
class Question:
    councillors: list[matching.Councillor]
    mentors: list[matching.Mentor]
    excluded: set[tuple[int, int]]
    locked: dict[int, int]


def question(*, councillors: int, mentors: int, rare: int, seed: int, many: bool = False) -> Question:
    """Cohorts of 20, capacity 1-5, 3 % of pairs excluded, one lock for every 40 councillors."""
    rng = random.Random(seed)
    wanted = (*SKILLS, *MANY_RARE, NOBODY_HAS) if many else SKILLS
    scarce = (*SKILLS[COMMON:], *MANY_RARE) if many else SKILLS[COMMON:]
    people = [_councillor(number, rng, wanted) for number in range(councillors)]
    supporters = [_mentor(number, rng, rare, scarce) for number in range(10_000, 10_000 + mentors)]
    excluded = {(a.id, b.id) for a in people for b in supporters if rng.random() < 0.03}
    locks = min(councillors // 40, mentors)
    pairs = zip(rng.sample(range(councillors), locks), rng.sample(range(10_000, 10_000 + mentors), locks), strict=True)
    return Question(people, supporters, excluded, {a: b for a, b in pairs if (a, b) not in excluded})


def _councillor(number: int, rng: random.Random, skills: tuple[str, ...]) -> matching.Councillor:
    wanted = {skill: rng.randint(1, 3) for skill in rng.sample(skills, 5)}
    level = {skill: rng.randint(0, most) for skill, most in wanted.items()}
    cohort = number // COHORT
    days = frozenset(rng.sample(DAYS, rng.randint(1, 3)))
    return matching.Councillor(number, f"cohort {cohort}", level, wanted, AREAS[cohort % len(AREAS)], days)


def _mentor(number: int, rng: random.Random, rare: int, scarce: tuple[str, ...]) -> matching.Mentor:
    level = {skill: rng.choice((0, 0, 1, 2, 3)) for skill in SKILLS[:COMMON]}
    level |= {skill: rng.choice((2, 3)) for skill in scarce if rng.random() < 1 / rare}
    days = frozenset(rng.sample(DAYS, rng.randint(1, 4)))
    return matching.Mentor(number, level, rng.randint(1, 5), rng.choice(AREAS), days)


def _measure(asked: Question, case: str, *, cover: bool) -> dict[str, object]:
    began, worked = time.perf_counter(), time.process_time()
    found = matching.match(asked.councillors, asked.mentors, excluded=asked.excluded, locked=asked.locked, cover=cover)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    return {
        "bench": "match",
        "case": case,
        "councillors": len(asked.councillors),
        "mentors": len(asked.mentors),
        "cover": cover,
        "processor_seconds": round(processor, 2),
        "seconds": round(seconds, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "pairs": len(found.pairs),
        "unmatched": len(found.unmatched),
        "places": sum(mentor.capacity for mentor in asked.mentors),
        "locks": len(asked.locked),
        "locks_broken": sum(found.pairs.get(each) != mentor for each, mentor in asked.locked.items()),
        "exclusions_broken": sum(pair in asked.excluded for pair in found.pairs.items()),
        "uncovered": len(found.uncovered),
        "worst": found.worst,
        "score": found.score,
        "proven": found.is_proven,
    }


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="match", description=__doc__)
    parser.add_argument("--councillors", type=int, default=2000)
    parser.add_argument("--mentors", type=int, default=800)
    parser.add_argument("--rare", type=int, default=10, help="one mentor in this many has each rare skill")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    size = {"councillors": options.councillors, "mentors": options.mentors, "seed": options.seed}
    few = question(**size, rare=options.rare)
    many = question(**size, rare=4 * options.rare, many=True)
    for case, asked, cover in (("no cover", few, False), ("cover", few, True), ("many rare skills", many, True)):
        print(json.dumps(_measure(asked, case, cover=cover)), flush=True)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
