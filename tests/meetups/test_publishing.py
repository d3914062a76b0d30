"""The life of a meet-up: publish, move, cancel, edit, and the next one."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from meetups import publishing
from meetups.models import Meetup, SignUp
from outbox.models import Message
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def draft(**fields: Any) -> Meetup:
    return make.meetup(state="draft", **fields)


def by() -> Any:
    return make.person("organiser")


def move(meetup: Meetup, start: datetime, *, now: datetime = NOW, note: str = "") -> Meetup:
    return publishing.move(meetup, publishing.NewTime(start, start + timedelta(hours=2)), note=note, now=now, by=by())


# --- Publish ------------------------------------------------------------------------------------------------------


def test_a_draft_that_has_everything_is_published() -> None:
    publishing.publish(draft(), now=NOW, by=by())

    assert list(Meetup.objects.values_list("state", "published_at")) == [("published", NOW)]


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"starts_at": NOW - timedelta(days=1)}, "The start is in the past. Set a date that is still to come."),
        ({"closes_at": NOW}, "Sign-up would be closed already. Set when it closes."),
        ({"join_url": ""}, "Add the join link of the call. Only people with a place will get it."),
        ({"hosts": []}, "Name at least one host. Answers to our emails go to the hosts."),
        ({"agenda": 0}, "Put at least one item on the agenda, so that people know what they sign up for."),
        ({"mode": "room", "places_room": 5, "places_online": None}, "Say which room it is in."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_published(lacks: dict[str, Any], said: str) -> None:
    meetup = draft(**lacks)

    assert publishing.what_is_missing(meetup, NOW) == [said]
    with pytest.raises(publishing.NotNow) as raised:
        publishing.publish(meetup, now=NOW, by=by())

    assert str(raised.value) == said
    assert Meetup.objects.get().is_draft


def test_what_is_published_or_cancelled_is_not_published_again() -> None:
    with pytest.raises(publishing.NotNow, match="It is published already"):
        publishing.publish(make.meetup(), now=NOW, by=by())
    with pytest.raises(publishing.NotNow, match="It is cancelled"):
        publishing.publish(make.meetup(state="cancelled"), now=NOW, by=by())


# --- Move ---------------------------------------------------------------------------------------------------------


def test_moving_takes_closing_time_and_joining_details_along() -> None:
    moved = move(make.meetup(), datetime(2027, 3, 31, 13, tzinfo=UTC), note="The room is taken.")

    assert moved.ends_at == datetime(2027, 3, 31, 15, tzinfo=UTC)
    assert moved.closes_at == datetime(2027, 3, 30, 16, tzinfo=UTC)  # 5pm in London, in summer time now
    assert moved.details_at == datetime(2027, 3, 30, 17, tzinfo=UTC)
    assert (moved.schedule_version, moved.change_note) == (2, "The room is taken.")


def pin(meetup: Meetup, *clocks: time) -> Meetup:
    """Each item but the first is pinned."""
    for item, clock in zip(meetup.agenda.all()[1:], clocks, strict=True):
        meetup.agenda.filter(pk=item.pk).update(pinned_to=clock)
    return meetup


def pins(meetup: Meetup) -> list[time | None]:
    return [item.pinned_to for item in meetup.agenda.all()]


def test_moving_takes_pins_along_and_drops_what_falls_outside() -> None:
    meetup = pin(make.meetup(agenda=3), time(11), time(11, 45))

    to = publishing.NewTime(make.START + timedelta(hours=4), make.START + timedelta(hours=5, minutes=30))
    publishing.move(meetup, to, note="", now=NOW, by=by())

    assert pins(meetup) == [None, time(15), None]


def test_a_draft_at_another_time_has_its_pins_there() -> None:
    meetup = pin(draft(), time(11))

    meetup.starts_at, meetup.ends_at = make.START + timedelta(hours=4), make.START + timedelta(hours=6)
    publishing.save_changes(meetup, now=NOW)
    publishing.save_changes(meetup, now=NOW)  # and they move once

    assert pins(meetup) == [None, time(15)]


def test_the_next_one_at_another_time_has_its_pins_there() -> None:
    meetup = pin(make.meetup(), time(11))

    copy = publishing.next_in_series(meetup, datetime(2027, 4, 28, 13, tzinfo=UTC), by=by())  # 2pm in London

    assert pins(copy) == [None, time(15)]
    assert pins(meetup) == [None, time(11)]


def test_a_meet_up_that_gets_shorter_closes_by_its_new_end() -> None:
    meetup = make.meetup(closes_at=make.START + timedelta(hours=2))

    to = publishing.NewTime(make.START + timedelta(days=7), make.START + timedelta(days=7, hours=1))
    moved = publishing.move(meetup, to, note="", now=NOW, by=by())

    assert moved.closes_at == moved.ends_at


def test_what_is_not_published_has_started_or_would_be_past_is_not_moved() -> None:
    later = make.START + timedelta(days=7)
    for meetup, now, start in (
        (draft(), NOW, later),
        (make.meetup(state="cancelled"), NOW, later),
        (make.meetup(), make.START, later),
        (make.meetup(), NOW, NOW),
    ):
        with pytest.raises(publishing.NotNow):
            move(meetup, start, now=now)

    assert set(Meetup.objects.values_list("starts_at", "schedule_version")) == {(make.START, 1)}


# --- Cancel -------------------------------------------------------------------------------------------------------


def test_cancelling_keeps_the_note_and_is_safe_to_repeat() -> None:
    meetup = make.meetup()

    publishing.cancel(meetup, note="The host is ill.", now=NOW, by=by())
    publishing.cancel(meetup, note="Again", now=NOW + timedelta(hours=1), by=by())

    meetup.refresh_from_db()
    assert (meetup.is_cancelled, meetup.cancelled_at, meetup.change_note) == (True, NOW, "The host is ill.")


@pytest.mark.parametrize("now", [make.START, make.START + timedelta(days=1)])
def test_what_has_started_is_not_cancelled(now: datetime) -> None:
    with pytest.raises(publishing.NotNow, match="It has started already"):
        publishing.cancel(make.meetup(), note="", now=now, by=by())


# --- Edit ---------------------------------------------------------------------------------------------------------


def test_places_people_have_cannot_be_taken_away() -> None:
    meetup = make.meetup(places_online=3)
    for _ in range(2):
        make.signup(meetup=meetup)

    meetup.places_online = 1
    with pytest.raises(publishing.NotNow, match="2 people have a place online already"):
        publishing.save_changes(meetup, now=NOW)

    meetup.refresh_from_db()
    assert meetup.places_online == 3


def test_a_way_people_attend_by_cannot_be_taken_away() -> None:
    meetup = make.both_meetup()
    make.signup(meetup=meetup, way="room")

    meetup.mode = "online"
    with pytest.raises(publishing.NotNow):
        publishing.save_changes(meetup, now=NOW)


def test_new_words_tell_nobody_and_a_new_place_raises_the_version() -> None:
    meetup = make.room_meetup()

    meetup.title = "New words"
    publishing.save_changes(meetup, now=NOW)
    assert Meetup.objects.get().schedule_version == 1

    meetup.venue = "Committee Room 2"
    publishing.save_changes(meetup, now=NOW)
    assert Meetup.objects.get().schedule_version == 2


def test_more_places_of_a_draft_promote_nobody_and_send_nothing() -> None:
    meetup = draft(places_online=1)

    meetup.places_online = 5
    publishing.save_changes(meetup, now=NOW)

    assert Message.objects.count() == 0


def test_more_places_promote_in_order_and_say_why() -> None:
    meetup = make.meetup(places_online=1)
    people = [make.signup(meetup=meetup) for _ in range(3)]

    meetup.places_online = 2
    publishing.save_changes(meetup, now=NOW)

    assert [SignUp.objects.get(pk=one.pk).state for one in people] == ["confirmed", "confirmed", "waiting"]
    assert people[1].events.last().sentence.endswith("there are more places now, and they were first in line.")


# --- The next one -------------------------------------------------------------------------------------------------


def test_the_next_one_is_a_draft_with_everything_but_people() -> None:
    host = make.person(name="Holly Host")
    meetup = make.meetup(hosts=[host], agenda=3, places_online=30)
    meetup.questions.create(position=0, label="Would you like to be a fish?")
    make.signup(meetup=meetup)

    copy = publishing.next_in_series(meetup, datetime(2027, 4, 28, 9, tzinfo=UTC), by=host)

    copy.refresh_from_db()
    assert (copy.state, copy.number, copy.places_online, copy.schedule_version) == ("draft", meetup.number + 1, 30, 1)
    assert (copy.published_at, copy.cancelled_at, copy.created_by) == (None, None, host)
    assert copy.ends_at == datetime(2027, 4, 28, 11, tzinfo=UTC)
    assert copy.closes_at == datetime(2027, 4, 27, 16, tzinfo=UTC)
    assert copy.uid != meetup.uid
    assert copy.slug == f"{meetup.series.slug}-{copy.number}"
    assert list(copy.hosts.all()) == [host]
    assert [item.title for item in copy.agenda.all()] == ["Topic 1", "Topic 2", "Topic 3"]
    assert [question.label for question in copy.questions.all()] == ["Would you like to be a fish?"]
    assert copy.signups.count() == 0
    assert (meetup.agenda.count(), meetup.questions.count(), meetup.signups.count()) == (3, 1, 1)


AGAIN = datetime(2027, 4, 28, 9, tzinfo=UTC)


def test_asked_twice_for_the_same_start_the_next_one_is_the_one_made_first() -> None:
    meetup = make.meetup()

    copies = [publishing.next_in_series(meetup, AGAIN, by=make.person("organiser")) for _ in range(2)]

    assert copies[0] == copies[1]
    assert (meetup.series.meetups.count(), copies[0].agenda.count()) == (2, meetup.agenda.count())


def test_another_start_or_another_one_to_copy_makes_another_draft() -> None:
    first = make.meetup()
    second = make.meetup(series=first.series)
    wanted = [(first, AGAIN), (first, AGAIN + timedelta(days=7)), (second, AGAIN)]

    copies = [publishing.next_in_series(meetup, at, by=by()) for meetup, at in wanted]

    assert len({copy.pk for copy in copies}) == 3


@pytest.mark.parametrize("since", ["moved", "cancelled", "deleted"])
def test_a_copy_that_no_longer_takes_place_then_makes_way_for_a_new_one(since: str) -> None:
    meetup = make.meetup()
    made = publishing.next_in_series(meetup, AGAIN, by=by())
    rows = Meetup.objects.filter(pk=made.pk)
    if since == "moved":
        rows.update(starts_at=AGAIN + timedelta(hours=1))
    elif since == "cancelled":
        rows.update(state="cancelled", cancelled_at=NOW)
    else:
        made.delete()

    again = publishing.next_in_series(meetup, AGAIN, by=by())

    assert (again.state, again.starts_at) == ("draft", AGAIN)
    assert again.pk != made.pk


def test_the_database_holds_one_copy_for_a_start() -> None:
    meetup = make.meetup()
    publishing.next_in_series(meetup, AGAIN, by=by())

    with pytest.raises(IntegrityError):
        make.meetup(series=meetup.series, copied_from=meetup, copied_for=AGAIN)


def test_a_copy_of_a_copy_is_its_own() -> None:
    copy = publishing.next_in_series(make.meetup(), AGAIN, by=by())

    after = publishing.next_in_series(copy, AGAIN + timedelta(days=28), by=by())

    assert (after.copied_from, after.copied_for) == (copy, AGAIN + timedelta(days=28))


def test_a_way_of_attending_is_not_taken_from_people_who_wait_for_it() -> None:
    meetup = make.both_meetup(places_room=1)
    for _ in range(2):
        make.signup(meetup=meetup, way="room")
    meetup.signups.confirmed().update(way="online")  # only the one who waits is left in the room
    meetup.mode, meetup.places_room = "online", None

    with pytest.raises(publishing.NotNow, match="1 on the waiting list want to attend in the room"):
        publishing.save_changes(meetup, now=NOW)

    assert Meetup.objects.get(pk=meetup.pk).mode == "both"
