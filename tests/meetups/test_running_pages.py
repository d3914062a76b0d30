"""Two hosts run one meet-up."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups.breakouts import changing, keeping, planning
from meetups.models import AgendaPhase, BreakoutPlan, Meetup, RunState
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def clock():
    with time_machine.travel(make.START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def olive() -> Person:
    return make.organiser()


@pytest.fixture
def meetup() -> Meetup:
    """Topic 1 in two phases of 10 and 20 minutes, then topic 2 of 30."""
    made = make.meetup(agenda=2)
    first = made.agenda.first()
    for position, (name, minutes) in enumerate([("Think", 10), ("Talk", 20)]):
        AgendaPhase.objects.create(item=first, position=position, name=name, minutes=minutes, group=str(position + 1))
    return made


def press(client, meetup, action: str, version: int, **more):
    return client.post(reverse("meetups:run", args=[meetup.slug]), {"action": action, "version": version}, **more)


def words(client, meetup) -> str:
    return reading.words(client.get(reverse("meetups:run", args=[meetup.slug])))


def test_before_the_start_the_page_says_so(clock, olive, meetup):
    said = words(make.client(olive), meetup)

    assert "Not started. The plan begins at 10am with “Topic 1”." in said
    assert not RunState.objects.exists()


def test_a_meetup_without_an_agenda_leads_to_it(clock, olive):
    empty = make.meetup(agenda=0)
    client = make.client(olive)

    press(client, empty, "start", 0)

    assert "There is no agenda yet. Plan the agenda , then run it here with a clock." in words(client, empty)
    assert not RunState.objects.exists()


def test_a_meetup_is_run_from_start_to_end_without_a_script(clock, olive, meetup):
    client = make.client(olive)
    said = []

    for version, action in enumerate(["start", "next", "next", "next"]):
        assert press(client, meetup, action, version).status_code == 302
        said.append(words(client, meetup))
        clock.shift(timedelta(minutes=12))

    assert (
        "Think (alone) 10:00 On time . Step 1 of 3, planned for 10am to 10:10am. Next: Topic 1, Talk (pairs)" in said[0]
    )
    assert "Talk (pairs) 20:00 2 minutes behind . Step 2 of 3, planned for 10:10am to 10:30am. Next: Topic 2" in said[1]
    assert "Topic 2 30:00 6 minutes ahead . Step 3 of 3, planned for 10:30am to 11am This is the last step." in said[
        2
    ].replace("11am.", "11am")
    assert "The meet-up has ended." in said[3]


def test_back_pause_and_go_on(clock, olive, meetup):
    client = make.client(olive)
    press(client, meetup, "start", 0)
    press(client, meetup, "next", 1)
    press(client, meetup, "back", 2)
    press(client, meetup, "pause", 3)
    clock.shift(timedelta(minutes=3))

    paused = words(client, meetup)
    press(client, meetup, "resume", 4)
    clock.shift(timedelta(minutes=1))

    assert "Think (alone) 10:00 Paused 3 minutes behind" in paused
    assert "Think (alone) 9:00 3 minutes behind" in words(client, meetup)


def test_of_two_hosts_who_press_at_once_one_does_and_the_other_is_told(clock, olive, meetup):
    host = make.with_second_factor(make.person())
    meetup.hosts.add(host)
    one, other = make.client(olive), make.client(host)
    press(one, meetup, "start", 0)

    press(one, meetup, "next", 1)
    answer = press(other, meetup, "next", 1, follow=True)

    assert "Another host has just changed it. This is where you are now." in reading.words(answer)
    state = RunState.objects.get()
    assert (state.version, state.phase.name) == (2, "Talk")


def test_a_second_start_changes_nothing(clock, olive, meetup):
    client = make.client(olive)
    press(client, meetup, "start", 0)
    clock.shift(timedelta(minutes=5))

    press(client, meetup, "start", 0)

    assert RunState.objects.get().started_at == make.START


def test_the_script_of_the_page_gets_the_piece_only_when_something_changed(clock, olive, meetup):
    client = make.client(olive)
    started = press(client, meetup, "start", 0, headers=JSON).json()
    url = reverse("meetups:run_state", args=[meetup.slug])

    same, older = (client.get(f"{url}?version={version}", headers=JSON).json() for version in ("1.0", "0.0"))

    assert same == {"version": "1.0", "left": 600, "late": 0, "said": "", "html": None}
    assert older["html"] is not None
    assert older["html"].count("Think") == started["html"].count("Think")
    assert press(client, meetup, "next", 9, headers=JSON).json()["said"].startswith("Another host")


@pytest.mark.parametrize(("action", "version"), [("", 1), ("dance", 1), ("resume", 1), ("back", 1), ("next", 0)])
def test_what_makes_no_sense_changes_nothing(action, version, clock, olive, meetup):
    client = make.client(olive)
    press(client, meetup, "start", 0)

    assert press(client, meetup, action, version).status_code == 302

    state = RunState.objects.get()
    assert (state.version, state.phase.name, state.paused_at, state.ended_at) == (1, "Think", None, None)


def test_a_version_that_is_no_number_is_an_old_one(clock, olive, meetup):
    client = make.client(olive)
    press(client, meetup, "start", 0)

    client.post(reverse("meetups:run", args=[meetup.slug]), {"action": "next", "version": "²"})

    assert RunState.objects.get().version == 1


def test_looking_starts_nothing(clock, olive, meetup):
    client = make.client(olive)
    for page in ("run", "run_state"):
        client.get(reverse(f"meetups:{page}", args=[meetup.slug]), {"action": "start", "version": "0"})

    assert not RunState.objects.exists()


def test_a_phase_or_item_that_was_removed_meanwhile_stops_nobody(clock, olive, meetup):
    client = make.client(olive)
    press(client, meetup, "start", 0)
    press(client, meetup, "next", 1)

    AgendaPhase.objects.get(name="Talk").delete()
    without_phase = words(client, meetup)
    meetup.agenda.first().delete()
    without_item = words(client, meetup)

    assert "Think (alone)" in without_phase
    assert "Topic 2 30:00" in without_item


def test_after_the_end_one_can_go_back_or_clear_it(clock, olive, meetup):
    client = make.client(olive)
    for version, action in enumerate(["start", "next", "next", "next", "back"]):
        press(client, meetup, action, version)
    assert RunState.objects.get().ended_at is None

    press(client, meetup, "reset", 5)

    assert not RunState.objects.exists()


def test_hosts_of_other_meetups_and_strangers_get_404(clock, meetup):
    another = make.with_second_factor(make.person())
    make.meetup(hosts=[another])

    for client in (make.client(), make.client(another)):
        assert press(client, meetup, "start", 0).status_code == 404
        assert client.get(reverse("meetups:run_state", args=[meetup.slug])).status_code == 404
    assert not RunState.objects.exists()


def test_the_run_view_asks_the_database_as_often_for_30_items_as_for_one(clock, olive):
    few, many = make.meetup(agenda=1), make.meetup(agenda=30)
    client = make.client(olive)

    assert counting.queries(client, reverse("meetups:run", args=[few.slug])) == counting.queries(
        client, reverse("meetups:run", args=[many.slug])
    )


# --- Rooms beside the clock -----------------------------------------------------------------------------------------


def rooms_for(meetup: Meetup, *codes: str, people: int = 4) -> BreakoutPlan:
    for _ in range(people):
        make.signup(meetup=meetup)
    plan, _ = planning.ask(meetup, planning.Settings(list(codes), "expected", "Oak\nElm\nAsh"), now=make.NOW)
    planning.make(plan, now=make.NOW)
    plan.refresh_from_db()
    return plan


def rooms_shown(client, meetup) -> list[str]:
    """The headings about rooms, each with the first room under it."""
    page = client.get(reverse("meetups:run", args=[meetup.slug])).content.decode()
    return re.findall(r"Rooms (?:now|next|of round \d): [^<]+", page)


def test_the_rooms_of_the_step_stand_beside_the_clock_and_those_to_come_below(clock, olive, meetup):
    AgendaPhase.objects.create(item=meetup.agenda.first(), position=2, name="Share", minutes=5, group="all")
    AgendaPhase.objects.create(item=meetup.agenda.last(), position=0, name="Fours", minutes=30, group="4")
    rooms_for(meetup, "2", "4")
    client = make.client(olive)
    seen = [rooms_shown(client, meetup)]

    for version, action in enumerate(["start", "next", "next", "next", "next"]):
        press(client, meetup, action, version)
        seen.append(rooms_shown(client, meetup))

    assert seen == [
        ["Rooms next: pairs"],  # not started
        ["Rooms next: pairs"],  # alone
        ["Rooms now: pairs", "Rooms next: fours"],
        ["Rooms next: fours"],  # everybody
        ["Rooms now: fours"],
        [],  # the end
    ]


def test_everybody_in_a_room_is_named_there(clock, olive, meetup):
    rooms_for(meetup, "2")
    client = make.client(olive)
    press(client, meetup, "start", 0)
    press(client, meetup, "next", 1)

    said = words(client, meetup)

    assert "Rooms now: pairs Round 1: move people, lists and files Oak : " in said
    assert all(signup.name in said for signup in meetup.signups.all())


def test_rounds_that_belong_to_no_step_can_be_opened_too(clock, olive):
    plain = make.meetup(agenda=1)
    rooms_for(plain, "2", "4")

    assert rooms_shown(make.client(olive), plain) == ["Rooms of round 1: pairs", "Rooms of round 2: fours"]


def test_an_agenda_with_rooms_that_nobody_planned_says_so(clock, olive, meetup):
    said = words(make.client(olive), meetup)

    assert "This agenda has 1 round in rooms. Plan the rooms , and they are shown here." in said


def test_a_host_who_looks_learns_when_the_rooms_change(clock, olive, meetup):
    plan = rooms_for(meetup, "2")
    client = make.client(olive)
    press(client, meetup, "start", 0)
    url = reverse("meetups:run_state", args=[meetup.slug])
    version = client.get(url, headers=JSON).json()["version"]
    assert client.get(url, {"version": version}, headers=JSON).json()["html"] is None

    one = keeping.rounds_of(plan)[0]
    changing.move(plan, one.row, one.rooms[0].people[0], str(one.rooms[1].row.pk))

    news = client.get(url, {"version": version}, headers=JSON).json()
    assert news["version"] != version
    assert "Rooms next: pairs" in news["html"]


def test_the_run_view_asks_the_database_as_often_for_many_rooms_as_for_few(clock, olive):
    few, many = make.meetup(agenda=1), make.meetup(agenda=1)
    rooms_for(few, "2", people=2)
    rooms_for(many, "2", "2", "2", people=6)
    client = make.client(olive)

    for page in ("run", "script"):
        asked = [counting.queries(client, reverse(f"meetups:{page}", args=[one.slug])) for one in (few, many)]
        assert asked[0] == asked[1]
