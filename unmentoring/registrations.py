"""What UnMentoring tells the apps below: a shelf of “My things”, what can be stopped, what it holds about somebody."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from outbox import confidential
from people import kept, my_data, my_things, preferences
from people.models import Person
from unmentoring import emails, my_cards, retention
from unmentoring.models import PairingMember, Participant, Report, Waiting

# They have the partner's phone number in them, which nobody else is to see.
CONFIDENTIAL = ("unmentoring/introduction", "unmentoring/nudge")
ONLY_PARTNERS = "We keep one. Only partners see it, and they themselves on the page that their mails lead to"


def register() -> None:
    for kind in CONFIDENTIAL:
        confidential.register(kind)
    preferences.register(emails.NUDGES, "a nudge half-way through the month when my UnMentoring pair has been quiet")
    my_data.register(
        "UnMentoring",
        collect=collect,
        forget=retention.forget_person,
        still_needed=retention.still_needed,
        collect_for=collect_for,
    )
    _tell_what_is_kept()
    my_things.register(
        "UnMentoring",
        empty="You do not take part in UnMentoring: one conversation a month with somebody you do not know.",
        cards=my_cards.cards,
    )


def _tell_what_is_kept() -> None:
    """Every kind of record that names somebody, for the privacy page."""
    for what, why, how_long, tables in _KEPT:
        named = [f"unmentoring.{table}" for table in tables]
        kept.register("UnMentoring", what, why=why, how_long=how_long, tables=named)
    kept.explain("unmentoring.Round", because="which coordinator drew and published it; nameless once they leave")


def _days(of: str) -> str:
    return f"{retention.days(of).days} days"


_KEPT: list[tuple[str, str, Callable[[], str], list[str]]] = [
    (
        "Your phone number, your sector, when and how you like to talk, and your topics",
        (
            "To find somebody for you to talk with and to introduce you. Whom you meet sees them; nobody else sees your"
            " phone number."
        ),
        lambda: (
            f"Until you leave UnMentoring: then they are deleted at once, and your name {_days('LEFT')} later."
            f" If you never confirm that the address is yours, {_days('UNCONFIRMED')}. If you were removed, your name"
            f" and address stay {_days('REMOVED')}, so that you stay out."
        ),
        ["Participant"],
    ),
    (
        "Whom you were paired with, whether you met, and what you told us about it",
        "So that you meet somebody new every month, and to see whether it works.",
        lambda: (
            "Who was paired with whom stays, without names once we have forgotten you. Your words, which months you"
            f" skipped and when you had no partner: {_days('NOTES')}. Who was in a draw, and for which organisation,"
            f" so that it can be checked: {_days('DRAWS')}."
        ),
        ["PairingMember", "MonthChoice", "Waiting"],
    ),
    (
        "What you learned and shared",
        (
            "To show it to those you chose: everybody, once a coordinator has read it, people who take part, or the"
            " coordinator."
        ),
        lambda: f"{_days('LEARNINGS')}. Your name goes from it {_days('LEFT')} after you leave.",
        ["Learning"],
    ),
    (
        "Reports about somebody, and who should not be paired",
        "To keep the rules. Only coordinators see them, never the one a report is about.",
        lambda: (
            f"A report {_days('NOTES')} after it was decided, {_days('OPEN_REPORTS')} if nobody does. Who should not be"
            " paired: until it is lifted, or one of the two is forgotten."
        ),
        ["Report", "KeepApart"],
    ),
]


def collect(person: Person) -> my_data.Records:
    """Everything said and answered. Partners are named: the person has their introduction."""
    return _everything(person, Report.objects.filter(reported_by=person))


def collect_for(person: Person, reader: Person) -> my_data.Records:
    """The same for who answers in their stead: without the phone number, and without reports about that reader."""
    records = _everything(person, Report.objects.for_decision_by(reader).filter(reported_by=person))
    return [{**record, "Phone": ONLY_PARTNERS} if record.get("Phone") else record for record in records]


def _everything(person: Person, reports: QuerySet[Report]) -> my_data.Records:
    participant = Participant.objects.filter(person=person).first()
    if participant is None:
        return []
    members = participant.memberships.select_related("round").prefetch_related("pairing__members__participant__person")
    return [
        _about(participant),
        *(_pairing(member) for member in members),
        *({"What": "Learning", "Text": one.text, "Link": one.link} for one in participant.learnings.all()),
        *({"What": "Month", "Month": one.month, "Taking part": one.taking_part} for one in participant.choices.all()),
        *({"What": "Without a partner", "Month": one.round.month, "Why": one.why} for one in _waits(participant)),
        *(_report(report) for report in reports.select_related("about__person")),
    ]


def _waits(participant: Participant) -> Iterable[Waiting]:
    return participant.waits.select_related("round")


def _report(report: Report) -> dict[str, Any]:
    about = report.about.person.name if report.about else str(report.learning)
    words = report.text if report.about else report.first_words
    return {"What": "My report", "When": report.reported_at, "About": about, "Text": words}


def _about(participant: Participant) -> dict[str, Any]:
    return {
        "What": "Taking part",
        "State": participant.get_state_display(),
        "Since": participant.joined_at,
        "Phone": str(participant.phone),
        "Sector": participant.get_sector_display(),
        "Ways I like to talk": participant.ways_line,
        "Times": participant.times,
        "About me": participant.line,
        "Topics": ", ".join(participant.topics),
        "How often": participant.get_rhythm_display(),
        "Why in this state": participant.why,
        "Reports about me that were upheld": participant.strikes,
    }


def _pairing(member: PairingMember) -> dict[str, Any]:
    return {
        "What": "Pairing",
        "Month": member.round.month,
        "With": " and ".join(partner.person.name for partner in member.partners),
        "Met": member.get_answer_display(),
        "Why not": member.get_why_not_display(),
        "Note": member.note,
        "Stuck": member.stuck_note,
    }
