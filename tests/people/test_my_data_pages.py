import json

import pytest
import time_machine
from django.urls import reverse

from meetups.models import SignUp
from people import consents, preferences
from people.models import Council, Person
from tests import make, reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def url(name: str, *args: str) -> str:
    return reverse(f"people:{name}", args=args)


def with_a_past() -> Person:
    """Somebody who signed up, answered and chose."""
    meetup = make.meetup()
    question = meetup.questions.create(position=1, label="Would you like to be a fish?")
    details = {"name": "Ann Officer", "email": "ann@x.gov.uk", "access_needs": "Captions", "role": "officer"}
    signup = make.signup(meetup=meetup, answers={question.pk: "Perhaps"}, **details)
    make.signup(meetup=meetup, name="Other Person", access_needs="Something private")
    preferences.choose(signup.person, "reminders", False, now=make.NOW)
    return signup.person


@pytest.mark.parametrize("name", ["about_me", "preferences", "my_data", "take_out", "leave"])
def test_strangers_are_asked_to_sign_in(name):
    assert make.client().get(url(name))["Location"].startswith("/account/sign-in/")


# --- My details


def test_my_details_can_be_changed():
    Council.objects.create(slug="essex", name="Essex County Council", kind="county", nation="England")
    person = make.person(name="Ann", organisation="Wessex Council")
    client = make.client(person)

    form = client.get(url("about_me")).context["form"]
    assert [form[name].value() for name in form.fields] == ["Ann", "Wessex Council"]
    answer = client.post(url("about_me"), {"name": "Anna", "works_at": "Essex County Council"}, follow=True)

    assert reading.words(answer).startswith("Done Your details are saved.")
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.council.slug, person.organisation) == ("Anna", "essex", "")


def test_details_with_an_error_are_kept_on_the_form_and_not_saved():
    person = make.person(name="Ann", organisation="Wessex Council")

    answer = make.client(person).post(url("about_me"), {"name": "", "works_at": "Mercia"})

    assert reading.errors(answer) == ["Enter your name"]
    assert 'value="Mercia"' in answer.content.decode()
    assert Person.objects.get(pk=person.pk).name == "Ann"


# --- What we write about


def test_topics_can_be_stopped_and_started_again():
    person = make.person()
    client = make.client(person)

    for sent, wanted in (({}, False), ({"reminders": "on"}, True)):
        answer = client.post(url("preferences"), sent, follow=True)
        assert reading.words(answer).startswith("Done Your choices are saved.")
        assert preferences.wants(person, "reminders") is wanted


def test_whoever_comes_from_a_mail_needs_no_account():
    from meetups import addresses

    person = make.person()
    link = addresses.preferences(person).removeprefix("http://localhost:8000")

    assert person.email in reading.words(make.client().get(link))
    make.client().post(link, {})
    assert preferences.wants(person, "reminders") is False
    assert make.client().get(link[:-3] + "aa/").status_code == 404


# --- My data


def test_my_data_is_all_there_to_read_and_nobody_elses_is():
    person = with_a_past()

    said = reading.words(make.client(person).get(url("my_data")))

    for text in ("Ann Officer", "ann@x.gov.uk", "Captions", "Would you like to be a fish? Perhaps", "Wessex Council"):
        assert text in said
    assert consents.KEEPING_DETAILS.text in said
    assert "Wants reminders No" in said
    assert [text for text in ("Other Person", "Something private") if text in said] == []


def test_my_data_comes_as_a_file_that_other_programs_read():
    person = with_a_past()

    answer = make.client(person).get(url("take_out"))

    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    data = json.loads(answer.content)
    (about,) = data["About you"]
    assert (about["Name"], about["Email address"], about["Wants reminders"]) == ("Ann Officer", "ann@x.gov.uk", False)
    (signup,) = data["Meet-ups"]
    assert (signup["Name"], signup["Access needs"]) == ("Ann Officer", "Captions")
    assert signup["Would you like to be a fish?"] == "Perhaps"


def test_script_in_my_data_comes_out_as_text():
    script = "<script>alert(1)</script>"
    person = make.person(name=script, organisation=script)
    make.signup(meetup=make.meetup(title=script), email=person.email, name=script, access_needs=script)

    for name in ("my_data", "about_me", "preferences", "leave"):
        assert script not in make.client(person).get(url(name)).content.decode()
    assert script not in make.client(person).get("/my-things/").content.decode()


# --- Leaving


def test_leaving_says_what_it_means_and_wants_a_tick():
    person = make.person()
    client = make.client(person)

    said = reading.words(client.get(url("leave")))
    answer = client.post(url("leave"), {})

    assert "This cannot be undone." in said
    assert reading.errors(answer) == ["Tick the box to say that you understand"]
    assert Person.objects.get(pk=person.pk).is_active


def test_leaving_removes_who_it_was_and_keeps_the_count():
    person = with_a_past()
    client = make.client(person)

    answer = client.post(url("leave"), {"sure": "on"}, follow=True)

    assert reading.words(answer).startswith("Done Your details are removed.")
    assert "_auth_user_id" not in client.session
    person = Person.objects.get(pk=person.pk)
    assert (person.is_active, person.name, person.works_at) == (False, "", "")
    assert not Person.objects.filter(email="ann@x.gov.uk").exists()
    signup = SignUp.objects.get(person=person)
    assert (signup.state, signup.name, signup.access_needs, signup.answers.count()) == ("cancelled", "", "", 0)
