"""Addresses and forms of the administration that were made by hand: a clear answer, no error of ours."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from people.models import Person
from tests import make

# Not in one transaction: on PostgreSQL a refused value ends it.
pytestmark = pytest.mark.django_db(transaction=True)

QUERIES = [
    *(
        "created_at__year=99999",
        "created_at__year=0&created_at__month=77",
        "joined_at__year=99999",
        "signed_up_at__day=40",
    ),
    *("name__regex=(", "email__iregex=[", "key__regex=(", "id__exact=99999999999999999999999", "id__in=x", "pk=junk"),
    *("q=%00", "q=" + "x+" * 500, "o=99999999999999999999", "p=99999999999999999999", "p=x", "key__isnull=5"),
    *(
        "_to_field=email",
        "_changelist_filters=%00",
        "grants__role=%F0%9F%98%80",
        "created_at__gte=junk",
        "state__in=%00",
    ),
]
CHOSEN = [{"_selected_action": which, "index": "0"} for which in ("junk", "99999999999999999999999", "0", "")]
FORMS = [
    *({"action": "delete_selected", **chosen, **sure} for chosen in CHOSEN for sure in ({}, {"post": "yes"})),
    *({"action": "send_again", **chosen} for chosen in CHOSEN),
    *({"_save": "1", "form-TOTAL_FORMS": count} for count in ("x", "-1", "9999999")),
]


def places(page: str, *args: str) -> list[str]:
    found = []
    for model in list(admin.site._registry):
        try:
            found.append(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args))
        except NoReverseMatch:
            continue
    return found


@pytest.fixture
def administrator():
    client = make.client(make.administrator())
    client.raise_request_exception = False
    return client


def test_no_query_is_an_error_of_ours(administrator) -> None:
    asked = [f"{place}?{query}" for page in ("changelist", "add") for place in places(page) for query in QUERIES]

    assert [address for address in asked if administrator.get(address).status_code >= 500] == []


def test_what_cannot_be_looked_for_is_said_so(administrator) -> None:
    for query in ("joined_at__year=99999", "name__regex=("):
        answer = administrator.get(f"{reverse('admin:people_person_changelist')}?{query}")

        assert answer.status_code == 400
        assert "such as a year of five digits" in answer.content.decode()


def test_no_row_is_an_error_of_ours(administrator) -> None:
    numbers = ("x", "99999999999999999999999999", "_5", "1_2F", "é")
    asked = [place for page in ("change", "delete", "history") for pk in numbers for place in places(page, pk)]

    assert [address for address in asked if administrator.get(address).status_code >= 500] == []


def test_no_form_is_an_error_of_ours(administrator) -> None:
    asked = [(place, form) for page in ("changelist", "add") for place in places(page) for form in FORMS]

    assert [(place, form) for place, form in asked if administrator.post(place, form).status_code >= 500] == []


def test_a_grant_with_an_id_that_is_none_gives_nobody_a_role(administrator) -> None:
    person = make.person()
    place = reverse("admin:people_person_change", args=[person.pk])
    form = {"email": person.email, "name": "Ann", "grants-TOTAL_FORMS": "1", "grants-0-role": "administrator"}

    answers = [
        administrator.post(
            place, {**form, "grants-INITIAL_FORMS": there, "grants-0-id": row, "grants-0-person": row}
        ).status_code
        for row in ("junk", "99999999999999999999999", "5")
        for there in ("1", "99999999999", "x", "-1")
    ]

    assert [answer for answer in answers if answer >= 500] == []
    assert Person.objects.get(pk=person.pk).roles == frozenset()


def test_an_error_of_ours_is_still_one_and_elsewhere_nothing_is_hidden(administrator, monkeypatch) -> None:
    def breaks(*args, **kwargs):
        raise RuntimeError("ours")

    def cannot(*args, **kwargs):
        raise ValueError("ours too")

    monkeypatch.setattr("people.admin.PersonAdmin.get_queryset", breaks)
    monkeypatch.setattr("meetups.cards.of", cannot)

    assert administrator.get(reverse("admin:people_person_changelist")).status_code == 500
    assert administrator.get("/").status_code == 500
