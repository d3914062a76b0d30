from datetime import UTC, date, datetime, time, timedelta

import pytest

from meetups import drafting, publishing, timings
from meetups.models import Meetup
from tests import make


@pytest.mark.django_db
def test_saving_a_form_does_not_bring_back_what_was_cancelled_meanwhile():
    meetup = make.meetup(title="Old")
    opened_before = Meetup.objects.get(pk=meetup.pk)
    publishing.cancel(meetup, note="Snow", now=make.NOW, by=make.organiser())

    opened_before.title = "New"
    drafting.keep(opened_before, hosts=[], now=make.NOW)

    kept = Meetup.objects.get(pk=meetup.pk)
    assert (kept.title, kept.state, kept.change_note) == ("New", Meetup.State.CANCELLED, "Snow")


@pytest.mark.django_db
def test_saving_a_form_does_not_undo_a_move_made_meanwhile():
    meetup = make.meetup()
    opened_before = Meetup.objects.get(pk=meetup.pk)
    later = make.START + timedelta(days=7)
    to = publishing.NewTime(later, later + timedelta(hours=2))
    publishing.move(meetup, to, note="", now=make.NOW, by=make.organiser())

    drafting.keep(opened_before, hosts=[], now=make.NOW)

    kept = Meetup.objects.get(pk=meetup.pk)
    assert (kept.starts_at, kept.schedule_version) == (later, 2)


@pytest.mark.django_db
def test_a_new_place_does_not_repeat_what_was_said_about_an_earlier_move():
    meetup = make.room_meetup(change_note="The speaker is ill.")

    meetup.venue = "Committee Room 2"
    drafting.keep(meetup, hosts=[], now=make.NOW)

    assert Meetup.objects.get().change_note == ""


@pytest.mark.django_db
def test_two_hosts_who_delete_a_draft_at_once_delete_it():
    draft = make.meetup(state=Meetup.State.DRAFT)
    seen_by_the_other = Meetup.objects.get(pk=draft.pk)

    drafting.delete(draft)
    drafting.delete(seen_by_the_other)

    assert not Meetup.objects.exists()


@pytest.mark.django_db
def test_only_drafts_are_deleted():
    with pytest.raises(publishing.NotNow, match="Cancel it instead"):
        drafting.delete(make.meetup())


def test_a_london_clock_is_an_hour_ahead_in_summer():
    assert timings.on_london_clock(date(2027, 2, 24), time(10)) == datetime(2027, 2, 24, 10, tzinfo=UTC)
    assert timings.on_london_clock(date(2027, 7, 7), time(10)) == datetime(2027, 7, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "problem"),
    [
        (date(2027, 3, 28), time(1, 0), timings.NoSuchTime),
        (date(2027, 3, 28), time(1, 59), timings.NoSuchTime),
        (date(2027, 10, 31), time(1, 0), timings.TwiceThatNight),
        (date(2027, 10, 31), time(1, 59), timings.TwiceThatNight),
    ],
)
def test_times_in_the_hour_of_a_clock_change_are_refused(day, at, problem):
    with pytest.raises(problem):
        timings.on_london_clock(day, at)


@pytest.mark.parametrize(("day", "month"), [(28, 3), (31, 10)])
@pytest.mark.parametrize("at", [time(0, 59), time(2, 0)])
def test_times_around_that_hour_are_fine(day, month, at):
    assert timings.on_london_clock(date(2027, month, day), at).astimezone(timings.LONDON).time() == at
