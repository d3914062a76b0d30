"""Somebody changes their own answers while a host, or they themselves in another window, changed them too."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups import addresses, corrections, signups
from meetups.models import SignUp
from people.models import Person
from tests import make, reading

pytestmark = pytest.mark.django_db

LATER = make.NOW + timedelta(hours=1)
CHANGED = (
    "Your booking was changed after you opened this page, by the hosts or by you in another window. What you entered "
    "is not saved yet. Look through it, then save again."
)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(name="Organising Olive")


@pytest.fixture
def ann() -> SignUp:
    meetup = make.meetup()
    fish = meetup.questions.create(position=1, label="Fish?", kind="choice", choices="Yes\nNo")
    tick = meetup.questions.create(position=2, label="Biscuits", kind="tick")
    return make.signup(
        meetup=meetup, name="Ann", answers={fish.pk: "Yes", tick.pk: "Yes"}, access_needs="Captions", role="officer"
    )


def url(signup: SignUp) -> str:
    return reverse("meetups:change_answers", args=[addresses.booking_token(signup)])


def sent_back(form) -> dict[str, str]:
    """What a browser sends when nothing is changed on the form."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value}


def opened(signup: SignUp) -> dict[str, str]:
    return sent_back(make.client().get(url(signup)).context["form"])


def save(signup: SignUp, said: dict[str, str], **more: str):
    return make.client().post(url(signup), {**said, **more}, follow=True)


def host_changes(signup: SignUp, by: Person, **changed) -> None:
    now = SignUp.objects.get(pk=signup.pk)
    answers = dict(now.answers.values_list("question_id", "text"))
    said = {"name": now.name, "organisation": now.organisation, "role": now.role, "access_needs": now.access_needs}
    details = make.details(**{**said, "answers": answers, "way": now.way, **changed})
    based_on, word = corrections.fingerprint(now), corrections.Word(tells=False)
    corrections.correct(now, details, based_on=based_on, word=word, now=LATER, by=by)


def rows(answer) -> list[tuple[str, str, str]]:
    return [(row.label, row.now, row.entered if row.is_theirs else "left") for row in answer.context.get("both", [])]


def kept(signup: SignUp) -> tuple[str, str]:
    now = SignUp.objects.get(pk=signup.pk)
    return now.name, now.access_needs


def test_what_a_host_changed_is_not_overwritten_unknowingly(ann, olive):
    form = opened(ann)
    host_changes(ann, olive, access_needs="A lift")

    answer = save(ann, form, access_needs="A break every hour")

    assert reading.errors(answer) == [CHANGED]
    page = answer.content.decode()
    assert (page.count("<title>Error: "), page.count('class="govuk-error-summary"')) == (1, 1)
    assert page.index('class="govuk-error-summary"') < page.index("What was changed meanwhile")
    assert rows(answer) == [(answer.context["form"]["access_needs"].label, "A lift", "A break every hour")]
    assert answer.context["form"]["access_needs"].value() == "A break every hour"
    assert kept(ann) == ("Ann", "A lift")


def test_saving_again_keeps_what_they_decided(ann, olive):
    form = opened(ann)
    host_changes(ann, olive, access_needs="A lift")
    again = save(ann, form, access_needs="A break every hour")

    answer = save(ann, sent_back(again.context["form"]))

    assert reading.words(answer).startswith("Done Your answers are saved.")
    assert kept(ann) == ("Ann", "A break every hour")


def test_what_they_left_alone_is_renewed_in_the_form(ann, olive):
    fish, tick = ann.meetup.questions.all()
    form = opened(ann)
    host_changes(ann, olive, name="Ann Other", role="councillor", answers={fish.pk: "No"})

    answer = save(ann, form, access_needs="A lift")
    shown = answer.context["form"]

    assert rows(answer) == [
        ("Your name", "Ann Other", "left"),
        ("What is your role?", "Councillor", "left"),
        ("Fish?", "No", "left"),
        ("Biscuits", "", "left"),
    ]
    assert [shown[name].value() for name in ("name", "role", f"question_{fish.pk}", f"question_{tick.pk}")] == [
        "Ann Other", "councillor", "No", False,
    ]  # fmt: skip
    save(ann, sent_back(shown))
    assert kept(ann) == ("Ann Other", "A lift")
    assert [answer.text for answer in ann.answers.all()] == ["No"]


def test_a_third_change_while_they_decide_is_shown_as_well(ann, olive):
    form = opened(ann)
    host_changes(ann, olive, access_needs="A lift")
    again = save(ann, form, access_needs="A break")
    host_changes(ann, olive, access_needs="A ramp")

    answer = save(ann, sent_back(again.context["form"]))

    assert [now for _, now, _ in rows(answer)] == ["A ramp"]
    assert kept(ann) == ("Ann", "A ramp")


def test_two_windows_of_one_person(ann):
    first, second = opened(ann), opened(ann)
    save(ann, first, name="Anna")

    answer = save(ann, second, name="Annie")

    assert reading.errors(answer) == [CHANGED]
    assert kept(ann)[0] == "Anna"


def test_a_double_click_saves_once_and_asks_nothing(ann):
    form = opened(ann)

    answers = [save(ann, form, name="Anna") for _ in range(2)]

    assert [reading.words(answer).startswith("Done Your answers are saved.") for answer in answers] == [True, True]
    assert [event.sentence[:7] for event in ann.events.all()].count("Changed") == 1


def test_a_host_and_the_person_may_enter_the_same(ann, olive):
    form = opened(ann)
    host_changes(ann, olive, name="Anna")

    assert reading.errors(save(ann, form, name="Anna", access_needs="A lift")) == []
    assert kept(ann) == ("Anna", "A lift")


def test_lines_that_a_browser_sends_in_its_own_way_are_no_change(ann, olive):
    SignUp.objects.filter(pk=ann.pk).update(access_needs="A lift\nA ramp")
    form = opened(ann)
    host_changes(ann, olive, name="Anna", access_needs="A lift\nA ramp")

    answer = save(ann, form, access_needs="A lift\r\nA ramp", role="other")

    assert rows(answer) == [("Your name", "Anna", "left")]


@pytest.mark.parametrize("odd", ["", "x", "name", "name=", "=", "name=a=b name=c", "🐟", "a" * 20000])
def test_a_form_that_does_not_say_what_it_began_from_overwrites_nothing(ann, odd):
    answer = save(ann, opened(ann), name="Mallory", based_on=odd)

    assert reading.errors(answer) == [CHANGED]
    assert kept(ann)[0] == "Ann"


def test_an_answer_to_a_question_that_is_gone_is_no_conflict(ann):
    form = opened(ann)
    ann.meetup.questions.all().delete()

    answer = save(ann, form, name="Anna")

    assert reading.words(answer).startswith("Done Your answers are saved, but for one")
    assert kept(ann)[0] == "Anna"


def test_who_was_cancelled_at_that_moment_changes_nothing(ann, olive):
    marks = corrections.marks(ann)
    signups.cancel(ann, now=LATER, by=olive)

    with pytest.raises(corrections.NothingToChange):
        corrections.change_own(ann, make.details(name="Anna"), based_on=marks, now=LATER)


def test_script_in_either_is_only_text(ann, olive):
    script = "<script>alert(1)</script>"
    form = opened(ann)
    host_changes(ann, olive, access_needs=script)

    page = save(ann, form, access_needs=f"{script}!").content.decode()

    assert (script in page, page.count("&lt;script&gt;")) == (False, 3)
