"""Numbers that only a hand-made form sends: thousands of digits, other digits, none. Nothing breaks or changes."""

import pytest
import time_machine
from django.urls import reverse

from meetups import topics
from meetups.breakouts import planning
from meetups.models import AgendaItem, BreakoutRoom, KeepApart, Meetup, NotesVersion, Poll, Question, Topic
from meetups.views import loading
from tests import make

pytestmark = pytest.mark.django_db

ODD = ["9" * 5000, "9" * 19, "²", "-1", "1.5", "", "x"]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def meetup() -> Meetup:
    """With a plan of rooms, a topic and a question."""
    made = make.meetup()
    for _ in range(8):
        make.signup(meetup=made)
    plan, _ = planning.ask(made, planning.Settings(["4"], "expected", ""), now=make.NOW)
    planning.make(plan, now=make.NOW, seconds=0.1)
    made.questions.create(position=0, label="Fish?")
    return made


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("٣", 3), *((odd, 0) for odd in ODD)])
def test_what_is_no_number_of_ours_is_none(typed, number):
    assert loading.number(typed) == (999999999999999999 if typed == "9" * 18 else number)


@pytest.mark.parametrize("odd", ODD)
def test_forms_of_hosts_take_no_strange_number(odd, meetup):
    client = make.client(make.organiser())
    [question], item = meetup.questions.all(), meetup.agenda.first()
    topics.propose(meetup.series, "Buses", by=make.person(), now=make.NOW)

    def address(name: str, *more: int) -> str:
        return reverse(f"meetups:{name}", args=[meetup.slug, *more])

    answers = [
        client.post(address("change_round", 1), {"change": f"lock {odd}"}),
        client.post(address("kept_apart"), {"remove": odd}),
        client.post(address("run"), {"action": "next", "version": odd}),
        client.post(address("restore_notes"), {"number": odd}),
        client.post(address("read_chat"), {"count": odd, "questions": ""}),
        client.post(address("organise_topics") + "?do=remove", {"topic": odd}),
        client.post(address("shift_item", item.pk), {"to": odd}),
        client.post(address("topics"), {"topic": odd}),
    ]

    assert {answer.status_code for answer in answers} <= {200, 302, 404}
    assert not BreakoutRoom.objects.filter(is_locked=True).exists()
    assert (Topic.objects.open().count(), Question.objects.get(), AgendaItem.objects.count()) == (1, question, 2)
    assert not KeepApart.objects.exists()
    assert not NotesVersion.objects.exists()


def test_a_vote_for_what_a_host_took_off_in_that_moment_is_refused_in_words():
    meetup, olive = make.meetup(), make.organiser()
    one = make.signup(meetup=meetup)
    wanted = [topics.propose(meetup.series, title, by=olive, now=make.NOW) for title in ("Buses", "Budgets", "Bins")]
    poll = topics.open_poll(meetup, wanted, by=olive, now=make.NOW)
    buses = poll.candidates.get(topic=wanted[0])
    topics.remove(wanted[0], now=make.NOW)

    with pytest.raises(topics.NoPollNow, match="The hosts have taken this topic off the poll"):
        topics.vote(poll, buses, by=one.person, now=make.NOW)

    assert Poll.objects.get().votes.count() == 0
