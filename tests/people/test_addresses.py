"""However somebody capitalises their address, they are the same person, and can sign in."""

import importlib
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.urls import reverse

from outbox.models import Message
from people.forms import AddressField
from people.models import Person
from tests import make, reading

pytestmark = pytest.mark.django_db


def sign_in(email: str):
    """A browser signed in with the code from the mail, if one came."""
    client = make.client()
    client.post("/account/sign-in/", {"email": email})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", Message.objects.latest("pk").text, re.MULTILINE)
    client.post("/account/sign-in/code/confirm/", {"code": code and code[0]})
    return client


@pytest.mark.parametrize("spelling", ["Ann@X.gov.uk", "ann@x.gov.uk", "ANN@X.GOV.UK"])
@time_machine.travel(make.NOW)
def test_a_guest_who_signed_up_with_capitals_signs_in_and_finds_the_booking(spelling: str) -> None:
    meetup = make.meetup()
    typed = {"name": "Ann Officer", "email": "Ann@X.gov.uk", "works_at": "Wessex Council"}
    make.client().post(reverse("meetups:sign_up", args=[meetup.slug]), typed)

    page = sign_in(spelling).get("/my-things/")

    assert meetup.title in reading.words(page)
    assert [person.email for person in Person.objects.filter(name="Ann Officer")] == ["ann@x.gov.uk"]


def test_an_address_is_kept_in_small_letters_whichever_way_it_comes_in() -> None:
    written_down = Person(email="Bea@Y.gov.uk")
    Person.objects.write_down([written_down])
    changed = make.person(email="Cy@Z.gov.uk")
    changed.email = "Cy@NEW.gov.uk"
    changed.save()

    assert list(Person.objects.order_by("email").values_list("email", flat=True)) == ["bea@y.gov.uk", "cy@new.gov.uk"]
    assert AddressField().clean(" Dee@W.gov.uk ") == "dee@w.gov.uk"


def test_addresses_that_were_kept_with_capitals_become_small() -> None:
    ann, bea = make.person(), make.person()
    Person.objects.filter(pk=ann.pk).update(email="Ann@X.gov.uk")
    Person.objects.filter(pk=bea.pk).update(email="bea@x.gov.uk")
    EmailAddress.objects.create(user=ann, email="Ann@X.gov.uk", verified=True, primary=True)
    EmailAddress.objects.create(user=bea, email="Bea@X.gov.uk", verified=False)
    EmailAddress.objects.create(user=bea, email="bea@x.gov.uk", verified=True, primary=True)

    importlib.import_module("people.migrations.0002_addresses_in_small_letters").make_small(apps)

    assert list(Person.objects.order_by("pk").values_list("email", flat=True)) == ["ann@x.gov.uk", "bea@x.gov.uk"]
    kept = EmailAddress.objects.order_by("pk").values_list("email", "verified", "primary")
    assert list(kept) == [("ann@x.gov.uk", True, True), ("bea@x.gov.uk", True, True)]


def test_joining_with_a_known_address_in_other_capitals_is_answered_like_joining_with_a_new_one() -> None:
    typed = {"name": "Ann Officer", "email": "Known@Council.gov.uk", "works_at": "Wessex Council"}
    with time_machine.travel(make.NOW):
        make.client().post(reverse("meetups:sign_up", args=[make.meetup().slug]), typed)
    Message.objects.all().delete()

    answers, pages = [], []
    for email in ("Known@Council.gov.uk", "KNOWN@council.gov.uk", "New@Council.gov.uk"):
        client = make.client()
        answer = client.post("/account/join/", {"name": "Ann", "email": email})
        answers.append((answer.status_code, answer.url))
        pages.append(reading.words(client.get(answer.url)).replace(email.lower(), "ADDRESS"))

    assert answers == [(302, "/account/confirm-email/")] * 3
    assert len(set(pages)) == 1
    assert [message.kind.rsplit("/")[-1] for message in Message.objects.order_by("pk")] == [
        "account_already_exists",
        "account_already_exists",
        "email_confirmation_signup",
    ]


def test_an_address_that_becomes_known_while_somebody_joins_with_it_is_no_error(monkeypatch) -> None:
    make.person(email="known@council.gov.uk")
    seen_before = "allauth.account.internal.flows.manage_email.assess_unique_email"
    monkeypatch.setattr(seen_before, lambda email, user=None: True)

    answer = make.client().post("/account/join/", {"name": "Ann", "email": "known@council.gov.uk"})

    assert (answer.status_code, answer.url) == (302, "/account/confirm-email/")
    assert [message.kind.rsplit("/")[-1] for message in Message.objects.all()] == ["account_already_exists"]
