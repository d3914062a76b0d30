"""Somebody asks by letter: an administrator finds them, takes out what we hold, and removes it."""

import json
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetups.models import SignUp
from people import my_data, removals
from people.models import Person, Removal
from tests import make, reading
from tests.unmentoring import build
from unmentoring import learning

pytestmark = pytest.mark.django_db
FIND = "/data-requests/"
SURE = {"email": "ann@x.gov.uk", "reason": "Asked for it in a letter of 3 February"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def ann() -> Person:
    """A guest with a place, who never signed in."""
    details = {"name": "Ann Officer", "email": "Ann@x.gov.uk", "access_needs": "Captions"}
    return make.signup(meetup=make.meetup(), **details).person


def url(name: str, person: Person) -> str:
    return reverse(f"people:{name}", args=[person.pk])


def everything() -> str:
    """Every row of people, sign-ups and the log."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Person, SignUp, Removal)]
    return json.dumps(rows, cls=DjangoJSONEncoder)


# --- Finding


def test_administrators_come_to_it_from_where_they_start():
    answer = make.client(make.administrator()).get("/administer/")

    assert FIND in reading.links(answer)


@pytest.mark.parametrize("typed", ["ann@x.gov.uk", " ANN@X.gov.uk "])
def test_somebody_is_found_by_their_address_in_any_capitals(typed):
    person = ann()

    answer = make.client(make.administrator()).post(FIND, {"email": typed})

    assert answer["Location"] == url("held", person)


@pytest.mark.parametrize("typed", ["nn@x.gov.uk", "ann@x.gov", "ann", "%", "left-1@invalid"])
def test_who_is_not_found_is_said_so_and_what_was_typed_is_kept(typed):
    ann()

    answer = make.client(make.administrator()).post(FIND, {"email": typed})

    assert reading.errors(answer) == [f"We know nobody with the address {typed}. Check every letter of it"]
    assert f'value="{typed}"' in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()


def test_nothing_typed_is_asked_for():
    answer = make.client(make.administrator()).post(FIND, {"email": ""})

    assert reading.errors(answer) == ["Enter an email address"]


def test_who_left_or_was_forgotten_is_not_there_any_more():
    client = make.client(make.administrator())
    left, forgotten = make.person(), make.person()
    my_data.leave(left, now=make.NOW)
    my_data.forget_guests([forgotten.pk])

    assert [client.get(url("held", person)).status_code for person in (left, forgotten)] == [404, 404]
    assert reading.errors(client.post(FIND, {"email": f"left-{left.pk}@invalid"})) != []


def test_who_may_not_sign_in_any_more_is_still_held_and_found():
    person = make.person(email="off@x.gov.uk", is_active=False)

    answer = make.client(make.administrator()).post(FIND, {"email": "off@x.gov.uk"})

    assert answer["Location"] == url("held", person)


# --- What we hold


def test_the_page_says_everything_of_every_app_and_nothing_of_others():
    person = ann()
    make.signup(meetup=SignUp.objects.get().meetup, name="Bob Other", access_needs="Ramp")

    answer = make.client(make.administrator()).get(url("held", person))

    said = reading.words(answer)
    assert [title for title in my_data.collect(person) if title not in said] == []
    assert [text for text in ("Ann Officer", "ann@x.gov.uk", "Captions") if text not in said] == []
    assert [text for text in ("Bob Other", "Ramp") if text in said] == []


def test_the_file_for_programs_is_the_one_they_would_take_out_themselves():
    person = ann()

    answer = make.client(make.administrator()).get(url("held_json", person))

    assert answer["Content-Disposition"] == f'attachment; filename="held-{person.pk}.json"'
    assert answer.content == make.client(person).get(reverse("people:take_out")).content
    assert "Captions" in answer.content.decode()


def test_the_file_to_read_is_plain_text_with_the_same():
    person = ann()
    person.name, person.organisation = "Ann <O'Brien> & co", ""
    person.save()

    answer = make.client(make.administrator()).get(url("held_text", person))

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="held-{person.pk}.txt"'
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("What Scrutineers keeps about Ann <O'Brien> & co (ann@x.gov.uk), ")
    assert [line for line in lines if line in {"Name: Ann <O'Brien> & co", "Access needs: Captions", "Meet-ups"}] == [
        "Name: Ann <O'Brien> & co",
        "Meet-ups",
        "Access needs: Captions",
    ]


def test_the_phone_number_stays_with_partners_and_reports_about_the_reader_stay_hidden():
    boss = make.administrator()
    one = build.participant(phone="020 7946 0001")
    other = build.participant(email=boss.email, name=boss.name)
    build.told()
    learning.report_pitch(build.member_of(one), other, "Printers", now=build.ASK)

    def read_by(reader: Person) -> str:
        client = make.client(reader)
        return "".join(
            client.get(url(name, one.person)).content.decode() for name in ("held", "held_json", "held_text")
        )

    assert [text for text in ("7946", "Printers") if text in read_by(boss)] == []
    assert "Only partners see it" in read_by(boss)
    assert read_by(make.administrator()).count("Printers") == 3
    own = json.dumps(my_data.collect(one.person), cls=DjangoJSONEncoder)
    assert [text for text in ("7946", "Printers") if text not in own] == []


def test_to_look_changes_nothing():
    person, client = ann(), make.client(make.administrator())
    before = everything()

    for name in ("held", "held_json", "held_text", "remove"):
        assert client.get(url(name, person)).status_code == 200
    assert client.get(FIND).status_code == 200
    assert client.get(url("remove", person), SURE).status_code == 200

    assert everything() == before


@pytest.mark.parametrize("name", ["held", "held_json", "held_text", "remove"])
def test_nobody_else_gets_there(name):
    person = ann()

    for whom in (None, person, make.organiser(), make.with_second_factor(make.person("coordinator"))):
        assert make.client(whom).get(url(name, person)).status_code == 404
        assert make.client(whom).post(url("remove", person), SURE).status_code == 404
        assert make.client(whom).post(FIND, {"email": person.email}).status_code == 404
    assert Person.objects.get(pk=person.pk).email == "ann@x.gov.uk"


# --- Removing


def test_removing_first_says_what_goes_what_is_kept_and_how_much():
    said = reading.words(make.client(make.administrator()).get(url("remove", ann())))

    for text in ("What goes", "What is kept", "This cannot be undone.", "Meet-ups 1 record", "UnMentoring Nothing"):
        assert text in said


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {},
            ["Enter their email address again", "Say why you remove it, such as “Asked for it in a letter of 3 March”"],
        ),
        (SURE | {"email": "bob@x.gov.uk"}, ["This is not the address of the person you are about to remove"]),
        (
            SURE | {"reason": "ANN@x.gov.uk asked"},
            ["Say why without their name and address: this stays when both are gone"],
        ),
        (
            SURE | {"reason": "A letter of Ann officer"},
            ["Say why without their name and address: this stays when both are gone"],
        ),
    ],
)
def test_what_is_missing_or_wrong_removes_nobody_and_is_kept_on_the_form(sent, errors):
    person, client = ann(), make.client(make.administrator())
    before = everything()

    answer = client.post(url("remove", person), sent)

    assert reading.errors(answer) == errors
    assert [typed for typed in sent.values() if f'value="{typed}"' not in answer.content.decode()] == []
    assert everything() == before


def test_removing_forgets_who_it_was_in_every_app_and_the_log_says_so(monkeypatch):
    person, boss = ann(), make.administrator(name="Ada Admin")
    build.participant(email=person.email, name=person.name)
    asked: list[str] = []
    watched = [watching(section, asked) for section in my_data._sections]
    monkeypatch.setattr(my_data, "_sections", watched)

    answer = make.client(boss).post(url("remove", person), SURE | {"email": "ANN@x.gov.uk"}, follow=True)

    assert asked == [section.title for section in watched]
    assert len(asked) > 8
    person.refresh_from_db()
    assert (person.email, person.name, person.is_active) == (f"left-{person.pk}@invalid", "", False)
    assert person.left_at == make.NOW
    signup = SignUp.objects.get(person=person)
    assert (signup.name, signup.access_needs, signup.state) == ("", "", "cancelled")
    said = reading.words(answer)
    assert "Done What we held about this person is removed." in said
    log = f"Person {person.pk} Wednesday 10 February 2027, 10am Ada Admin Asked for it in a letter of 3 February"
    assert log in said
    assert [text for text in ("ann@x.gov.uk", "Ann Officer") if text in answer.content.decode()] == []
    removal = Removal.objects.get()
    assert (removal.person, removal.removed_by, removal.removed_at) == (person, boss, make.NOW)


def watching(section: my_data.Section, asked: list[str]) -> my_data.Section:
    def forget(person: Person, now: Any) -> None:
        asked.append(section.title)
        section.forget(person, now)

    return my_data.Section(section.title, section.collect, forget, section.still_needed, section.collect_for)


def test_who_is_removed_while_signed_in_is_signed_out():
    person = make.person(email="ann@x.gov.uk")
    browser = make.client(person)

    make.client(make.administrator()).post(url("remove", person), SURE)

    assert browser.get("/my-things/")["Location"].startswith("/account/sign-in/")


def test_what_administrators_changed_about_them_names_them_no_more():
    person, boss = ann(), make.administrator()
    kind = ContentType.objects.get_for_model(Person)
    told = {"user": boss, "content_type": kind, "action_flag": CHANGE}
    LogEntry.objects.create(**told, object_id=str(person.pk), object_repr="Ann Officer", change_message="ann@x.gov.uk")
    LogEntry.objects.create(**told, object_id=str(boss.pk), object_repr="Ada", change_message="Name")

    make.client(boss).post(url("remove", person), SURE)

    rows = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    assert list(rows) == [(f"Person {person.pk}", ""), ("Ada", "Name")]


def test_nobody_removes_themselves_this_way():
    boss = make.administrator(email="ann@x.gov.uk")
    make.administrator()
    client = make.client(boss)

    for answer in (client.get(url("remove", boss)), client.post(url("remove", boss), SURE)):
        assert "This is you. Nobody removes themselves here" in reading.words(answer)
    assert url("remove", boss) not in reading.links(client.get(url("held", boss)))
    with pytest.raises(removals.NotAllowed):
        removals.remove(boss, reason="Mine", by=boss, now=make.NOW)
    assert Person.objects.get(pk=boss.pk).email == "ann@x.gov.uk"


def test_the_last_administrator_stays_though_two_remove_each_other_at_once():
    one, other = make.administrator(), make.administrator(email="ann@x.gov.uk")
    removals.remove(one, reason="They asked", by=other, now=make.NOW)

    with pytest.raises(removals.NotAllowed):
        removals.remove(other, reason="They asked", by=one, now=make.NOW)

    assert other.grants.get().role == "administrator"


def test_an_administrator_who_may_not_sign_in_does_not_count_as_one_who_is_left():
    boss = make.administrator()
    make.administrator(is_active=False)

    assert removals.may_remove(boss, by=make.person()) is False


def test_another_administrator_can_be_removed():
    other = make.administrator(email="ann@x.gov.uk")

    make.client(make.administrator()).post(url("remove", other), SURE)

    assert Person.objects.get(pk=other.pk).left_at == make.NOW


def test_sent_twice_it_is_written_down_once():
    person, boss = ann(), make.administrator()
    client = make.client(boss)

    codes = [client.post(url("remove", person), SURE).status_code for _ in range(2)]

    assert (codes, Removal.objects.count()) == ([302, 404], 1)
    with pytest.raises(Person.DoesNotExist):
        removals.remove(person, reason="They asked", by=boss, now=make.NOW)


# --- The log


def test_the_log_teaches_while_it_is_empty_and_asks_the_database_no_more_for_three_than_for_one():
    boss = make.administrator()
    client = make.client(boss)
    assert "Nobody yet. When you remove what we hold about somebody" in reading.words(client.get(FIND))

    def queries() -> int:
        removals.remove(make.person(), reason="They asked", by=make.administrator(), now=make.NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(FIND)
        return len(asked)

    assert len({queries(), queries(), queries()}) == 1


def test_the_log_goes_on_when_the_administrator_has_left_too():
    person, boss, other = ann(), make.administrator(name="Ada Admin"), make.administrator()
    removals.remove(person, reason="They asked", by=boss, now=make.NOW)
    my_data.leave(boss, now=make.NOW)

    said = reading.words(make.client(other).get(FIND))

    assert "10am Somebody who has left They asked" in said


def test_a_removal_has_a_reason():
    with pytest.raises(IntegrityError, match="people_removal_reason"):
        Removal.objects.create(person=make.person(), removed_at=make.NOW, reason="")
