from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups.attendance import Attendee, UnknownReport, read_report

REPORTS = Path(__file__).parent / "reports"
FEBRUARY, JULY = date(2027, 2, 24), date(2027, 7, 7)
OLD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def report(name: str) -> bytes:
    return (REPORTS / name).read_bytes()


def zoom(*rows: str, heading: str = OLD) -> bytes:
    return "\n".join([heading, *rows]).encode()


def refused(data: bytes, on: date = FEBRUARY) -> str:
    with pytest.raises(UnknownReport) as refusal:
        read_report(data, on=on)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (b"PK\x03\x04rest", "This is an Excel workbook, a Word file or a zip file, not a table."),
        (b"\xd0\xcf\x11\xe0rest", "This is an old Excel or Word file, not a table."),
        (b"%PDF-1.7", "This is a PDF, not a table."),
        (b"\x89PNG\r\n", "This is an image, not a table."),
        (b"\xff\xd8\xff\xe0", "This is an image, not a table."),
        (b"<!DOCTYPE html><table>", "This is a web page or another file with tags, not an attendance report."),
        (b'{"participants": []}', "This is JSON or program text, not an attendance report."),
        (b"WEBVTT\n\n1", "This is the transcript or the captions of a call, not an attendance report."),
        (b"BEGIN:VCALENDAR", "This is a calendar file, not an attendance report."),
        (bytes(range(1, 32)) * 5, "This is not a text file, so there is no table in it."),
        (b"Dear all,\nthank you", "This is a text without columns, not a report."),
        (b"Name,Email address,Council or organisation,Role,Attending,State,Signed up,Came\nA,a@b.uk,C,,,,,",
         "This is a list of people who signed up: it has names and addresses, but not when they joined."),
        (b"Pre-assign Room Name,Email Address\nRoom 1,a@b.uk", "This is a list of breakout rooms, not of who came."),
        (b"Date,Amount,Payee\n1/2/27,3.00,Zoom", "We do not know a report with the columns “Date”, “Amount”, “Payee”."),
        (OLD.encode(), "This is a Zoom participants report, but there are no people in it."),
        (b"Attended,User Name (Original Name),Email,Join Time,Leave Time\nNo,A,a@b.uk,--,--",
         "This is a Zoom webinar report, but according to it nobody came."),
        (zoom("Ann,,yesterday,,30,Yes"), "Line 2: we cannot read “yesterday” as a date and time."),
        (zoom("Ann,,,,a while,Yes"), "Line 2: we cannot read “a while” as a length of time."),
        (zoom("Ann,,2027-02-24 11:00,2027-02-24 10:00,,"),
         "Line 2: somebody leaves before they join, so the file may be damaged."),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_with_a_sentence_that_says_what_it_is(data, said):
    assert refused(data).startswith(said)


def test_a_report_of_a_whole_year_is_refused():
    assert refused(zoom(*["Ann,,,,1,Yes"] * 20_001)).startswith("The file has more than 20,000 rows.")


def test_the_chat_of_a_call_is_recognised():
    assert refused(report("zoom_chat.txt")).startswith("This is the chat of a call, not the list of who came.")


def test_the_list_of_calls_is_recognised():
    assert refused(report("zoom_meetings.csv")).startswith("This is Zoom's list of calls, without the people in them.")


@pytest.mark.parametrize("name", ["zoom_participants_old.csv", "zoom_registration.csv", "zoom_webinar.csv"])
def test_a_report_of_another_day_is_refused_and_says_which_day_it_is_of(name):
    assert refused(report(name), on=JULY) == (
        "This report is of Wednesday 24 February 2027, but the meet-up was on Wednesday 7 July 2027."
    )


def test_the_summary_tells_the_day_when_nobody_has_times():
    summary = "Topic,Start Time\nMeet-up,02/24/2027 10:00:00 AM\n\n"
    data = zoom("Ann,,30,Yes", heading=f"{summary}Name (Original Name),User Email,Total Duration (Minutes),Guest")

    assert read_report(data, on=FEBRUARY) == [Attendee("Ann", minutes=30)]
    assert refused(data, on=JULY).startswith("This report is of Wednesday 24 February 2027")


PIECES = st.sampled_from(
    [OLD, "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail", "2. Participants", "3. In-Meeting Activities",
     "Attended,User Name,First Name,Last Name,Email,Registration Time,Approval Status", "Attendee Details",
     "Start time", "\n", "\t", ",", ";", '"', "\0", "02/24/2027 10:05 AM", "99/99/9999 99:99", "1h 30m",
     "--", "Ann (Bob)", "a@b.uk", "9999999999", "०१/०२/२०२७ १०:००", "No", "(UTC)"]
)  # fmt: skip


def _either(data: bytes) -> list[Attendee] | str:
    try:
        return read_report(data, on=FEBRUARY)
    except UnknownReport as refusal:
        return str(refusal)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(data):
    assert _either(data)


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))
def test_broken_reports_are_read_or_refused(text, encoding):
    assert _either(text.encode(encoding, errors="replace"))
