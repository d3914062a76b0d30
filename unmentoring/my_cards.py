"""What “My things” says about UnMentoring: to somebody who takes part, and to whoever coordinates."""

from datetime import datetime

from django.urls import reverse

from meetups import dates
from people.models import Person, Role
from people.my_things import Card
from unmentoring import addresses, my_page, needs, reports, rounds
from unmentoring.models import MonthChoice, PairingMember, Participant, Round

NEEDS_AT_MOST = 5
# A draw that is this near needs a look; before that it is only said.
LOOK_DAYS = 7


def cards(person: Person, now: datetime) -> list[Card]:
    return [*_coordinating(person, now), *_taking_part(person, now)]


# --- Whoever takes part -------------------------------------------------------------------------------------------


def _taking_part(person: Person, now: datetime) -> list[Card]:
    """What we asked and they have not answered; then whom they meet, or how things stand."""
    participant = Participant.objects.filter(person=person).first()
    if participant is None or participant.is_gone:
        return []
    told = participant.memberships.filter(left_at=None, introduced_at__isnull=False).order_by("-round__month")
    members = list(told.select_related("round", "pairing").prefetch_related("pairing__members__participant__person"))
    url = reverse(addresses.MINE, args=[addresses.token(addresses.MINE, participant)])
    line = _line(participant, members[0] if members else None, now)
    standing = Card("UnMentoring", line, url, "See my UnMentoring", urgency=2)
    return [*_asked(participant, members, now), standing]


def _asked(participant: Participant, members: list[PairingMember], now: datetime) -> list[Card]:
    found = []
    if participant.is_active and participant.still_in_asked_at:
        url = reverse(addresses.STILL_IN, args=[addresses.token(addresses.STILL_IN, participant)])
        line = "We have not heard from you for two rounds. Without an answer we pause you."
        found.append(Card("Are you still in UnMentoring?", line, url, "Say that I am still in", urgency=0))
    if members and members[0].asked_at and members[0].answer not in {"yes", "no"}:
        url = reverse(addresses.ANSWER, args=[addresses.member_token(addresses.ANSWER, members[0])])
        line = f"{members[0].round}: did you meet {_names(members[0])}?"
        found.append(Card("Did you meet?", line, url, "Say whether we met", urgency=1))
    return [*found, *_month_question(participant, now)]


def _month_question(participant: Participant, now: datetime) -> list[Card]:
    month = rounds.next_month(now)
    asked = MonthChoice.objects.filter(participant=participant, month=month, asked_at__isnull=False, taking_part=None)
    if not asked.exists():
        return []
    url = reverse(addresses.MONTH, args=[addresses.token(addresses.MONTH, participant), month.year, month.month])
    line = f"The draw is on {dates.moment(rounds.draws_at(month))}. Silence means no."
    return [Card(f"Shall we find you somebody in {month:%B}?", line, url, "Say yes or no", urgency=1)]


def _line(participant: Participant, member: PairingMember | None, now: datetime) -> str:
    if participant.is_active and member and my_page.is_current(member, now):
        return f"In {member.round.month:%B} you meet {_names(member)}."
    month = rounds.next_month(now)
    skipped = MonthChoice.objects.filter(participant=participant, month=month, taking_part=False)
    return my_page.next_line(participant, now, skips=skipped.exists())


def _names(member: PairingMember) -> str:
    return " and ".join(partner.person.name or "somebody who left" for partner in member.partners)


# --- Whoever coordinates ------------------------------------------------------------------------------------------


def _coordinating(person: Person, now: datetime) -> list[Card]:
    """What needs them, the most urgent first, then the next draw. Administrators only while nobody coordinates."""
    if not _coordinates(person):
        return []
    found = needs.of(reports.coordinator_summary(now), person)
    shown = [
        Card(need.title, need.line, need.url, need.action, urgency=0 if need.is_urgent else 1)
        for need in found[:NEEDS_AT_MOST]
    ]
    return [*shown, *_more(len(found) - NEEDS_AT_MOST), *_draw(now)]


def _coordinates(person: Person) -> bool:
    if Role.COORDINATOR in person.roles:
        return person.is_active
    somebody = Person.objects.filter(grants__role=Role.COORDINATOR, is_active=True)
    return person.is_administrator and not somebody.exists()


def _more(number: int) -> list[Card]:
    if number < 1:
        return []
    line = f"{number} more thing{' needs' if number == 1 else 's need'} you."
    return [Card("More in UnMentoring", line, reverse("unmentoring:coordinate"), "See everything", urgency=1)]


def _draw(now: datetime) -> list[Card]:
    month = rounds.next_month(now)
    number = Participant.objects.eligible(month).count()
    draft = Round.objects.filter(month=month).first()
    draws_at = rounds.draws_at(month)
    is_near = (draws_at - now).days < LOOK_DAYS
    who = "1 person is" if number == 1 else f"{number} people are"
    when = f"It happens by itself on {dates.moment(draws_at)}" if now < draws_at else "It is due now"
    url = reverse("unmentoring:preview", args=[month.year, month.month])
    action = "See the preview" if draft else "Prepare the draw"
    return [Card(f"The draw of {month:%B}", f"{when}. {who} in it.", url, action, urgency=1 if is_near else 4)]
