import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetups.models import Meetup, Question, SignUp
from outbox.models import Message
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


def ask(meetup: Meetup, label: str, **fields) -> Question:
    return meetup.questions.create(position=meetup.questions.count(), label=label, **fields)


NASTY = {
    "script": "<script>alert(1)</script>",
    "right to left": "\u202egnp.exe \u05e9\u05dc\u05d5\u05dd",
    "emoji": "🐟" * 30,
    "several lines": "Ann\r\nBcc: all@example.org",
    "formula": '=HYPERLINK("http://evil.example")',
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_strange_text_in_every_field_does_no_harm(text):
    meetup = make.meetup()
    question = ask(meetup, "Anything?")
    fields = {"name": text, "works_at": text, "access_needs": text, f"question_{question.pk}": text}
    client = make.client()

    wrong = send(meetup, client, email=text, **fields)
    right = client.post(page(meetup), {**WHO, **fields}, follow=True)

    assert (wrong.status_code, right.status_code) == (200, 200)
    assert reading.heading(right) == "You are signed up"
    for answer in (wrong, right):
        assert "<script>alert" not in answer.content.decode()
        assert "<img src=x" not in answer.content.decode()
    assert [message.to_email for message in Message.objects.all()] == [WHO["email"]]


@pytest.mark.parametrize("name", ["name", "email", "works_at", "access_needs"])
def test_nul_bytes_and_endless_text_are_refused_with_a_clear_error(name):
    meetup = make.meetup()

    for text in ("a\0b", "x" * 5000, "ann@" + "x" * 5000 + ".uk"):
        answer = send(meetup, **{name: text})
        assert answer.status_code == 200
        assert reading.errors(answer) != []
    assert not SignUp.objects.exists()


def test_a_name_may_be_as_long_as_names_get():
    assert send(make.meetup(), name="x" * 150).status_code == 302
    assert reading.errors(send(make.meetup(), name="x" * 151)) != []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(method):
    assert getattr(make.client(), method)(page(make.meetup())).status_code == 405


def test_a_form_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)

    assert client.post(page(make.meetup()), WHO).status_code == 403
    assert not SignUp.objects.exists()


def test_too_many_sign_ups_are_slowed_down_and_the_typed_text_is_kept():
    meetup = make.meetup()

    answers = [send(meetup) for _ in range(7)]

    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert reading.errors(answers[-1])[0].startswith("This was sent too often in a short time")
    assert 'value="Ann Officer"' in answers[-1].content.decode()
    assert send(meetup, email="somebody.else@wessex.gov.uk").status_code == 302
