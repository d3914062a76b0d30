"""Who came, from the report to the list: read, looked through, taken over, undone."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from meetups.models import AttendanceImport, LearnedAlias, Meetup, SignUp
from meetups.timings import LONDON
from outbox.models import Message
from people.models import Person
from tests import make, reading

pytestmark = pytest.mark.django_db

REPORTS = Path(__file__).parent / "reports"
HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"
AFTER = datetime(2027, 2, 24, 15, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def meetup() -> Meetup:
    made = make.meetup()
    for name, email in (
        ("Priya Ward", "priya.ward@northmoor.gov.uk"),
        ("Robert Jones", "bob@mole.gov.uk"),
        ("Cyd Ant", "cyd@ant.gov.uk"),
    ):
        make.signup(meetup=made, name=name, email=email)
    return made


@pytest.fixture
def olive() -> Client:
    return make.client(make.organiser(name="Organising Olive"))


def line(name: str, email: str = "", day: str = "24/02/2027") -> str:
    return f"{name},{email},{day} 10:02:00,{day} 11:32:00,90,Yes\n"


def url(name: str, meetup: Meetup, *more: int) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug, *more])


def upload(client: Client, meetup: Meetup, data: str | bytes, name: str = "report.csv"):
    raw = data.encode() if isinstance(data, str) else data
    return client.post(url("attendance", meetup), {"report": SimpleUploadedFile(name, raw)})


def who_came(meetup: Meetup) -> list[str]:
    return sorted(meetup.signups.filter(came_at__isnull=False).values_list("name", flat=True))


def confirm(client: Client, meetup: Meetup, **decisions: str):
    form = client.get(url("review_attendance", meetup)).context["form"]
    said = {name: form[name].value() or "" for name in form.fields if name != "sure"}
    return client.post(url("review_attendance", meetup), {**said, "sure": list(form.certain), **decisions})


REPORT = HEAD + line("Priya", "priya.ward@northmoor.gov.uk") + line("Rob Jones") + line("Zed Zebra")


def test_nothing_counts_before_it_is_confirmed(meetup, olive):
    answer = upload(olive, meetup, REPORT)

    assert (answer.status_code, answer.url) == (302, url("review_attendance", meetup))
    said = reading.words(olive.get(answer.url))
    assert "Nothing is changed yet." in said
    assert "“Priya” in the report: same email" in said
    assert "Decide who this is" in said
    assert "Who is Rob Jones?" in said
    assert "Not on the list Nobody who signed up is like these people. Zed Zebra" in said
    assert "Signed up and not in the report: 1 person Cyd Ant (Wessex Council)" in said
    assert who_came(meetup) == []


def test_whoever_is_unsure_has_to_be_decided(meetup, olive):
    upload(olive, meetup, REPORT)

    answer = confirm(olive, meetup)

    assert reading.errors(answer) == ["Select who Rob Jones is, or leave them out"]
    assert who_came(meetup) == []


def test_confirmed_people_came_and_what_was_decided_is_remembered(meetup, olive):
    bob = meetup.signups.get(name="Robert Jones")
    upload(olive, meetup, REPORT)

    answer = confirm(olive, meetup, who_1=str(bob.pk))

    assert (answer.status_code, answer.url) == (302, url("attendance", meetup))
    assert who_came(meetup) == ["Priya Ward", "Robert Jones"]
    assert SignUp.objects.get(pk=bob.pk).came_at == datetime(2027, 2, 24, 10, 2, tzinfo=LONDON)
    assert list(LearnedAlias.objects.values_list("shown", "person")) == [("Rob Jones", bob.person_id)]
    again = make.meetup()
    make.signup(meetup=again, name="Robert Jones", email="bob@mole.gov.uk")
    upload(olive, again, HEAD + line("Rob Jones"))
    assert "“Rob Jones” in the report: known as “Rob Jones”" in reading.words(
        olive.get(url("review_attendance", again))
    )


def test_somebody_without_a_sign_up_is_added_without_a_mail(meetup, olive):
    upload(olive, meetup, HEAD + line("Zed Zebra"))
    mails = Message.objects.count()

    wrong = confirm(olive, meetup, who_0="add")
    assert reading.errors(wrong) == ["Enter the email address of Zed Zebra"]
    confirm(olive, meetup, who_0="add", email_0="zed@zebra.gov.uk")

    assert who_came(meetup) == ["Zed Zebra"]
    assert Message.objects.count() == mails


def test_undoing_takes_back_just_what_the_report_said(meetup, olive):
    bob = meetup.signups.get(name="Robert Jones")
    joined = datetime(2027, 2, 24, 9, 59, tzinfo=LONDON)
    meetup.signups.filter(name="Priya Ward").update(came_at=joined)
    upload(olive, meetup, REPORT)
    confirm(olive, meetup, who_1=str(bob.pk), who_2="add", email_2="zed@zebra.gov.uk")
    assert who_came(meetup) == ["Priya Ward", "Robert Jones", "Zed Zebra"]
    undo = url("undo_attendance", meetup, AttendanceImport.objects.get().pk)
    assert "2 people are noted as having come because of this report alone." in reading.words(olive.get(undo))
    assert who_came(meetup) == ["Priya Ward", "Robert Jones", "Zed Zebra"]

    olive.post(undo)

    assert who_came(meetup) == ["Priya Ward"]
    assert meetup.signups.get(name="Priya Ward").came_at == joined
    assert not meetup.signups.filter(name="Zed Zebra").exists()
    assert not Person.objects.filter(email="zed@zebra.gov.uk").exists()
    assert not LearnedAlias.objects.exists()
    assert "Somebody else has dealt with this report" in reading.words(olive.post(undo, follow=True))


def test_a_report_can_be_thrown_away(meetup, olive):
    upload(olive, meetup, REPORT)

    olive.post(url("discard_attendance", meetup))

    assert not AttendanceImport.objects.exists()
    assert who_came(meetup) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04rest", "This is an Excel workbook, a Word file or a zip file, not a table."),
        ("Colour,Size\nred,4\n", "We do not know a report with the columns “Colour”, “Size”."),
        (HEAD, "but there are no people in it."),
        (HEAD + line("Ann", day="23/02/2027"), "This report is of Tuesday 23 February 2027, but the meet-up was on"),
        ("10:02:11\t From Ann to Everyone: hello", "This is the chat of a call, not the list of who came."),
        ("Pre-assign Room Name,Email Address\nOak,a@b.uk\n", "This is a list of breakout rooms, not of who came."),
        ((REPORTS / "zoom_registration.csv").read_bytes(), "it says who registered, not who came."),
        (HEAD + "x" * 1_000_000, "The file must be 1 MB or smaller"),
    ],
)
def test_a_wrong_file_says_what_it_is_and_changes_nothing(data, said, meetup, olive):
    answer = upload(olive, meetup, data)

    assert answer.status_code == 200
    assert said in " ".join(reading.errors(answer))
    assert not AttendanceImport.objects.exists()
    assert who_came(meetup) == []


def everything() -> list[object]:
    """All rows that a report could change."""
    tables = (AttendanceImport, LearnedAlias, SignUp, Person, Message)
    return [list(table.objects.order_by("pk").values()) for table in tables]


WRONG_FILES = {
    "an image": (b"\x89PNG\r\n\x1a\n", "This is an image, not a table."),
    "an empty report": (HEAD, "but there are no people in it."),
    "a report of nobody": (
        "Attended,User Name (Original Name),Email,Join Time,Leave Time\nNo,A,a@b.uk,--,--\n", "nobody came",
    ),
    "unknown columns": (
        "Colour,Size,Who\nred,4,Ann\n", "We do not know a report with the columns “Colour”, “Size”, “Who”.",
    ),
    "a line that is no date": (
        HEAD + line("Cyd Ant") + "Zed,,yesterday,,90,Yes\n", "Line 3: we cannot read “yesterday” as a date and time.",
    ),
    "another day": (
        HEAD + line("Cyd Ant", day="23/02/2027"),
        "This report is of Tuesday 23 February 2027, but the meet-up was on Wednesday 24 February 2027.",
    ),
    "the chat": ((REPORTS / "zoom_chat.txt").read_bytes(), "This is the chat of a call, not the list of who came."),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_FILES)
def test_a_wrong_file_leaves_what_was_counted_and_what_waits_to_be_looked_through(what, meetup, olive):
    upload(olive, meetup, HEAD + line("Priya", "priya.ward@northmoor.gov.uk"), "counted.csv")
    confirm(olive, meetup)
    upload(olive, meetup, HEAD + line("Cyd Ant", "cyd@ant.gov.uk"), "waits.csv")
    before = everything()
    data, said = WRONG_FILES[what]

    answer = upload(olive, meetup, data, "wrong.csv")

    assert said in " ".join(reading.errors(answer))
    assert answer.content.decode().count("<title>Error: ") == 1
    assert everything() == before
    assert who_came(meetup) == ["Priya Ward"]
    assert "waits.csv" in reading.words(olive.get(url("review_attendance", meetup)))


def test_two_reports_of_different_days_that_were_swapped_are_both_refused(meetup, olive):
    other = make.meetup(starts_at=make.START - timedelta(days=7))
    make.signup(meetup=other, name="Cyd Ant", email="cyd@ant.gov.uk", now=make.NOW - timedelta(days=1))

    first = upload(olive, meetup, HEAD + line("Cyd Ant", day="17/02/2027"))
    second = upload(olive, other, HEAD + line("Cyd Ant", day="24/02/2027"))

    assert "but the meet-up was on Wednesday 24 February 2027." in " ".join(reading.errors(first))
    assert "but the meet-up was on Wednesday 17 February 2027." in " ".join(reading.errors(second))
    assert not AttendanceImport.objects.exists()


@pytest.mark.parametrize(
    ("times", "is_odd"), [("14:02:00,24/02/2027 15:32:00", False), ("16:30:00,24/02/2027 17:30:00", True)]
)
def test_the_report_of_another_call_of_that_day_is_shown_with_a_warning(times, is_odd, meetup, olive):
    upload(olive, meetup, HEAD + f"Cyd Ant,cyd@ant.gov.uk,24/02/2027 {times},90,Yes\n")

    said = reading.words(olive.get(url("review_attendance", meetup)))

    warning = (
        "People in this report joined between 4:30pm and 4:30pm, and the meet-up was on Wednesday 24 February 2027, "
        "10am to 12 noon. Check that it is the right file."
    )
    assert (warning in said) == is_odd


def test_the_report_is_not_taken_for_the_chat(meetup, olive):
    for name in ("zoom_participants_new.csv", "zoom_registration.csv", "meet.csv"):
        report = (REPORTS / name).read_text(encoding="utf-8-sig")

        answer = olive.post(reverse("meetups:read_chat", args=[meetup.slug]), {"chat": report})

        assert reading.errors(answer) == ["This is the report of who came, not the chat. Read it under “Who came”"]


def test_no_file_is_asked_for(meetup, olive):
    assert reading.errors(olive.post(url("attendance", meetup), {})) == ["Select the report"]


def test_a_second_report_takes_the_place_of_one_that_was_not_confirmed(meetup, olive):
    upload(olive, meetup, REPORT, "first.csv")
    upload(olive, meetup, HEAD + line("Cyd Ant"), "second.csv")

    assert [one.file_name for one in AttendanceImport.objects.all()] == ["second.csv"]


def test_a_page_made_for_one_report_decides_nothing_about_another(meetup, olive):
    """People in a report go by their place in it: the same place in the next report is somebody else."""
    upload(olive, meetup, REPORT)
    form = olive.get(url("review_attendance", meetup)).context["form"]
    said = {name: form[name].value() or "" for name in form.fields if name != "sure"}
    upload(olive, meetup, HEAD + line("Zed Zebra") + line("Priya", "priya.ward@northmoor.gov.uk") + line("Rob Jones"))

    answer = olive.post(url("review_attendance", meetup), {**said, "sure": list(form.certain)}, follow=True)

    assert "Another report was read after you opened this page. Nothing was taken over." in reading.words(answer)
    assert who_came(meetup) == []
