"""Support meetings as the two and their leads see them: on pages, and by the links in mails without signing in."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networking import addresses, joining, parting, silences, support_meetings
from networking.models import FineUntil, NextMeeting, Pair, SilenceAnswer, SupportMeeting
from outbox.models import Message
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db
NOW = build.NOW
TODAY = NOW.date()


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pair() -> Pair:
    return build.pair(build.councillor(person=make.person(name="Ann Archer")), confirmed_at=NOW - timedelta(days=30))


def url(name: str, pair: Pair, *more: int) -> str:
    return reverse(f"networking:{name}", args=[pair.cohort.slug, pair.pk, *more])


def link(purpose: str, pair: Pair, member=None) -> str:
    return "/" + addresses.of_pair(purpose, pair, member or pair.councillor).split("/", 3)[3]


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def shown(page: str) -> dict[str, str]:
    """What a form would send if nobody typed anything."""
    inputs = re.findall(r"<input[^>]*>", page)
    found = {}
    for one in inputs:
        name = re.search(r'name="([^"]*)"', one)
        value = re.search(r'value="([^"]*)"', one)
        if name and name[1] and "csrf" not in name[1] and ('type="radio"' not in one or " checked" in one):
            found[name[1]] = value[1] if value else ""
    return found


# --- Logging ------------------------------------------------------------------------------------------------------


def test_by_the_link_in_a_mail_one_button_logs_a_meeting_without_signing_in(pair):
    browser = make.client()
    address = link(addresses.LOG, pair)

    page = text(browser.get(address))
    assert not SupportMeeting.objects.exists()
    answer = browser.post(address, shown(page), follow=True)

    assert "The meeting is saved" in text(answer)
    saved = SupportMeeting.objects.get()
    assert (saved.met_on, saved.how, saved.minutes, saved.logged_by) == (TODAY, "video", 30, pair.councillor)
    assert not NextMeeting.objects.exists()


def test_whoever_logged_by_the_link_can_undo_and_change_it_there(pair):
    browser = make.client()
    answer = browser.post(link(addresses.LOG, pair), {"met_on": TODAY, "how": "phone"}, follow=True)
    here = answer.redirect_chain[-1][0]

    assert "The meeting is out" in text(browser.post(here, {"what": "remove"}, follow=True))
    assert "The meeting is saved" in text(browser.post(here, {"what": "bring_back"}, follow=True))
    changed = {"met_on": day(-1), "how": "person", "version": "0"}
    assert "Tuesday 9 February 2027" in text(browser.post(here, changed, follow=True))
    assert SupportMeeting.objects.get().how == "person"


@pytest.mark.parametrize("said", [{"what": "remove"}, {"met_on": TODAY, "how": "person", "version": "0"}])
def test_a_pair_that_ends_in_this_moment_says_so_to_who_changes_what_they_logged(pair, said, monkeypatch):
    browser = make.client()
    answer = browser.post(link(addresses.LOG, pair), {"met_on": TODAY, "how": "phone"}, follow=True)

    def gone(pair: Pair) -> None:
        raise support_meetings.PairHasEnded

    monkeypatch.setattr(support_meetings, "_lock", gone)
    after = browser.post(answer.redirect_chain[-1][0], said)

    assert "networking/support/ended.html" in [template.name for template in after.templates]
    assert SupportMeeting.objects.get().how == "phone"


def test_the_link_of_one_is_not_the_link_of_the_other_and_void_links_open_nothing(pair):
    purpose = addresses.LOG
    mine = addresses.pair_token(purpose, pair, pair.councillor)
    browser = make.client()

    assert addresses.pair_of(mine, purpose)[1] == pair.councillor
    assert browser.get(reverse("networking:moved_by_link", args=[mine])).status_code == 404
    type(pair.councillor).objects.filter(pk=pair.councillor_id).update(link_version=1)
    assert browser.get(reverse("networking:log_by_link", args=[mine])).status_code == 404


@pytest.mark.parametrize("token", ["x", "1.0", "9" * 400, "1.0~a~b", "0", "²"])
def test_a_forged_link_to_a_logged_meeting_opens_nothing(pair, token):
    build.meeting(pair, day(-1))

    assert make.client().get(reverse("networking:logged_by_link", args=[token])).status_code == 404


def test_a_pair_that_has_ended_says_so_behind_its_links(pair):
    address = link(addresses.LOG, pair)
    parting.end(pair, why="", now=NOW)

    answer = make.client().post(address, {"met_on": TODAY, "how": "phone"})

    assert "are no longer a pair" in text(answer)
    assert not SupportMeeting.objects.exists()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"met_on": ""}, "Enter the day on which you met"),
        ({"met_on": "31 June"}, "Enter a real day, such as 24 February 2027"),
        ({"met_on": day(1)}, "Enter a day that has been"),
        ({"met_on": day(-60)}, "Enter a day from Monday 11 January 2027 on"),
        ({"how": ""}, "Select how you met"),
        ({"how": "telepathy"}, "Select"),
        ({"minutes": "many"}, "Enter minutes as a whole number from 1 to 600"),
        ({"minutes": "0"}, "Enter minutes as a whole number from 1 to 600"),
        ({"did": "x" * 2001}, "2000"),
        ({"next_at": "10:00"}, "Enter the day as well"),
        ({"next_on": day(-2)}, "Enter a day from today on"),
        ({"next_on": day(800)}, "Enter a day within a year from now"),
        ({"next_at": "25:00", "next_on": day(3)}, "Enter a real time, such as 10:30"),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_what_was_typed_is_kept(pair, said, error):
    typed = {"met_on": TODAY, "how": "phone", "next_step": "Kept as typed", **said}

    page = text(make.client(pair.mentor.person).post(url("log_meeting", pair), typed))

    assert error in page
    assert "<title>Error: " in page
    assert "Kept as typed" in page
    assert not SupportMeeting.objects.exists()
    assert not NextMeeting.objects.exists()


def test_a_meeting_the_other_one_has_logged_is_pointed_out(pair):
    build.meeting(pair, TODAY, by=pair.mentor)

    page = text(make.client(pair.councillor.person).post(url("log_meeting", pair), {"met_on": TODAY, "how": "phone"}))

    assert f"{pair.mentor.person.name} has logged a meeting on Wednesday 10 February 2027 already" in page


def test_who_is_out_of_the_cohort_reads_no_more_of_the_pair_and_who_is_still_in_it_does(pair):
    build.meeting(pair, day(-1), did="We wrote a post")
    build.councillor(person=pair.mentor.person)  # in another cohort all the same

    joining.leave(pair.mentor, now=NOW)

    assert make.client(pair.mentor.person).get(url("pair", pair)).status_code == 404
    assert "We wrote a post" in text(make.client(pair.councillor.person).get(url("pair", pair)))


def test_the_next_day_goes_to_both_calendars_with_the_logged_meeting(pair):
    typed = {"met_on": TODAY, "how": "phone", "next_on": day(14), "next_at": "10:30"}

    make.client(pair.mentor.person).post(url("log_meeting", pair), typed)

    assert Message.objects.filter(kind="networking/next_meeting", calendar_method="REQUEST").count() == 2
    assert NextMeeting.objects.get().on == day(14)


def test_an_open_page_does_not_move_back_the_day_that_the_other_one_moved(pair):
    build.agreed(pair, day(9))
    browser = make.client(pair.councillor.person)
    typed = shown(text(browser.get(url("log_meeting", pair))))
    build.agreed(pair, day(10))

    browser.post(url("log_meeting", pair), typed)

    assert (NextMeeting.objects.get().on, SupportMeeting.objects.count()) == (day(10), 1)


def test_an_emptied_next_day_calls_it_off(pair):
    build.agreed(pair, day(9))
    browser = make.client(pair.councillor.person)
    typed = shown(text(browser.get(url("log_meeting", pair))))

    browser.post(url("log_meeting", pair), {**typed, "next_on": ""})

    assert NextMeeting.objects.get().state == "cancelled"


# --- The page of a pair -------------------------------------------------------------------------------------------


def test_words_are_read_by_the_two_and_not_by_their_lead(pair):
    build.meeting(pair, day(-1), did="We spoke about her son.", next_step="Call Bea")
    lead = build.lead(pair.cohort)

    mine = text(make.client(pair.mentor.person).get(url("pair", pair)))
    theirs = text(make.client(lead.person).get(url("pair", pair)))

    assert "We spoke about her son." in mine
    assert "Call Bea" in mine
    assert "Tuesday 9 February 2027" in theirs
    assert "her son" not in theirs
    assert "Call Bea" not in theirs


def test_a_meeting_is_changed_taken_out_and_brought_back_on_the_page(pair):
    meeting = build.meeting(pair, day(-1))
    browser = make.client(pair.mentor.person)

    changed = {"met_on": day(-2), "how": "person", "version": "0"}
    assert "Your changes are saved." in text(
        browser.post(url("change_meeting", pair, meeting.pk), changed, follow=True)
    )
    assert "Taken out" in text(browser.post(url("remove_meeting", pair, meeting.pk), follow=True))
    assert "is back" in text(browser.post(url("bring_back_meeting", pair, meeting.pk), follow=True))
    assert SupportMeeting.objects.standing().get().met_on == day(-2)


def test_two_open_pages_lose_nothing(pair):
    meeting = build.meeting(pair, day(-1), did="First")
    first, second = make.client(pair.mentor.person), make.client(pair.councillor.person)
    address = url("change_meeting", pair, meeting.pk)
    typed = {"met_on": day(-1), "how": "video", **shown(text(first.get(address)))}

    first.post(address, {**typed, "did": "Of the mentor"})
    page = text(second.post(address, {**typed, "did": "Of the councillor"}))

    assert "The other one has changed this meeting since you opened the page" in page
    assert "Of the mentor" in page
    assert "Of the councillor" in page
    again = second.post(address, {**shown(page), "did": "Both"})
    assert again.status_code == 302
    assert SupportMeeting.objects.get().did == "Both"


@pytest.mark.parametrize("name", ["remove_meeting", "bring_back_meeting"])
def test_opening_the_address_of_a_button_changes_nothing(pair, name):
    meeting = build.meeting(pair, day(-1))

    answer = make.client(pair.mentor.person).get(url(name, pair, meeting.pk))

    assert (answer.status_code, SupportMeeting.objects.standing().count()) == (302, 1)


def test_the_next_day_is_agreed_moved_and_called_off(pair):
    browser = make.client(pair.councillor.person)

    browser.post(url("next_meeting", pair), {"on": day(3), "at": "10:00", "minutes": "30"})
    browser.post(url("next_meeting", pair), {"on": day(4), "at": "", "minutes": "30"})
    page = text(browser.post(url("call_off_next", pair), follow=True))

    assert "The date is off. Both of you are told." in page
    assert list(NextMeeting.objects.values_list("on", "at", "state", "sequence")) == [(day(4), None, "cancelled", 2)]


def test_the_two_change_how_often_they_meet(pair):
    browser = make.client(pair.councillor.person)

    assert "Enter a whole number from 1 to 90" in text(browser.post(url("change_rhythm", pair), {"days": "0"}))
    browser.post(url("change_rhythm", pair), {"days": "7"})

    assert Pair.objects.get().rhythm_days == 7


@pytest.mark.parametrize("name", ["log_meeting", "next_meeting", "change_rhythm", "call_off_next"])
def test_nobody_else_logs_for_a_pair_not_even_the_lead(pair, name):
    others = [build.lead(pair.cohort), build.mentor(pair.cohort), build.councillor(pair.cohort)]

    assert {make.client(other.person).post(url(name, pair)).status_code for other in others} == {404}


# --- Silence ------------------------------------------------------------------------------------------------------


@pytest.fixture
def silent(pair) -> Pair:
    """Expected eleven days ago; both were asked today at ten."""
    Pair.objects.filter(pk=pair.pk).update(introduced_at=NOW - timedelta(days=25))
    assert silences.queue_due(NOW) == 1
    return Pair.objects.with_people().get(pk=pair.pk)


def test_the_nudge_has_three_answers_that_do_nothing_before_a_button_is_pressed(silent):
    mail = Message.objects.filter(kind="networking/nudge", to_email=silent.councillor.person.email).get()
    links = re.findall(r"http\S+/networked-councillors/meeting/\S+", mail.text)

    browser = make.client()
    pages = [text(browser.get("/" + one.split("/", 3)[3])) for one in links]

    assert [re.search(r"/meeting/([\w-]+)/", one)[1] for one in links] == ["met", "moved", "not-met"]
    assert len(pages) == 3
    assert not SilenceAnswer.objects.exists()
    assert not SupportMeeting.objects.exists()
    assert all(one in mail.html for one in links)
    assert mail.unsubscribe_url


def test_one_says_why_and_the_other_does_not_read_it(silent):
    address = link(addresses.NOT_MET, silent, silent.mentor)

    assert "Select what was in the way" in text(make.client().post(address, {}))
    answer = make.client().post(address, {"why_not": "no_fit", "note": "We argue."})

    assert "Your answer is saved" in text(answer)
    assert SilenceAnswer.objects.get().note == "We argue."
    councillor = make.client(silent.councillor.person)
    for address in (url("pair", silent), silent.cohort.get_absolute_url()):
        page = text(councillor.get(address))
        assert "We argue." not in page
        assert "does not work between us" not in page


def test_moved_by_the_link_ends_the_silence(silent):
    answer = make.client().post(link(addresses.MOVED, silent), {"on": day(2), "at": "10:00", "minutes": "30"})

    assert "Friday 12 February 2027, 10am to 10:30am" in text(answer)
    assert not silent.silences.filter(ended_at=None).exists()


def test_an_old_link_answers_kindly_when_they_have_met_meanwhile(silent):
    build.meeting(silent, TODAY)

    answer = make.client().post(link(addresses.NOT_MET, silent), {"why_not": "away"})

    assert "Nobody is waiting for an answer" in text(answer)


def test_the_lead_reads_who_is_silent_and_why_and_says_known_and_fine(silent):
    lead = build.lead(silent.cohort)
    silences.say_not_met(silent, silent.mentor, why_not="no_reply", note="Three mails", now=NOW)
    browser = make.client(lead.person)
    support = reverse("networking:support", args=[silent.cohort.slug])

    assert "Ann Archer and " in text(browser.get(reverse("networking:lead", args=[silent.cohort.slug])))
    page = text(browser.get(support))
    assert "The other one does not answer." in page
    assert "Three mails" in page
    assert "Enter a day after today" in text(browser.post(url("fine", silent), {"until": TODAY, "why": "Leave"}))
    after = text(browser.post(url("fine", silent), {"until": day(30), "why": "On leave"}, follow=True))
    assert "Nobody. Whoever misses a meeting" in after
    assert "12 March: On leave" in after
    browser.post(url("lift_fine", silent))
    assert FineUntil.objects.get().lifted_at == NOW


def test_a_lead_of_another_cohort_reads_nothing(silent):
    other = make.client(build.lead().person)

    assert other.get(reverse("networking:support", args=[silent.cohort.slug])).status_code == 404
    assert other.post(url("fine", silent), {"until": day(9), "why": "x"}).status_code == 404


def test_a_cohort_without_pairs_is_told_what_to_do_first():
    lead = build.lead()

    page = text(make.client(lead.person).get(reverse("networking:support", args=[lead.cohort.slug])))

    assert "There are no pairs yet." in page


def test_the_leads_list_asks_as_often_for_one_pair_as_for_three(silent):
    lead, counts = build.lead(silent.cohort), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            make.client(lead.person).get(reverse("networking:support", args=[silent.cohort.slug]))
        counts.append(len(queries))
        for _ in range(2):
            build.pair(build.councillor(silent.cohort), introduced_at=NOW - timedelta(days=40))
        silences.queue_due(NOW)

    assert counts[0] == counts[1]


# --- Homes --------------------------------------------------------------------------------------------------------


def test_the_home_of_both_says_what_waits_and_what_comes(silent):
    for member in (silent.councillor, silent.mentor):
        page = text(make.client(member.person).get(silent.cohort.get_absolute_url()))
        assert f"A meeting with {silent.other(member).person.name} was expected by" in page

    build.agreed(silent, day(2))
    page = text(make.client(silent.mentor.person).get(silent.cohort.get_absolute_url()))
    assert "Support meeting with Ann Archer" in page
    assert "<strong>Friday 12 February 2027</strong>" in page
    assert "Next 12 February. No meeting yet" in page


def test_an_agreed_day_that_has_come_asks_for_the_meeting_to_be_logged(pair):
    build.agreed(pair, TODAY)

    page = text(make.client(pair.councillor.person).get(pair.cohort.get_absolute_url()))

    assert "agreed to meet on Wednesday 10 February 2027." in page
