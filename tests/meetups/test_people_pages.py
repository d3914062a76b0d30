import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from meetups import signups
from meetups.models import Meetup, SignUp
from outbox.models import Message
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db

State = SignUp.State


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(name="Organising Olive")


def url(name: str, meetup: Meetup, pk: int | None = None) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug, *([pk] if pk else [])])


def mixed() -> Meetup:
    """Three people of three kinds."""
    meetup = make.both_meetup(places_room=1)
    make.signup(meetup=meetup, name="Ann", organisation="Zebra Trust", way="room", now=make.NOW - timedelta(hours=3))
    make.signup(meetup=meetup, name="Bob", organisation="Mole Trust", way="room", now=make.NOW - timedelta(hours=2))
    cancelled = make.signup(meetup=meetup, name="Cyd", organisation="Ant Trust", now=make.NOW - timedelta(hours=1))
    signups.cancel(cancelled, now=make.NOW)
    return meetup


# --- The list


def test_nobody_yet_says_what_to_do(olive):
    published, draft = make.meetup(), make.meetup(state=Meetup.State.DRAFT)
    client = make.client(olive)

    assert "Nobody has signed up yet. Share the public page" in reading.words(client.get(url("people", published)))
    assert "Nobody has signed up yet. Publish the meet-up first." in reading.words(client.get(url("people", draft)))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ann", "Bob", "Cyd"]),
        ("state=confirmed", ["Ann"]),
        ("state=waiting", ["Bob"]),
        ("state=cancelled", ["Cyd"]),
        ("way=room", ["Ann", "Bob"]),
        ("q=mole", ["Bob"]),
        ("q=trust+ann", ["Ann"]),
        ("q=nobody+here", []),
        ("sort=council", ["Cyd", "Bob", "Ann"]),
        ("sort=state", ["Cyd", "Ann", "Bob"]),
        ("sort=password&state=nonsense&page=x", ["Ann", "Bob", "Cyd"]),
    ],
)
def test_people_are_found_and_sorted(query, names, olive):
    page = make.client(olive).get(f"{url('people', mixed())}?{query}").context["page"]

    assert [signup.name for signup in page] == names


def test_nobody_found_leads_back_to_everybody(olive):
    said = reading.words(make.client(olive).get(f"{url('people', mixed())}?q=nobody"))

    assert "Nobody is like that. Show everybody" in said


def test_a_long_list_has_pages_of_fifty(olive):
    meetup = make.meetup(places_online=60)
    for _ in range(51):
        make.signup(meetup=meetup)

    page = make.client(olive).get(f"{url('people', meetup)}?page=2").context["page"]

    assert (len(page), page.paginator.count) == (1, 51)


def test_the_list_asks_the_database_as_often_for_30_people_as_for_one(olive):
    few, many = make.meetup(), make.meetup()
    make.signup(meetup=few)
    for _ in range(30):
        make.signup(meetup=many)
    client = make.client(olive)

    for name in ("people", "export", "overview"):
        assert counting.queries(client, url(name, few)) == counting.queries(client, url(name, many))
    private = "?private=1"
    assert counting.queries(client, url("export", few) + private) == counting.queries(
        client, url("export", many) + private
    )


# --- One of them


def test_one_signup_has_what_they_said_why_and_what_we_wrote(olive):
    meetup = make.meetup(places_online=1)
    question = meetup.questions.create(position=0, label="Would you like to be a fish?")
    first = make.signup(meetup=meetup, name="First Fay")
    second = make.signup(
        meetup=meetup, name="Second Sam", email="sam@x.gov.uk", access_needs="Captions", answers={question.pk: "Yes"}
    )
    signups.cancel(first, now=make.NOW)
    Message.objects.filter(to_email="sam@x.gov.uk").update(state=Message.State.BOUNCED, last_error="550 no such user")

    said = reading.words(make.client(olive).get(url("one_signup", meetup, second.pk)))

    assert "Access needs Captions Would you like to be a fish? Yes" in said
    assert "somebody cancelled, and they were first in line." in said
    assert "Address refused 550 no such user" in said


def test_one_signup_shows_no_mail_about_another_meetup(olive):
    here, there = make.meetup(title="Here"), make.meetup(title="Elsewhere entirely")
    signup = make.signup(meetup=here, email="sam@x.gov.uk")
    make.signup(meetup=there, email="sam@x.gov.uk")

    mails = make.client(olive).get(url("one_signup", here, signup.pk)).context["mails"]

    assert [mail.key.split(":")[1] for mail in mails] == [f"signup={signup.pk}"]


@pytest.mark.parametrize("page", ["one_signup", "cancel_signup"])
def test_a_signup_is_seen_only_through_its_own_meetup(page, olive):
    another = make.with_second_factor(make.person())
    signup = make.signup(meetup=make.meetup())
    hosted = make.meetup(hosts=[another])
    addresses = (url(page, signup.meetup, signup.pk), url(page, hosted, signup.pk))

    assert [make.client(another).get(address).status_code for address in addresses] == [404, 404]
    assert make.client(another).post(url("cancel_signup", signup.meetup, signup.pk)).status_code == 404
    assert make.client(olive).get(addresses[1]).status_code == 404
    assert make.client().get(addresses[0]).status_code == 404
    signup.refresh_from_db()
    assert signup.is_confirmed


def test_cancelling_for_somebody_says_what_happens_then_does_it(olive):
    meetup = make.meetup(places_online=1)
    first, second = make.signup(meetup=meetup, name="First Fay"), make.signup(meetup=meetup)
    client = make.client(olive)

    said = reading.words(client.get(url("cancel_signup", meetup, first.pk)))
    first.refresh_from_db()
    assert first.is_confirmed
    client.post(url("cancel_signup", meetup, first.pk))

    first.refresh_from_db()
    second.refresh_from_db()
    assert "The place goes to the first on the waiting list, who is told." in said
    assert (first.state, second.state) == (State.CANCELLED, State.CONFIRMED)
    assert first.events.last().by == olive


def test_what_is_cancelled_already_is_not_cancelled_again(olive):
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    signups.cancel(signup, now=make.NOW)

    answer = make.client(olive).post(url("cancel_signup", meetup, signup.pk))

    assert answer.url == url("one_signup", meetup, signup.pk)
    assert signup.events.count() == 2


def test_a_person_whose_details_were_removed_is_still_listed(olive):
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    SignUp.objects.update(name="")
    client = make.client(olive)

    assert "Name removed" in reading.words(client.get(url("people", meetup)))
    assert signup.person.email not in client.get(url("one_signup", meetup, signup.pk)).content.decode()


# --- Signing somebody up

BEA = {"name": "Bea", "email": "bea@x.gov.uk", "works_at": "Wessex Council"}


def test_an_organiser_signs_somebody_up_also_after_closing(olive):
    meetup = make.meetup(closes_at=make.NOW - timedelta(hours=1))
    meetup.questions.create(position=0, label="Why?", is_required=True)

    answer = make.client(olive).post(url("add_signup", meetup), BEA)

    signup = SignUp.objects.get()
    assert answer.url == url("one_signup", meetup, signup.pk)
    assert (signup.name, signup.works_at, signup.state) == ("Bea", "Wessex Council", State.CONFIRMED)
    assert [event.by for event in signup.events.all()] == [olive]
    assert Message.objects.filter(to_email="bea@x.gov.uk").count() == 1


def test_signing_up_the_same_person_twice_keeps_one_place(olive):
    meetup = make.meetup()
    client = make.client(olive)

    client.post(url("add_signup", meetup), BEA)
    answer = client.post(url("add_signup", meetup), {**BEA, "name": "Somebody Else"}, follow=True)

    assert "Bea was signed up already and keeps what they have." in reading.words(answer)
    assert SignUp.objects.get().name == "Bea"


def test_with_both_ways_the_organiser_chooses_one(olive):
    meetup = make.both_meetup()
    client = make.client(olive)

    unsaid = client.post(url("add_signup", meetup), BEA)
    client.post(url("add_signup", meetup), {**BEA, "way": "room"})

    assert list(unsaid.context["form"].errors) == ["way"]
    assert SignUp.objects.get().way == "room"


@pytest.mark.parametrize("fields", [{"state": Meetup.State.CANCELLED}, {"starts_at": make.NOW - timedelta(days=2)}])
def test_nobody_is_signed_up_for_what_does_not_take_place(fields, olive):
    meetup = make.meetup(**fields)

    answer = make.client(olive).post(url("add_signup", meetup), BEA)

    assert answer.url == url("people", meetup)
    assert not SignUp.objects.exists()


def test_what_is_wrong_with_a_hand_sign_up_is_said_and_kept(olive):
    answer = make.client(olive).post(url("add_signup", make.meetup()), {"name": "Bea", "email": "bea"})

    assert set(answer.context["form"].errors) == {"email", "works_at"}
    assert 'value="Bea"' in answer.content.decode()


# --- The export


def exported(olive: Person, meetup: Meetup, query: str = "") -> list[list[str]]:
    answer = make.client(olive).get(f"{url('export', meetup)}{query}")
    assert answer["Content-Disposition"] == f'attachment; filename="{meetup.slug}-people.csv"'
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def in_workbook(olive: Person, meetup: Meetup, query: str = "") -> list[list[str | None]]:
    answer = make.client(olive).get(f"{url('export_workbook', meetup)}{query}")
    assert answer["Content-Disposition"] == f'attachment; filename="{meetup.slug}-people.xlsx"'
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    return [list(row) for row in sheet.iter_rows(values_only=True)]


HEADER = ["Name", "Email address", "Council or organisation", "Role", "Attending", "State", "Signed up", "Came"]


def test_the_export_leaves_out_what_is_private_unless_asked_for(olive):
    meetup = make.meetup()
    question = meetup.questions.create(position=0, label="Would you like to be a fish?")
    details = {"name": "Ann", "email": "ann@x.gov.uk", "organisation": "=cmd()", "role": "officer"}
    make.signup(meetup=meetup, **details, access_needs="Captions", answers={question.pk: "Yes"})
    row = ["Ann", "ann@x.gov.uk", "'=cmd()", "Officer", "online", "has a place", "2027-02-10 10:00", ""]

    assert exported(olive, meetup) == [HEADER, row]
    assert exported(olive, meetup, "?private=1") == [
        [*HEADER, "Access needs", "Would you like to be a fish?"],
        [*row, "Captions", "Yes"],
    ]


def test_the_export_has_what_was_filtered(olive):
    rows = exported(olive, mixed(), "?state=waiting&way=room")

    assert [row[0] for row in rows] == ["Name", "Bob"]


def test_the_workbook_has_the_same_rows_and_the_same_rule_about_what_is_private(olive):
    meetup = make.meetup()
    question = meetup.questions.create(position=0, label="Would you like to be a fish?")
    details = {"name": "Ann", "email": "ann@x.gov.uk", "organisation": "=cmd()", "role": "officer"}
    make.signup(meetup=meetup, **details, access_needs="Captions", answers={question.pk: "Yes"})
    row = ["Ann", "ann@x.gov.uk", "=cmd()", "Officer", "online", "has a place", "2027-02-10 10:00", None]

    assert in_workbook(olive, meetup) == [HEADER, row]
    assert in_workbook(olive, meetup, "?private=1") == [
        [*HEADER, "Access needs", "Would you like to be a fish?"],
        [*row, "Captions", "Yes"],
    ]
    assert in_workbook(olive, meetup, "?state=waiting") == [HEADER]


def test_the_page_offers_both_files_for_one_choice(olive):
    meetup = mixed()

    page = make.client(olive).get(url("people", meetup)).content.decode()

    assert f'action="{url("export", meetup)}"' in page
    assert f'formaction="{url("export_workbook", meetup)}"' in page


def test_the_page_hands_its_filter_to_the_export(olive):
    page = make.client(olive).get(f"{url('people', mixed())}?state=waiting&page=1")

    assert page.context["kept"] == [("state", "waiting")]
    assert '<input type="hidden" name="state" value="waiting">' in page.content.decode()
