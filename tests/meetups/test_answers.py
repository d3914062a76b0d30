"""What came of the hosts' questions, and finding people by what they answered."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups import answers, signups
from meetups.models import Meetup, Question, SignUp
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db

Kind = Question.Kind


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(name="Organising Olive")


def url(name: str, meetup: Meetup) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug])


class Asked:
    """A meet-up that asks for fish, for help and for a tick, with four people; Eve has cancelled."""

    def __init__(self) -> None:
        self.meetup = make.meetup()
        ask = self.meetup.questions.create
        self.fish = ask(position=0, label="Be a fish?", kind=Kind.CHOICE, choices="Yes\nYes, maybe\nNo")
        self.help = ask(position=1, label="What help?", kind=Kind.TEXT)
        self.tick = ask(position=2, label="Staying on?", kind=Kind.TICK)
        self.ann = self.add("Ann", fish="Yes", help="Budgets in March", tick="Yes")
        self.bob = self.add("Bob", fish="Yes, maybe", help="A March on the town hall")
        self.cyd = self.add("Cyd", fish="Yes")
        self.eve = self.add("Eve", fish="No", help="Whales", tick="Yes")
        signups.cancel(self.eve, now=make.NOW)

    def add(self, name: str, **said: str) -> SignUp:
        given = {getattr(self, which).pk: text for which, text in said.items()}
        return make.signup(
            meetup=self.meetup,
            name=name,
            email=f"{name.lower()}@x.gov.uk",
            access_needs=f"Quiet for {name}",
            answers=given,
            now=make.NOW - timedelta(days=1),
        )


def test_the_questions_page_says_how_many_gave_which_answer_and_who_wrote_what(olive):
    asked = Asked()

    answer = make.client(olive).get(url("questions", asked.meetup))

    assert [[(count.answer, count.people) for count in one.counts] for one in answer.context["questions"]] == [
        [("Yes", 2), ("Yes, maybe", 1), ("No", 0), ("No answer", 0)],
        [("Answered", 2), ("No answer", 1)],
        [("Yes", 1), ("No answer", 2)],
    ]
    said = reading.words(answer)
    assert "Ann , Wessex Council Budgets in March Bob , Wessex Council A March on the town hall" in said
    assert "Quiet for" not in said
    assert "Whales" not in said


def test_each_number_leads_to_those_people_in_the_list(olive):
    asked, client = Asked(), make.client(olive)
    page = client.get(url("questions", asked.meetup)).content.decode()

    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+\?state=active[^"]+)"', page)]

    assert [[one.name for one in client.get(link).context["page"]] for link in links] == [
        ["Ann", "Cyd"],
        ["Bob"],
        ["Ann", "Bob"],
        ["Cyd"],
        ["Ann"],
        ["Bob", "Cyd"],
    ]


@pytest.mark.parametrize(
    ("which", "text", "said", "names"),
    [
        ("fish", "Yes", "", ["Ann", "Cyd"]),
        ("fish", "No", "", ["Eve"]),
        ("fish", None, "maybe", ["Bob"]),
        ("help", None, "", ["Ann", "Bob", "Eve"]),
        ("help", None, " march  budgets ", ["Ann"]),
        ("help", "", "march", ["Cyd"]),
        ("tick", "", "", ["Bob", "Cyd"]),
        (None, None, "MARCH", ["Ann", "Bob"]),
        (None, None, "yes march", []),
    ],
)
def test_people_are_found_by_what_they_answered(which, text, said, names, olive):
    asked = Asked()
    code = answers.code(getattr(asked, which).pk, text) if which else ""

    found = make.client(olive).get(url("people", asked.meetup), {"answer": code, "said": said})

    assert [signup.name for signup in found.context["page"]] == names


@pytest.mark.parametrize("odd", ["x", "0", "0:Yes", "{fish}:Karaoke", "{fish}:Yes\x01", ":", "9" * 40])
def test_an_answer_nobody_can_choose_counts_as_nothing_chosen(odd, olive):
    asked = Asked()

    found = make.client(olive).get(url("people", asked.meetup), {"answer": odd.format(fish=asked.fish.pk)})

    assert [signup.name for signup in found.context["page"]] == ["Ann", "Bob", "Cyd", "Eve"]


def test_those_found_by_an_answer_are_ticked_and_written_to(olive):
    asked, client = Asked(), make.client(olive)

    found = client.get(url("people", asked.meetup), {"answer": answers.code(asked.fish.pk, "Yes"), "all": 1})
    ticked = found.context["ticks"].ids
    written = client.get(url("write", asked.meetup), {"pick": ticked, "ticked": 1})

    assert ticked == [asked.ann.pk, asked.cyd.pk]
    assert "Ann" in reading.words(written)
    assert "Bob" not in reading.words(written)


def test_the_list_that_is_taken_out_has_those_found_by_an_answer(olive):
    asked = Asked()

    file = make.client(olive).get(url("export", asked.meetup), {"answer": answers.code(asked.fish.pk, "Yes")})

    assert [line.split(",")[0] for line in file.content.decode("utf-8-sig").splitlines()] == ["Name", "Ann", "Cyd"]


def test_an_answer_that_is_not_offered_any_more_can_still_be_counted_and_found(olive):
    asked = Asked()
    Question.objects.filter(pk=asked.fish.pk).update(choices="Gladly\nNo")

    fish = answers.of(asked.meetup)[0]
    choices = dict(answers.to_find(asked.meetup))["Be a fish?"]

    assert [(count.answer, count.people) for count in fish.counts] == [
        ("Gladly", 0), ("No", 0), ("Yes", 2), ("Yes, maybe", 1), ("No answer", 0),
    ]  # fmt: skip
    assert [label for _, label in choices] == ["Any answer", "Gladly", "No", "Yes", "Yes, maybe", "No answer"]


def test_without_questions_there_is_nothing_to_find_people_by(olive):
    meetup = make.meetup()
    make.signup(meetup=meetup, name="Ann")

    answer = make.client(olive).get(url("people", meetup), {"said": "words", "answer": "1:Yes"})

    assert [signup.name for signup in answer.context["page"]] == ["Ann"]
    assert "Search in answers" not in reading.words(answer)


@pytest.mark.parametrize("code", [":Yes", ""])
def test_answers_ask_the_database_as_often_for_30_people_as_for_one(code, olive):
    few, many = Asked(), Asked()
    for number in range(30):
        many.add(f"Person {number:02}", fish="Yes", help="Budgets")
    client = make.client(olive)

    for name in ("questions", "people"):
        one, other = (f"{url(name, each.meetup)}?answer={each.fish.pk}{code}" for each in (few, many))
        assert counting.queries(client, one) == counting.queries(client, other)


def test_only_hosts_see_what_was_answered(olive):
    asked = Asked()

    codes = [make.client(who).get(url("questions", asked.meetup)).status_code for who in (None, make.person(), olive)]

    assert codes == [404, 404, 200]
