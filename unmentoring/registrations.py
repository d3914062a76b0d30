"""What UnMentoring tells the apps below: a shelf of “My things”, what can be stopped, what it holds about somebody."""

from typing import Any

from outbox import confidential
from people import kept, my_data, my_things, preferences
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
    _tell_what_is_kept()
    my_things.register(
        "UnMentoring",
        empty="You do not take part in UnMentoring: one conversation a month with somebody you do not know.",
        cards=my_cards.cards,
    )


def _tell_what_is_kept() -> None:
    """Every kind of record that names somebody, for the privacy page."""
    kept.register(
        "UnMentoring",
        "Your phone number, your sector, when and how you like to talk, and your topics",
        why="To find somebody for you to talk with and to introduce you. Whom you meet sees them; coordinators too.",
        how_long=lambda: f"{retention.GONE.days} days after you leave UnMentoring.",
        tables=["unmentoring.Participant", "unmentoring.MonthChoice", "unmentoring.Waiting"],
    )
    kept.register(
        "UnMentoring",
        "Whom you were paired with, whether you met, and what you told us about it",
        why="So that you meet somebody new every month, and to see whether it works.",
        how_long=lambda: (
            f"Your words {retention.NOTES.days} days. Who was paired with whom stays, without names once you have left."
        ),
        tables=["unmentoring.PairingMember"],
    )
    kept.register(
        "UnMentoring",
        "What you learned and shared",
        why="To show it to those you chose, after a coordinator has read it.",
        how_long=lambda: "Until you leave.",
        tables=["unmentoring.Learning"],
    )
    kept.register(
        "UnMentoring",
        "Reports about somebody, and who should not be paired",
        why="To keep the rules. Only coordinators see them.",
        how_long=lambda: f"The words of a report {retention.NOTES.days} days after it was decided; until you leave.",
        tables=["unmentoring.Report", "unmentoring.KeepApart"],
    )
    kept.explain("unmentoring.Round", because="which coordinator drew and published it; nameless once they leave")


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
