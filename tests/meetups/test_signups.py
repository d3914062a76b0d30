"""Who has a place, who waits, and why."""

from datetime import timedelta

import pytest
from django.db import transaction

from meetups import publishing, signups
from meetups.models import Meetup, SignUp
from outbox.models import Message
from people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW
State = SignUp.State


def states(meetup: Meetup) -> list[tuple[str, int | None]]:
    """State and seat in the order of sign-up."""
    return [(signup.state, signup.seat) for signup in meetup.signups.order_by("pk")]


def kinds() -> list[str]:
    return [message.kind.removeprefix("meetups/") for message in Message.objects.order_by("pk")]


def sentences(signup: SignUp) -> list[str]:
    return [event.sentence for event in signup.events.all()]


# --- Signing up ---------------------------------------------------------------------------------------------------


def test_places_are_given_until_none_is_left_and_then_people_wait() -> None:
    meetup = make.meetup(places_online=2)

    for _ in range(4):
        make.signup(meetup=meetup)

    assert states(meetup) == [(State.CONFIRMED, 1), (State.CONFIRMED, 2), (State.WAITING, None), (State.WAITING, None)]
    assert kinds() == ["signed_up", "signed_up", "waiting", "waiting"]
    assert [signup.place_in_line() for signup in meetup.signups.waiting()] == [1, 2]


def test_a_sign_up_keeps_what_was_said_and_makes_a_person() -> None:
    meetup = make.meetup()
    question = meetup.questions.create(position=1, label="Would you like to be a fish?")
    empty = meetup.questions.create(position=2, label="Anything else?")

    signup = make.signup(
        meetup=meetup,
        name="Asha Patel",
        email="Asha@Wessex.gov.uk",
        role="officer",
        access_needs="A hearing loop",
        answers={question.pk: "Yes", empty.pk: ""},
    )

    assert Person.objects.get(email="asha@wessex.gov.uk").name == "Asha Patel"
    assert (signup.name, signup.role, signup.access_needs) == ("Asha Patel", "officer", "A hearing loop")
    assert [(answer.question, answer.text) for answer in signup.answers.all()] == [(question, "Yes")]
    assert sentences(signup) == ["Signed up on Wednesday 10 February 2027 at 10am and got a place."]


def test_the_same_address_has_one_place_however_it_is_written_and_nothing_said_is_overwritten() -> None:
    meetup = make.meetup()
    first = make.signup(meetup=meetup, name="Asha Patel", email="asha@wessex.gov.uk", access_needs="A loop")

    details = make.details(name="Mallory", email=" ASHA@wessex.gov.uk ", access_needs="")
    again = signups.sign_up(meetup, details, now=NOW)

    assert again.is_new is False
    assert again.signup.pk == first.pk
    signup = SignUp.objects.get()
    assert (signup.name, signup.access_needs) == ("Asha Patel", "A loop")
    assert Person.objects.known_as("asha@wessex.gov.uk").name == "Asha Patel"


@pytest.mark.parametrize("is_full", [False, True])
def test_a_page_can_say_the_same_to_known_and_unknown_addresses(is_full: bool) -> None:
    meetup = make.meetup(places_online=1 if is_full else 5)
    make.signup(meetup=meetup, email="asha@wessex.gov.uk")

    known = signups.sign_up(meetup, make.details(email="asha@wessex.gov.uk"), now=NOW)
    unknown = signups.sign_up(meetup, make.details(), now=NOW)

    assert known.shown_as_waiting == unknown.shown_as_waiting == is_full


def test_who_cancelled_and_fills_in_the_form_again_is_signed_up_with_what_they_had_said() -> None:
    """Anybody can fill in the form with somebody's address; only the link in the mail changes what that person said."""
    meetup = make.meetup()
    fish = meetup.questions.create(position=0, label="Would you like to be a fish?")
    why = meetup.questions.create(position=1, label="Why?")
    first = make.signup(meetup=meetup, name="Asha", email="asha@wessex.gov.uk", access_needs="Captions")
    signups.record_answers(first, {fish.pk: "Yes"})
    signups.cancel(first, now=NOW)

    typed = make.details(
        name="A stranger",
        email="asha@wessex.gov.uk",
        access_needs="None",
        role="officer",
        answers={fish.pk: "Never", why.pk: "Because"},
    )
    again = signups.sign_up(meetup, typed, now=NOW)

    signup = SignUp.objects.get()
    assert (again.is_new, again.signup.pk) == (True, first.pk)
    assert (signup.name, signup.access_needs, signup.state, signup.cancelled_at) == (
        "Asha", "Captions", State.CONFIRMED, None,
    )  # fmt: skip
    assert dict(signup.answers.values_list("question", "text")) == {fish.pk: "Yes", why.pk: "Because"}


def test_an_organiser_who_signs_somebody_up_again_says_what_counts_now() -> None:
    meetup = make.meetup()
    first = make.signup(meetup=meetup, name="Asha", email="asha@wessex.gov.uk")
    signups.cancel(first, now=NOW)

    signups.sign_up(meetup, make.details(name="Asha Patel", email="asha@wessex.gov.uk"), now=NOW, by=make.organiser())

    assert SignUp.objects.get().name == "Asha Patel"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"state": "draft", "published_at": None}, "This meet-up is not published yet."),
        ({"state": "cancelled", "cancelled_at": NOW}, "This meet-up is cancelled."),
        ({"closes_at": NOW}, "Sign-up closed on Wednesday 10 February 2027 at 10am."),
    ],
)
def test_a_meet_up_that_is_not_open_says_why_and_takes_nobody(change: dict, why: str) -> None:
    meetup = make.meetup(**change)

    with pytest.raises(signups.SignUpClosed, match=why):
        make.signup(meetup=meetup)

    assert (SignUp.objects.count(), Message.objects.count()) == (0, 0)


def test_an_organiser_can_sign_somebody_up_after_closing_but_not_after_the_end() -> None:
    meetup = make.meetup()
    organiser = make.person("organiser")
    late = meetup.closes_at + timedelta(minutes=1)

    made = signups.sign_up(meetup, make.details(), now=late, by=organiser)

    assert made.signup.state == State.CONFIRMED
    with pytest.raises(signups.SignUpClosed, match="This meet-up is over"):
        signups.sign_up(meetup, make.details(), now=meetup.ends_at, by=organiser)


def test_each_way_of_attending_has_its_own_places_and_its_own_line() -> None:
    meetup = make.both_meetup(places_online=1, places_room=1)

    for way in ("online", "room", "online", "room"):
        make.signup(meetup=meetup, way=way)

    assert states(meetup) == [(State.CONFIRMED, 1), (State.CONFIRMED, 1), (State.WAITING, None), (State.WAITING, None)]
    assert [signup.place_in_line() for signup in meetup.signups.waiting()] == [1, 1]
    assert [signup.why.split(" when ")[0] for signup in meetup.signups.waiting()] == [
        "The only place online was taken",
        "The only place in the room was taken",
    ]


# --- Cancelling and moving up -------------------------------------------------------------------------------------


def test_a_freed_place_goes_to_the_first_in_line_with_a_reason_for_each_reader() -> None:
    meetup = make.meetup(places_online=1)
    first, second, third = (make.signup(meetup=meetup, name=name) for name in ("Ann", "Bob", "Cyd"))

    signups.cancel(first, now=NOW + timedelta(hours=1))

    assert states(meetup) == [(State.CANCELLED, None), (State.CONFIRMED, 1), (State.WAITING, None)]
    assert kinds() == ["signed_up", "waiting", "waiting", "cancelled", "promoted"]
    second.refresh_from_db()
    assert second.why == "A place became free on Wednesday 10 February 2027 at 11am and you were first in line."
    assert sentences(second)[-1] == (
        "Got a place on Wednesday 10 February 2027 at 11am: somebody cancelled, and they were first in line."
    )
    assert third.place_in_line() == 1


def test_places_are_given_in_the_order_of_the_line_whoever_signed_up_first() -> None:
    meetup = make.meetup(places_online=1)
    holder, early, later = (make.signup(meetup=meetup, now=NOW + timedelta(minutes=n)) for n in range(3))
    signups.cancel(early, now=NOW + timedelta(hours=1))
    signups.sign_up_again(early, now=NOW + timedelta(hours=2))  # at the end of the line now

    signups.cancel(holder, now=NOW + timedelta(hours=3))

    assert states(meetup) == [(State.CANCELLED, None), (State.WAITING, None), (State.CONFIRMED, 1)]
    later.refresh_from_db()
    assert later.is_confirmed


def test_nobody_takes_a_free_place_past_those_who_wait() -> None:
    meetup = make.meetup(places_online=1)
    make.signup(meetup=meetup)
    waiting = make.signup(meetup=meetup)
    Meetup.objects.update(places_online=2)  # a place that nobody has been promoted to yet

    outcome = signups.sign_up(meetup, make.details(), now=NOW)

    newcomer = outcome.signup
    assert (newcomer.is_waiting, outcome.shown_as_waiting) == (True, True)
    assert [waiting.place_in_line(), newcomer.place_in_line()] == [1, 2]


def test_cancelling_twice_is_cancelling_once() -> None:
    signup = make.signup(meetup=make.meetup())

    for hours in (1, 2):
        signups.cancel(signup, now=NOW + timedelta(hours=hours))

    assert kinds() == ["signed_up", "cancelled"]
    signup.refresh_from_db()
    assert signup.cancelled_at == NOW + timedelta(hours=1)


def test_who_waits_and_cancels_frees_no_place() -> None:
    meetup = make.meetup(places_online=1)
    _, second, _ = (make.signup(meetup=meetup) for _ in range(3))

    signups.cancel(second, now=NOW)

    assert states(meetup) == [(State.CONFIRMED, 1), (State.CANCELLED, None), (State.WAITING, None)]
    assert "promoted" not in kinds()


def test_nobody_is_promoted_after_the_start_or_once_it_is_cancelled() -> None:
    meetup = make.meetup(places_online=1)
    first = make.signup(meetup=meetup)
    make.signup(meetup=meetup)

    signups.cancel(first, now=meetup.starts_at)

    assert states(meetup) == [(State.CANCELLED, None), (State.WAITING, None)]


def test_an_organiser_who_cancels_for_somebody_is_named_as_the_cause() -> None:
    signup = make.signup(meetup=make.meetup())
    organiser = make.person("organiser")

    signups.cancel(signup, now=NOW, by=organiser)

    signup.refresh_from_db()
    assert signup.why == "The organisers cancelled on Wednesday 10 February 2027 at 10am."
    assert signup.events.last().by == organiser


def test_signing_up_again_needs_an_open_meet_up_and_does_nothing_for_who_has_a_place() -> None:
    signup = make.signup(meetup=make.meetup())

    signups.sign_up_again(signup, now=NOW)
    assert kinds() == ["signed_up"]

    signups.cancel(signup, now=NOW)
    with pytest.raises(signups.SignUpClosed):
        signups.sign_up_again(signup, now=signup.meetup.closes_at)
    assert kinds() == ["signed_up", "cancelled"]


def test_more_places_promote_as_many_as_there_are() -> None:
    meetup = make.meetup(places_online=1)
    for _ in range(4):
        make.signup(meetup=meetup)

    meetup.places_online = 3
    publishing.save_changes(meetup, now=NOW)

    assert [state for state, _ in states(meetup)] == [State.CONFIRMED] * 3 + [State.WAITING]
    assert sorted(seat for _, seat in states(meetup) if seat) == [1, 2, 3]


# --- The other way ------------------------------------------------------------------------------------------------


def test_changing_the_way_takes_a_place_there_and_frees_the_old_one() -> None:
    meetup = make.both_meetup(places_online=1, places_room=1)
    mover, waiting = make.signup(meetup=meetup, name="Ann"), make.signup(meetup=meetup)

    signups.change_way(mover, "room", now=NOW)

    assert [(s.state, s.way, s.seat) for s in meetup.signups.order_by("pk")] == [
        (State.CONFIRMED, "room", 1),
        (State.CONFIRMED, "online", 1),
    ]
    assert "somebody changed to attending in the room" in sentences(waiting)[-1]


def test_without_a_place_the_other_way_the_old_one_is_kept() -> None:
    meetup = make.both_meetup(places_online=2, places_room=1)
    make.signup(meetup=meetup, way="room")
    signup = make.signup(meetup=meetup)

    with pytest.raises(signups.NoPlaceThatWay):
        signups.change_way(signup, "room", now=NOW)

    signup.refresh_from_db()
    assert (signup.state, signup.way, signup.seat) == (State.CONFIRMED, "online", 1)
    assert "way_changed" not in kinds()


def test_who_waits_can_wait_the_other_way_or_find_a_place_there() -> None:
    meetup = make.both_meetup(places_online=1, places_room=1)
    make.signup(meetup=meetup)
    lucky, unlucky = make.signup(meetup=meetup), make.signup(meetup=meetup)

    for waiting in (lucky, unlucky):
        signups.change_way(waiting, "room", now=NOW)
        waiting.refresh_from_db()

    assert [(lucky.state, lucky.seat), (unlucky.state, unlucky.seat)] == [(State.CONFIRMED, 1), (State.WAITING, None)]
    assert (lucky.way, unlucky.way) == ("room", "room")


@pytest.mark.parametrize("way", ["online", "room", "nonsense"])
def test_a_way_that_changes_nothing_or_does_not_exist_does_nothing(way: str) -> None:
    signup = make.signup(meetup=make.meetup())

    signups.change_way(signup, way, now=NOW)

    assert kinds() == ["signed_up"]


def test_the_way_cannot_be_changed_after_the_start() -> None:
    signup = make.signup(meetup=make.both_meetup())

    with pytest.raises(signups.SignUpClosed):
        signups.change_way(signup, "room", now=signup.meetup.starts_at)


# --- Answers, coming, nothing half done ---------------------------------------------------------------------------


def test_changed_answers_replace_the_old_ones_and_keep_the_place() -> None:
    meetup = make.meetup()
    question = meetup.questions.create(position=1, label="Would you like to be a fish?")
    signup = make.signup(meetup=meetup, answers={question.pk: "Yes"})

    signups.change_answers(signup, make.details(name="New Name", answers={question.pk: "No"}), now=NOW)

    signup.refresh_from_db()
    assert (signup.name, signup.state, signup.seat) == ("New Name", State.CONFIRMED, 1)
    assert [answer.text for answer in signup.answers.all()] == ["No"]
    assert kinds() == ["signed_up"]


def test_coming_is_counted_once_at_the_first_time() -> None:
    signup = make.signup(meetup=make.meetup())

    for minutes in (0, 5):
        signups.count_in(signup, now=make.START + timedelta(minutes=minutes))

    signup.refresh_from_db()
    assert signup.came_at == make.START


@transaction.atomic
def sign_up_and_fail(meetup: Meetup) -> None:
    make.signup(meetup=meetup)
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_roll_back_keeps_no_sign_up_and_sends_nothing(told_tasks: list[str]) -> None:
    meetup = make.meetup()

    with pytest.raises(ZeroDivisionError):
        sign_up_and_fail(meetup)

    assert (SignUp.objects.count(), Message.objects.count(), told_tasks) == (0, 0, [])


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_told_once_after_the_commit(told_tasks: list[str]) -> None:
    meetup = make.meetup()

    with transaction.atomic():
        for _ in range(3):
            make.signup(meetup=meetup)
        assert told_tasks == []

    assert told_tasks == ["outbox.tasks.deliver"]
