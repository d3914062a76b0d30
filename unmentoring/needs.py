"""What waits for the coordinator, the most urgent first."""

from dataclasses import dataclass

from django.urls import reverse

from people.models import Person
from unmentoring.models import Learning, Pairing, Report
from unmentoring.reports import Summary

AT_MOST = 10


@dataclass(frozen=True)
class Need:
    """What it is, a sentence, the page where it is dealt with (a URL name and the ids in it), what the link says."""

    title: str
    line: str
    url_name: str
    ids: tuple[int, ...]
    action: str
    is_urgent: bool = False

    @property
    def url(self) -> str:
        return reverse(f"unmentoring:{self.url_name}", args=self.ids)


def of(summary: Summary, person: Person) -> list[Need]:
    """For this coordinator. A constant number of queries."""
    stuck = [_stuck(pairing) for pairing in summary.stuck[:AT_MOST]]
    more = len(summary.stuck) - AT_MOST
    return [
        *stuck,
        *_more_stuck(more),
        *_reports(person),
        *_learning(),
        *_waiting(summary),
        *_disputed(summary),
        *_silent(summary),
    ]


def _more_stuck(number: int) -> list[Need]:
    line = f"{number} more pair{'' if number == 1 else 's'} cannot reach each other."
    return [Need("More pairs that are stuck", line, "rounds", (), "See the rounds", True)] if number > 0 else []


def _stuck(pairing: Pairing) -> Need:
    names = " and ".join(member.participant.person.name for member in pairing.members.all())
    notes = " ".join(f"“{member.stuck_note}”" for member in pairing.stuck_members if member.stuck_note)
    line = f"{names} cannot reach each other in {pairing.round}. {notes}".strip()
    return Need("A pair is stuck", line, "pair_again", (pairing.pk,), "Find them somebody else", True)


def _reports(person: Person) -> list[Need]:
    number = Report.objects.for_decision_by(person).filter(state=Report.State.OPEN).count()
    line = f"{_many(number, 'report')} waiting for you."
    return [Need("Reports", line, "reports", (), "Read and decide", True)] if number else []


def _learning() -> list[Need]:
    number = Learning.objects.to_moderate().count()
    line = f"{_many(number, 'thing')} that people learned, to be shown to everybody."
    return [Need("What people learned", line, "moderate", (), "Look at them")] if number else []


def _waiting(summary: Summary) -> list[Need]:
    return [
        Need(
            "Somebody has no partner",
            f"{waiting.participant.person.name} has no partner in {waiting.round}. {waiting.why}",
            "participant",
            (waiting.participant_id,),
            "See what can be done",
        )
        for waiting in summary.waiting[:AT_MOST]
    ]


def _disputed(summary: Summary) -> list[Need]:
    number = len(summary.disputed)
    line = f"{_many(number, 'pair')} where one says that they met and the other that they did not."
    return [Need("Pairs that do not agree", line, "rounds", (), "See the rounds")] if number else []


def _silent(summary: Summary) -> list[Need]:
    number = len(summary.silent)
    people = "1 person has" if number == 1 else f"{number} people have"
    line = f"{people} been asked whether they are still in, and will be paused if they say nothing."
    return [Need("People we have not heard from", line, "people", (), "See people")] if number else []


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
