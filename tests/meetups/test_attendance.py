import codecs
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups.attendance import Attendee, examine, read_report
from meetups.timings import LONDON

REPORTS = Path(__file__).parent / "reports"
FEBRUARY, MARCH, JULY = date(2027, 2, 24), date(2027, 3, 4), date(2027, 7, 7)
OLD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def report(name: str) -> bytes:
    return (REPORTS / name).read_bytes()


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=LONDON)


def zoom(*rows: str, heading: str = OLD) -> bytes:
    return "\n".join([heading, *rows]).encode()


# --- Zoom -----------------------------------------------------------------------------------------------------------


def test_the_older_report_of_zoom_is_read_with_rejoining_renaming_and_the_waiting_room():
    assert read_report(report("zoom_participants_old.csv"), on=FEBRUARY) == [
        Attendee(
            "Cllr Annie", None, at(FEBRUARY, "10:01:00"), at(FEBRUARY, "12:00:00"), 119, also_called=("Ann Smith",)
        ),
        Attendee("iPhone", None, at(FEBRUARY, "10:05:12"), at(FEBRUARY, "10:09:59"), 5),
        Attendee(
            "Tom Okafor",
            "tom.okafor@wexbridge.gov.uk",
            at(FEBRUARY, "09:58:03"),
            at(FEBRUARY, "12:00:02"),
            122,
            also_called=("iPad",),
        ),
        Attendee(
            "Ward, Priya",
            "priya.ward@northmoor.gov.uk",
            at(FEBRUARY, "09:52:10"),
            at(FEBRUARY, "11:58:40"),
            127,
            also_called=("pward",),
        ),
    ]


def test_the_newer_report_of_zoom_is_read_below_its_summary_and_two_devices_count_once():
    assert read_report(report("zoom_participants_new.csv"), on=FEBRUARY) == [
        Attendee("Bob Jones", None, at(FEBRUARY, "10:02"), at(FEBRUARY, "10:32"), 30),
        Attendee("Priya Ward", "priya.ward@northmoor.gov.uk", at(FEBRUARY, "09:52:10"), at(FEBRUARY, "11:58:40"), 127),
        Attendee("Siân Éluard", "sian@cwmteg.gov.uk", at(FEBRUARY, "10:00"), at(FEBRUARY, "11:30"), 90),
    ]


def test_the_report_of_unique_users_has_no_times():
    assert read_report(report("zoom_unique.csv"), on=FEBRUARY) == [
        Attendee("Bob Jones", minutes=30),
        Attendee("Priya Ward", "priya.ward@northmoor.gov.uk", minutes=127),
    ]


def test_a_registration_report_names_who_was_approved_and_says_that_it_does_not_show_who_came():
    found = examine(report("zoom_registration.csv"), on=FEBRUARY)

    assert (found.kind, found.shows_who_came) == ("Zoom registration report", False)
    assert found.attendees == [
        Attendee("Bob Jones", "bob.jones@wexbridge.gov.uk"),
        Attendee("Priya Ward", "priya.ward@northmoor.gov.uk"),
    ]


def test_a_webinar_report_has_hosts_panelists_attendees_and_telephones_but_not_who_stayed_away():
    found = examine(report("zoom_webinar.csv"), on=FEBRUARY)

    assert (found.kind, found.shows_who_came) == ("Zoom webinar report", True)
    assert [(one.name, one.email, one.minutes, one.also_called) for one in found.attendees] == [
        ("447700900123", None, 20, ()),
        ("Bobby", "bob.jones@wexbridge.gov.uk", 60, ("Bob Jones",)),
        ("Priya Ward", "priya.ward@northmoor.gov.uk", 130, ()),
        ("Uma Patel", "uma@cwmteg.gov.uk", 127, ()),
    ]


def test_in_the_long_export_the_host_is_not_taken_for_the_participant():
    heading = (
        "Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants,"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
    )
    call = "Meet-up,812,Host,host@a.uk,02/24/2027 10:00,02/24/2027 12:00,120,2"
    row = f"{call},Ann,ann@b.uk,02/24/2027 10:05,02/24/2027 10:35,30,No"

    assert read_report(zoom(row, heading=heading), on=FEBRUARY) == [
        Attendee("Ann", "ann@b.uk", at(FEBRUARY, "10:05"), at(FEBRUARY, "10:35"), 30)
    ]


def test_columns_that_we_do_not_know_do_no_harm():
    heading = f"Shoe size,{OLD},Favourite colour"
    row = "42,Ann Smith,,02/24/2027 10:05:00 AM,02/24/2027 10:35:00 AM,30,Yes,blue"

    assert [one.name for one in read_report(zoom(row, heading=heading), on=FEBRUARY)] == ["Ann Smith"]


@pytest.mark.parametrize(
    ("shown", "name", "also_called"),
    [
        ("Ann Smith (asmith)", "Ann Smith", ("asmith",)),
        ("Ann (Essex (North)) (Ann Smith)", "Ann (Essex (North))", ("Ann Smith",)),
        ("Ann Smith (she/her)", "Ann Smith", ()),
        ("Annie (she/her) (Ann Smith)", "Annie", ("Ann Smith",)),
        ("Ann Smith (Guest)", "Ann Smith", ()),
        ("(Ann)", "(Ann)", ()),
        ("Ann  Smith", "Ann Smith", ()),
    ],
)
def test_the_name_from_before_is_kept_beside_the_new_one(shown, name, also_called):
    (found,) = read_report(zoom(f'"{shown}",,02/24/2027 10:05 AM,02/24/2027 10:35 AM,30,Yes'), on=FEBRUARY)

    assert (found.name, found.also_called) == (name, also_called)


def test_a_guest_and_somebody_with_an_address_stay_two_people_under_one_name():
    data = zoom(
        "Ann Smith,ann@b.uk,02/24/2027 10:05 AM,02/24/2027 10:35 AM,30,No",
        "Ann Smith,,02/24/2027 10:40 AM,02/24/2027 10:50 AM,10,Yes",
        "Ann Smith,,02/24/2027 11:00 AM,02/24/2027 11:10 AM,10,Yes",
    )

    assert [(one.name, one.email, one.minutes) for one in read_report(data, on=FEBRUARY)] == [
        ("Ann Smith", None, 20),
        ("Ann Smith", "ann@b.uk", 30),
    ]


def test_an_address_shown_as_a_name_is_an_address():
    (found,) = read_report(zoom("ann@b.uk,,02/24/2027 10:05 AM,02/24/2027 10:35 AM,30,No"), on=FEBRUARY)

    assert (found.name, found.email) == ("ann@b.uk", "ann@b.uk")


# --- Teams and Meet -------------------------------------------------------------------------------------------------


def test_a_report_of_teams_is_read_once_although_it_names_everybody_twice():
    found = examine(report("teams_us.csv"), on=MARCH)

    assert found.kind == "Teams attendance report"
    assert found.attendees == [
        Attendee("Bob Jones", None, at(MARCH, "10:02:00"), at(MARCH, "10:32:10"), 30),
        Attendee('Dwayne "DJ" Johns', None, at(MARCH, "10:02:00"), at(MARCH, "10:02:40"), 1),
        Attendee("Okafor, Tom", "tom.okafor@wexbridge.gov.uk", at(MARCH, "09:58:03"), at(MARCH, "11:59:55"), 91),
        Attendee("Ward, Priya", "priya.ward@northmoor.gov.uk", at(MARCH, "09:51:02"), at(MARCH, "12:01:40"), 131),
    ]


def test_the_day_of_the_meetup_decides_between_american_and_british_dates():
    american, british = report("teams_us.csv"), report("teams_uk.csv")

    assert {one.joined_at.date() for one in read_report(american, on=date(2027, 3, 4))} == {date(2027, 3, 4)}
    assert {one.joined_at.date() for one in read_report(american, on=date(2027, 4, 3))} == {date(2027, 4, 3)}
    assert {one.joined_at.date() for one in read_report(british, on=date(2027, 3, 4))} == {date(2027, 3, 4)}


def test_a_report_of_teams_in_german_is_read():
    assert read_report(report("teams_german.csv"), on=MARCH) == [
        Attendee("Jörg Weiß", "joerg@gemeinde.example", at(MARCH, "10:01"), at(MARCH, "11:06"), 65)
    ]


def test_a_report_of_teams_without_times_still_names_who_came():
    text = "2. Participants\nName\tEmail\tParticipant ID (UPN)\tRole\nAnn Smith\tann@b.uk\tann@b.uk\tAttendee\n"

    assert read_report(codecs.BOM_UTF16_LE + text.encode("utf-16-le"), on=MARCH) == [Attendee("Ann Smith", "ann@b.uk")]


def test_a_report_of_meet_has_times_without_a_day():
    found = examine(report("meet.csv"), on=FEBRUARY)

    assert found.kind == "Google Meet attendance report"
    assert found.attendees == [
        Attendee("Bob Jones", None, at(FEBRUARY, "10:05"), at(FEBRUARY, "10:47"), 42),
        Attendee("Priya Ward", "priya.ward@northmoor.gov.uk", at(FEBRUARY, "10:01"), at(FEBRUARY, "11:59"), 118),
    ]


# --- Times ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "07/07/2027 10:05:00 AM",
        "2027-07-07 10:05:00",
        "2027-07-07T09:05:00Z",
        "2027-07-07T10:05:00+01:00",
        '"Jul 07, 2027 10:05:00"',
        '"July 7, 2027 10:05 AM"',
        "7 Jul 2027 10:05",
        '"7/7/27, 10:05:00 am"',
        "07.07.2027 10:05",
        "07-07-2027 10.05",
        "07/07/2027 10:05 a.m.",
    ],
)
def test_a_moment_is_read_however_it_is_written(written):
    (found,) = read_report(zoom(f"Ann,,{written},,30,Yes"), on=JULY)

    assert found == Attendee("Ann", None, at(JULY, "10:05"), None, 30)
    assert found.joined_at.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("57", 57), ("28.6", 29), ("1h 30m 51s", 91), ("1h 30m 20s", 90), ("40s", 1), ("59 Min. 0 Sek.", 59),
        ("1 Std. 5 Min.", 65), ("1 hr 2 min", 62), ("1:02:30", 63), ("32:14", 32), ("42m", 42),
        ("2 heures 5 minutes", 125),
        ("--", None), ("", None),
    ],
)  # fmt: skip
def test_a_length_is_read_however_it_is_written(written, minutes):
    assert read_report(zoom(f"Ann,,,,{written},Yes"), on=JULY) == [Attendee("Ann", minutes=minutes)]


def test_a_column_in_utc_is_turned_into_the_time_of_london():
    heading = "Name,First Join (UTC),Last Leave (UTC),In-Meeting Duration,Email"

    (found,) = read_report(zoom("Ann,7/7/2027 09:05,7/7/2027 10:05,1h,", heading=heading), on=JULY)

    assert (found.joined_at, found.left_at) == (at(JULY, "10:05"), at(JULY, "11:05"))


def test_another_zone_can_be_told():
    (found,) = read_report(zoom("Ann,,2027-07-07 09:05,,30,Yes"), on=JULY, zone=UTC)

    assert found.joined_at == datetime(2027, 7, 7, 9, 5, tzinfo=UTC)


def test_other_days_of_a_series_are_left_out():
    data = zoom(
        "Ann,ann@b.uk,2027-02-24 10:00,2027-02-24 10:30,30,Yes",
        "Ann,ann@b.uk,2027-01-20 10:00,2027-01-20 11:00,60,Yes",
        "Bob,bob@b.uk,2027-01-20 10:00,2027-01-20 11:00,60,Yes",
    )

    assert read_report(data, on=FEBRUARY) == [
        Attendee("Ann", "ann@b.uk", at(FEBRUARY, "10:00"), at(FEBRUARY, "10:30"), 30)
    ]


# --- Properties -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [("zoom_participants_old.csv", 1), ("zoom_participants_new.csv", 4), ("zoom_unique.csv", 1)],
)
@given(seed=st.integers(0, 1000))
def test_the_order_of_the_rows_makes_no_difference(name, kept, seed):
    lines = report(name).replace(b"\r\n", b"\n").strip().split(b"\n")
    rows = lines[kept:]
    random.Random(seed).shuffle(rows)

    assert read_report(b"\n".join([*lines[:kept], *rows]), on=FEBRUARY) == read_report(report(name), on=FEBRUARY)


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), min_size=1, max_size=8)


@given(SPANS, st.booleans())
def test_minutes_are_those_in_which_somebody_was_there_with_any_device(spans, has_lengths):
    midnight = datetime(2027, 2, 24, 9)
    rows = [
        f"Ann,a@b.uk,{midnight + timedelta(minutes=start)},{midnight + timedelta(minutes=start + length)},"
        f"{length if has_lengths else ''},Yes"
        for start, length in spans
    ]

    (found,) = read_report(zoom(*rows), on=FEBRUARY)

    assert found.minutes == len({minute for start, length in spans for minute in range(start, start + length)})
