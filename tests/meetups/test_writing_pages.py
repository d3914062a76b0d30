from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from meetups import letters
from meetups.models import Announcement, Meetup
from outbox.models import Message
from people.models import Person
from tests import make, reading

pytestmark = pytest.mark.django_db

WORDS = {"to": "confirmed", "subject": "What to read", "body": "Dear all,\r\n\r\nread <this>."}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(email="olive@council.gov.uk", name="Organising Olive")


def url(meetup: Meetup) -> str:
    return reverse("meetups:write", args=[meetup.slug])


def post(who: Person, meetup: Meetup, **more: str):
    return make.client(who).post(url(meetup), {"nonce": str(uuid4()), **WORDS, **more})


def with_people() -> Meetup:
    """Two with a place, one waiting."""
    meetup = make.meetup(places_online=2)
    for name in ("Ann", "Bob", "Cyd"):
        make.signup(meetup=meetup, name=name, email=f"{name.lower()}@x.gov.uk", now=make.NOW - timedelta(days=1))
    return meetup


def test_without_signups_there_is_nobody_to_write_to(olive):
    said = reading.words(make.client(olive).get(url(make.meetup())))

    assert "Nobody has signed up yet, so there is nobody to write to." in said


def test_each_choice_says_how_many_it_reaches(olive):
    said = reading.words(make.client(olive).get(url(with_people())))

    assert "Everyone signed up and waiting 3 people People with a place 2 people" in said
    assert "People on the waiting list 1 person" in said


@pytest.mark.parametrize(
    ("to", "count", "names"),
    [("everyone", "Send to 3 people", "Ann Bob Cyd"), ("confirmed", "Send to 2 people", "Ann Bob"),
     ("waiting", "Send to 1 person", "Cyd")],
)  # fmt: skip
def test_the_preview_says_how_many_who_and_what_and_sends_nothing(to, count, names, olive):
    meetup = with_people()
    before = Message.objects.count()

    answer = post(olive, meetup, to=to)

    said = reading.words(answer)
    assert f"Who gets it {names} {count}" in said
    assert (
        "Subject What to read (Scrutiny and social media, Wednesday 24 February 2027) How it reads "
        "Dear all, read <this>. Hosting Holly About: Scrutiny and social media "
        "When: Wednesday 24 February 2027, 10am to 12 noon Where: Online Your booking: (a link of their own)" in said
    )
    assert (Announcement.objects.count(), Message.objects.count()) == (0, before)


def test_a_test_copy_goes_to_the_writer_alone(olive):
    meetup = with_people()
    before = set(Message.objects.values_list("pk", flat=True))

    answer = post(olive, meetup, test="1")

    [message] = Message.objects.exclude(pk__in=before)
    assert message.to_email == "olive@council.gov.uk"
    assert "read <this>." in message.text
    assert "A test copy to olive@council.gov.uk is on its way." in reading.words(answer)
    assert not Announcement.objects.exists()


def test_sending_reaches_each_of_them_once(olive, told_tasks, django_capture_on_commit_callbacks):
    meetup = with_people()
    before = set(Message.objects.values_list("pk", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        answer = post(olive, meetup, send="1")
    for _ in range(2):
        letters.queue_due(make.NOW)

    announcement = Announcement.objects.get()
    sent = Message.objects.exclude(pk__in=before)
    assert answer.url == url(meetup)
    assert told_tasks == ["meetups.tasks.queue_due_letters"]
    assert (announcement.to, announcement.written_by, announcement.written_at) == ("confirmed", olive, make.NOW)
    assert sorted(message.to_email for message in sent) == ["ann@x.gov.uk", "bob@x.gov.uk"]


def test_two_clicks_are_one_announcement(olive):
    meetup = with_people()
    nonce = str(uuid4())

    for _ in range(2):
        post(olive, meetup, send="1", nonce=nonce)

    assert Announcement.objects.count() == 1


def test_going_back_and_writing_something_else_is_not_lost(olive):
    meetup = with_people()
    nonce = str(uuid4())

    for subject in ("First", "Second", "Second"):
        post(olive, meetup, send="1", nonce=nonce, subject=subject)

    assert sorted({row.subject for row in Announcement.objects.all()}) == ["First", "Second"]


def test_the_preview_keeps_the_nonce_of_the_form(olive):
    nonce = str(uuid4())

    answer = post(olive, with_people(), nonce=nonce)

    assert f'name="nonce" value="{nonce}"' in answer.content.decode()


def test_one_can_go_back_and_change_the_words(olive):
    answer = post(olive, with_people(), change="1")

    assert answer.context["form"]["body"].value() == WORDS["body"]
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"subject": "", "body": " "}, {"subject", "body"}),
        ({"subject": "s" * 151}, {"subject"}),
        ({"body": "b" * 5001}, {"body"}),
        ({"to": "mars"}, {"to"}),
        ({"nonce": "x"}, {"nonce"}),
        ({"subject": "a\0b"}, {"subject"}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(typed, wrong, olive):
    answer = post(olive, with_people(), send="1", **typed)

    assert set(answer.context["form"].errors) == wrong
    assert not Announcement.objects.exists()


def test_writing_to_nobody_is_refused(olive):
    meetup = make.meetup()
    make.signup(meetup=meetup)

    answer = post(olive, meetup, to="waiting", send="1")

    assert dict(answer.context["form"].errors) == {
        "to": ["Nobody would get it. Choose somebody else, or wait until there are sign-ups"]
    }


def test_a_subject_of_several_lines_begins_no_header(olive):
    meetup = with_people()

    post(olive, meetup, send="1", subject="Hello\r\nBcc: everybody@x.gov.uk")
    letters.queue_due(make.NOW)

    subjects = {message.subject for message in Message.objects.filter(key__contains="announce")}
    assert Announcement.objects.get().subject == "Hello Bcc: everybody@x.gov.uk"
    assert all("\n" not in subject and "\r" not in subject for subject in subjects)


def test_what_was_written_before_is_listed_with_how_many_it_went_to(olive):
    meetup = with_people()
    post(olive, meetup, send="1")
    client = make.client(olive)

    before = reading.words(client.get(url(meetup)))
    letters.queue_due(make.NOW)
    after = reading.words(client.get(url(meetup)))

    assert "People with a place. Going out now: 0 so far. Written by Organising Olive." in before
    assert "What to read, Wednesday 10 February 2027, 10am People with a place. Went out to 2 people." in after


def test_too_many_messages_in_an_hour_are_held_back(olive, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "meetups:write": [(1, 3600, "person")]}
    meetup = with_people()

    codes = [post(olive, meetup, send="1", subject=subject).status_code for subject in ("First", "Second")]

    assert codes == [302, 429]
    assert Announcement.objects.count() == 1


def test_hosts_of_another_meetup_and_strangers_cannot_write():
    meetup = with_people()
    another = make.with_second_factor(make.person())
    make.meetup(hosts=[another])

    codes = [post(another, meetup, send="1").status_code, make.client().post(url(meetup), WORDS).status_code]

    assert codes == [404, 404]
    assert not Announcement.objects.exists()


def test_a_host_can_write_to_their_own():
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host])
    make.signup(meetup=meetup)

    assert post(host, meetup, send="1").url == url(meetup)
    assert Announcement.objects.get().written_by == host


def test_script_in_the_words_is_only_text(olive):
    script = "<script>alert(1)</script>"
    meetup = with_people()
    preview = post(olive, meetup, subject=script, body=script)
    post(olive, meetup, send="1", subject=script, body=script)

    listing = make.client(olive).get(url(meetup))

    assert [script in page.content.decode() for page in (preview, listing)] == [False, False]
