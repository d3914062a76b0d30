"""What somebody sees of their own UnMentoring: what is next, whom they meet, whom they met."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from meetups import dates
from meetups.timings import LONDON
from unmentoring import addresses, emails, reports, rounds
from unmentoring.models import MonthChoice, PairingMember, Participant


@dataclass(frozen=True)
class Met:
    """One pairing of mine. `contacts` is filled only while the pairing is current."""

    member: PairingMember
    names: list[str]
    contacts: list[emails.Partner]
    answer_url: str
    stuck_url: str
    report_url: str
    learned_url: str
    hold_url: str


@dataclass(frozen=True)
class Overview:
    """`next_line` says in a sentence what comes next; `skips` that they are not in the next draw by their choice."""

    next_line: str
    skips: bool
    skip_month: str
    take_part_url: str
    current: list[Met]
    past: list[Met]


def overview(participant: Participant, now: datetime) -> Overview:
    """A constant number of queries, however many months they have been in."""
    mine = reports.my_partners(participant)
    month = rounds.next_month(now)
    choice = MonthChoice.objects.filter(participant=participant, month=month).first()
    skips = bool(choice and choice.taking_part is False)
    return Overview(
        next_line=next_line(participant, now, skips=skips),
        skips=skips,
        skip_month=emails.month_name(month),
        take_part_url=_month_path(participant, month),
        current=[_met(participant, member, current=True) for member in mine if is_current(member, now)],
        past=[_met(participant, member, current=False) for member in mine if not is_current(member, now)],
    )


def _month_path(participant: Participant, month: date) -> str:
    token = addresses.token(addresses.MONTH, participant)
    return reverse(addresses.MONTH, args=[token, month.year, month.month])


def is_current(member: PairingMember, now: datetime) -> bool:
    """Of this month or one drawn early, and nobody ended it."""
    this_month = now.astimezone(LONDON).date().replace(day=1)
    return member.left_at is None and member.pairing.ended_at is None and member.round.month >= this_month


def next_line(participant: Participant, now: datetime, *, skips: bool) -> str:
    """What comes next for them, in a sentence."""
    if not participant.is_active:
        return _not_in(participant)
    waiting = participant.waits.filter(ended_at=None).select_related("round").last()
    if waiting:
        return f"You have no partner yet in {waiting.round}. {waiting.why}"
    month = rounds.next_month(now)
    when = dates.moment(rounds.draws_at(month))
    if skips:
        return f"You skip {emails.month_name(month)}. You are in the draw of the month after it."
    if Participant.objects.filter(pk=participant.pk).eligible(month).exists():
        return f"You are in the next draw, on {when}."
    if participant.rhythm == Participant.Rhythm.ASK:
        return f"The next draw is on {when}. We ask you before it whether you want to take part."
    return f"You take part every two months, so not in the draw on {when} but in the one after it."


def _not_in(participant: Participant) -> str:
    if participant.is_new:
        return (
            "You are not in yet. Open the link in the email with which you joined, and say that the address is yours."
        )
    if participant.is_paused:
        until = emails.month_name(participant.paused_until)
        return participant.pause_line + (f" You are back in {until}." if until else "")
    return participant.why


def _met(participant: Participant, member: PairingMember, *, current: bool) -> Met:
    member.participant = participant
    here = [partner for partner in member.partners if not partner.is_gone]
    links = {
        "answer_url": addresses.ANSWER,
        "stuck_url": addresses.STUCK,
        "report_url": addresses.REPORT,
        "learned_url": addresses.LEARNED,
        "hold_url": addresses.HOLD,
    }
    return Met(
        member=member,
        names=[partner.person.name or "Somebody who left" for partner in member.partners],
        contacts=[emails.partner_of(partner) for partner in here] if current else [],
        **{name: reverse(purpose, args=[addresses.member_token(purpose, member)]) for name, purpose in links.items()},
    )
