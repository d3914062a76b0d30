from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetups import addresses, signups, topics
from meetups.models import Backing, Meetup, Question, SignUp, Topic
from outbox.models import Message
from people.models import Council, Person
from tests import make, reading

pytestmark = pytest.mark.django_db

WHO = {"name": "Ann Officer", "email": "ann@wessex.gov.uk", "works_at": "Wessex Council"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def page(meetup: Meetup, name: str = "sign_up") -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug])


def send(meetup: Meetup, client: Client | None = None, **fields):
    return (client or make.client()).post(page(meetup), {**WHO, **fields})


def followed(meetup: Meetup, **fields):
    """The page one sees after sending the form."""
    return make.client().post(page(meetup), {**WHO, **fields}, follow=True)


def ask(meetup: Meetup, label: str, **fields) -> Question:
    return meetup.questions.create(position=meetup.questions.count(), label=label, **fields)


def test_three_answers_are_enough():
    Council.objects.create(slug="essex", name="Essex County Council", kind="county", nation="England")
    meetup = make.meetup()

    answer = send(meetup, name="  Ann   Officer ", works_at="essex county council")

    assert (answer.status_code, answer["Location"]) == (302, page(meetup, "signed_up"))
    signup = SignUp.objects.get()
    assert (signup.name, signup.person.email, signup.works_at) == ("Ann Officer", WHO["email"], "Essex County Council")
    assert (signup.state, signup.way, signup.seat) == ("confirmed", "online", 1)
    assert [message.to_email for message in Message.objects.all()] == [WHO["email"]]


def test_nothing_typed_is_answered_with_what_to_enter_in_the_order_of_the_fields():
    answer = send(make.both_meetup(), name="", email="", works_at="")

    assert answer.status_code == 200
    assert reading.errors(answer) == [
        "Enter your name",
        "Enter your email address",
        "Enter your council or organisation",
        "Select how you will take part",
    ]
    assert "<title>Error: Sign up" in answer.content.decode()
    assert not SignUp.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong():
    meetup = make.both_meetup()
    text = ask(meetup, "What would you like help with?")
    choice = ask(meetup, "Would you like to be a fish?", kind="choice", choices="Yes\nNo")
    tick = ask(meetup, "I can bring biscuits", kind="tick")
    typed = {"access_needs": "Captions", "role": "officer", "way": "room"}
    answers = {f"question_{text.pk}": "Listening", f"question_{choice.pk}": "Yes", f"question_{tick.pk}": "on"}

    answer = send(meetup, email="not an address", **typed, **answers)

    form = answer.context["form"]
    assert reading.errors(answer) == ["Enter an email address in the correct format, like name@council.gov.uk"]
    assert {name: form[name].value() for name in form.fields} == {
        **WHO,
        "email": "not an address",
        **typed,
        f"question_{text.pk}": "Listening",
        f"question_{choice.pk}": "Yes",
        f"question_{tick.pk}": True,
    }
    assert 'value="Ann Officer"' in answer.content.decode()


def test_answers_to_the_hosts_questions_are_kept():
    meetup = make.meetup()
    text = ask(meetup, "What would you like help with?")
    choice = ask(meetup, "Would you like to be a fish?", kind="choice", choices="Yes\nPerhaps\n")
    tick = ask(meetup, "I can bring biscuits", kind="tick")
    silent = ask(meetup, "Anything else?")

    send(
        meetup,
        role="councillor",
        access_needs="Captions",
        **{f"question_{text.pk}": "Listening", f"question_{choice.pk}": "Perhaps", f"question_{tick.pk}": "on"},
        **{f"question_{silent.pk}": " "},
    )

    signup = SignUp.objects.get()
    assert (signup.role, signup.access_needs) == ("councillor", "Captions")
    assert [(answer.question, answer.text) for answer in signup.answers.all()] == [
        (text, "Listening"),
        (choice, "Perhaps"),
        (tick, "Yes"),
    ]


def test_required_questions_say_what_is_missing():
    meetup = make.meetup()
    for kind in ("text", "choice", "tick"):
        ask(meetup, f"The {kind}", kind=kind, choices="Yes\nNo", is_required=True)

    assert reading.errors(send(meetup)) == [
        "Enter an answer: The text",
        "Select an answer: The choice",
        "Tick the box: The tick",
    ]


def test_an_answer_that_is_not_offered_is_refused():
    meetup = make.meetup()
    choice = ask(meetup, "Fish?", kind="choice", choices="Yes\nNo")

    answer = send(meetup, role="king", **{f"question_{choice.pk}": "Perhaps"})

    assert len(reading.errors(answer)) == 2
    assert not SignUp.objects.exists()


def test_both_ways_say_how_many_places_they_have_left():
    meetup = make.both_meetup(places_online=1, places_room=2)
    make.signup(meetup=meetup, way="online")

    said = reading.words(make.client().get(page(meetup)))

    assert "Online Full: you will be on the waiting list In the room: Committee Room 1 2 places left" in said
    send(meetup, way="room")
    assert SignUp.objects.get(person__email=WHO["email"]).way == "room"


def test_a_meetup_in_one_way_does_not_ask_and_takes_no_other():
    meetup = make.room_meetup()

    assert "How will you take part?" not in reading.words(make.client().get(page(meetup)))
    send(meetup, way="online")

    assert SignUp.objects.get().way == "room"


def test_whoever_is_signed_in_finds_their_details_filled_in():
    person = make.person(name="Known Kim", organisation="Wessex Council")

    form = make.client(person).get(page(make.meetup())).context["form"]

    assert [form[name].value() for name in WHO] == ["Known Kim", person.email, "Wessex Council"]


def test_the_form_says_who_sees_the_answers_and_for_how_long(settings):
    settings.SIGNUPS_KEEP_DAYS = 45

    said = reading.words(make.client().get(page(make.meetup())))

    assert (
        "Hosts see it; nobody else does. Details are reduced to counts some weeks after the meet-up."
        " On this site that is 45 days." in said
    )


# --- Afterwards


def test_the_next_page_says_what_happens_next():
    said = reading.words(followed(make.meetup()))

    assert said.startswith("You are signed up Scrutiny and social media Wednesday 24 February 2027, 10am to 12 noon")
    assert (
        "We are sending an email to ann@wessex.gov.uk with a link to your booking and an entry for your calendar."
        in said
    )
    assert "On Tuesday 23 February 2027, 6pm you get your joining details" in said
    assert "open your own link to the call from 9:45am" in said
    assert "If no email comes within 15 minutes" in said


def test_it_says_that_joining_details_come_at_once_when_they_are_out():
    said = reading.words(followed(make.meetup(details_at=make.NOW)))

    assert "Your joining details are in an email too" in said


def test_it_says_so_when_all_places_are_taken():
    meetup = make.meetup(places_online=1)
    make.signup(meetup=meetup)

    form, after = make.client().get(page(meetup)), followed(meetup)

    assert reading.heading(form) == "Join the waiting list"
    assert reading.heading(after) == "You are on the waiting list"
    assert "If you do not hear from us before Wednesday 24 February 2027, 10am, no place became free." in reading.words(
        after
    )


@pytest.mark.parametrize(
    ("at", "form_says", "page_says"),
    [
        (make.NOW, "When one becomes free, the first in line gets it and we write to them at once.",
         "When a place becomes free, the first in line gets it and we write at once."),
        (make.START - timedelta(hours=23),
         "When one becomes free, the first in line has to take it by the link in our email.",
         "When a place becomes free, the first in line has to take it by the link in our email."),
    ],
)  # fmt: skip
def test_who_joins_the_waiting_list_reads_how_places_are_given_at_that_hour(at, form_says, page_says):
    meetup = make.meetup(places_online=1)
    make.signup(meetup=meetup)

    with time_machine.travel(at, tick=False):
        assert form_says in reading.words(make.client().get(page(meetup)))
        assert page_says in reading.words(followed(meetup))


@pytest.mark.parametrize("places", [1, 5])
@pytest.mark.parametrize("state", ["confirmed", "waiting", "cancelled"])
def test_the_page_is_the_same_byte_for_byte_whether_or_not_the_address_is_known(state, places):
    unknown, known = make.meetup(places_online=places), make.meetup(places_online=places)
    for meetup in (unknown, known):
        make.signup(meetup=meetup, email="first@x.gov.uk")
    if state != "waiting" or places == 1:
        signup = make.signup(meetup=known, email=WHO["email"])
        if state == "cancelled":
            signups.cancel(signup, now=make.NOW)
    Meetup.objects.filter(pk=unknown.pk).update(title="T")
    Meetup.objects.filter(pk=known.pk).update(title="T")

    pages = [reading.without_tokens(followed(meetup)) for meetup in (unknown, known)]

    other, this = unknown.slug.encode(), known.slug.encode()
    assert pages[0].replace(other, b"slug") == pages[1].replace(this, b"slug")


def test_the_answer_to_the_form_carries_nothing_that_tells_a_known_address():
    meetup = make.meetup()

    first, again = send(meetup), send(meetup)

    assert first.cookies.output() == again.cookies.output()
    assert (first.status_code, first.items()) == (again.status_code, again.items())


def test_what_somebody_else_entered_for_a_known_address_changes_nothing():
    meetup = make.meetup()
    make.signup(meetup=meetup, email=WHO["email"], name="The real Ann")

    send(meetup, name="Mallory", works_at="Elsewhere", access_needs="Nonsense")

    signup = SignUp.objects.get()
    assert (signup.name, signup.works_at, signup.access_needs) == ("The real Ann", "Wessex Council", "")
    assert Person.objects.get(email=WHO["email"]).name == "The real Ann"


def test_the_next_page_belongs_to_whoever_sent_the_form():
    meetup, other = make.meetup(), make.meetup()
    client = make.client()
    send(meetup, client)

    assert client.get(page(meetup, "signed_up")).status_code == 200
    assert make.client().get(page(meetup, "signed_up"))["Location"] == meetup.get_absolute_url()

    forged = make.client()
    forged.cookies["typed"] = client.cookies["typed"].value
    assert forged.get(page(other, "signed_up"))["Location"] == other.get_absolute_url()
    forged.cookies["typed"] = "nonsense"
    assert forged.get(page(meetup, "signed_up"))["Location"] == meetup.get_absolute_url()


def test_the_next_page_is_kept_by_nobody():
    answer = followed(make.meetup())

    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")


# --- Closed


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"closes_at": make.NOW}, "Sign-up closed on Wednesday 10 February 2027 at 10am."),
        ({"state": Meetup.State.CANCELLED}, "This meet-up is cancelled."),
        ({"starts_at": make.NOW - timedelta(days=3)}, "This meet-up is over."),
    ],
)
def test_a_closed_form_says_why_and_what_to_do(fields, why):
    meetup = make.meetup(**fields)

    answer = make.client().get(page(meetup))

    assert reading.heading(answer) == "You cannot sign up for this meet-up"
    assert why in reading.words(answer)
    assert "See the next meet-ups" in reading.words(answer)
    assert "<form" not in answer.content.decode().partition("<main")[2]
    sent = send(meetup)
    assert reading.errors(sent) == [why]
    assert 'value="Ann Officer"' in sent.content.decode()
    assert not SignUp.objects.exists()


# --- A question goes while somebody answers it


def test_a_question_removed_before_the_form_is_sent_costs_only_its_answer():
    meetup = make.meetup()
    fish, stays = ask(meetup, "Fish?"), ask(meetup, "Help?")
    sent = {f"question_{fish.pk}": "Yes", f"question_{stays.pk}": "With posters"}
    fish.delete()

    answer = followed(meetup, **sent)

    assert "The hosts took a question off the form while you filled it in. Your answer to it was not kept." in (
        reading.words(answer)
    )
    assert [answer.text for answer in SignUp.objects.get().answers.all()] == ["With posters"]
    assert SignUp.objects.get().is_confirmed


def test_a_question_removed_between_the_check_of_the_form_and_the_sign_up_costs_only_its_answer(monkeypatch):
    meetup = make.meetup()
    fish, stays = ask(meetup, "Fish?"), ask(meetup, "Help?")
    sign_up = signups.sign_up

    def removed_first(*args, **kwargs):
        Question.objects.filter(pk=fish.pk).delete()
        return sign_up(*args, **kwargs)

    monkeypatch.setattr(signups, "sign_up", removed_first)

    answer = followed(meetup, **{f"question_{fish.pk}": "Yes", f"question_{stays.pk}": "With posters"})

    assert "The hosts took a question off the form while you filled it in." in reading.words(answer)
    assert [answer.text for answer in SignUp.objects.get().answers.all()] == ["With posters"]


def test_nothing_is_said_of_lost_answers_when_none_was_given_or_all_were_kept():
    meetup = make.meetup()
    fish, stays = ask(meetup, "Fish?"), ask(meetup, "Help?")
    sent = {f"question_{fish.pk}": "", f"question_{stays.pk}": "With posters"}
    fish.delete()

    assert "took a question off" not in reading.words(followed(meetup, **sent))


# --- Topics


def topic(meetup: Meetup, title: str, **fields) -> Topic:
    return meetup.series.topics.create(title=title, proposed_at=make.NOW, **fields)


def test_topics_of_the_series_can_be_backed_at_sign_up_the_most_wanted_first():
    meetup = make.meetup()
    topics.back(topic(meetup, "Budgets"), by=make.person(), now=make.NOW)
    [bus, gone, *_] = [topic(meetup, title) for title in ("Buses", "Gone", "3", "4", "5", "6", "7")]
    form = make.client().get(page(meetup)).context["form"]
    assert [title for _, title in form.fields["backs"].choices] == ["Budgets", "Buses", "Gone", "3", "4", "5"]
    assert "topic" not in form.fields  # all can read it, so it takes an address that is proved
    topics.remove(gone, now=make.NOW)

    answer = send(meetup, backs=[bus.pk, gone.pk, "x", "9" * 30])

    assert answer.status_code == 302
    ann = SignUp.objects.get().person
    assert list(Backing.objects.filter(person=ann).values_list("topic__title", flat=True)) == ["Buses"]


def test_without_topics_nothing_is_asked_and_the_booking_leads_to_them():
    meetup = make.meetup()
    assert "backs" not in make.client().get(page(meetup)).context["form"].fields

    send(meetup)

    booking = reverse("meetups:booking", args=[addresses.booking_token(SignUp.objects.get())])
    assert "Propose topics for the next meet-up" in reading.words(make.client().get(booking))


def test_who_is_signed_in_can_propose_a_topic_too():
    meetup, ann = make.meetup(), make.person(email=WHO["email"])

    send(meetup, make.client(ann), topic="  How to   hear young people ")

    [made] = Topic.objects.all()
    assert (made.title, made.proposed_by, made.backings.get().person) == ("How to hear young people", ann, ann)


def test_a_stranger_proposes_nothing_and_wants_nothing_in_the_name_of_somebody_else():
    meetup = make.meetup()
    bus = topic(meetup, "Buses")
    send(meetup)

    send(meetup, backs=[bus.pk], topic="Nonsense")

    assert (Backing.objects.count(), list(Topic.objects.all())) == (0, [bus])


def test_a_host_who_signs_somebody_up_is_not_asked_for_topics():
    meetup = make.meetup()
    topic(meetup, "Buses")

    form = make.client(make.organiser()).get(reverse("meetups:add_signup", args=[meetup.slug])).context["form"]

    assert not {"backs", "topic"} & form.fields.keys()
