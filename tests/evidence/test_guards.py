"""Guards that officers meet: reasons to read, consent, closing; and that nobody can look at people by author."""

import re
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.db.models import ForeignKey

from evidence import listing, stops
from evidence.forms import items as item_forms
from evidence.models import Inquiry, Item, ItemEvent, StopShown
from outbox.models import Message
from people import checks
from people.models import Person
from tests import make, reading
from tests.evidence import build
from tests.test_access import rows_of_evidence

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry()


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def test_a_reason_waits_for_an_officer_until_one_has_read_it(inquiry):
    who = build.contributor(inquiry, name="Cora Contributor")
    stop = stops.show("third_item", to=who, now=build.NOW, inquiry=inquiry)
    client = make.client(build.officer(inquiry))
    assert "why one person was looked at again" not in reading.words(client.get(page(inquiry)))
    stops.go_on(stop, "She speaks for forty parents", now=build.NOW)

    assert "1 reason why one person was looked at again" in reading.words(client.get(page(inquiry)))
    assert "Went on with a reason: She speaks for forty parents" in reading.words(client.get(page(inquiry, "stops/")))
    client.post(page(inquiry, f"stops/{stop.pk}/seen/"))
    stop.refresh_from_db()
    assert stop.seen_by == build.officer(inquiry)
    assert "why one person was looked at again" not in reading.words(client.get(page(inquiry)))


def test_every_other_officer_reads_by_mail_why_somebody_went_past_a_stop_and_nobody_twice(inquiry):
    second = build.member(inquiry, "officer", email="second@wessex.gov.uk")
    who = build.contributor(inquiry, name="Cora Contributor")
    stop = stops.show("third_item", to=who, now=build.NOW, inquiry=inquiry, item=build.item(inquiry))
    assert not Message.objects.exists()

    stops.go_on(stop, "She speaks for forty parents", now=build.NOW)
    stops.go_on(stop, "She speaks for forty parents", now=build.NOW)

    mails = {mail.to_email: mail for mail in Message.objects.all()}
    assert set(mails) == {build.officer(inquiry).email, second.email}
    assert Message.objects.count() == 2
    for mail in mails.values():
        assert mail.subject == f"Read why one person was looked at again: “{inquiry}”"
        for part in (mail.text, mail.html):
            assert "Cora Contributor" in part
            assert "She speaks for forty parents" in part
            assert page(inquiry, "stops/") in part


def test_an_officer_who_goes_past_a_stop_gets_no_mail_about_it_and_who_stops_there_causes_none(inquiry):
    officer = build.officer(inquiry)
    own = stops.show("third_item", to=officer, now=build.NOW, inquiry=inquiry, item=build.item(inquiry))
    stops.show("profile", to=build.contributor(inquiry), now=build.NOW)

    stops.go_on(own, "It is the chair of a parents' group", now=build.NOW)

    assert not Message.objects.exists()


def test_a_topic_that_was_refused_is_part_of_the_record(inquiry):
    officer = build.officer(inquiry)
    form = {"topics": "Respite\n@janedoe", "title": "Carers"}

    make.client(officer).post(page(inquiry, "edit/"), form)

    stop = StopShown.objects.get()
    assert (stop.kind, stop.inquiry, stop.shown_to) == ("person_topic", inquiry, officer)


def test_consent_is_written_down_with_how_and_when_and_only_then_exact_words_may_leave(inquiry):
    item = build.accepted(inquiry)
    client = make.client(build.officer(inquiry))
    address = page(inquiry, f"items/{item.pk}/consent/")

    empty = client.post(address, {"consent": "given", "consent_note": ""})
    assert reading.errors(empty) == ["Enter how and when they agreed"]
    assert not Item.objects.get().may_be_quoted
    client.post(address, {"consent": "given", "consent_note": "By message, 3 February 2027"})

    assert Item.objects.get().may_be_quoted
    event = ItemEvent.objects.order_by("number").last()
    assert (event.kind, event.facts["consent"], "message" in str(event.facts)) == ("consent", "given", False)
    client.post(address, {"consent": "refused", "consent_note": ""})
    assert not Item.objects.get().may_be_quoted


def test_who_refused_is_not_quoted_even_in_public_office(inquiry):
    assert not build.accepted(inquiry, author_kind="office", consent="refused").may_be_quoted
    assert build.accepted(inquiry, author_kind="office").may_be_quoted


def test_closing_says_what_waits_and_when_things_go_and_can_be_undone(inquiry):
    build.item(inquiry)
    client = make.client(build.officer(inquiry))

    said = reading.facts(client.get(page(inquiry, "close/")))

    assert said["Items nobody looked at yet"] == "1"
    assert reading.errors(client.post(page(inquiry, "close/"), {})) == ["Tick this to close the inquiry"]
    client.post(page(inquiry, "close/"), {"sure": "on"})
    inquiry.refresh_from_db()
    assert inquiry.state == "closed"
    client.post(page(inquiry, "open/"))
    inquiry.refresh_from_db()
    assert inquiry.is_open


# --- nobody looks at people by author ------------------------------------------------------------------------------

MARK = "c0de" * 16  # the code of an author; what must be nowhere


# Addresses that only take something: who asks for them is sent to the page with the button, or told to send.
ONLY_TAKE = (
    "share read_page remove_screenshot stop_helping lift_hold remove_member reveal decide add_to_theme "
    "remove_from_theme remove_step revoke_link take_back run_session search stop_quoting lift_override see_stop"
)


def test_no_page_of_an_inquiry_shows_the_code_of_an_author_and_every_page_opens():
    rows = rows_of_evidence()
    Item.objects.update(author_code=MARK)
    inquiry = Inquiry.objects.get(slug=rows["inquiry"])
    contributor, reader = (Person.objects.get(email=f"{role}@council.gov.uk") for role in ("contributor", "reader"))
    people = [build.officer(inquiry), contributor, reader, make.administrator(), make.organiser(), None]
    clients = [make.client(person) for person in people]

    shown, only_take = [], set()
    for route in checks.every_route():
        if not route.full_name.startswith("evidence:") and "evidence" not in route.path:
            continue
        values = {**rows, "token": rows.get(route.full_name, ""), "app_label": "evidence"}
        values["object_id"] = _row_of_administration(route.full_name)
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found, known=values: known[found[1]], route.path)
        answers = [client.get(address.replace("^", "").replace("$", "")) for client in clients]
        if MARK.encode() in b"".join(_body(answer) for answer in answers):
            shown.append(address)
        app, _, name = route.full_name.rpartition(":")
        said = {answer.status_code for answer in answers[:-1]}  # a stranger is sent to sign in, which says nothing
        if app == "evidence" and 200 not in said:
            assert said & {302, 405}, f"nobody can open {address}"
            only_take.add(name)

    assert shown == []
    assert only_take == set(ONLY_TAKE.split())


def _row_of_administration(route: str) -> str:
    """The first row of the model that this page of the administration is about."""
    model = re.match(r"admin:evidence_(\w+)_(?:change|delete|history)$", route)
    found = apps.get_model("evidence", model[1]).objects.first() if model else None
    return str(found.pk) if found else ""


def _body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("order", ["author_code", "author", "-author_code", "saved_by"])
def test_asking_a_list_for_an_author_changes_nothing(inquiry, order):
    for code in (MARK, "b" * 64):
        build.accepted(inquiry, author_code=code)
    client = make.client(build.officer(inquiry))
    plain = reading.words(client.get(page(inquiry, "items/")))

    for query in (f"?author_code={MARK}", f"?author={MARK}", f"?sort={order}", f"?q={MARK}"):
        shown = reading.words(client.get(page(inquiry, f"items/{query}")))
        assert shown == plain or "No item is like that" in shown
    assert reading.words(client.get(page(inquiry, f"items/?author_code={MARK}"))) == plain


def test_no_filter_form_has_a_field_for_an_author():
    assert not [name for name in item_forms.ItemFilter.base_fields if "author" in name and name != "author_kind"]
    assert not [name for name in vars(listing.Wanted()) if "author" in name and name != "author_kind"]


# Names of columns by which items of one person, or in one person's words, could be found.
LEADS_TO_SOMEBODY = re.compile(r"author|exact_words|(?:soft|hard)_key|canonical_url|\bquote\b")


def test_no_column_filter_search_or_field_of_the_administration_is_an_author():
    shown = []
    for model in apps.get_app_config("evidence").get_models():
        registered = admin.site._registry.get(model)
        if registered is None:
            continue
        if model is Item:
            assert registered.fields
        fields = registered.fields or [
            field.name for field in model._meta.get_fields() if getattr(field, "editable", False)
        ]
        parts = (registered.list_display, registered.list_filter, registered.search_fields, fields)
        shown += [f"{model.__name__}: {name}" for part in parts for name in part if LEADS_TO_SOMEBODY.search(str(name))]

    assert shown == []


def test_no_template_names_an_author_but_what_kind_one_is():
    said = [
        f"{path.name}: {found}"
        for path in (ROOT / "templates" / "evidence").rglob("*")
        if path.is_file()
        for found in re.findall(r"{[{%][^}%]*\b(?:author\w*|soft_key|hard_key)[^}%]*[}%]}", path.read_text())
        if "author_kind" not in found and "distinct_authors" not in found and ".authors" not in found
    ]

    assert said == []


def test_only_few_pages_name_exact_words():
    """A new page that shows them has to be thought about here: it asks who may read them."""
    folder = ROOT / "templates" / "evidence"
    named = {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and re.search(r"{[{%][^}%]*\bexact_words\b", path.read_text())
    }

    assert named == MAY_SHOW_WORDS


MAY_SHOW_WORDS = {
    *("capturing/form.html", "capturing/before.html", "guards/quote.html"),
    *("items/one.html", "items/_facts.html", "items/_sightings.html"),
}


def test_only_the_code_of_an_author_is_kept_and_only_few_places_may_read_it():
    """A new place that reads the code has to be thought about here."""
    columns = [field.name for field in Item._meta.get_fields() if "author" in field.name]
    keys_to_people = {field.name for field in Item._meta.get_fields() if isinstance(field, ForeignKey)}
    readers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "evidence").rglob("*.py")
        if "author_code" in path.read_text() and "migrations" not in path.parts
    }

    assert columns == ["author_kind", "author_code"]
    assert keys_to_people == {"inquiry", "topic", "search", "saved_by", "reviewed_by"}
    assert readers - MAY_COUNT == {"evidence/models/items.py", "evidence/captures.py", "evidence/retention.py"}


# Modules that count how many distinct authors there are, and show the number alone.
MAY_COUNT = {"evidence/balance.py", "evidence/theming.py", "evidence/custody.py"}
