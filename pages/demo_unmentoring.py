"""A few months of UnMentoring for script/server: people, rounds, answers, what was learned. Nobody is written to."""

from datetime import date, datetime, timedelta

from meetups.timings import LONDON
from outbox.models import Message
from pages import demo_texts as texts
from people import councils
from people.models import Person
from unmentoring import joining, keeping_apart, learning, month, resting, rounds
from unmentoring.models import Learning, PairingMember, Participant, Round

PEOPLE, MONTHS_BEFORE = 29, 3
LINES = [
    "I look after two committees and would like to know how others choose what to look at.",
    "New to scrutiny, ten years in housing.",
    "I run a small charity for young carers.",
    "Thinking about how to say less and ask more.",
]
TOPICS = [["finance", "young people"], ["housing"], ["allotments", "finance"], ["social care", "young people"], []]
LEARNED = [
    ("A fire service asks every new member to bring one question from a resident. We try it in May.", "everyone", True),
    ("Silence for ten seconds after a question gets better answers.", "everyone", False),
    ("Our task group could have been a walk around the estate.", "participants", True),
    ("My partner's team publishes what scrutiny changed, one line each. Ours will too.", "everyone", True),
]
WAITING = 1  # the last of them is still to be looked at by the coordinator


def seed(people: dict[str, Person], now: datetime) -> None:
    """Rounds of the months before and, when its draw has come, of this month; the next is Connie's to publish."""
    connie, sam = people["connie@demo.example"], people["sam@demo.example"]
    months = _months(now)
    began = rounds.draws_at(months[0]) - timedelta(days=12)
    taking_part = [_join(n, guest, began) for n, guest in enumerate(texts.GUESTS[:PEOPLE])]
    taking_part.append(_join(PEOPLE, (sam.name, sam.email, "West Suffolk Council", ""), began))
    keeping_apart.keep_apart(*taking_part[:2], reason="One manages the other.", by=connie, now=began)
    for which in months:
        if rounds.draws_at(which) <= now:
            _round(which, is_over=which != months[-1])
    _learned(connie, now)
    resting.pause(taking_part[5], why="On parental leave.", now=now - timedelta(days=2))
    Message.objects.filter(key__startswith="unmentoring.").delete()


def _months(now: datetime) -> list[date]:
    """The months before this one, the oldest first, and this one."""
    this = now.astimezone(LONDON).date().replace(day=1)
    count = this.year * 12 + this.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(count - MONTHS_BEFORE, count + 1)]


def _join(n: int, guest: tuple[str, str, str, str], now: datetime) -> Participant:
    name, email, council, _ = guest
    details = joining.Details(
        name=name,
        email=email,
        phone=f"+44207946{n:04}",
        council=councils.named(council) if n % 4 else None,
        organisation="" if n % 4 else ["Wessex Fire and Rescue", "Northway Hospice", "Clearview Software"][n // 4 % 3],
        sector="council" if n % 4 else ["fire", "charity", "supplier"][n // 4 % 3],
        ways=[["phone"], ["teams", "zoom"], ["phone", "meet"]][n % 3],
        times=["Tuesday mornings", "", "Lunchtimes"][n % 3],
        line=LINES[n % len(LINES)],
        topics=TOPICS[n % len(TOPICS)],
    )
    joined = joining.join(details, now=now + timedelta(hours=n))
    assert joined is not None
    return joining.confirm(joined, now=now + timedelta(hours=n, minutes=20))


def _round(which: date, *, is_over: bool) -> None:
    """Drawn, introduced and, when it is over, asked about and partly answered."""
    drawn_at = rounds.draws_at(which)
    round_ = rounds.publish(rounds.preview(which, now=drawn_at), now=drawn_at)
    members = PairingMember.objects.filter(round=round_)
    members.update(introduced_at=drawn_at + timedelta(minutes=5))
    if is_over:
        members.update(nudged_at=round_.nudges_at, asked_at=round_.asks_at)
    for n, pairing in enumerate(round_.pairings.standing().with_members()):
        if is_over:
            _answer(list(pairing.members.all()), n, round_)
    if not is_over:
        _first_days(round_, drawn_at)


def _answer(members: list[PairingMember], n: int, round_: Round) -> None:
    one, other = members[:2]
    at = round_.asks_at + timedelta(hours=n + 1)
    if n % 5 < 3:
        month.answer(one, "yes", now=at)
        if n % 5:
            month.answer(other, "yes", now=at)
    elif n % 5 == 3:
        why = PairingMember.WhyNot.values[n // 5 % len(PairingMember.WhyNot.values)]
        month.answer(one, "no", why_not=why, now=at)


def _first_days(round_: Round, drawn_at: datetime) -> None:
    """One pair has met already, another cannot reach each other."""
    met, stuck, *_ = round_.pairings.standing().with_members()
    month.answer(met.members.all()[0], "yes", now=drawn_at + timedelta(days=2))
    month.say_stuck(stuck.members.all()[0], "Two emails and a call, no answer.", now=drawn_at + timedelta(days=3))


def _learned(connie: Person, now: datetime) -> None:
    said_yes = PairingMember.objects.filter(answer="yes").select_related("participant__person").order_by("-pk")
    for n, (member, (text, to, with_name)) in enumerate(zip(said_yes, LEARNED, strict=False)):
        at = now - timedelta(days=9 - n)
        kept = learning.share(member.participant, text=text, visible_to=to, with_name=with_name, member=member, now=at)
        if kept.state == Learning.State.WAITING and n < len(LEARNED) - WAITING:
            learning.approve(kept, by=connie, now=at)
