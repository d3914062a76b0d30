"""The pages behind the links in mails: opening one changes nothing, its button does one thing."""

import re

import pytest
import time_machine
from django.urls import reverse

from outbox.models import Message
from tests import make, reading
from tests.unmentoring import build
from tests.unmentoring.test_public_pages import queries_of
from unmentoring import addresses
from unmentoring.models import Learning, MonthChoice, PairingMember, Participant, Report

pytestmark = pytest.mark.django_db

NOW = build.NUDGE.replace(day=10)
OF_PARTICIPANT = [
    addresses.CONFIRM,
    addresses.MINE,
    addresses.SKIP,
    addresses.PAUSE,
    addresses.COME_BACK,
    addresses.LEAVE,
    addresses.STILL_IN,
]
OF_MEMBER = [addresses.ANSWER, addresses.STUCK, addresses.REPORT, addresses.LEARNED, addresses.HOLD]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pair() -> list[Participant]:
    made = build.participants(2)
    build.told()
    return made


def of(purpose: str, participant: Participant) -> str:
    return reverse(purpose, args=[addresses.token(purpose, participant)])


def about(purpose: str, participant: Participant) -> str:
    return reverse(purpose, args=[addresses.member_token(purpose, build.member_of(participant))])


def everything() -> list[object]:
    models = (Participant, PairingMember, MonthChoice, Learning, Report, Message)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(pair):
    build.guest()
    build.month.queue_due(build.NUDGE)
    build.month.queue_due(build.ASK)
    texts = "\n".join(f"{message.text}\n{message.html}" for message in Message.objects.all())
    links = {link.replace("&amp;", "&") for link in re.findall(r"https?://[^/\s\"<>]+(/[^\s\"<>,]*)", texts)}
    before = everything()

    answers = {link: make.client().get(link).status_code for link in links}

    stop = {link for link in links if link.startswith("/unmentoring/stop/")}
    assert {link: status for link, status in answers.items() if status != 200 and link not in stop} == {}
    assert len(links) > 20
    assert everything() == before


@pytest.mark.parametrize("purpose", OF_PARTICIPANT + OF_MEMBER)
def test_a_link_for_another_purpose_or_made_void_opens_nothing(purpose, pair):
    one = pair[0]
    make_token = addresses.token if purpose in OF_PARTICIPANT else None
    row = one if make_token else build.member_of(one)
    other = addresses.MONTH if purpose != addresses.MONTH else addresses.SKIP
    wrong = addresses.links.make(other, row.pk, one.link_version)
    good = make_token(purpose, one) if make_token else addresses.member_token(purpose, row)

    assert make.client().get(reverse(purpose, args=[wrong])).status_code == 404
    Participant.objects.filter(pk=one.pk).update(link_version=one.link_version + 1)
    assert make.client().get(reverse(purpose, args=[good])).status_code == 404


def test_the_answer_in_the_address_is_chosen_and_only_the_button_records_it(pair):
    url = about(addresses.ANSWER, pair[0])
    client = make.client()

    page = client.get(f"{url}?met=yes").content.decode()
    assert re.search(r'value="yes"[^>]*checked|checked[^>]*value="yes"', page)
    assert build.member_of(pair[0]).answer == ""
    done = client.post(f"{url}?met=yes", {"met": "yes"})

    assert reading.heading(done) == "Your answer is saved"
    assert build.member_of(pair[0]).answer == "yes"
    assert build.member_of(pair[1]).answer == ""


def test_no_asks_why_and_keeps_the_note(pair):
    url = about(addresses.ANSWER, pair[0])

    refused = make.client().post(url, {"met": "no", "note": "I <i>tried</i>"})
    assert reading.errors(refused) == ["Select why you did not meet"]
    assert "I &lt;i&gt;tried&lt;/i&gt;" in refused.content.decode()
    make.client().post(url, {"met": "no", "why_not": "no_reply", "note": "I tried"})

    member = build.member_of(pair[0])
    assert (member.answer, member.why_not, member.note) == ("no", "no_reply", "I tried")


def test_the_last_answer_counts_and_both_may_answer_differently(pair):
    client = make.client()
    for met in ("not_yet", "yes", "yes"):
        client.post(about(addresses.ANSWER, pair[0]), {"met": met})
    client.post(about(addresses.ANSWER, pair[1]), {"met": "no", "why_not": "other"})

    assert [build.member_of(one).answer for one in pair] == ["yes", "no"]
    assert build.member_of(pair[0]).pairing.is_disputed


def test_skip_says_which_months_and_skips_the_chosen_one(pair):
    url = of(addresses.SKIP, pair[0])

    words = reading.words(make.client().get(url))
    done = make.client().post(url, {"which": "2027-04-01"})
    wrong = make.client().post(url, {"which": "2031-04-01"})

    assert "March 2027 April 2027" in words
    assert reading.heading(done) == "You skip April 2027"
    assert reading.errors(wrong) == ["Select one of the months"]
    assert list(MonthChoice.objects.values_list("month", "taking_part")) == [(build.APRIL, False)]


def test_pause_until_a_month_come_back_and_leave(pair):
    one, client = pair[0], make.client()

    paused = client.post(of(addresses.PAUSE, one), {"until": "2027-06-01"})
    one.refresh_from_db()
    assert reading.heading(paused) == "You are paused until June 2027"
    assert (one.state, str(one.paused_until)) == ("paused", "2027-06-01")

    client.post(of(addresses.COME_BACK, one))
    one.refresh_from_db()
    assert one.state == "active"

    client.post(of(addresses.LEAVE, one))
    one.refresh_from_db()
    assert (one.state, one.phone) == ("left", "")
    after = [reading.heading(client.get(of(purpose, one))) for purpose in (addresses.SKIP, addresses.COME_BACK)]
    assert after == ["You do not take part in UnMentoring"] * 2


def test_yes_and_no_for_a_month_by_one_link_each_with_a_button(pair):
    token = addresses.token(addresses.MONTH, pair[0])
    url = reverse(addresses.MONTH, args=[token, 2027, 4])
    client = make.client()

    client.get(url)
    assert not MonthChoice.objects.exists()
    assert reading.heading(client.post(url, {"taking_part": "yes"})) == "You take part in April 2027"
    assert reading.heading(client.post(url, {"taking_part": "no"})) == "You do not take part in April 2027"
    assert MonthChoice.objects.get().taking_part is False
    late = client.post(reverse(addresses.MONTH, args=[token, 2027, 1]), {"taking_part": "yes"})
    assert reading.heading(late) == "It is too late for January 2027"
    assert client.get(reverse(addresses.MONTH, args=[token, 2027, 13])).status_code == 404


def test_stuck_tells_the_coordinator_once_with_the_note(pair):
    boss = build.coordinator()
    url = about(addresses.STUCK, pair[0])

    make.client().post(url, {"note": "Two calls"})
    make.client().post(url, {"note": "Again"})

    assert build.member_of(pair[0]).stuck_note == "Two calls"
    assert Message.objects.filter(key__startswith="unmentoring.stuck", key__endswith=boss.email).count() == 1


def test_somebody_who_has_not_confirmed_is_told_so_behind_every_link():
    guest = build.guest()

    for purpose in (addresses.SKIP, addresses.PAUSE, addresses.COME_BACK, addresses.STILL_IN):
        assert reading.heading(make.client().get(of(purpose, guest))) == "You are not in yet"


def test_somebody_who_is_paused_reads_so_before_the_reason(pair):
    build.month.resting.pause(pair[0], why="On parental leave.", now=NOW)

    for purpose in (addresses.MINE, addresses.COME_BACK, addresses.PAUSE):
        assert "You are paused. On parental leave." in reading.words(make.client().get(of(purpose, pair[0])))


def test_a_sales_pitch_is_reported_about_a_partner_only(pair):
    stranger = build.guest()
    url = about(addresses.REPORT, pair[0])

    wrong = make.client().post(url, {"about": stranger.pk, "text": "Printers"})
    assert reading.errors(wrong) == ["Select one of your partners"]
    assert "Printers" in wrong.content.decode()
    make.client().post(url, {"about": pair[1].pk, "text": "Printers"})

    assert [(report.about, report.text) for report in Report.objects.all()] == [(pair[1], "Printers")]


def test_what_i_learned_is_kept_and_comes_back_as_words_to_share(pair):
    url = about(addresses.LEARNED, pair[0])

    nothing = make.client().post(url, {"text": " ", "visible_to": "everyone"})
    assert reading.errors(nothing) == ["Enter what you learned, or a link to your post"]
    done = make.client().post(url, {"text": "Ask & wait", "visible_to": "everyone"})

    kept = Learning.objects.get()
    assert (kept.text, kept.state, kept.with_name) == ("Ask & wait", "waiting", False)
    page = done.content.decode()
    assert "https://bsky.app/intent/compose?text=Ask%20%26%20wait%20%23UnMentoring" in page
    assert pair[1].person.name not in reading.words(done)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "not a link"])
def test_a_link_to_a_post_is_a_web_address(link, pair):
    answer = make.client().post(about(addresses.LEARNED, pair[0]), {"link": link, "visible_to": "everyone"})

    assert reading.errors(answer) == ["Enter a web address, like https://example.org/my-post"]
    assert not Learning.objects.exists()


def test_my_page_shows_how_to_reach_partners_of_this_month_only(pair):
    one, other = pair
    url = of(addresses.MINE, one)

    now = reading.words(make.client().get(url))
    with time_machine.travel(build.ASK.replace(month=5), tick=False):
        later = reading.words(make.client().get(url))

    phone = other.phone.as_international
    assert phone in now
    assert other.person.email in now
    assert other.person.name in later
    assert phone not in later
    assert other.person.email not in later


def test_my_page_shows_nothing_of_a_partner_before_the_introduction():
    one, other = build.participants(2, now=build.BEFORE)
    build.drawn()

    words = reading.words(make.client().get(of(addresses.MINE, one)))

    assert other.person.name not in words
    assert other.person.email not in words


def test_what_i_said_is_changed_and_what_was_typed_stays_when_something_is_wrong(pair):
    one = pair[0]
    url = reverse("unmentoring:change", args=[addresses.token(addresses.MINE, one)])
    said = {"name": "New Name", "works_at": "Elsewhere", "sector": "health", "rhythm": "ask", "line": "Hello"}

    wrong = make.client().post(url, {**said, "phone": "999"})
    assert "Elsewhere" in wrong.content.decode()
    make.client().post(url, {**said, "phone": "+44 20 7946 0999"})

    one.refresh_from_db()
    one.person.refresh_from_db()
    assert (one.person.name, one.person.works_at, one.rhythm) == ("New Name", "Elsewhere", "ask")
    assert one.phone.as_e164 == "+442079460999"


def test_my_page_costs_the_same_after_one_and_after_several_months():
    one, *_ = build.participants(6)
    costs = []
    for month in (3, 4, 5, 6):
        build.told(build.DRAW.replace(month=month, hour=8 if month > 3 else 9, minute=30))
        with time_machine.travel(build.DRAW.replace(month=month, day=3), tick=False):
            costs.append(queries_of(make.client(), of(addresses.MINE, one)))

    assert len(set(costs[1:])) == 1
