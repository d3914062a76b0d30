"""Inquiries, complaints, the search deck: behaviour people meet on the pages."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import history, inquiries, retention, subjects
from evidence.models import Complaint, Inquiry, ItemEvent, Search
from meetups.timings import LONDON
from outbox.models import Message
from searchdeck import loading
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


def typed(**fields):
    said = {
        "title": "Support for young carers",
        "committee": "Children and families committee",
        "purpose": "Do young carers get help?",
        "statutory_function": "Local Government Act 2000, section 9F",
        "topics": "Respite: young carers break\nSchools",
        "starts_on": "2027-02-11",
        "ends_on": "2027-05-01",
        "keep_days": "90",
        "contact_email": "scrutiny@wessex.gov.uk",
    }
    return {**said, **fields}


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def test_an_organiser_makes_an_inquiry_and_is_its_officer():
    person = make.organiser()

    answer = make.client(person).post("/evidence/new/", typed())

    inquiry = Inquiry.objects.get()
    assert answer["Location"] == page(inquiry)
    assert [(topic.name, topic.words) for topic in inquiry.topics.all()] == [
        ("Respite", "young carers break"),
        ("Schools", ""),
    ]
    assert inquiry.role_of(person) == "officer"


@pytest.mark.parametrize(
    ("topic", "why"),
    [
        ("@janedoe", subjects.A_HANDLE),
        ("Respite: from:janedoe", subjects.AN_OPERATOR),
        ("u/janedoe", subjects.A_HANDLE),
        ("https://x.com/janedoe", subjects.A_PROFILE),
        ("facebook.com/jane.doe", subjects.A_PROFILE),
        ("https://example.org/page", subjects.AN_ADDRESS),
        ("jane@example.org", subjects.A_HANDLE),
    ],
)
def test_a_topic_that_is_a_person_is_refused_and_what_was_typed_is_kept(topic, why):
    answer = make.client(make.organiser()).post("/evidence/new/", typed(topics=f"Schools\n{topic}"))

    assert reading.errors(answer) == [f"“{topic}” {why}"]
    assert topic in reading.words(answer)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("topic", ["Word of mouth: hear from: parents", "from: janedoe", "Buses by:janedoe"])
def test_a_topic_that_would_search_for_one_account_is_refused_however_it_is_spaced(topic):
    answer = make.client(make.organiser()).post("/evidence/new/", typed(topics=topic))

    assert reading.errors(answer) == [f"“{topic}” {subjects.AN_OPERATOR}"]


def test_prose_may_say_from_to_and_by_and_point_to_a_page():
    said = {
        "title": "Travel to: school and back",
        "purpose": "We hear from: parents and schools. See https://www.wessex.gov.uk/carers and the strategy.",
        "questions": "What should be decided by: the council?\nWho pays?",
        "topics": "Hear from: parents\nRespite: young carers break",
    }

    make.client(make.organiser()).post("/evidence/new/", typed(**said))

    inquiry = Inquiry.objects.get()
    assert (inquiry.title, inquiry.purpose) == (said["title"], said["purpose"])
    assert [topic.name for topic in inquiry.topics.all()] == ["Hear from", "Respite"]


@pytest.mark.parametrize("field", ["title", "purpose", "questions"])
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("What does @janedoe say?", subjects.A_HANDLE),
        ("What does jane@example.org say?", subjects.A_HANDLE),
        ("What is behind https://x.com/janedoe?", subjects.A_PROFILE),
        ("As in https://x.com/janedoe/status/1789012345678901234", subjects.A_POST),
    ],
)
def test_prose_that_leads_to_a_person_is_refused(field, words, why):
    answer = make.client(make.organiser()).post("/evidence/new/", typed(**{field: words}))

    assert reading.errors(answer) == [f"This {why}"]
    assert not Inquiry.objects.exists()


def test_two_officers_who_change_it_at_once_are_told_and_nothing_typed_is_lost():
    inquiry = build.inquiry()
    client = make.client(build.officer(inquiry))
    inquiries.change(inquiry, build.plan(title="Theirs"), version=0, now=build.NOW, by=build.officer(inquiry))

    answer = client.post(page(inquiry, "edit/"), typed(title="Mine", version="0"))

    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()
    inquiry.refresh_from_db()
    assert inquiry.title == "Theirs"


def test_everybody_can_read_what_why_and_how_long_but_not_of_a_draft():
    opened, draft = build.inquiry(), build.inquiry(state="draft")

    said = reading.words(make.client().get(f"/evidence/about/{opened.slug}/"))

    assert "Do young carers get the help they need?" in said
    assert "Overview and scrutiny, Local Government Act 2000, section 9F" in said
    assert "Until Saturday 10 July 2027" in said
    assert make.client().get(f"/evidence/about/{draft.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("items", "going"),
    [
        ([], ""),
        ([{"reliance": "relied"}], ""),
        ([{}], "; 1 item that nobody relies on goes after Monday 12 July 2027"),
        (
            [{}, {"categories": ["health"]}, {"reliance": "relied"}],
            "; 2 items that nobody relies on go, the first after Thursday 13 May 2027",
        ),
    ],
)
def test_past_its_planned_end_officers_are_asked_to_close_it_while_they_can_still_keep_what_would_go(items, going):
    inquiry = build.inquiry(ends_on=date(2027, 4, 13))
    for fields in items:
        build.accepted(inquiry, **fields)
    officer = build.officer(inquiry)
    line = f"Listening should have ended on Tuesday 13 April 2027{going}. Close it, or give it a later end"

    with time_machine.travel(datetime(2027, 4, 13, 20, tzinfo=LONDON), tick=False):
        assert "should have ended" not in reading.words(make.client(officer).get(page(inquiry)))
    with time_machine.travel(datetime(2027, 4, 14, 6, tzinfo=LONDON), tick=False):
        client = make.client(officer)
        assert line in reading.words(client.get(page(inquiry)))
        assert "Give it a later end instead" in reading.words(client.get(page(inquiry, "close/")))
        inquiries.hold(inquiry, because="FOI 2027/12", now=build.NOW, by=officer)
        assert "Tuesday 13 April 2027. Close it" in reading.words(client.get(page(inquiry)))
        inquiries.close(inquiry, now=build.NOW)
        assert "should have ended" not in reading.words(client.get(page(inquiry)))


def test_everybody_reads_what_becomes_of_what_is_heard_late():
    inquiry = build.inquiry(ends_on=date(2027, 4, 13))

    said = reading.words(make.client().get(f"/evidence/about/{inquiry.slug}/"))

    assert "What we hear later than Tuesday 13 April 2027: as many days, counted from then." in said


def test_a_complaint_starts_a_clock_of_thirty_days_and_its_answer_is_sent_once():
    inquiry = build.inquiry()
    officer = build.officer(inquiry)
    form = {"kind": "objection", "text": "That was mine", "name": "", "email": "jane@example.org"}

    make.client().post(f"/evidence/about/{inquiry.slug}/complain/", form)

    complaint = Complaint.objects.get()
    assert complaint.due_on == build.TODAY + timedelta(days=30)
    assert {mail.to_email for mail in Message.objects.all()} == {"jane@example.org", officer.email}
    assert all("That was mine" not in mail.text for mail in Message.objects.all())
    client = make.client(officer)
    assert "30 days left" in reading.words(client.get(page(inquiry)))
    for words in ("We took it out.", "Another answer"):
        client.post(page(inquiry, f"complaints/{complaint.pk}/"), {"answer": words})
    answers = [mail.text for mail in Message.objects.filter(kind="evidence/complaint_answered")]
    assert len(answers) == 1
    assert "We took it out." in answers[0]


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        ("complaint", "a complaint"), ("objection", "an objection"),
        ("request", "a request"), ("question", "a question"),
    ],
)  # fmt: skip
def test_officers_read_what_somebody_sent_in_words_of_theirs(kind, noun):
    inquiry = build.inquiry(title="Young carers")
    form = {"kind": kind, "text": "About a post of mine", "name": "", "email": ""}

    make.client().post(f"/evidence/about/{inquiry.slug}/complain/", form)

    mail = Message.objects.get()
    named = noun.capitalize()
    assert mail.subject == f"{named} about “Young carers”: answer by Friday 12 March 2027"
    told = f"Somebody sent {noun} about “Young carers”. They are owed an answer by Friday 12 March 2027."
    assert told in mail.text
    assert told in mail.html
    client = make.client(build.officer(inquiry))
    assert f"{named}: answer by Friday 12 March 2027, 30 days left." in reading.words(client.get(page(inquiry)))
    assert f"{named}, received" in reading.words(client.get(page(inquiry, "complaints/")))
    shown = client.get(page(inquiry, f"complaints/{Complaint.objects.get().pk}/"))
    assert reading.heading(shown) == named


def test_those_who_leave_no_address_are_not_counted_as_one_person(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "evidence:complain": [(30, 600, "ip"), (1, 600, "key")]}
    address = f"/evidence/about/{build.inquiry().slug}/complain/"

    answers = [make.client().post(address, {"kind": "question", "text": "Why?"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 302]


def test_the_last_officer_stays():
    inquiry = build.inquiry()
    officer = build.officer(inquiry)
    own = inquiry.memberships.get()

    make.client(officer).post(page(inquiry, f"people/{own.pk}/remove/"))
    make.client(officer).post(page(inquiry, "people/"), {"email": officer.email, "role": "reader"})

    assert inquiry.role_of(officer) == "officer"


def test_one_click_writes_the_search_down_then_leads_to_the_platform():
    loading.load()
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    form = {"source": "x", "words": "carers from:janedoe", "place": "Essex", "topic": build.topic(inquiry).pk}

    answer = make.client(who).post(page(inquiry, "search/go/"), form)

    row = Search.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "https://x.com/search?q=carers+Essex&f=live")
    assert (row.source_name, row.words, row.place, row.searched_by) == ("X", "carers", "Essex", who)
    make.client(who).post(page(inquiry, f"searches/{row.pk}/"), {"looked_at": "0", "logged": "0", "minutes": "5"})
    row.refresh_from_db()
    assert (row.looked_at, row.logged, row.minutes) == (0, 0, 5)


def test_a_source_that_searches_for_a_place_is_offered_only_with_one():
    loading.load()
    inquiry = build.inquiry()
    client, name = make.client(build.contributor(inquiry)), "FixMyStreet"
    form = {"source": "fixmystreet", "words": "potholes", "topic": build.topic(inquiry).pk}

    without = client.get(page(inquiry, "search/?words=potholes")).content.decode()
    with_one = client.get(page(inquiry, "search/?words=potholes&place=Essex")).content.decode()
    refused = client.post(page(inquiry, "search/go/"), {**form, "place": ""}, follow=True)
    assert not Search.objects.exists()
    taken = client.post(page(inquiry, "search/go/"), {**form, "place": "Essex"})

    assert ('value="fixmystreet"' in without, 'value="fixmystreet"' in with_one) == (False, True)
    assert f"{name}</strong>: enter a place above to search there." in without
    assert "Not checked yet." in without
    assert f"{name} searches for a place. Enter one first." in reading.words(refused)
    assert (taken.status_code, Search.objects.get().source_name) == (303, name)


def test_looking_at_the_deck_logs_nothing_and_only_that_page_lets_a_form_leave():
    loading.load()
    inquiry = build.inquiry()
    client = make.client(build.contributor(inquiry))

    answer = client.get(page(inquiry, "search/?words=carers+@janedoe"))

    assert "Left out, because it looks for a person: @janedoe" in reading.words(answer)
    assert "form-action 'self' https:" in answer["Content-Security-Policy"]
    assert "form-action 'self';" in client.get(page(inquiry))["Content-Security-Policy"] + ";"
    assert not Search.objects.exists()


def test_more_cannot_be_logged_than_was_looked_at():
    inquiry = build.inquiry()
    row = build.search(inquiry, looked_at=None, logged=None)

    answer = make.client(build.officer(inquiry)).post(
        page(inquiry, f"searches/{row.pk}/"), {"looked_at": "2", "logged": "3"}
    )

    assert reading.errors(answer) == ["You cannot log more than you looked at"]


def test_a_legal_hold_needs_a_reason():
    inquiry = build.inquiry()
    client = make.client(build.officer(inquiry))

    assert reading.errors(client.post(page(inquiry, "hold/"), {"because": ""})) == ["Enter why nothing may be removed"]
    client.post(page(inquiry, "hold/"), {"because": "FOI 2027/12"})
    inquiry.refresh_from_db()
    assert (inquiry.is_held, inquiry.held_because) == (True, "FOI 2027/12")
    client.post(page(inquiry, "hold/lift/"))
    inquiry.refresh_from_db()
    assert not inquiry.is_held


@pytest.mark.parametrize("day", ["starts_on", "ends_on", "meeting_on"])
def test_a_slip_of_the_year_is_refused_before_any_clock_counts_on_from_it(day):
    years = {"starts_on": "0001-02-11", "ends_on": "9999-12-31", "meeting_on": "9999-12-31"}

    answer = make.client(make.organiser()).post("/evidence/new/", typed(**{day: years[day]}))

    assert reading.errors(answer) == ["Enter a year between 2000 and 2100"]
    assert not Inquiry.objects.exists()


def test_a_report_from_before_the_listening_starts_no_clock():
    inquiry = build.inquiry()
    item = build.accepted(inquiry)

    answer = make.client(build.officer(inquiry)).post(page(inquiry, "reported/"), {"reported_on": "2017-02-11"})
    retention.sweep(build.NOW)

    assert reading.errors(answer) == ["The report cannot be from before the listening started"]
    assert list(inquiry.items.all()) == [item]


def test_a_report_from_after_today_puts_off_no_clock():
    inquiry = build.inquiry()
    client, tomorrow = make.client(build.officer(inquiry)), build.TODAY + timedelta(days=1)

    refused = client.post(page(inquiry, "reported/"), {"reported_on": tomorrow.isoformat()})
    taken = client.post(page(inquiry, "reported/"), {"reported_on": build.TODAY.isoformat()})

    assert reading.errors(refused) == ["The report cannot be from after today. Come back when the committee has it"]
    inquiry.refresh_from_db()
    assert (taken.status_code, inquiry.reported_on) == (302, build.TODAY)


def test_nobody_puts_off_the_clocks_without_a_trace_in_the_history():
    inquiry = build.inquiry()
    officer = build.officer(inquiry)
    client = make.client(officer)
    form = typed(topics="Respite\nSchools", starts_on="2027-01-31", ends_on="2060-01-01", keep_days="365", version="0")

    client.post(page(inquiry, "edit/"), form)
    client.post(page(inquiry, "edit/"), {**form, "version": "1", "title": "Another title"})
    client.post(page(inquiry, "reported/"), {"reported_on": build.TODAY.isoformat()})

    events = ItemEvent.objects.filter(inquiry=inquiry)
    told = [(event.by, *(event.facts[name] for name in ("rule", "from", "to"))) for event in events]
    assert told == [
        (officer, "listening ends", "2027-04-11", "2060-01-01"),
        (officer, "the committee meets", "2027-05-11", "none"),
        (officer, "days kept", "90", "365"),
        (officer, "day of the report", "none", "2027-02-10"),
    ]
    assert all(event.seal == history.seal_of(event) for event in events)
    exported = client.get(page(inquiry, "reports/audit.csv")).content.decode("utf-8-sig")
    assert "days from which lives are counted were changed" in exported
    assert "to: 2060-01-01" in exported


def test_the_days_of_a_draft_leave_no_history():
    draft = build.inquiry(state="draft")

    inquiries.change(draft, build.plan(keep_days=30), version=0, now=build.NOW, by=build.officer(draft))

    draft.refresh_from_db()
    assert (draft.keep_days, draft.history_length) == (30, 0)


def test_an_inquiry_that_turns_out_to_be_about_children_hides_what_it_has_already():
    inquiry = build.inquiry()
    item = build.accepted(inquiry, exact_words="My daughter waits")
    who = make.client(build.contributor(inquiry))
    before = reading.words(who.get(page(inquiry, f"items/{item.pk}/")))

    inquiries.change(inquiry, build.plan(about_children=True), version=0, now=build.NOW, by=build.officer(inquiry))

    assert "My daughter waits" in before
    assert "My daughter waits" not in reading.words(who.get(page(inquiry, f"items/{item.pk}/")))


def test_only_who_searched_says_what_came_of_it_and_an_officer_may_put_it_right_under_their_own_name():
    inquiry = build.inquiry()
    who, other = build.contributor(inquiry, name="Cora Contributor"), build.contributor(inquiry)
    row = build.search(inquiry, searched_by=who, looked_at=20, logged=2, minutes=10)
    officer, address = make.client(build.officer(inquiry)), page(inquiry, f"searches/{row.pk}/")
    none = {"looked_at": "0", "logged": "0", "minutes": "0"}

    others = make.client(other)
    refused = [others.get(address).status_code, others.post(address, none).status_code]
    link = [address in make.client(one).get(page(inquiry, "searches/")).content.decode() for one in (who, other)]
    row.refresh_from_db()
    kept = (row.looked_at, row.logged)
    make.client(who).post(address, {"looked_at": "21", "logged": "2", "minutes": "10"})
    officer.post(address, {"looked_at": "22", "logged": "2", "minutes": "10", "note": "Counted again"})

    assert (refused, link, kept) == ([404, 404], [True, False], (20, 2))
    row.refresh_from_db()
    assert (row.looked_at, row.searched_by, row.finished_by) == (22, who, build.officer(inquiry))
    assert "Counted again (put right by Olu Officer)" in reading.words(others.get(page(inquiry, "searches/")))
    assert "put right by Olu Officer" in officer.get(page(inquiry, "reports/audit.csv")).content.decode()


def test_two_inquiries_of_one_title_made_at_once_have_two_addresses(monkeypatch):
    first = build.inquiry(title="Support for young carers")
    free, taken = inquiries._slug("Support for young carers"), first.slug
    answers = [taken, free]  # the other one was quicker after we had looked for what is free
    monkeypatch.setattr(inquiries, "_slug", lambda title: answers.pop(0))

    answer = make.client(make.organiser()).post("/evidence/new/", typed(title="Support for young carers"))

    assert (answer.status_code, free) == (302, "support-for-young-carers-2")
    assert sorted(Inquiry.objects.values_list("slug", flat=True)) == [taken, free]


def test_an_officer_who_takes_the_part_of_another_looks_at_who_is_left_by_then():
    """Two officers who make a reader of each other at once: the second sees what the first did."""
    inquiry = build.inquiry()
    first = build.officer(inquiry)
    second = build.member(inquiry, "officer")
    of_second = inquiry.memberships.get(person=second)

    inquiries.add(inquiry, first, "reader", now=build.NOW, by=second)
    of_second.role = "reader"  # as somebody saw it before
    with pytest.raises(inquiries.LastOfficer):
        inquiries.remove(inquiry, of_second)
    with pytest.raises(inquiries.LastOfficer):
        inquiries.add(inquiry, second, "reader", now=build.NOW, by=first)


def test_a_part_is_given_with_the_row_of_the_inquiry_locked():
    inquiry, person = build.inquiry(), make.person()

    with CaptureQueriesContext(connection) as asked:
        inquiries.add(inquiry, person, "contributor", now=build.NOW, by=None)

    first = next(query["sql"] for query in asked if query["sql"].startswith("SELECT"))
    assert 'FROM "evidence_inquiry"' in first
    assert first.endswith("FOR UPDATE") or "FOR UPDATE OF" in first or connection.vendor == "sqlite"


def test_a_form_with_two_dates_says_which_one_is_missing():
    answer = make.client(make.organiser()).post("/evidence/new/", typed(starts_on="", ends_on=""))

    assert reading.errors(answer) == ["Enter the day listening starts", "Enter the day listening ends"]


def test_an_officer_reads_what_is_in_no_report_yet_because_it_is_in_no_theme():
    inquiry = build.inquiry()
    item = build.accepted(inquiry, reliance="relied")
    client = make.client(build.officer(inquiry))
    line = "1 item is relied on and in no theme, so in no report. Put into a theme"
    note = "There is no theme yet, and a report is made of themes"

    before = [reading.words(client.get(page(inquiry, rest))) for rest in ("", "reports/new/")]
    build.theme(inquiry, items=[item])
    after = [reading.words(client.get(page(inquiry, rest))) for rest in ("", "reports/new/")]

    assert [line in before[0], note in before[1], line in after[0], note in after[1]] == [True, True, False, False]
    other = make.client(build.contributor(inquiry))
    assert "in no theme" not in reading.words(other.get(page(inquiry)))
