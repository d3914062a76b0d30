"""What the letters say: everything needed, to the right person, and nothing to anybody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
import vobject
from django.urls import reverse

from meetups import dates
from outbox import headers
from outbox.models import Message
from tests import make
from tests.unmentoring import build
from unmentoring import addresses, calendars, month, resting
from unmentoring.models import Participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    """A second that passes between writing a link and looking at it would change the link."""
    with time_machine.travel(build.DRAW, tick=False):
        yield


def introduced() -> tuple[Participant, Participant]:
    one = build.participant(
        name="Asha Patel",
        email="asha@wessex.example",
        phone="020 7946 0001",
        organisation="Wessex Fire",
        sector="fire",
        ways=["phone", "teams"],
        times="Mornings",
        line="I look into response times.",
        topics=["Housing", "Data"],
    )
    other = build.participant(
        name="Bo Lee",
        email="bo@mercia.example",
        phone="020 7946 0002",
        sector="health",
        ways=["teams"],
        topics=["data"],
    )
    build.told()
    return one, other


def letter(to: str, kind: str = "introduction") -> Message:
    return Message.objects.get(to_email=to, kind=f"unmentoring/{kind}")


def test_an_introduction_says_who_how_and_why():
    one, other = introduced()

    message = letter("bo@mercia.example")

    member = build.member_of(other)
    assert message.subject == "UnMentoring in March 2027: meet Asha Patel"
    assert (
        message.text.partition("\n\n--\n")[0].splitlines()
        == f"""\
In March 2027 you meet Asha Patel.

Asha Patel, Wessex Fire (Fire)
I look into response times.
Phone: +44 20 7946 0001
Email: asha@wessex.example
Likes to talk by: Phone or Teams
Times that suit: Mornings
Likes to talk about: Housing, Data

You both like to talk about Data.
You both like to talk by Teams.

Why you: You have not met here before and work for different organisations and in different sectors; \
chance decided the rest.

What to do now: write to Asha Patel, or ring. \
We suggest the week of Monday 8 March; 30 to 60 minutes are enough.
Keep a time in your calendar ({_slot(member)}, and move it as you like): {addresses.of_member(addresses.HOLD, member)}

Nothing has to be talked about. If you want a beginning:
Think: what is on your mind at work, and what would you like to see differently?
Do: what will you try before the month is over?
Share: what did you learn that others could use?

If you cannot reach them, tell the coordinator: {addresses.of_member(addresses.STUCK, member)}
There is one rule, no sales pitches. If it is broken, tell us: {addresses.of_member(addresses.REPORT, member)}
""".splitlines()
    )
    assert message.reply_to == ""
    assert 'href="mailto:asha@wessex.example?subject=UnMentoring%20in%20March%202027"' in message.html
    assert one.person.name in message.html


def _slot(member) -> str:
    starts_at = calendars.suggested_time(member.pairing)
    return dates.span(starts_at, starts_at + calendars.LENGTH)


def test_nobody_but_the_partner_gets_the_phone_number():
    introduced()
    build.participants(2)

    holders = [m.to_email for m in Message.objects.all() if "7946 0001" in m.text + m.html]

    assert holders == ["bo@mercia.example"]


def test_a_three_is_introduced_to_both_others():
    people = build.participants(3)
    build.told()

    message = letter(people[0].person.email)

    assert all(partner.person.email in message.text for partner in people[1:])
    assert f'href="mailto:{people[1].person.email},{people[2].person.email}?subject=' in message.html
    assert "so you are three" in message.text


def test_what_people_write_about_themselves_cannot_become_html():
    build.participant(email="mallory@example.org", line="<script>alert(1)</script>", name="<b>Mal</b>")
    other = build.participant()
    build.told()

    message = letter(other.person.email)

    assert "<script>" not in message.html
    assert "<b>" not in message.html
    assert "\n" not in message.subject


def test_every_letter_carries_one_click_links_and_the_unsubscribe_header():
    one, _ = introduced()
    for moment in (build.NUDGE, build.ASK):
        month.queue_due(moment)

    for kind in ("joined", "introduction", "nudge", "did_you_meet"):
        message = letter("asha@wessex.example", kind)
        for purpose in (addresses.SKIP, addresses.PAUSE, addresses.LEAVE, addresses.MINE):
            assert reverse(purpose, args=["x"]).split("x")[0] in message.text, (kind, purpose)
            assert reverse(purpose, args=["x"]).split("x")[0] in message.html, (kind, purpose)
        sent = headers.build(message).extra_headers
        stop = sent["List-Unsubscribe"].strip("<>")
        assert addresses.participant_of(stop.rstrip("/").rpartition("/")[2], addresses.STOP) == one
        assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_did_you_meet_has_three_links_that_carry_the_answer_and_record_nothing():
    one, _ = introduced()
    month.queue_due(build.ASK)

    links = re.findall(r"http\S+\?met=\w+", letter("asha@wessex.example", "did_you_meet").text)

    assert [link.rpartition("=")[2] for link in links] == ["yes", "not_yet", "no"]
    token = links[0].rpartition("/?")[0].rpartition("/")[2]
    assert addresses.member_of(token, addresses.ANSWER) == build.member_of(one)
    assert build.member_of(one).answer == ""


def test_one_click_in_the_mail_program_pauses_without_a_page_of_ours():
    one, _ = introduced()
    url = reverse(addresses.STOP, args=[addresses.token(addresses.STOP, one)])

    assert make.client().get(url).status_code == 405
    answer = make.client().post(url, {"List-Unsubscribe": "One-Click"})

    one.refresh_from_db()
    assert (answer.status_code, one.state) == (200, "paused")


@pytest.mark.parametrize("purpose", [addresses.MINE, addresses.LEAVE, addresses.STOP, addresses.CONFIRM])
def test_a_link_for_one_purpose_opens_nothing_else(purpose):
    one = build.participant()
    for other in {addresses.MINE, addresses.LEAVE, addresses.STOP, addresses.CONFIRM} - {purpose}:
        with pytest.raises(addresses.NoSuchLink):
            addresses.participant_of(addresses.token(purpose, one), other)


def test_a_link_about_a_pairing_opens_only_that_pairing_and_dies_with_the_version():
    one, _ = introduced()
    member = build.member_of(one)
    token = addresses.member_token(addresses.ANSWER, member)

    assert addresses.member_of(token, addresses.ANSWER) == member
    with pytest.raises(addresses.NoSuchLink):
        addresses.member_of(token, addresses.STUCK)
    Participant.objects.filter(pk=one.pk).update(link_version=1)
    with pytest.raises(addresses.NoSuchLink):
        addresses.member_of(token, addresses.ANSWER)


def test_both_partners_get_the_same_hold_on_a_weekday_in_the_second_week():
    one, other = introduced()
    files = [
        make.client().get(reverse(addresses.HOLD, args=[addresses.member_token(addresses.HOLD, build.member_of(who))]))
        for who in (one, other)
    ]

    events = [vobject.readOne(answer.content.decode()).vevent for answer in files]
    assert events[0].uid.value == events[1].uid.value
    assert events[0].dtstart.value == events[1].dtstart.value
    assert (events[0].summary.value, events[1].summary.value) == ("UnMentoring: Bo Lee", "UnMentoring: Asha Patel")
    day = events[0].dtstart.value.date()
    assert datetime(2027, 3, 8, tzinfo=UTC).date() <= day <= datetime(2027, 3, 12, tzinfo=UTC).date()
    assert files[0]["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_late_pair_is_not_asked_to_meet_in_the_past():
    build.participants(2, open_to_change=False)
    build.told()
    late = build.DRAW + timedelta(days=13)
    one = build.participant(now=late)
    build.participant(now=late)

    week = calendars.suggested_week(build.member_of(one).pairing)

    assert (week > late.date(), week.weekday()) == (True, 0)


def test_a_pause_without_an_end_names_none():
    one = build.participant()

    resting.pause(one, now=build.DRAW)

    assert "You are put together with nobody until you come back." in letter(one.person.email, "paused").text


def test_a_pause_says_when_it_ends():
    one = build.participant()

    resting.pause(one, until=build.MAY, now=build.DRAW)

    text = letter(one.person.email, "paused").text
    assert "You are back by yourself in May 2027, and are put together with nobody until then." in text
