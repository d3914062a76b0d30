import pytest
import time_machine
from django.urls import reverse

from meetups.models import AgendaItem, Answer, Meetup, Question
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser()


def url(name: str, meetup: Meetup, pk: int | None = None) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug, *([pk] if pk else [])])


def titles(meetup: Meetup) -> list[str]:
    return [item.title for item in meetup.agenda.all()]


def errors(answer) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


ROW_PAGES = [("agenda", page) for page in ("edit_item", "shift_item", "remove_item")] + [
    ("questions", page) for page in ("edit_question", "shift_question", "remove_question")
]


@pytest.mark.parametrize(("kind", "page"), ROW_PAGES)
def test_rows_of_a_meetup_are_changed_only_through_their_own_meetup(kind, page, olive):
    meetup, other = make.meetup(), make.meetup()
    for one in (meetup, other):
        one.questions.create(position=0, label="Why?")
    another = make.with_second_factor(make.person())
    other.hosts.add(another)
    row = getattr(meetup, kind).first()
    address, crooked = url(page, meetup, row.pk), url(page, other, row.pk)

    codes = [
        make.client().post(address).status_code,
        make.client(another).post(address).status_code,
        make.client(another).post(crooked).status_code,
        make.client(olive).post(crooked).status_code,
    ]

    assert codes == [404, 404, 404, 404]
    assert getattr(meetup, kind).filter(pk=row.pk).exists()


# --- Agenda


def test_an_empty_agenda_says_how_to_begin(olive):
    said = reading.words(make.client(olive).get(url("agenda", make.meetup(agenda=0))))

    assert "Nothing is planned yet. Add the first item" in said
    assert "Liberating Structures were developed by Henri Lipmanowicz and Keith McCandless." in said


def test_start_times_are_worked_out_and_what_is_left_is_said(olive):
    meetup = make.meetup(agenda=2)

    said = reading.words(make.client(olive).get(url("agenda", meetup)))

    assert "60 minutes are not planned yet. 60 minutes are planned." in said
    assert "10am to 10:30am Topic 1" in said
    assert "10:30am to 11am Topic 2" in said


def test_an_agenda_that_runs_over_says_so(olive):
    meetup = make.meetup(agenda=1)
    meetup.agenda.update(minutes=135)

    said = reading.words(make.client(olive).get(url("agenda", meetup)))

    assert "The agenda is 15 minutes longer than the meet-up." in said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"title": "Welcome", "minutes": "10"}, ("Welcome", 10, "")),
        ({"title": "Ask for help", "structure": "troika-consulting"}, ("Ask for help", 30, "troika-consulting")),
        ({"structure": "troika-consulting", "minutes": "45"}, ("Troika Consulting", 45, "troika-consulting")),
        ({"structure": "mad-tea"}, ("Mad Tea", 20, "mad-tea")),
    ],
)
def test_a_structure_fills_in_what_was_left_empty(typed, kept, olive):
    meetup = make.meetup(agenda=1)

    make.client(olive).post(url("agenda", meetup), typed)

    item = meetup.agenda.last()
    assert (item.title, item.minutes, item.structure) == kept
    assert titles(meetup) == ["Topic 1", kept[0]]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"title": ["Enter a topic or choose a structure"], "minutes": ["Enter how many minutes it takes"]}),
        ({"title": "Welcome"}, {"minutes": ["Enter how many minutes it takes"]}),
        ({"title": "Welcome", "minutes": "0"}, {"minutes": ["Minutes must be 1 or more"]}),
        ({"title": "Welcome", "minutes": "601"}, {"minutes": ["Minutes must be 600 or fewer"]}),
        ({"title": "Welcome", "minutes": "ten"}, {"minutes": ["Minutes must be a whole number"]}),
    ],
)
def test_an_item_that_lacks_something_is_not_added(typed, wrong, olive):
    meetup = make.meetup(agenda=0)

    answer = make.client(olive).post(url("agenda", meetup), {"talking_points": "Keep me", **typed})

    assert errors(answer) == wrong
    assert "Keep me" in answer.content.decode()
    assert titles(meetup) == []


def test_a_structure_that_is_not_in_the_catalogue_is_refused(olive):
    answer = make.client(olive).post(url("agenda", make.meetup()), {"structure": "karaoke", "minutes": "5"})

    assert "structure" in errors(answer)


def test_an_item_keeps_a_structure_that_the_catalogue_has_lost(olive):
    meetup = make.meetup(agenda=1)
    item = meetup.agenda.get()
    AgendaItem.objects.update(structure="karaoke")

    make.client(olive).post(
        url("edit_item", meetup, item.pk), {"title": "Sing", "minutes": "5", "structure": "karaoke"}
    )

    item.refresh_from_db()
    assert (item.title, item.structure) == ("Sing", "karaoke")


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [
        (1, "up", ["Topic 2", "Topic 1", "Topic 3"]),
        (1, "down", ["Topic 1", "Topic 3", "Topic 2"]),
        (0, "up", ["Topic 1", "Topic 2", "Topic 3"]),
        (2, "down", ["Topic 1", "Topic 2", "Topic 3"]),
    ],
)
def test_items_are_moved_up_and_down(which, direction, order, olive):
    meetup = make.meetup(agenda=3)
    item = list(meetup.agenda.all())[which]

    answer = make.client(olive).post(url("shift_item", meetup, item.pk), {"direction": direction})

    assert titles(meetup) == order
    assert answer.url == f"{url('agenda', meetup)}?{direction}={item.pk}"


def test_items_with_one_position_can_still_be_moved(olive):
    meetup = make.meetup(agenda=3)
    meetup.agenda.update(position=0)

    make.client(olive).post(url("shift_item", meetup, meetup.agenda.last().pk), {"direction": "up"})

    assert titles(meetup) == ["Topic 1", "Topic 3", "Topic 2"]


def test_looking_changes_no_order_and_removes_nothing(olive):
    meetup = make.meetup(agenda=2)
    client = make.client(olive)

    for page in ("shift_item", "remove_item"):
        client.get(url(page, meetup, meetup.agenda.last().pk))

    assert titles(meetup) == ["Topic 1", "Topic 2"]


def test_an_item_is_removed_after_a_page_that_says_what_that_means(olive):
    meetup = make.meetup(agenda=2)
    item = meetup.agenda.first()
    client = make.client(olive)

    said = reading.words(client.get(url("remove_item", meetup, item.pk)))
    client.post(url("remove_item", meetup, item.pk))

    assert "the items after it start 30 minutes earlier." in said
    assert titles(meetup) == ["Topic 2"]


# --- Questions

FISH = {"label": "Would you like to be a fish?", "kind": "choice", "choices": " Yes \n\nNo\n"}


def test_a_question_goes_to_the_end_of_the_form(olive):
    meetup = make.meetup()
    meetup.questions.create(position=4, label="First")

    make.client(olive).post(url("questions", meetup), {**FISH, "is_required": "on"})

    question = meetup.questions.last()
    assert (question.label, question.choice_list, question.is_required, question.position) == (
        "Would you like to be a fish?", ["Yes", "No"], True, 5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"label": ""}, {"label"}),
        ({"kind": "riddle"}, {"kind"}),
        ({"choices": "Yes"}, {"choices": ["Enter two answers or more, one on each line"]}),
        ({"choices": "Yes\nyes"}, {"choices": ["Enter each answer once"]}),
        ({"choices": "\n".join(map(str, range(21)))}, {"choices": ["Enter 20 answers or fewer"]}),
        ({"choices": f"Yes\n{'N' * 101}"}, {"choices": ["Each answer must be 100 characters or fewer"]}),
    ],
)
def test_a_question_nobody_could_answer_is_not_added(typed, wrong, olive):
    meetup = make.meetup()

    answer = make.client(olive).post(url("questions", meetup), {**FISH, "hint": "Keep me", **typed})

    found = errors(answer)
    assert (found if isinstance(wrong, dict) else set(found)) == wrong
    assert "Keep me" in answer.content.decode()
    assert not meetup.questions.exists()


def test_answers_to_choose_from_are_forgotten_when_one_writes_instead(olive):
    meetup = make.meetup()

    make.client(olive).post(url("questions", meetup), {**FISH, "kind": "text"})

    assert meetup.questions.get().choices == ""


def test_questions_are_changed_and_moved(olive):
    meetup = make.meetup()
    for position, label in enumerate("AB"):
        meetup.questions.create(position=position, label=label)
    client = make.client(olive)

    client.post(url("shift_question", meetup, meetup.questions.last().pk), {"direction": "up"})
    client.post(url("edit_question", meetup, meetup.questions.first().pk), {"label": "C", "kind": "tick"})

    assert [question.label for question in meetup.questions.all()] == ["C", "A"]


def test_removing_a_question_says_how_many_answers_go_with_it(olive):
    meetup = make.meetup()
    question = meetup.questions.create(position=0, label="Why?")
    make.signup(meetup=meetup, answers={question.pk: "Because"})
    client = make.client(olive)

    said = reading.words(client.get(url("remove_question", meetup, question.pk)))
    client.post(url("remove_question", meetup, question.pk), {"answers": "1"})

    assert "1 answer to it will be gone too." in said
    assert (Question.objects.count(), Answer.objects.count()) == (0, 0)


@pytest.mark.parametrize("told", ["0", "", "x", "-1"])
def test_answers_that_came_meanwhile_are_not_removed_unseen(olive, told):
    meetup = make.meetup()
    question = meetup.questions.create(position=0, label="Why?")
    make.signup(meetup=meetup, answers={question.pk: "Because"})

    answer = make.client(olive).post(url("remove_question", meetup, question.pk), {"answers": told}, follow=True)

    assert "More people have answered it meanwhile. Look at the number again." in reading.words(answer)
    assert "1 answer to it will be gone too." in reading.words(answer)
    assert (Question.objects.count(), Answer.objects.count()) == (1, 1)


@pytest.mark.parametrize("page", ["agenda", "questions"])
def test_plans_ask_the_database_as_often_for_30_rows_as_for_one(page, olive):
    few, many = make.meetup(agenda=1), make.meetup(agenda=30)
    few.questions.create(position=0, label="Q")
    Question.objects.bulk_create(Question(meetup=many, position=n, label=f"Q{n}") for n in range(30))
    client = make.client(olive)

    assert counting.queries(client, url(page, few)) == counting.queries(client, url(page, many))
