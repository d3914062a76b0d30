"""Active citizens and readiness of the demonstration cohort."""

from datetime import datetime, timedelta

from networking import citizens, readiness
from networking.models import Cohort, Member

# How it was found, minutes, then who: kind, name, address, why.
FOUND = [
    ("web", 25, [
        ("group", "Leiston Litter Pickers", "https://litter.leiston.example/", "Clean the beach every first Sunday"),
        ("blog", "Saxmundham Notes", "https://notes.saxmundham.example/", "Writes up every planning meeting"),
    ]),
    ("asked", 40, [
        ("group", "Leiston Litter Pickers", "https://litter.leiston.example/", "Clean the beach every first Sunday"),
        ("page", "Repair Café Halesworth", "https://repair.halesworth.example/", "Mend what others throw away"),
    ]),
    ("tag", 15, [
        ("page", "Repair Café Halesworth", "https://repair.halesworth.example/", "Mend what others throw away"),
        ("person", "Wilma of the choir", "", "Sings with anybody who comes, in the market place"),
    ]),
]  # fmt: skip


def seed(cohort: Cohort, finder: Member, lead_said: str, now: datetime) -> None:
    """One councillor's finds, some decided; how two feel before the next sprint."""
    for method, minutes, found in FOUND:
        looked = citizens.note(finder, method, "", minutes, now=now - timedelta(days=5))
        for kind, name, link, why in found:
            citizens.found(looked, citizens.Said(kind, name, link, why), now=now - timedelta(days=5))
    kept = finder.candidates.get(name="Leiston Litter Pickers")
    answers = {"is_local": True, "is_active": True, "builds": True, "is_wanted": True}
    citizens.decide(kept, citizens.Answer("yes", "They do, and they are fun.", **answers), now=now - timedelta(days=4))
    later = finder.candidates.get(name="Saxmundham Notes")
    citizens.decide(later, citizens.Answer("later", "Read it for a month first."), now=now - timedelta(days=4))
    _ready(cohort, finder, lead_said, now)


def _ready(cohort: Cohort, finder: Member, lead_said: str, now: datetime) -> None:
    third = cohort.sprints.get(position=3)
    others = cohort.members.joined().councillors().exclude(pk=finder.pk)[:2]
    readiness.rate(finder, third, 3, "An hour on the map with my mentor", now=now)
    for member, points in zip(others, (2, 5), strict=True):
        readiness.rate(member, third, points, "", now=now)
    lead = cohort.members.leads().select_related("person").first()
    assert lead
    readiness.decide(others[1], third, lead_said, by=lead.person, now=now)
