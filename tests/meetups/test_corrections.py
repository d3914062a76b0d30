"""A host changes somebody's sign-up: what is kept, what the person hears, and what happened meanwhile."""

from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse

from meetups import corrections, signups
from meetups.models import Meetup, SignUp
from outbox.models import Message
from people.models import Person
from tests import make, reading

pytestmark = pytest.mark.django_db

LATER = make.NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(name="Organising Olive")


def url(signup: SignUp, name: str = "edit_signup") -> str:
    return reverse(f"meetups:{name}", args=[signup.meetup.slug, signup.pk])


def ann(meetup: Meetup, **fields) -> SignUp:
    who = {"name": "Ann", "email": "ann@wessex.gov.uk", "organisation": "Wessex Council", "access_needs": "Captions"}
    return make.signup(meetup=meetup, **{**who, **fields})


def on_the_form(client, signup: SignUp) -> dict[str, str]:
    """What the form says when it is opened, as a browser would send it back."""
    form = client.get(url(signup)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "on" if value is True else value for name, value in values.items() if value not in {None, False}}


def save(client, signup: SignUp, **fields):
    said = {**on_the_form(client, signup), **fields}
    return client.post(url(signup), {name: value for name, value in said.items() if value is not None}, follow=True)


def events(signup: SignUp) -> list[str]:
    """The history, without its beginning."""
    return [event.sentence for event in signup.events.all()][1:]


def letters() -> list[str]:
    """What was written since the confirmation."""
    return [kind.removeprefix("meetups/") for kind in Message.objects.order_by("pk").values_list("kind", flat=True)][1:]


def test_the_form_shows_what_the_sign_up_says(olive):
    meetup = make.meetup()
    fish = meetup.questions.create(position=0, label="Fish?", kind="choice", choices="Yes\nNo", is_required=True)
    signup = ann(meetup, answers={fish.pk: "No"}, role="officer")

    said = on_the_form(make.client(olive), signup)

    assert said.pop("based_on") == corrections.fingerprint(signup)
    assert said == {
        "name": "Ann",
        "works_at": "Wessex Council",
        "role": "officer",
        f"question_{fish.pk}": "No",
        "access_needs": "Captions",
        "tells": "on",
    }


def test_what_is_changed_is_kept_said_in_the_history_and_written_to_the_person(olive):
    meetup = make.meetup()
    fish = meetup.questions.create(position=0, label="Fish?", kind="choice", choices="Yes\nNo")
    signup = ann(meetup, answers={fish.pk: "No"})

    answer = save(
        make.client(olive), signup,
        name="Ann Other", **{f"question_{fish.pk}": "Yes"}, access_needs="Captions, a break",
        word="You said so\non the phone.",
    )  # fmt: skip

    assert reading.words(answer).startswith("Done The sign-up of Ann Other is changed. We have written to them.")
    facts = reading.facts(answer)
    assert (facts["Fish?"], facts["Access needs"], reading.heading(answer)) == (
        "Yes",
        "Captions, a break",
        "Scrutiny and social media Ann Other",
    )
    assert events(signup) == [
        (
            "Changed by a host on Wednesday 10 February 2027 at 11am. We wrote to them. "
            "What: “Name”, “Access needs”, “Fish?”"
        ),
        "A host wrote to them: “You said so on the phone.”",
    ]
    assert {event.by for event in signup.events.all()[1:]} == {olive}
    message = Message.objects.get(kind="meetups/corrected")
    assert message.to_email == "ann@wessex.gov.uk"
    assert message.subject == "Your booking was changed: Scrutiny and social media, Wednesday 24 February 2027"
    assert message.calendar == ""
    assert message.text.startswith(
        "The hosts changed your booking: Scrutiny and social media\n\n"
        "What it says now\n- Name: Ann Other\n- Access needs: changed, see your booking\n- Fish?: Yes\n\n"
        "The hosts say:\nYou said so on the phone.\n\nWhen: Wednesday 24 February 2027, 10am to 12 noon\n"
    )
    for said in ("<strong>Name:</strong> Ann Other</li>", "<p>You said so on the phone.</p>"):
        assert said in message.html
    assert "Captions" not in message.text + message.html
    assert "Your booking was changed" in reading.words(make.client(olive).get(url(signup, "one_signup")))


def test_another_way_of_attending_moves_the_place_the_calendar_entry_and_the_next_in_line(olive):
    meetup = make.both_meetup(places_online=1)
    signup, waiting = ann(meetup), make.signup(meetup=meetup)
    Message.objects.exclude(kind="meetups/signed_up").delete()

    answer = save(make.client(olive), signup, way="room", tells=None)

    assert reading.facts(answer)["Attending"] == "In the room"
    assert SignUp.objects.get(pk=waiting.pk).is_confirmed
    assert sorted(letters()) == ["corrected", "promoted"]  # one mail each: not a second one about the way
    message = Message.objects.get(kind="meetups/corrected")
    assert "- Attending: in the room\n" in message.text
    assert "Where: Committee Room 1, County Hall, Market Road, Chelmsford CM1 1QH\n" in message.text
    calendar = icalendar.Calendar.from_ical(message.calendar)
    [event] = calendar.walk("VEVENT")
    assert (str(calendar["METHOD"]), int(event["SEQUENCE"])) == ("REQUEST", 1)
    assert str(event["LOCATION"]).startswith("Committee Room 1")


def test_who_waits_is_told_where_in_line_they_are_the_other_way(olive):
    meetup = make.both_meetup(places_online=1, places_room=1)
    make.signup(meetup=meetup)
    make.signup(meetup=meetup, way="room")
    signup = ann(meetup)

    save(make.client(olive), signup, way="room")

    message = Message.objects.get(kind="meetups/corrected")
    assert "The only place in the room was taken when you signed up" in message.text
    assert "You are number 1 in line." in message.text
    assert message.calendar == ""


def test_without_a_place_the_other_way_nothing_at_all_is_changed(olive):
    meetup = make.both_meetup(places_room=1)
    make.signup(meetup=meetup, way="room")
    signup = ann(meetup)
    Message.objects.all().delete()

    answer = save(make.client(olive), signup, way="room", name="Somebody Else")

    assert reading.errors(answer) == ["All places of that kind are taken. They keep the place they have."]
    assert 'value="Somebody Else"' in answer.content.decode()
    assert (SignUp.objects.get(pk=signup.pk).name, events(signup), Message.objects.count()) == ("Ann", [], 0)


def test_a_small_change_is_written_about_only_when_the_host_says_so(olive):
    signup, client = ann(make.meetup()), make.client(olive)

    answer = save(client, signup, role="officer", tells=None)

    assert reading.words(answer).startswith("Done The sign-up of Ann is changed. They were not written to.")
    assert letters() == []
    save(client, signup, role="councillor")
    assert letters() == ["corrected"]


def test_who_is_renamed_always_hears_of_it(olive):
    signup = ann(make.meetup())

    save(make.client(olive), signup, name="Anna", tells=None)

    assert letters() == ["corrected"]


def test_saving_without_a_change_changes_and_sends_nothing(olive):
    signup = ann(make.meetup())

    answer = save(make.client(olive), signup)

    assert reading.words(answer).startswith("Done Nothing was changed.")
    assert (letters(), events(signup)) == ([], [])


def test_words_alone_are_sent_and_kept_too(olive):
    signup = ann(make.meetup())

    save(make.client(olive), signup, word="Bring your badge.")

    assert Message.objects.get(kind="meetups/corrected").subject.startswith("About your booking: ")
    assert events(signup) == ["A host wrote to them: “Bring your badge.”"]


def test_what_somebody_changed_meanwhile_is_not_overwritten_unknowingly(olive):
    client = make.client(olive)
    signup = ann(make.meetup())
    opened = on_the_form(client, signup)
    signups.change_answers(signup, make.details(name="Ann", access_needs="A lift"), now=LATER)

    answer = client.post(url(signup), {**opened, "name": "Ann Other"})

    [why] = reading.errors(answer)
    assert why == (
        "Somebody changed this sign-up since you opened it. What it says now stands above the form, what you entered "
        "is still in it. Save again to keep what you entered."
    )
    assert answer.content.decode().count('class="govuk-error-summary"') == 1
    assert reading.facts(answer)["Access needs"] == "A lift"
    assert 'value="Ann Other"' in answer.content.decode()
    assert (SignUp.objects.get().name, SignUp.objects.get().access_needs, letters()) == ("Ann", "A lift", [])

    again = answer.context["form"]
    client.post(url(signup), {name: again[name].value() for name in again.fields if again[name].value()})

    assert (SignUp.objects.get().name, SignUp.objects.get().access_needs) == ("Ann Other", "Captions")


def test_a_second_host_with_an_old_form_is_told(olive):
    client, signup = make.client(olive), ann(make.meetup())
    opened = on_the_form(client, signup)
    client.post(url(signup), {**opened, "name": "First"})

    answer = client.post(url(signup), {**opened, "name": "Second"})

    assert "Somebody changed this sign-up since you opened it." in reading.errors(answer)[0]
    assert SignUp.objects.get().name == "First"


def test_wrong_input_is_shown_kept_and_changes_nothing(olive):
    meetup = make.both_meetup()
    signup = ann(meetup)

    answer = save(make.client(olive), signup, name="", way="by boat", word="x" * 201, access_needs="A lift")

    assert reading.errors(answer) == [
        "Enter their name",
        "Select how they take part",
        "Your words to them must be 200 characters or fewer",
    ]
    assert "A lift" in answer.content.decode()
    assert (SignUp.objects.get().access_needs, letters()) == ("Captions", [])


def test_a_choice_that_is_no_longer_offered_stays_when_the_form_is_saved(olive):
    meetup = make.meetup()
    fish = meetup.questions.create(position=0, label="Fish?", kind="choice", choices="Yes\nNo")
    signup = ann(meetup, answers={fish.pk: "No"})
    fish.choices = "Yes\nMaybe"
    fish.save()

    save(make.client(olive), signup, role="officer")

    assert [answer.text for answer in signup.answers.all()] == ["No"]


def test_the_way_cannot_be_changed_after_the_start_but_a_name_can(olive):
    signup = ann(make.both_meetup())
    client = make.client(olive)

    with time_machine.travel(make.START + timedelta(minutes=1), tick=False):
        assert "way" not in on_the_form(client, signup)
        save(client, signup, name="Anna", way="room")

    assert (SignUp.objects.get().name, SignUp.objects.get().way) == ("Anna", "online")


@pytest.mark.parametrize("gone", ["cancelled", "forgotten"])
def test_there_is_nothing_to_change_in_what_was_cancelled_or_forgotten(olive, gone):
    signup = ann(make.meetup())
    if gone == "cancelled":
        signups.cancel(signup, now=LATER)
    else:
        SignUp.objects.update(name="")
    client = make.client(olive)

    assert reading.words(client.get(url(signup), follow=True)).startswith("There is a problem There is nothing to")
    assert "Change this sign-up" not in reading.words(client.get(url(signup, "one_signup")))
    with pytest.raises(corrections.NothingToChange):
        corrections.correct(signup, make.details(), based_on="", word=corrections.Word(), now=LATER, by=olive)


def test_a_host_of_another_meet_up_sees_nothing():
    stranger = make.with_second_factor(make.person())
    make.meetup(hosts=[stranger])
    signup = ann(make.meetup())

    assert make.client(stranger).get(url(signup)).status_code == 404
