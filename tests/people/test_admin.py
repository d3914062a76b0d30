"""What administrators change about a person among the raw data."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from outbox.models import Message
from people.models import Person
from tests import make

pytestmark = pytest.mark.django_db

ROLES = {"grants-TOTAL_FORMS": "0", "grants-INITIAL_FORMS": "0"}


def ask_for_code(email: str) -> tuple[str, str]:
    """What kind of mail came, and to whom."""
    make.client().post("/account/sign-in/", {"email": email})
    mail = Message.objects.latest("pk")
    return mail.kind.rsplit("/")[-1], mail.to_email


def change(whom: Person, **fields: str) -> None:
    form = {"email": whom.email, "name": whom.name, "is_active": "on", **ROLES, **fields}
    answer = make.client(make.administrator()).post(reverse("admin:people_person_change", args=[whom.pk]), form)
    assert answer.status_code == 302, re.findall(r"errorlist.*", answer.content.decode())


def test_with_a_new_address_the_old_mailbox_opens_nothing_and_sessions_end():
    ann = make.person(email="ann@old.gov.uk")
    EmailAddress.objects.create(user=ann, email="ann@old.gov.uk", verified=True, primary=True)
    browser = make.client(ann)

    change(ann, email="Ann@New.gov.uk")

    assert Person.objects.get(pk=ann.pk).email == "ann@new.gov.uk"
    assert ask_for_code("ann@old.gov.uk") == ("unknown_account", "ann@old.gov.uk")
    assert ask_for_code("ann@new.gov.uk") == ("login_code", "ann@new.gov.uk")
    assert browser.get("/my-things/").status_code == 302
    assert not EmailAddress.objects.filter(user=ann).exists()


def test_another_name_changes_nothing_about_signing_in():
    ann = make.person(email="ann@old.gov.uk")
    EmailAddress.objects.create(user=ann, email="ann@old.gov.uk", verified=True, primary=True)
    browser = make.client(ann)

    change(ann, name="Ann Other")

    assert browser.get("/my-things/").status_code == 200
    assert EmailAddress.objects.get(user=ann).email == "ann@old.gov.uk"
