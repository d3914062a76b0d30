"""Phases, pins, scripts and own structures on organisers' pages; the catalogue for everybody."""

from datetime import time

import pytest
import time_machine
from django.urls import reverse

from meetups import filling, programme, publishing, structures
from meetups.breakouts import planning
from meetups.models import AgendaItem, AgendaPhase, Meetup, OwnStructure
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db
OWN = {
    "name": "Lightning round", "line": "Everybody says one thing.", "phases": "1, alone, Think\n9, all, Say",
    "least": "3", "most": "0", "works_online": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser()


def url(name: str, meetup: Meetup, pk: int | None = None) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug, *([pk] if pk else [])])


def phases(item: AgendaItem) -> list[tuple[int, str, str]]:
    return [(row.minutes, row.group, row.name) for row in item.phases.all()]


def add(client, meetup: Meetup, **typed: str) -> AgendaItem:
    client.post(url("agenda", meetup), typed)
    return meetup.agenda.last()


def edit(client, meetup: Meetup, item: AgendaItem, **typed: str):
    was = {"title": item.title, "minutes": str(item.minutes), "structure": item.structure, "notes": item.notes}
    return client.post(url("edit_item", meetup, item.pk), {**was, **typed})


def test_choosing_a_structure_fills_phases_minutes_and_words_for_hosts(olive):
    item = add(make.client(olive), make.meetup(agenda=0), structure="1-2-4-all")

    catalogue = structures.find("1-2-4-all")
    assert (item.minutes, item.script, item.notes) == (12, catalogue.invitation, catalogue.notes)
    assert tuple(filling.phases_of(item)) == catalogue.phases


def test_everything_a_structure_brought_can_be_changed(olive):
    client, meetup = make.client(olive), make.meetup(agenda=0)
    item = add(client, meetup, structure="1-2-4-all")

    edit(client, meetup, item, phases="3, pairs, Talk\n9, everyone, Share", notes="Ours", speaker="Hari", minutes="15")

    item.refresh_from_db()
    assert (item.minutes, item.notes, item.speaker, item.script) == (15, "Ours", "Hari", "")
    assert phases(item) == [(3, "2", "Talk"), (9, "all", "Share")]
    assert "The phases take 12 minutes, the item has 15 minutes." in reading.words(client.get(url("agenda", meetup)))


def test_choosing_another_structure_replaces_the_phases_and_the_minutes_but_no_words(olive):
    client, meetup = make.client(olive), make.meetup(agenda=0)
    item = add(client, meetup, structure="1-2-4-all")

    edit(client, meetup, item, structure="troika-consulting", notes="Ours", phases="1, alone, Old")

    item.refresh_from_db()
    assert (item.minutes, item.notes) == (30, "Ours")
    assert tuple(filling.phases_of(item)) == structures.find("troika-consulting").phases


def test_phases_that_stay_keep_their_rows_so_that_a_running_meetup_stays_where_it_is(olive):
    client, meetup = make.client(olive), make.meetup(agenda=0)
    item = add(client, meetup, structure="1-2-4-all")
    before = [row.pk for row in item.phases.all()]

    edit(client, meetup, item, phases="1, alone, Think\n2, pairs, Talk")

    assert [row.pk for row in item.phases.all()] == before[:2]


def test_phases_nobody_can_read_are_explained_and_kept_as_typed(olive):
    client, meetup = make.client(olive), make.meetup(agenda=1)
    item = meetup.agenda.get()

    answer = edit(client, meetup, item, phases="5, crowds, Talk")

    assert answer.context["form"].errors == {
        "phases": ["Line 1: “crowds” is not a group. Use alone, pairs, threes, fours, 4–6 or everyone"]
    }
    assert "5, crowds, Talk" in answer.content.decode()
    assert not AgendaPhase.objects.exists()


def test_a_pin_is_kept_and_its_gap_shown(olive):
    client, meetup = make.client(olive), make.meetup(agenda=1)

    item = add(client, meetup, title="Guest", minutes="20", pinned_to="11:00")

    assert item.pinned_to == time(11)
    said = reading.words(client.get(url("agenda", meetup)))
    assert "11am to 11:20am Guest 20 minutes, pinned to 11am 30 minutes free before this." in said
    assert "11am to 11:20am Guest" in reading.words(make.client().get(meetup.get_absolute_url()))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9:59", "Enter a time while the meet-up runs, from 10am to before 12 noon"),
        ("12:00", "Enter a time while the meet-up runs, from 10am to before 12 noon"),
        ("noon", "Enter a time, such as 10:30"),
    ],
)
def test_a_pin_outside_the_meetup_is_refused(typed, said, olive):
    meetup = make.meetup(agenda=0)

    answer = make.client(olive).post(url("agenda", meetup), {"title": "A", "minutes": "5", "pinned_to": typed})

    assert answer.context["form"].errors == {"pinned_to": [said]}
    assert not meetup.agenda.exists()


@pytest.mark.parametrize(
    ("to", "order"),
    [
        ("0", ["Topic 3", "Topic 1", "Topic 2"]), ("1", ["Topic 1", "Topic 3", "Topic 2"]),
        ("99", ["Topic 1", "Topic 2", "Topic 3"]), ("-1", ["Topic 1", "Topic 2", "Topic 3"]),
    ],
)  # fmt: skip
def test_an_item_is_dropped_at_a_place(to, order, olive):
    meetup = make.meetup(agenda=3)

    make.client(olive).post(url("shift_item", meetup, meetup.agenda.last().pk), {"to": to})

    assert [item.title for item in meetup.agenda.all()] == order


def test_the_button_that_moved_an_item_has_the_keyboard_again(olive):
    meetup = make.meetup(agenda=3)
    last = meetup.agenda.last()
    client = make.client(olive)

    answers = [client.post(url("shift_item", meetup, last.pk), {"direction": "up"}, follow=True) for _ in range(2)]

    focused = [answer.content.decode().partition(" autofocus>")[2].partition("</span>")[0] for answer in answers]
    label = '<span class="govuk-visually-hidden">: Topic 3, item {} of 3'
    assert focused == [f"Up{label.format(2)}", f"Down{label.format(1)}"]


def test_a_copied_meetup_has_its_own_phases_pins_and_scripts(olive):
    client, meetup = make.client(olive), make.meetup(agenda=0)
    item = add(client, meetup, structure="1-2-4-all", pinned_to="11:00")

    copy = publishing.next_in_series(meetup, make.START.replace(month=3), by=olive)

    copied = copy.agenda.get()
    assert (copied.pinned_to, copied.notes, phases(copied)) == (time(11), item.notes, phases(item))
    assert AgendaPhase.objects.count() == 8


def test_the_script_has_clock_times_words_chat_phases_and_what_to_cut(olive):
    client, meetup = make.client(olive), make.meetup(agenda=0)
    item = add(client, meetup, title="Try it", structure="1-2-4-all")
    edit(client, meetup, item, phases="12, pairs, Talk", speaker="Hari", script="Welcome.", chat="Paste me",
         cut="Skip it")  # fmt: skip

    said = reading.words(client.get(url("script", meetup)))

    for words in ("10am Try it", "Hari speaks.", "Say Welcome.", "12 min: Talk (pairs)", "If late: Skip it",
                  "Paste into the chat Paste me", "Host: Hosting Holly."):  # fmt: skip
        assert words in said
    assert "app-large-print" not in client.get(url("script", meetup)).content.decode()
    assert "app-large-print" in client.get(url("script", meetup) + "?print=large").content.decode()


def test_the_script_lists_the_rooms_of_each_item_and_of_rounds_that_are_in_no_item(olive):
    client, meetup = make.client(olive), make.meetup(agenda=0)
    add(client, meetup, title="Try it", structure="1-2-4-all")
    assert "This agenda has 2 rounds in rooms. Plan the rooms , and they are listed here." in reading.words(
        client.get(url("script", meetup))
    )
    for _ in range(4):
        make.signup(meetup=meetup)
    plan, _ = planning.ask(meetup, planning.Settings(["2", "merge-4", "2"], "expected"), now=make.NOW)
    planning.make(plan, now=make.NOW)

    said = reading.words(client.get(url("script", meetup)))

    in_item, other = said.split("Other rounds in rooms")
    assert "Rooms, round 1: pairs Room 1 :" in in_item
    assert "Rooms, round 2: the rooms before, merged into fours Room 1 :" in in_item
    assert "Rooms, round 3: pairs Room 1 :" in other
    assert "This agenda has" not in said


def test_what_is_for_hosts_only_is_on_no_public_page(olive):
    client, meetup = make.client(olive), make.meetup(agenda=0)
    item = add(client, meetup, structure="1-2-4-all")
    secret = dict.fromkeys(("speaker", "script", "chat", "notes", "cut"), "Between us")
    edit(client, meetup, item, **secret)
    assert "Between us" in client.get(url("script", meetup)).content.decode()

    assert "Between us" not in make.client().get(meetup.get_absolute_url()).content.decode()


def test_an_empty_script_leads_to_the_agenda(olive):
    said = reading.words(make.client(olive).get(url("script", make.meetup(agenda=0))))

    assert "There is no agenda yet. Plan the agenda ; the script grows from it." in said


@pytest.mark.parametrize("page", ["agenda", "script"])
def test_agendas_with_phases_ask_the_database_as_often_for_30_items_as_for_one(page, olive):
    own = OwnStructure.objects.create(name="Ours", line="A.", phases="5, all, Talk")
    few, many = make.meetup(agenda=1), make.meetup(agenda=30)
    AgendaItem.objects.update(structure=own.slug)
    for item in AgendaItem.objects.all():
        AgendaPhase.objects.create(item=item, position=0, name="Talk", minutes=5, group="2")
    client = make.client(olive)

    assert counting.queries(client, url(page, few)) == counting.queries(client, url(page, many))


# --- Own structures


def test_organisers_write_change_and_remove_their_own_structures(olive):
    client, home = make.client(olive), reverse("meetups:own_structures")

    empty = reading.words(client.get(home))
    client.post(home, OWN)
    own = OwnStructure.objects.get()
    client.post(reverse("meetups:edit_own_structure", args=[own.pk]), {**OWN, "name": "Storm"})
    item = add(client, make.meetup(agenda=0), structure=own.slug)
    leaving = reading.words(client.get(reverse("meetups:remove_own_structure", args=[own.pk])))
    client.post(reverse("meetups:remove_own_structure", args=[own.pk]))

    assert "You have none yet." in empty
    assert (item.title, item.minutes, phases(item)) == ("Storm", 10, [(1, "1", "Think"), (9, "all", "Say")])
    assert "1 agenda item with it keeps the phases but loses its name." in leaving
    assert not OwnStructure.objects.exists()
    item.refresh_from_db()
    assert (phases(item), programme.structure(item.structure)) == ([(1, "1", "Think"), (9, "all", "Say")], None)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": "troika consulting"}, {"name": ["The catalogue has a structure with this name already"]}),
        ({"name": "Taken"}, {"name": ["There is a structure of yours with this name already"]}),
        ({"phases": ""}, {"phases": ["Enter the phases, one on each line"]}),
        ({"phases": "5"},
         {"phases": ["Line 1: enter minutes, group and name with commas between, like “5, pairs, Talk in pairs”"]}),
        ({"least": "9", "most": "3"}, {"most": ["The largest number must not be smaller than the smallest"]}),
    ],
)  # fmt: skip
def test_a_structure_that_cannot_be_used_is_refused(typed, wrong, olive):
    OwnStructure.objects.create(name="Taken", line="A.", phases="5, all, Talk")

    answer = make.client(olive).post(reverse("meetups:own_structures"), {**OWN, **typed})

    assert dict(answer.context["form"].errors) == wrong
    assert OwnStructure.objects.count() == 1


def test_an_own_structure_is_named_on_the_public_page_without_a_link_of_ours(olive):
    own = OwnStructure.objects.create(name="Ours only", line="You talk.", phases="5, all, Talk")
    meetup = make.meetup(agenda=1)
    meetup.agenda.update(structure=own.slug)

    answer = make.client().get(meetup.get_absolute_url())

    assert "Ours only – You talk." in reading.words(answer)
    assert own.slug not in answer.content.decode()


def test_own_structures_cost_the_same_for_30_as_for_one(olive):
    client, home = make.client(olive), reverse("meetups:own_structures")
    OwnStructure.objects.create(name="One", line="A.", phases="5, all, Talk")
    one = counting.queries(client, home)
    OwnStructure.objects.bulk_create(
        OwnStructure(name=f"N{number}", line="A.", phases="5, all, Talk") for number in range(29)
    )

    assert counting.queries(client, home) == one


# --- The catalogue for everybody


def test_everybody_can_read_what_liberating_structures_are():
    answer = make.client().get(reverse("meetups:structures"))

    said = reading.words(answer)
    assert "36 structures" in said
    assert structures.CREDIT in said
    assert all(structure.name in said for structure in structures.ALL)
    assert len(answer.content) < 25 * 1024


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "drawing"}, ["Drawing Together"]),
        ({"q": "advice", "minutes": "30"}, ["Troika Consulting"]),
        ({"minutes": "15"}, ["1-2-4-All", "Helping Heuristics", "Spiral Journal"]),
        ({"q": "karaoke"}, []),
    ],
)
def test_structures_are_found_by_words_and_minutes(asked, names):
    answer = make.client().get(reverse("meetups:structures"), asked)

    assert [structure.name for structure in answer.context["structures"]] == names
    assert ("Nothing was found." in reading.words(answer)) is (not names)


@pytest.mark.parametrize("structure", structures.ALL, ids=lambda structure: structure.slug)
def test_every_structure_has_a_page_with_its_phases_and_its_authors(structure):
    answer = make.client().get(reverse("meetups:structure", args=[structure.slug]))

    said = reading.words(answer)
    assert all(phase.name in said for phase in structure.phases)
    assert structure.purpose in said
    assert structures.CREDIT in said
    assert f'href="{structure.url}"' in answer.content.decode()


def test_a_structure_that_does_not_exist_is_404():
    assert make.client().get(reverse("meetups:structure", args=["karaoke"])).status_code == 404
