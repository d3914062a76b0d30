"""Taking a booking to another date of the series."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups import addresses, other_dates
from meetups.models import Meetup, SignUp
from outbox.models import Message
from tests import make, reading

pytestmark = pytest.mark.django_db
State = SignUp.State
LATER = make.START + timedelta(days=28)


def two_dates(**fields) -> tuple[Meetup, Meetup]:
    first = make.meetup(places_online=1)
    return first, make.meetup(series=first.series, starts_at=LATER, title="The same in March", **fields)


def again(signup: SignUp) -> SignUp:
    return SignUp.objects.get(pk=signup.pk)


def test_the_place_moves_with_answers_to_equal_questions_and_the_next_in_line_gets_the_old_one():
    first, later = two_dates()
    same = first.questions.create(position=1, label="Would you like to be a fish?", kind="tick")
    other = first.questions.create(position=2, label="What would you like help with?")
    same_there = later.questions.create(position=1, label="would you like to be a  fish?", kind="tick")
    later.questions.create(position=2, label="What would you like help with?", kind="choice", choices="This\nThat")
    answers = {same.pk: "Yes", other.pk: "Minutes"}
    signup = make.signup(meetup=first, name="Asha", answers=answers, access_needs="A loop")
    waiting = make.signup(meetup=first)
    Message.objects.all().delete()

    moved = other_dates.change(signup, later, now=make.NOW)

    new = moved.signup
    assert (new.meetup, new.state, new.seat, new.name, new.access_needs) == (later, "confirmed", 1, "Asha", "A loop")
    assert [(answer.question, answer.text) for answer in new.answers.all()] == [(same_there, "Yes")]
    assert (again(signup).state, again(waiting).state) == (State.CANCELLED, State.CONFIRMED)
    sent = [(m.kind.removeprefix("meetups/"), m.to_email, m.calendar_method) for m in Message.objects.order_by("pk")]
    assert sorted(sent) == sorted(
        [
            ("cancelled", signup.person.email, "CANCEL"),
            ("promoted", waiting.person.email, "REQUEST"),
            ("signed_up", signup.person.email, "REQUEST"),
        ]
    )
    assert again(signup).why == "You moved to Wednesday 24 March 2027 at 10am."


def test_without_a_place_there_everything_stays():
    first, later = two_dates(places_online=1)
    signup, _ = make.signup(meetup=first), make.signup(meetup=later)
    Message.objects.all().delete()

    with pytest.raises(other_dates.NotThatDate, match="You keep what you have"):
        other_dates.change(signup, later, now=make.NOW)

    assert (again(signup).state, later.signups.count(), Message.objects.count()) == (State.CONFIRMED, 1, 0)


def test_nobody_moves_to_another_series_to_a_closed_date_or_twice():
    first, later = two_dates()
    signup = make.signup(meetup=first)
    elsewhere = make.meetup(starts_at=LATER)

    for to, now in ((elsewhere, make.NOW), (first, make.NOW), (later, LATER)):
        with pytest.raises(other_dates.NotThatDate):
            other_dates.change(signup, to, now=now)
    other_dates.change(signup, later, now=make.NOW)
    with pytest.raises(other_dates.NotThatDate, match="it is cancelled"):
        other_dates.change(signup, later, now=make.NOW)

    assert later.signups.confirmed().count() == 1


@time_machine.travel(make.NOW, tick=False)
def test_the_page_lists_open_dates_of_the_series_and_leads_to_the_new_booking():
    first, later = two_dates()
    make.meetup(series=first.series, starts_at=LATER, state="draft", title="A secret draft")
    make.meetup(starts_at=LATER, title="Of another series")
    signup = make.signup(meetup=first)
    url = reverse("meetups:change_date", args=[addresses.booking_token(signup)])

    page = make.client().get(url)

    assert "The same in March" in reading.words(page)
    assert "A secret draft" not in reading.words(page)
    assert "Of another series" not in reading.words(page)
    assert reading.errors(make.client().post(url, {})) == ["Select a date"]
    answer = make.client().post(url, {"to": later.slug}, follow=True)
    assert "Your booking is moved. This is the new one." in reading.words(answer)
    assert reading.heading(answer) == "The same in March"


@time_machine.travel(make.NOW, tick=False)
def test_an_open_question_of_the_new_date_is_asked_next():
    first, later = two_dates()
    later.questions.create(position=1, label="What do you bring?", is_required=True)
    url = reverse("meetups:change_date", args=[addresses.booking_token(make.signup(meetup=first))])

    answer = make.client().post(url, {"to": later.slug}, follow=True)

    assert reading.heading(answer) == "Change your answers"
