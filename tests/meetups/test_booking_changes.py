from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups import addresses, publishing, signups
from meetups.models import Answer, Meetup, SignUp, SignUpEvent
from outbox.models import Message
from tests import make, reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as clock:
        yield clock


def url(signup: SignUp, name: str = "booking") -> str:
    return reverse(f"meetups:{name}", args=[addresses.booking_token(signup)])


def see(signup: SignUp, name: str = "booking"):
    return make.client().get(url(signup, name))


def send(signup: SignUp, step: str, /, **fields):
    return make.client().post(url(signup, step), fields, follow=True)


def kinds() -> list[str]:
    """The mails written so far, the newest last, without the first confirmation of each."""
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def everything() -> list[object]:
    """All rows that a visit could change."""
    tables = (SignUp, Answer, SignUpEvent, Message, Meetup)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_answers_can_be_changed():
    meetup = make.meetup()
    question = meetup.questions.create(position=1, label="Fish?", kind="choice", choices="Yes\nNo")
    tick = meetup.questions.create(position=2, label="Biscuits", kind="tick")
    signup = make.signup(
        meetup=meetup, name="Ann", answers={question.pk: "Yes", tick.pk: "Yes"}, access_needs="Captions"
    )
    form = see(signup, "change_answers").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    based_on = shown.pop("based_on")
    assert list(shown.values()) == ["Ann", "Wessex Council", "Yes", "Yes", "", "Captions"]

    said = {"name": "Anna", "works_at": "Mercia Council", f"question_{question.pk}": "No", "based_on": based_on}
    answer = send(signup, "change_answers", **said)

    assert reading.words(answer).startswith("Done Your answers are saved.")
    facts = reading.facts(answer)
    assert (facts["Name"], facts["Council or organisation"], facts["Fish?"]) == ("Anna", "Mercia Council", "No")
    assert "Biscuits" not in facts
    assert SignUp.objects.get().is_confirmed


def test_wrong_answers_are_kept_on_the_form_and_not_saved():
    signup = make.signup(meetup=make.meetup(), name="Ann")

    answer = send(signup, "change_answers", name="", works_at="Mercia")

    assert reading.errors(answer) == ["Enter your name"]
    assert 'value="Mercia"' in answer.content.decode()
    assert SignUp.objects.get().name == "Ann"


def test_one_can_change_to_the_room_and_back():
    signup = make.signup(meetup=make.both_meetup(), way="online")

    answer = send(signup, "change_way", way="room")

    assert reading.words(answer).startswith("Done You take part in the room.")
    assert reading.facts(answer)["How you take part"].startswith("In the room")
    assert (kinds()[-1], SignUp.objects.get().way) == ("meetups/way_changed", "room")


def test_without_a_free_place_the_old_one_is_kept_and_the_page_says_so():
    meetup = make.both_meetup(places_room=1)
    make.signup(meetup=meetup, way="room")
    signup = make.signup(meetup=meetup, way="online")

    answer = send(signup, "change_way", way="room")

    assert reading.errors(answer) == ["All places of that kind are taken. You keep the place you have."]
    signup.refresh_from_db()
    assert (signup.way, signup.is_confirmed) == ("online", True)


def test_the_way_cannot_be_changed_where_there_is_one_or_after_the_start(clock):
    online, both = make.signup(meetup=make.meetup()), make.signup(meetup=make.both_meetup(), way="online")
    assert see(online, "change_way").status_code == 302

    clock.move_to(make.START)

    assert send(both, "change_way", way="room").redirect_chain == [(url(both), 302)]
    both.refresh_from_db()
    assert both.way == "online"


@pytest.mark.parametrize(
    ("at", "waits", "said"),
    [
        (make.NOW, False, "Your place goes to whoever signs up next."),
        (make.START - timedelta(hours=23), True,
         "Your place is offered to the first on the waiting list. You cannot get it back while others are waiting."),
        (make.START, True, "Nobody gets your place any more: the meet-up has started."),
    ],
)  # fmt: skip
def test_cancelling_says_who_gets_the_place_at_that_hour(at, waits, said, clock):
    meetup = make.meetup(places_online=1)
    signup = make.signup(meetup=meetup)
    if waits:
        make.signup(meetup=meetup)

    clock.move_to(at)

    assert f"What happens then {said} The entry is withdrawn" in reading.words(see(signup, "cancel_booking"))


def test_cancelling_says_first_what_will_be_lost():
    meetup = make.meetup(places_online=1)
    signup = make.signup(meetup=meetup, email="ann@x.gov.uk")
    waiting = make.signup(meetup=meetup)

    said = reading.words(see(signup, "cancel_booking"))
    assert "Your place goes to the first on the waiting list, at once." in said
    assert "We write to ann@x.gov.uk that you cancelled." in said
    assert "You can sign up again until Tuesday 23 February 2027, 5pm" in said

    answer = send(signup, "cancel_booking")

    assert "You have no place at this meet-up. You cancelled on Wednesday 10 February 2027 at 10am." in reading.words(
        answer
    )
    waiting.refresh_from_db()
    assert waiting.is_confirmed
    assert send(signup, "cancel_booking").redirect_chain == [(url(signup), 302)]
    assert kinds().count("meetups/cancelled") == 1


def test_whoever_cancelled_can_sign_up_again_until_it_closes(clock):
    signup = make.signup(meetup=make.meetup())
    signups.cancel(signup, now=make.NOW)
    assert "Sign up again" in reading.words(see(signup))

    assert "You have a place" in reading.words(send(signup, "sign_up_again"))

    signups.cancel(signup, now=make.NOW)
    clock.move_to(signup.meetup.closes_at)
    assert "Sign up again" not in reading.words(see(signup))
    assert "Sign-up closed on Tuesday 23 February 2027 at 5pm." in reading.words(send(signup, "sign_up_again"))


def test_the_email_can_be_sent_again_but_not_for_ever(clock):
    signup = make.signup(meetup=make.meetup(), email="ann@x.gov.uk")

    first = send(signup, "send_again")
    statuses = [send(signup, "send_again").status_code for _ in range(3)]

    assert reading.words(first).startswith("Done We are sending the email to ann@x.gov.uk again.")
    assert statuses == [200, 200, 429]
    assert "meetups/already_signed_up" in kinds()


def test_nothing_is_sent_again_for_a_cancelled_place():
    signup = signups.cancel(make.signup(meetup=make.meetup()), now=make.NOW)
    before = kinds()

    send(signup, "send_again")

    assert kinds() == before


def test_the_calendar_file_is_the_entry_of_the_mail_and_carries_the_own_link_only():
    signup = make.signup(meetup=make.meetup())

    answer = see(signup, "booking_calendar")
    text = answer.content.decode().replace("\r\n ", "")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(signup.meetup.uid) in text
    assert "/join/" in text
    assert "video.example.org" not in text


@pytest.mark.parametrize("name", ["change_answers", "change_way", "cancel_booking"])
@pytest.mark.parametrize("reason", ["cancelled", "meet-up cancelled", "over"])
def test_what_makes_no_sense_any_more_leads_back_to_the_booking(name, reason, clock):
    meetup = make.both_meetup(hosts=[host := make.person()])
    signup = make.signup(meetup=meetup, way="online")
    if reason == "cancelled":
        signups.cancel(signup, now=make.NOW)
    if reason == "meet-up cancelled":
        publishing.cancel(meetup, note="", now=make.NOW, by=host)
    if reason == "over":
        clock.move_to(make.START + timedelta(hours=2))
    before = everything()

    for answer in (make.client().get(url(signup, name)), make.client().post(url(signup, name), {"way": "room"})):
        assert (answer.status_code, answer["Location"]) == (302, url(signup))

    assert everything() == before


def test_script_in_what_they_said_comes_out_as_text():
    script = "<script>alert(1)</script>"
    signup = make.signup(meetup=make.meetup(title=script), name=script, organisation=script, access_needs=script)

    for name in ("booking", "change_answers", "cancel_booking"):
        page = see(signup, name).content.decode()
        assert (script in page, "&lt;script&gt;" in page) == (False, True)
