"""The e-mails of a meet-up: what they say, to whom, and the real MIME that leaves."""

import email
import email.policy
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import vobject

from meetups import emails, publishing, signups
from meetups.models import AgendaItem, Announcement, Meetup, Notice, SignUp
from outbox import headers
from outbox.models import Message
from people.models import Person
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.NOW
MARKUP = '<img src=x onerror="alert(1)"> & "co"'


def last(kind: str) -> Message:
    return Message.objects.filter(kind=f"meetups/{kind}").order_by("-pk")[0]


def mime(message: Message) -> EmailMessage:
    """What leaves, as Python's own parser of e-mail reads it."""
    data = headers.build(message).message().as_bytes(linesep="\r\n")
    return email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)


def event(message: Message) -> Any:
    return vobject.readOne(message.calendar).vevent


def full_meetup(**fields: Any) -> Meetup:
    """Online with one place, which somebody has."""
    made = make.meetup(places_online=1, **fields)
    make.signup(meetup=made)
    return made


# --- Signing up ---------------------------------------------------------------------------------------------------


def test_the_confirmation_says_the_thing_the_date_and_what_happens_next() -> None:
    hosts = [
        make.person(name="Holly Host", email="holly@a.gov.uk"),
        make.person(name="Sam O'Neill", email="sam@b.gov.uk"),
    ]
    signup = make.signup(meetup=make.meetup(hosts=hosts), email="asha@wessex.gov.uk")

    message = Message.objects.get()
    assert message.key == f"meetups.signed_up:signup={signup.pk}:at=2027-02-10T10:00:00+00:00"
    assert message.to_email == "asha@wessex.gov.uk"
    assert message.subject == "You have a place: Scrutiny and social media, Wednesday 24 February 2027"
    assert message.reply_to == "holly@a.gov.uk, sam@b.gov.uk"
    assert message.unsubscribe_url == ""
    lines = message.text.splitlines()
    assert lines[:5] == [
        "You have a place: Scrutiny and social media",
        "",
        "When: Wednesday 24 February 2027, 10am to 12 noon",
        "Where: Online",
        "Hosts: Holly Host and Sam O'Neill",
    ]
    assert "- Tuesday 23 February 2027, 6pm: we send you the joining details" in message.text
    assert "http://localhost:8000/booking/" in message.text


def test_messages_about_a_sign_up_are_found_by_it() -> None:
    meetup = make.meetup()
    first, other = make.signup(meetup=meetup), make.signup(meetup=meetup)
    emails.joining_details(first, now=NOW)
    Announcement.objects.create(meetup=meetup, subject="Word", body="Word", written_at=NOW)
    emails.announced(Announcement.objects.get(), first, now=NOW)

    kinds = Message.objects.about(f"signup={first.pk}").order_by("pk").values_list("kind", flat=True)

    assert list(kinds) == ["meetups/signed_up", "meetups/joining_details", "meetups/announced"]
    assert Message.objects.about(f"signup={other.pk}").count() == 1


def test_the_confirmation_before_the_details_are_out_holds_no_way_in() -> None:
    signup = make.signup(meetup=make.meetup(passcode="secret-pass", dial_in="020 7946 0123"))

    message = Message.objects.get()
    assert "/join/" not in message.text
    assert "secret-pass" not in message.text + message.html + message.calendar
    assert "video.example.org" not in message.text + message.html + message.calendar
    assert "/join/" in event(message).url.value  # the entry keeps working when the link of the call changes
    assert not signup.notices.exists()


def test_a_late_confirmation_holds_the_joining_details_and_the_ledger_knows() -> None:
    meetup = make.meetup(passcode="secret-pass", details_at=NOW - timedelta(hours=1))

    signup = make.signup(meetup=meetup)

    message = Message.objects.get()
    assert "HOW TO JOIN" in message.text
    assert "secret-pass" in message.text
    assert "10am: Topic 1" in message.text
    assert "How to join</h2>" in message.html
    assert [(notice.kind, notice.version, notice.at) for notice in signup.notices.all()] == [(Notice.DETAILS, 1, NOW)]


def test_who_waits_is_told_why_and_where_in_line_and_gets_no_calendar_entry() -> None:
    meetup = full_meetup()
    make.signup(meetup=meetup)

    signup = make.signup(meetup=meetup)

    message = last("waiting")
    assert message.subject == "You are on the waiting list: Scrutiny and social media, Wednesday 24 February 2027"
    assert message.text.splitlines()[2] == (
        "The only place was taken when you signed up on Wednesday 10 February 2027 at 10am. You are number 2 in line."
    )
    assert message.calendar == ""
    signup.refresh_from_db()
    assert signup.calendar_sequence is None


def test_who_waits_is_told_from_when_on_a_free_place_has_to_be_taken() -> None:
    for hours in (48, 0):
        make.signup(meetup=full_meetup(offer_hours=hours))

    asked, given = Message.objects.filter(kind="meetups/waiting").order_by("pk")
    sentence = (
        "If that is you, we write to you the same minute. From Monday 22 February 2027, 10am on we ask first: "
        "then you have to take the place by the link in our email."
    )
    assert sentence in asked.text
    assert sentence in asked.html
    assert "we ask first" not in given.text + given.html


def test_who_signs_up_again_gets_the_link_again_once_in_ten_minutes() -> None:
    meetup = make.meetup()
    for minutes in (0, 0, 1, 9, 11):
        signups.sign_up(meetup, make.details(email="asha@wessex.gov.uk"), now=NOW + timedelta(minutes=minutes))

    keys = list(Message.objects.filter(kind="meetups/already_signed_up").order_by("pk").values_list("key", flat=True))
    signup = SignUp.objects.get()
    assert keys == [
        f"meetups.already_signed_up:signup={signup.pk}:window=2027-02-10T10:00:00+00:00",
        f"meetups.already_signed_up:signup={signup.pk}:window=2027-02-10T10:10:00+00:00",
    ]
    assert last("already_signed_up").text.startswith("You have a place already: Scrutiny and social media\n")


def test_who_waits_and_signs_up_again_is_told_that_they_wait() -> None:
    meetup = full_meetup()
    make.signup(meetup=meetup, email="asha@wessex.gov.uk")

    signups.sign_up(meetup, make.details(email="asha@wessex.gov.uk"), now=NOW)

    assert last("already_signed_up").text.startswith("You are on the waiting list already, number 1 in line: ")


def test_a_name_typed_into_the_form_is_not_said_to_whoever_owns_the_address() -> None:
    make.signup(meetup=make.meetup(), name="Cheap pills at pills.example", email="victim@wessex.gov.uk")

    message = Message.objects.get()
    assert "pills" not in message.subject + message.text + message.html


# --- Changes ------------------------------------------------------------------------------------------------------


def test_a_promotion_says_why_and_raises_an_entry() -> None:
    meetup = make.meetup(places_online=1)
    first, second = make.signup(meetup=meetup), make.signup(meetup=meetup)

    signups.cancel(first, now=NOW + timedelta(hours=2))

    message = last("promoted")
    assert message.to_email == second.person.email
    assert message.subject.startswith("You now have a place: ")
    assert message.text.splitlines()[2] == (
        "A place became free on Wednesday 10 February 2027 at 12 noon and you were first in line."
    )
    assert first.name not in message.text
    assert message.calendar_method == "REQUEST"
    assert event(message).sequence.value == "0"


def test_a_promotion_after_the_details_went_out_holds_them() -> None:
    meetup = make.meetup(places_online=1, details_at=NOW + timedelta(hours=1), passcode="secret-pass")
    first, second = make.signup(meetup=meetup), make.signup(meetup=meetup)

    signups.cancel(first, now=NOW + timedelta(hours=2))

    assert "secret-pass" in last("promoted").text
    assert second.notices.get().kind == Notice.DETAILS


def test_cancelling_takes_the_entry_out_of_the_calendar() -> None:
    signup = make.signup(meetup=make.meetup())
    asked = Message.objects.get()

    signups.cancel(signup, now=NOW + timedelta(hours=1))

    message = last("cancelled")
    assert message.key == f"meetups.cancelled:signup={signup.pk}:at=2027-02-10T11:00:00+00:00"
    assert message.subject == "Your place is cancelled: Scrutiny and social media, Wednesday 24 February 2027"
    assert message.text.splitlines()[2] == "You cancelled on Wednesday 10 February 2027 at 11am."
    assert message.calendar_method == "CANCEL"
    assert event(message).uid.value == event(asked).uid.value
    assert (event(message).status.value, event(message).sequence.value) == ("CANCELLED", "1")


def test_leaving_the_waiting_list_sends_no_calendar_file() -> None:
    waiting = make.signup(meetup=full_meetup())

    signups.cancel(waiting, now=NOW)

    message = last("cancelled")
    assert message.subject.startswith("You are off the waiting list: ")
    assert (message.calendar, message.calendar_method) == ("", "")
    assert "calendar" not in message.text


def test_who_cancels_and_signs_up_again_has_an_entry_that_rose() -> None:
    signup = make.signup(meetup=make.meetup())
    signups.cancel(signup, now=NOW + timedelta(hours=1))

    signups.sign_up_again(signup, now=NOW + timedelta(hours=2))

    calendars = [event(message) for message in Message.objects.order_by("pk")]
    assert [one.sequence.value for one in calendars] == ["0", "1", "2"]
    assert [one.status.value for one in calendars] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert len({one.uid.value for one in calendars}) == 1


def test_attending_the_other_way_moves_the_entry() -> None:
    signup = make.signup(meetup=make.both_meetup(access_notes="Step-free."))

    signups.change_way(signup, "room", now=NOW)

    message = last("way_changed")
    assert message.subject.startswith("You now attend in the room: ")
    assert "Where: Committee Room 1, County Hall, Market Road, Chelmsford CM1 1QH" in message.text
    assert event(message).location.value == "Committee Room 1, County Hall, Market Road, Chelmsford CM1 1QH"
    assert event(message).sequence.value == "1"


def test_waiting_the_other_way_says_so_without_an_entry() -> None:
    meetup = make.both_meetup(places_online=1, places_room=1)
    make.signup(meetup=meetup)
    make.signup(meetup=meetup, way="room")
    waiting = make.signup(meetup=meetup)

    signups.change_way(waiting, "room", now=NOW)

    message = last("way_changed")
    assert message.subject.startswith("You are now on the waiting list: ")
    assert "You are number 1 in line." in message.text
    assert message.calendar == ""


def move(meetup: Meetup, *, days: int, note: str = "") -> Meetup:
    week = timedelta(days=days)
    to = publishing.NewTime(meetup.starts_at + week, meetup.ends_at + week)
    return publishing.move(meetup, to, note=note, now=NOW, by=meetup.hosts.first() or make.person())


def test_a_move_tells_the_new_time_the_note_and_updates_the_entry() -> None:
    signup = make.signup(meetup=make.meetup())
    signup.meetup = move(signup.meetup, days=7, note="The room is flooded.\n\nSee https://a.gov.uk")

    emails.moved(signup, now=NOW)

    message = last("moved")
    assert message.key == f"meetups.moved:signup={signup.pk}:version=2"
    assert message.subject == "Changed: Scrutiny and social media, now Wednesday 3 March 2027"
    assert "It was to start: Wednesday 24 February 2027, 10am\n" in message.text
    assert "The hosts say:\nThe room is flooded.\n\nSee https://a.gov.uk\n" in message.text
    assert "<p>The room is flooded.</p>" in message.html
    assert '<a href="https://a.gov.uk" rel="nofollow">https://a.gov.uk</a>' in message.html
    assert "- We send you the joining details: Tuesday 2 March 2027, 6pm." in message.text
    assert message.calendar_method == "REQUEST"
    assert event(message).sequence.value == "1"
    assert event(message).dtstart.value == datetime(2027, 3, 3, 10, 0, tzinfo=UTC)


def test_a_move_after_the_joining_details_says_that_they_come_again() -> None:
    signup = make.signup(meetup=make.meetup())
    Notice.objects.note(signup, Notice.DETAILS, NOW)
    signup.meetup = move(signup.meetup, days=7)

    emails.moved(signup, now=NOW)

    expected = "- The joining details you have are out of date. We send you new ones: Tuesday 2 March 2027, 6pm."
    assert expected in last("moved").text


def test_who_waits_hears_of_a_move_in_plain_words() -> None:
    waiting = make.signup(meetup=full_meetup())
    waiting.meetup = move(waiting.meetup, days=7)

    emails.moved(waiting, now=NOW)

    message = last("moved")
    assert "- You are still on the waiting list, at the same place in line." in message.text
    assert message.calendar == ""


@pytest.mark.parametrize("is_waiting", [False, True])
def test_a_cancelled_meet_up_withdraws_the_entry_of_those_who_had_one(is_waiting: bool) -> None:
    meetup = full_meetup() if is_waiting else make.meetup()
    signup = make.signup(meetup=meetup)
    signup.meetup = publishing.cancel(meetup, note="The host is ill.", now=NOW, by=make.person())

    emails.meetup_cancelled(signup, now=NOW)

    message = last("meetup_cancelled")
    assert message.subject == "Cancelled: Scrutiny and social media, Wednesday 24 February 2027"
    assert "The hosts say:\nThe host is ill.\n" in message.text
    assert message.calendar_method == ("" if is_waiting else "CANCEL")
    if not is_waiting:
        assert (event(message).status.value, event(message).sequence.value) == ("CANCELLED", "1")


# --- Joining details, nudge, reminder -----------------------------------------------------------------------------


def test_joining_details_tell_topics_structures_and_how_to_join() -> None:
    meetup = make.meetup(agenda=1, passcode="secret-pass", dial_in="020 7946 0123")
    talk = {"structure": "1-2-4-all", "talking_points": "What worked?\nWhat next?"}
    AgendaItem.objects.create(meetup=meetup, position=8, title="Ideas", minutes=12, **talk)
    AgendaItem.objects.create(meetup=meetup, position=9, title="More", minutes=12, structure="gone-from-the-catalogue")
    AgendaItem.objects.create(meetup=meetup, position=10, title="Again", minutes=12, structure="1-2-4-all")
    signup = make.signup(meetup=meetup)

    emails.joining_details(signup, now=NOW)

    message = last("joining_details")
    assert message.key == f"meetups.joining:signup={signup.pk}:version=1"
    assert message.unsubscribe_url == ""
    topics = message.text.split("TOPICS\n\n")[1].split("\n\nWHAT TO HAVE READY")[0]
    assert topics.splitlines() == [
        "- 10am: Topic 1",
        "- 10:30am: Ideas",
        "    - What worked?",
        "    - What next?",
        "- 10:42am: More",
        "- 10:54am: Again",
        "",
        "HOW WE WILL TALK",
        "",
        (
            "- 1-2-4-All: You think alone, talk in pairs, then in fours, and share the best with everyone. "
            "https://www.liberatingstructures.com/1-2-4-all/"
        ),
        "",
        "Liberating Structures were developed by Henri Lipmanowicz and Keith McCandless.",
    ]
    assert "Passcode, if you are asked for one: secret-pass" in message.text
    assert "By phone: 020 7946 0123" in message.text
    assert "It works from 9:45am on the day" in message.text
    assert "video.example.org" not in message.text + message.html


def test_joining_details_for_a_room_show_the_way_and_no_call() -> None:
    notes = {"map_url": "https://map.example/cm1", "access_notes": "Step-free from Market Road."}
    meetup = make.both_meetup(passcode="secret-pass", **notes)
    signup = make.signup(meetup=meetup, way="room")

    emails.joining_details(signup, now=NOW)

    message = last("joining_details")
    assert (
        "Committee Room 1\nCounty Hall, Market Road, Chelmsford CM1 1QH\nMap: https://map.example/cm1" in message.text
    )
    assert "Getting in and around: Step-free from Market Road." in message.text
    assert "secret-pass" not in message.text + message.html
    assert "HOW TO JOIN" not in message.text


@pytest.mark.parametrize("write", [emails.nudge, emails.reminder])
def test_nudges_and_reminders_can_be_stopped_with_one_click(write: Callable[..., None], client: Any) -> None:
    signup = make.signup(meetup=make.meetup())

    write(signup, now=NOW)

    message = Message.objects.order_by("-pk")[0]
    parsed = mime(message)
    assert parsed["List-Unsubscribe"].strip() == f"<{message.unsubscribe_url}>"
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.unsubscribe_url.startswith("http://localhost:8000/unsubscribe/reminders/")
    assert "http://localhost:8000/preferences/" in message.text


def test_letters_about_a_place_cannot_be_unsubscribed_from() -> None:
    signup = make.signup(meetup=make.meetup())
    emails.joining_details(signup, now=NOW)
    signups.cancel(signup, now=NOW)

    assert [mime(message)["List-Unsubscribe"] for message in Message.objects.all()] == [None, None, None]


# --- Word from the hosts ------------------------------------------------------------------------------------------


def announcement(meetup: Meetup, **fields: Any) -> Announcement:
    words = {"subject": "Bring a question", "body": "One question.\n\nMore: https://a.gov.uk/b?c=1&d=2"}
    return Announcement(meetup=meetup, written_at=NOW, **{**words, **fields})


def test_an_announcement_keeps_paragraphs_and_links() -> None:
    signup = make.signup(meetup=make.meetup())
    word = announcement(signup.meetup)
    word.save()

    emails.announced(word, signup, now=NOW)

    message = last("announced")
    assert message.key == f"meetups.announced:signup={signup.pk}:announcement={word.pk}"
    assert message.subject == "Bring a question (Scrutiny and social media, Wednesday 24 February 2027)"
    assert message.text.startswith("One question.\n\nMore: https://a.gov.uk/b?c=1&d=2\n")
    assert "<p>One question.</p>" in message.html
    assert '<a href="https://a.gov.uk/b?c=1&amp;d=2" rel="nofollow">' in message.html


def test_a_test_copy_goes_to_the_organiser_alone_and_needs_no_saved_announcement() -> None:
    signup = make.signup(meetup=make.meetup())
    Message.objects.all().delete()
    organiser = make.person("organiser", email="holly@a.gov.uk")

    emails.test_copy(announcement(signup.meetup), to=organiser, now=NOW)

    message = Message.objects.get()
    assert message.to_email == "holly@a.gov.uk"
    assert message.subject.startswith("Test copy: Bring a question (")
    assert "This is a test copy for you alone. Nobody else got it." in message.text
    assert "/booking/" not in message.text + message.html


# --- What must not break ------------------------------------------------------------------------------------------


def everything(meetup: Meetup, **who: Any) -> list[Message]:
    """One of every e-mail for this meet-up."""
    signup = make.signup(meetup=meetup, **who)
    signup.meetup.change_note = meetup.summary
    word = announcement(meetup, subject=meetup.title, body=meetup.summary)
    word.save()
    for write in (emails.already_signed_up, emails.promoted, emails.way_changed, emails.joining_details):
        write(signup, now=NOW)
    for write in (emails.nudge, emails.reminder, emails.moved, emails.meetup_cancelled):
        write(signup, now=NOW)
    emails.announced(word, signup, now=NOW)
    emails.test_copy(word, to=signup.person, now=NOW)
    signups.cancel(signup, now=NOW)
    return list(Message.objects.order_by("pk"))


def hostile_meetup(words: str) -> Meetup:
    host = make.person(name=words)
    said = {"title": words, "summary": words, "passcode": words[:50], "dial_in": words, "access_notes": words}
    made = make.meetup(hosts=[host], details_at=NOW - timedelta(hours=1), **said)
    AgendaItem.objects.create(meetup=made, position=9, title=words, minutes=10, talking_points=words)
    return made


def test_markup_stays_words_in_every_email() -> None:
    messages = everything(hostile_meetup(MARKUP), name=MARKUP)

    assert len(messages) == 12
    for message in messages:
        assert MARKUP in message.subject  # plain text is not escaped
        assert MARKUP in message.text
        assert "<img" not in message.html
        assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &quot;co&quot;" in message.html


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\x00"])
def test_a_title_or_name_cannot_begin_a_header(line_end: str) -> None:
    words = f"Scrutiny{line_end}Bcc: evil@example.org{line_end}{line_end}<b>"
    if line_end == "\x00":  # PostgreSQL keeps no NUL and the forms refuse it; this is about what is left
        words = words.replace("\x00", "\x01")

    for message in everything(hostile_meetup(words), name=words):
        parsed = mime(message)
        assert parsed["Bcc"] is None
        assert parsed.get_all("To") == [message.to_email]
        assert len(parsed.get_all("Subject")) == 1
        assert "Scrutiny Bcc: evil@example.org" in parsed["Subject"]


def test_awkward_names_and_scripts_arrive_as_they_are() -> None:
    title = "Überprüfung 東京 🎏 مراجعة"
    make.signup(meetup=make.meetup(title=title), name="أسماء")

    parsed = mime(Message.objects.get())

    assert parsed["Subject"].strip() == f"You have a place: {title}, Wednesday 24 February 2027"
    assert title in parsed.get_body(("plain",)).get_content()
    assert title in parsed.get_body(("html",)).get_content()


def test_the_message_is_built_as_calendar_programs_want_it() -> None:
    make.signup(meetup=make.meetup(title="Łódź and a title long enough to be folded in a calendar file, twice or more"))

    parsed = mime(Message.objects.get())

    assert parsed.get_content_type() == "multipart/mixed"
    alternative, attachment = parsed.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    parts = list(alternative.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    calendar = parts[2]
    assert re.findall(r"(\w+)=", calendar["Content-Type"]) == ["method", "charset"]
    assert calendar["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert calendar["Content-Disposition"] is None
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "invite.ics"
    inline = calendar.get_content().replace("\r\n", "\n")
    assert inline == attachment.get_content().decode().replace("\r\n", "\n")
    assert vobject.readOne(inline).vevent.summary.value.startswith("Łódź")


def test_a_message_without_an_invitation_is_text_and_html_alone() -> None:
    signup = make.signup(meetup=make.meetup())
    emails.joining_details(signup, now=NOW)

    parsed = mime(last("joining_details"))

    assert parsed.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("starts_at", "hours", "said"),
    [
        (datetime(2027, 3, 28, 0, 0, tzinfo=UTC), 2, "Sunday 28 March 2027, midnight to 3am"),
        (datetime(2027, 3, 28, 9, 0, tzinfo=UTC), 2, "Sunday 28 March 2027, 10am to 12 noon"),
        (datetime(2027, 3, 27, 10, 0, tzinfo=UTC), 2, "Saturday 27 March 2027, 10am to 12 noon"),
        (datetime(2027, 10, 30, 9, 0, tzinfo=UTC), 2, "Saturday 30 October 2027, 10am to 12 noon"),
        (datetime(2027, 10, 30, 23, 0, tzinfo=UTC), 4, "Sunday 31 October 2027, midnight to 3am"),
        (datetime(2027, 10, 31, 10, 0, tzinfo=UTC), 2, "Sunday 31 October 2027, 10am to 12 noon"),
    ],
)
def test_times_are_right_when_the_clocks_change(starts_at: datetime, hours: int, said: str) -> None:
    ends_at = starts_at + timedelta(hours=hours)
    make.signup(meetup=make.meetup(starts_at=starts_at, ends_at=ends_at))

    message = Message.objects.get()
    assert f"When: {said}\n" in message.text
    assert f"<strong>When:</strong> {said}<" in message.html
    assert event(message).dtstart.value == starts_at
    assert event(message).dtend.value.astimezone(UTC) == ends_at


def test_answers_go_to_hosts_who_are_still_here() -> None:
    gone = make.person(email="gone@a.gov.uk", is_active=False)
    make.signup(meetup=make.meetup(hosts=[gone, make.person(email="holly@a.gov.uk")]))

    assert Message.objects.get().reply_to == "holly@a.gov.uk"
    assert mime(Message.objects.get())["Reply-To"] == "holly@a.gov.uk"


def test_every_html_button_is_a_plain_link_in_the_text_too() -> None:
    for message in everything(make.room_meetup(), way="room"):
        addresses = set(re.findall(r'href="(http://localhost:8000/[^"]+)"', message.html))
        assert {address for address in addresses if address not in message.text} == set()


def test_no_email_begins_or_ends_with_anything_but_the_point_and_the_way_out() -> None:
    for message in everything(make.meetup()):
        assert not message.text.startswith(("Dear", "Hello", "\n"))
        assert "\n\n\n" not in message.text
        assert "\n--\nYou get this because" in message.text or "\n--\nThis is a test copy" in message.text


def test_a_person_is_written_to_at_the_address_they_have_now() -> None:
    signup = make.signup(meetup=make.meetup())
    Person.objects.filter(pk=signup.person_id).update(email="new@wessex.gov.uk")

    emails.joining_details(SignUp.objects.for_letters().get(pk=signup.pk), now=NOW)

    assert last("joining_details").to_email == "new@wessex.gov.uk"
