"""What UnMentoring tells the apps below: a shelf of “My things”, what can be stopped, what it holds about somebody."""

from typing import Any

from outbox import confidential
from people import my_data, my_things, preferences
from people.models import Person
from unmentoring import emails, my_cards, retention
from unmentoring.models import PairingMember, Participant

# They have the partner's phone number in them, which nobody else is to see.
CONFIDENTIAL = ("unmentoring/introduction", "unmentoring/nudge")


def register() -> None:
    for kind in CONFIDENTIAL:
        confidential.register(kind)
    preferences.register(emails.NUDGES, "a nudge half-way through the month when my UnMentoring pair has been quiet")
    my_data.register(
        "UnMentoring", collect=collect, forget=retention.forget_person, still_needed=retention.still_needed
    )
    my_things.register(
        "UnMentoring",
        empty="You do not take part in UnMentoring: one conversation a month with somebody you do not know.",
        cards=my_cards.cards,
    )


def collect(person: Person) -> my_data.Records:
    """Everything said and answered. Partners are named: the person has their introduction."""
    participant = Participant.objects.filter(person=person).first()
    if participant is None:
        return []
    members = participant.memberships.select_related("round").prefetch_related("pairing__members__participant__person")
    return [
        _about(participant),
        *(_pairing(member) for member in members),
        *({"What": "Learning", "Text": one.text, "Link": one.link} for one in participant.learnings.all()),
        *({"What": "Month", "Month": one.month, "Taking part": one.taking_part} for one in participant.choices.all()),
    ]


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
