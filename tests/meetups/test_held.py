"""What meet-ups hold about one person: all of it can be taken out, all of it goes when they leave."""

import json
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from meetups.models import (
    AttendanceImport,
    BreakoutPlan,
    CalendarFeed,
    CountedIn,
    Feedback,
    Follower,
    KeepApart,
    LearnedAlias,
    Poll,
    Presence,
    RoomMember,
    SignUpEvent,
    Topic,
)
from people import my_data
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW
AFTER = make.START + timedelta(hours=3)


@pytest.fixture
def asha():
    """Somebody about whom there is one of every kind of row; Bob was there too."""
    person = make.person(name="Asha Patel", email="asha@wessex.gov.uk", last_login=NOW)
    meetup = make.meetup(title="Hearing the young")
    question = meetup.questions.create(position=0, label="Would you like to be a fish?")
    signup = make.signup(
        meetup=meetup, email=person.email, name="Asha P", access_needs="A hearing loop", answers={question.pk: "Gladly"}
    )
    bob = make.signup(meetup=meetup, name="Bob Other", email="bob@other.gov.uk")
    _on_the_day(meetup, signup, bob)
    _afterwards(meetup, signup, bob)
    make.meetup(title="Hosted by Asha", hosts=[person])
    return person


def _on_the_day(meetup, signup, bob) -> None:
    Presence.objects.create(signup=signup, is_here=True, at=NOW)
    SignUpEvent.objects.create(signup=signup, at=NOW, sentence="Moved up from the waiting list.")
    KeepApart.objects.create(meetup=meetup, one=signup, other=bob)
    round_ = BreakoutPlan.objects.create(meetup=meetup, seed="one").rounds.create(number=1, size=4)
    room = round_.rooms.create(number=1, name="Oak")
    for member in (signup, bob):
        RoomMember.objects.create(round=round_, room=room, signup=member)
    report = AttendanceImport.objects.create(
        meetup=meetup,
        kind="Zoom report",
        file_name="zoom.csv",
        read_at=NOW,
        attendees=[
            {"name": "ASHA P", "email": None, "minutes": 110},
            {"name": "Ashas phone", "email": "Asha@Wessex.gov.uk", "minutes": 50},
            {"name": "Bob Other", "email": "bob@other.gov.uk", "minutes": 110},
        ],
    )
    CountedIn.objects.create(report=report, signup=signup, came_at=NOW)
    LearnedAlias.objects.create(shown="Galaxy A12", person=signup.person, learned_from=report, learned_at=NOW)


def _afterwards(meetup, signup, bob) -> None:
    for one, words in ((signup, "The rooms were lovely."), (bob, "The tea was cold.")):
        Feedback.objects.create(meetup=meetup, signup=one, liked=words, given_at=NOW, changed_at=NOW)
    topic = Topic.objects.create(
        series=meetup.series, title="Buses at night", proposed_by=signup.person, proposed_at=NOW
    )
    topic.backings.create(person=signup.person, at=NOW)
    wanted = Topic.objects.create(series=meetup.series, title="Parks", proposed_by=bob.person, proposed_at=NOW)
    poll = Poll.objects.create(meetup=meetup, opened_at=NOW)
    candidate = poll.candidates.create(topic=wanted)
    poll.votes.create(person=signup.person, candidate=candidate, at=NOW)
    Follower.objects.create(series=meetup.series, person=signup.person, asked_at=NOW, confirmed_at=NOW)
    CalendarFeed.objects.create(person=signup.person, made_at=NOW)


def taken_out(person) -> str:
    return json.dumps(my_data.collect(person), cls=DjangoJSONEncoder)


SAID = [
    *("Asha P", "A hearing loop", "Gladly", "Moved up from the waiting list.", "Oak", "Galaxy A12", "zoom.csv"),
    *("Ashas phone", "The rooms were lovely.", "Buses at night", "Parks", "Follows the series", "secret address"),
    "Hosted by Asha",
]


@pytest.mark.parametrize("words", SAID)
def test_everything_held_can_be_taken_out(asha, words):
    assert words in taken_out(asha)


def test_nothing_of_others_is_taken_out_with_it(asha):
    said = taken_out(asha)

    assert [words for words in ("Bob", "bob@", "The tea was cold.") if words in said] == []


def test_leaving_forgets_all_of_it(asha):
    my_data.leave(asha, now=AFTER)

    said = taken_out(asha)
    # That a report counted somebody stays, and that there was a host: neither says any more who.
    assert [words for words in SAID if words in said] == ["zoom.csv", "Hosted by Asha"]


def test_leaving_takes_a_person_out_of_reports_that_were_read_and_leaves_the_others(asha):
    my_data.leave(asha, now=AFTER)

    report = AttendanceImport.objects.get()
    assert [entry["name"] for entry in report.attendees] == ["Bob Other"]


def test_leaving_keeps_what_is_only_counted(asha):
    my_data.leave(asha, now=AFTER)

    assert Topic.objects.by_backing().values_list("title", "backers", "proposed_by")[0] == ("Buses at night", 1, None)
    assert asha.signups.get().name == ""
    assert list(Feedback.objects.values_list("liked", flat=True)) == ["The tea was cold."]
