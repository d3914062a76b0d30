"""What somebody can stop: each topic of every app has a mail that goes to whoever wants it, and to nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups import afterwards, letters, notes, timings
from networking import journal, pool, silences, surveys
from outbox.models import Message
from people import preferences
from people.models import Person
from tests import make
from tests.evidence import build as evidence_build
from tests.networking import build as networking_build
from tests.unmentoring import build as unmentoring_build
from unmentoring import month

pytestmark = pytest.mark.django_db

# Who gets the mail, and what sends it once they have chosen.
Sending = tuple[Person, Callable[[], object]]
MORNING = timings.morning_after(make.START + timedelta(hours=2))


def _nudge_and_reminder() -> Sending:
    meetup = make.meetup(reminder_hours=2)
    signup = make.signup(meetup=meetup)

    moments = [meetup.details_at, meetup.details_at + timedelta(hours=2), meetup.starts_at - timedelta(minutes=1)]
    return signup.person, lambda: [letters.queue_due(moment) for moment in moments]


def _feedback() -> Sending:
    return make.signup(meetup=make.meetup()).person, lambda: afterwards.queue_due(MORNING)


def _notes() -> Sending:
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host])
    person = make.signup(meetup=meetup).person

    def send() -> None:
        after = meetup.ends_at + timedelta(hours=1)
        with time_machine.travel(after, tick=False):
            notes.save(meetup, "Because", based_on=0, by=host, now=after)
            make.client(host).post(reverse("meetups:publish_notes", args=[meetup.slug]))
            afterwards.queue_due(after)

    return person, send


def _journal() -> Sending:
    councillor = networking_build.councillor()
    reader = networking_build.mentor(councillor.cohort)
    networking_build.post(councillor)
    return reader.person, lambda: journal.queue_due(networking_build.NOW + timedelta(hours=1))


def _surveys() -> Sending:
    survey = networking_build.survey()
    person = networking_build.councillor(survey.cohort).person
    return person, lambda: [surveys.queue_due(networking_build.NOW + timedelta(days=days)) for days in (0, 7)]


def _questions() -> Sending:
    councillor = networking_build.councillor()
    expert = networking_build.mentor(councillor.cohort)
    skill = networking_build.level(expert, "Video", 3).skill
    return expert.person, lambda: pool.ask(councillor, skill, "How?", now=networking_build.NOW)


def _silence() -> Sending:
    pair = networking_build.pair()
    return pair.councillor.person, lambda: silences.queue_due(networking_build.NOW + timedelta(days=12))


def _quiet_month() -> Sending:
    one, _ = unmentoring_build.participants(2)
    unmentoring_build.told()
    return one.person, lambda: month.queue_due(unmentoring_build.NUDGE)


def _colleagues() -> Sending:
    helper, asks = evidence_build.helper(), make.client(make.person())
    ask = reverse("evidence:ask_helper", args=[helper.pk])
    return helper.person, lambda: asks.post(ask, {"text": "How did you begin?"})


TOPICS: dict[str, tuple[Callable[[], Sending], list[str]]] = {
    "reminders": (_nudge_and_reminder, ["meetups/nudge", "meetups/reminder"]),
    "feedback": (_feedback, ["meetups/feedback_request"]),
    "notes": (_notes, ["meetups/notes_published"]),
    "networking-journal": (_journal, ["networking/journal_digest"]),
    "networking-surveys": (_surveys, ["networking/survey", "networking/survey_reminder"]),
    "networking-questions": (_questions, ["networking/question"]),
    "networking-support": (_silence, ["networking/nudge"]),
    "unmentoring nudges": (_quiet_month, ["unmentoring/nudge"]),
    "questions-of-colleagues": (_colleagues, ["evidence/help_asked"]),
}


def test_every_topic_that_can_be_stopped_is_looked_at_here() -> None:
    assert {topic.name for topic in preferences.topics()} == set(TOPICS)


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_sent_to_whoever_wants_it_and_stops_for_whoever_does_not(topic: str, wanted: bool) -> None:
    begin, kinds = TOPICS[topic]
    person, send = begin()
    preferences.choose(person, topic, wanted, now=make.NOW)

    send()

    sent = Message.objects.filter(to_email=person.email, kind__in=kinds).order_by("pk").values_list("kind", flat=True)
    assert list(sent) == (kinds if wanted else [])
