"""The letters a meet-up sends by itself: each once, to everybody, whatever happens in between."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from meetups import emails, letters, publishing, signups, timings
from meetups.models import Announcement, Meetup, Notice, SignUp
from outbox.models import Message
from people import preferences
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def sent(*kinds: str) -> Counter[tuple[str, str]]:
    """How many of these kinds each address got."""
    rows = Message.objects.filter(kind__in=[f"meetups/{kind}" for kind in kinds]).values_list("kind", "to_email")
    return Counter((kind.removeprefix("meetups/"), address) for kind, address in rows)


def once(kind: str, *people: SignUp) -> Counter[tuple[str, str]]:
    return Counter({(kind, signup.person.email): 1 for signup in people})


def week_later(meetup: Meetup, *, now=NOW, note: str = "") -> Meetup:
    meetup.refresh_from_db()
    to = publishing.NewTime(meetup.starts_at + timedelta(days=7), meetup.ends_at + timedelta(days=7))
    return publishing.move(meetup, to, note=note, now=now, by=make.person())


# --- Joining details ----------------------------------------------------------------------------------------------


def test_joining_details_go_when_they_are_due_and_not_before() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)

    assert letters.queue_due(meetup.details_at - timedelta(seconds=1)) == 0
    assert letters.queue_due(meetup.details_at) == 1
    assert sent("joining_details") == once("joining_details", signup)


def test_asking_again_and_again_sends_nothing_twice() -> None:
    meetup = make.meetup(nudge=False)
    people = [make.signup(meetup=meetup) for _ in range(3)]

    written = [letters.queue_due(meetup.details_at + timedelta(minutes=n)) for n in range(4)]

    assert written == [3, 0, 0, 0]
    assert sent("joining_details") == once("joining_details", *people)


def test_two_workers_in_step_send_each_letter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker stops after every chunk of two and lets the other run, which does the same."""
    monkeypatch.setattr(letters, "CHUNK", 2)
    meetup = make.meetup(nudge=False)
    people = [make.signup(meetup=meetup) for _ in range(7)]
    due = [letter for _, letter in letters._due(meetup.details_at)]

    def worker() -> Iterator[int]:
        for letter in due:
            while count := letters._write_chunk(meetup.pk, letter, meetup.details_at):
                yield count

    first, second = worker(), worker()
    for _ in range(4):
        next(first, 0), next(second, 0)

    assert sent("joining_details") == once("joining_details", *people)


def test_what_was_interrupted_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "CHUNK", 2)
    meetup = make.meetup(nudge=False)
    people = [make.signup(meetup=meetup) for _ in range(5)]
    write, calls = emails.joining_details, iter(range(100))

    def dies_on_the_fourth(signup: SignUp, **given: object) -> None:
        if next(calls) == 3:
            raise SystemExit
        write(signup, **given)

    monkeypatch.setattr(emails, "joining_details", dies_on_the_fourth)
    with pytest.raises(SystemExit):
        letters.queue_due(meetup.details_at)
    assert sent("joining_details").total() == 2  # the second chunk left nothing behind

    monkeypatch.setattr(emails, "joining_details", write)
    letters.queue_due(meetup.details_at)

    assert sent("joining_details") == once("joining_details", *people)


def test_who_waits_or_cancelled_gets_no_joining_details() -> None:
    meetup = make.meetup(places_online=1, nudge=False)
    gone, waiting = make.signup(meetup=meetup), make.signup(meetup=meetup)
    signups.cancel(gone, now=NOW)  # and so the one who waited has a place
    still_waiting = make.signup(meetup=meetup)

    letters.queue_due(meetup.details_at)

    assert sent("joining_details") == once("joining_details", waiting)
    assert still_waiting.is_waiting


def test_a_late_sign_up_gets_details_at_once_and_exactly_once() -> None:
    meetup = make.meetup(nudge=False, closes_at=make.START)
    make.signup(meetup=meetup)
    letters.queue_due(meetup.details_at)

    late = make.signup(meetup=meetup, now=meetup.details_at + timedelta(minutes=5))
    for minutes in (5, 6, 60):
        letters.queue_due(meetup.details_at + timedelta(minutes=minutes))

    confirmation = Message.objects.get(to_email=late.person.email)
    assert confirmation.kind == "meetups/signed_up"
    assert "HOW TO JOIN" in confirmation.text


def test_a_late_sign_up_that_comes_before_the_sweep_is_not_told_twice() -> None:
    meetup = make.meetup(nudge=False, closes_at=make.START)
    late = make.signup(meetup=meetup, now=meetup.details_at)

    letters.queue_due(meetup.details_at + timedelta(seconds=30))

    assert Message.objects.filter(to_email=late.person.email).count() == 1


def test_who_cancels_and_comes_back_late_gets_the_details_again_with_the_confirmation() -> None:
    meetup = make.meetup(nudge=False, closes_at=make.START)
    signup = make.signup(meetup=meetup)
    letters.queue_due(meetup.details_at)
    later = meetup.details_at + timedelta(hours=1)
    signups.cancel(signup, now=later)

    signups.sign_up_again(signup, now=later)
    letters.queue_due(later)

    assert [message.kind for message in Message.objects.order_by("pk")] == [
        "meetups/signed_up",
        "meetups/joining_details",
        "meetups/cancelled",
        "meetups/signed_up",
    ]
    assert "HOW TO JOIN" in Message.objects.order_by("-pk")[0].text


def test_nothing_goes_for_drafts_and_meet_ups_that_are_over() -> None:
    meetup = make.meetup()
    make.signup(meetup=meetup)
    draft = make.meetup(state="draft", details_at=NOW)
    SignUp.objects.create(meetup=draft, person=make.person(), way="online", state="confirmed", seat=1, signed_up_at=NOW)

    assert letters.queue_due(meetup.ends_at) == 0
    assert letters.queue_due(NOW) == 0


# --- Nudge and reminder -------------------------------------------------------------------------------------------


def test_the_nudge_follows_an_hour_after_the_details_once() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    letters.queue_due(meetup.details_at + timedelta(minutes=10))

    letters.queue_due(meetup.details_at + timedelta(minutes=65))
    assert sent("nudge") == Counter()

    for minutes in (70, 71):
        letters.queue_due(meetup.details_at + timedelta(minutes=minutes))
    assert sent("nudge") == once("nudge", signup)


def test_no_nudge_goes_where_the_organiser_wants_none_or_after_the_start() -> None:
    quiet, late = make.meetup(nudge=False), make.meetup()
    for meetup in (quiet, late):
        make.signup(meetup=meetup)

    letters.queue_due(quiet.details_at)
    letters.queue_due(quiet.starts_at)

    assert sent("nudge") == Counter()
    assert sent("joining_details").total() == 2


def test_the_reminder_goes_in_its_window_once_to_those_who_want_it() -> None:
    meetup = make.meetup(reminder_hours=2, nudge=False)
    wants, stopped = make.signup(meetup=meetup), make.signup(meetup=meetup)
    preferences.choose(stopped.person, emails.REMINDERS, False, now=NOW)

    letters.queue_due(meetup.starts_at - timedelta(hours=2, seconds=1))
    assert sent("reminder") == Counter()

    for minutes in (119, 60, 1):
        letters.queue_due(meetup.starts_at - timedelta(minutes=minutes))
    assert sent("reminder") == once("reminder", wants)


def test_who_stopped_reminders_gets_no_nudge_but_the_details() -> None:
    meetup = make.meetup()
    stopped = make.signup(meetup=meetup)
    preferences.choose(stopped.person, emails.REMINDERS, False, now=NOW)

    for hours in (0, 2):
        letters.queue_due(meetup.details_at + timedelta(hours=hours))

    assert sent("joining_details", "nudge") == once("joining_details", stopped)


def test_who_signs_up_after_the_reminder_was_due_gets_none() -> None:
    meetup = make.meetup(reminder_hours=2, nudge=False, closes_at=make.START)
    make.signup(meetup=meetup, now=meetup.starts_at - timedelta(hours=1))

    letters.queue_due(meetup.starts_at - timedelta(minutes=30))

    assert sent("reminder") == Counter()


# --- Moved --------------------------------------------------------------------------------------------------------


def test_a_move_tells_everybody_once_and_arms_the_details_again() -> None:
    meetup = make.meetup(places_online=1, nudge=False)
    having, waiting = make.signup(meetup=meetup), make.signup(meetup=meetup)
    letters.queue_due(meetup.details_at)

    moved = week_later(meetup, now=meetup.details_at)
    for _ in range(2):
        letters.queue_due(meetup.details_at + timedelta(minutes=1))
    assert sent("moved") == once("moved", having, waiting)
    assert sent("joining_details") == once("joining_details", having)

    for _ in range(2):
        letters.queue_due(moved.details_at)
    assert sent("joining_details") == Counter({("joining_details", having.person.email): 2})


def test_two_moves_before_anybody_was_told_make_one_letter_with_the_last_time() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    week_later(meetup)
    week_later(meetup)

    letters.queue_due(NOW)

    assert sent("moved") == once("moved", signup)
    assert "Wednesday 10 March 2027" in Message.objects.get(kind="meetups/moved").subject


def test_who_signs_up_after_the_move_is_not_told_of_it() -> None:
    meetup = make.meetup()
    old = make.signup(meetup=meetup)
    week_later(meetup)
    make.signup(meetup=meetup)

    letters.queue_due(NOW)

    assert sent("moved") == once("moved", old)


def test_a_new_room_tells_everybody_and_details_follow_the_word_of_it() -> None:
    meetup = make.room_meetup(nudge=False)
    make.signup(meetup=meetup, way="room")
    letters.queue_due(meetup.details_at)

    meetup.venue = "Committee Room 2"
    publishing.save_changes(meetup, now=meetup.details_at)
    letters.queue_due(meetup.details_at)

    kinds = [message.kind.removeprefix("meetups/") for message in Message.objects.order_by("pk")]
    assert kinds == ["signed_up", "joining_details", "moved", "joining_details"]
    assert "Committee Room 2" in Message.objects.order_by("-pk")[0].text


def test_a_new_join_link_writes_to_nobody() -> None:
    meetup = make.meetup()
    make.signup(meetup=meetup)

    meetup.join_url = "https://other.example.org/j/9"
    publishing.save_changes(meetup, now=NOW)

    assert letters.queue_due(NOW) == 0


# --- Cancelled ----------------------------------------------------------------------------------------------------


def test_a_cancelled_meet_up_tells_everybody_once_and_sends_nothing_else() -> None:
    meetup = make.meetup(places_online=1, reminder_hours=2)
    having, waiting = make.signup(meetup=meetup), make.signup(meetup=meetup)
    gone = signups.cancel(make.signup(meetup=meetup), now=NOW)
    publishing.cancel(meetup, note="", now=NOW, by=make.person())

    for moment in (NOW, NOW, meetup.details_at, meetup.starts_at - timedelta(hours=1)):
        letters.queue_due(moment)

    assert sent("meetup_cancelled", "joining_details", "reminder") == once("meetup_cancelled", having, waiting)
    assert Message.objects.filter(to_email=gone.person.email).count() == 2


# --- Word from the hosts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "expected"), [("everyone", {"having", "waiting"}), ("confirmed", {"having"}), ("waiting", {"waiting"})]
)
def test_an_announcement_goes_once_to_those_it_is_for(to: str, expected: set[str]) -> None:
    meetup = make.meetup(places_online=1)
    people = {"having": make.signup(meetup=meetup), "waiting": make.signup(meetup=meetup)}
    signups.cancel(make.signup(meetup=meetup), now=NOW)
    word = Announcement.objects.create(meetup=meetup, to=to, subject="Word", body="Word", written_at=NOW)
    make.signup(meetup=meetup, now=NOW + timedelta(minutes=1))  # was not there when it was written

    for _ in range(2):
        letters.queue_due(NOW + timedelta(minutes=2))

    assert sent("announced") == once("announced", *(people[name] for name in expected))
    word.refresh_from_db()
    assert word.spread_at == NOW + timedelta(minutes=2)


def test_a_move_does_not_send_an_announcement_a_second_time() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    word = Announcement.objects.create(meetup=meetup, subject="Word", body="Word", written_at=NOW)
    letters.queue_due(NOW)
    Announcement.objects.update(spread_at=None)  # as if the worker had died before it wrote that down
    week_later(meetup)

    letters.queue_due(NOW)

    assert sent("announced") == once("announced", signup)
    word.refresh_from_db()
    assert word.spread_at == NOW


# --- The plan -----------------------------------------------------------------------------------------------------


def test_the_plan_lists_every_letter_in_order() -> None:
    meetup = make.meetup(reminder_hours=2)
    for _ in range(3):
        make.signup(meetup=meetup)

    rows = [(row.at, row.what, row.to) for row in letters.plan(meetup, NOW)]

    now_having = "3 with a place now"
    asked_at = timings.morning_after(meetup.ends_at)
    assert rows == [
        (None, "Confirmation with a calendar invitation and a link to the booking", "each person who signs up"),
        (None, "Word that a place became free", "the first on the waiting list, when someone cancels"),
        (
            meetup.starts_at - timedelta(hours=24),
            "From now on a freed place is offered by a link",
            "the first on the waiting list, then the next if they do not take it in time",
        ),
        (meetup.details_at, "Joining details", f"{now_having}; later sign-ups get them at once"),
        (meetup.details_at + timedelta(hours=1), "“We have sent your joining details”", now_having),
        (meetup.starts_at - timedelta(hours=2), "Reminder", now_having),
        (asked_at, "“What did you think?”", "whoever came; everyone with a place if nobody was counted in"),
    ]


def planned(meetup: Meetup) -> dict[str, object]:
    return {row.what: row.at for row in letters.plan(meetup, NOW)}


DETAILS_ROW, NUDGE_ROW = "Joining details", "“We have sent your joining details”"


@pytest.mark.parametrize(("hours", "is_planned"), [(1, False), (2, True)])
def test_a_nudge_is_planned_only_where_it_goes_before_the_start(hours: int, is_planned: bool) -> None:
    meetup = make.meetup(details_at=make.START - timedelta(hours=hours))
    make.signup(meetup=meetup)

    assert (NUDGE_ROW in planned(meetup)) == is_planned

    minutes = range(0, 60 * hours, 30)
    for minute in minutes:
        letters.queue_due(meetup.details_at + timedelta(minutes=minute))
    assert bool(sent("nudge")) == is_planned


def test_what_is_due_before_publishing_is_planned_at_once_or_not_at_all() -> None:
    soon = NOW + timedelta(hours=3)
    draft = make.meetup(state="draft", starts_at=soon, details_at=NOW - timedelta(hours=1), reminder_hours=4)

    rows = planned(draft)

    assert (rows[DETAILS_ROW], rows["From now on a freed place is offered by a link"]) == (None, None)
    assert rows[NUDGE_ROW] == NOW + timedelta(hours=1)  # whoever signs up at once got the details at once
    assert "Reminder" not in rows


def test_what_went_out_after_publishing_keeps_its_date() -> None:
    meetup = make.meetup()

    rows = {row.what: row.at for row in letters.plan(meetup, meetup.starts_at)}

    assert (rows[DETAILS_ROW], rows[NUDGE_ROW]) == (meetup.details_at, meetup.details_at + timedelta(hours=1))


@pytest.mark.parametrize(("made", "most"), [(make.meetup, 72), (make.both_meetup, 30)])
def test_before_anybody_has_signed_up_the_plan_says_how_many_may_get_it(made, most) -> None:
    rows = {row.what: row.to for row in letters.plan(made(state="draft"), NOW)}

    assert rows[NUDGE_ROW] == f"everyone with a place by then, up to {most}"
    assert rows[DETAILS_ROW] == f"everyone with a place by then, up to {most}; later sign-ups get them at once"


def test_a_meet_up_that_gives_every_place_at_once_plans_no_offers() -> None:
    meetup = make.meetup(offer_hours=0)

    assert "From now on a freed place is offered by a link" not in [row.what for row in letters.plan(meetup, NOW)]


def test_the_ledger_says_what_was_written_for_which_schedule() -> None:
    meetup = make.meetup(nudge=False)
    signup = make.signup(meetup=meetup)

    letters.queue_due(meetup.details_at)
    moved = week_later(meetup, now=meetup.details_at)
    letters.queue_due(moved.details_at)

    assert [(notice.kind, notice.version) for notice in signup.notices.order_by("pk")] == [
        (Notice.DETAILS, 1),
        (Notice.MOVED, 2),
        (Notice.DETAILS, 2),
    ]
