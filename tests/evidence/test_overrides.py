"""Officers go past a rule with a reason: what that changes, who may, what stays of it, and how it is taken back."""

import csv
import io
import json
from datetime import timedelta

import docx as independent_reader
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import consent, custody, inquiries, overrides, reports, retention, theming
from evidence.models import Inquiry, Item, ItemEvent, Override
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

EXACT = "We have waited eleven months for one single weekend of rest"
REASON = "She spoke at our public meeting"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry()


@pytest.fixture
def item(inquiry):
    """What a private person said, in a theme."""
    made = build.accepted(inquiry, exact_words=EXACT, our_words="A family waits for most of a year")
    build.theme(inquiry, items=[made], title="Waiting")
    made.refresh_from_db()
    return made


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def faults_of(inquiry):
    """What does not fit in the chain as it is now."""
    return custody.verify(Inquiry.objects.get(pk=inquiry.pk)).faults


def quote(inquiry, item, **typed):
    client = make.client(build.officer(inquiry))
    return client.post(
        page(inquiry, f"items/{item.pk}/quote/"), {"passage": "eleven months for one single weekend", **typed}
    )


def said_in(inquiry):
    return json.dumps(build.report(inquiry).content, ensure_ascii=False)


def test_a_private_person_is_quoted_only_with_a_reason_which_the_history_keeps(inquiry, item):
    without = quote(inquiry, item)
    short = quote(inquiry, item, reason="Because")
    names = quote(inquiry, item, reason="As @janedoe said to us")
    assert reading.errors(without) == ["Enter why it is right here"]
    assert reading.errors(short) == ["Say it in a few words, so that an officer understands"]
    assert "has the name of an account" in reading.errors(names)[0]
    assert "eleven months for one single weekend" in names.content.decode()
    assert not Override.objects.exists()

    quote(inquiry, item, reason=REASON)

    event = ItemEvent.objects.filter(item_ref=item.ref).order_by("number").last()
    assert (event.kind, event.by, event.facts["rule"], event.facts["reason"]) == (
        *("override", build.officer(inquiry)),
        *("Exact words in a report".lower(), REASON),
    )
    assert faults_of(inquiry) == []
    shown = reading.words(make.client(build.officer(inquiry)).get(page(inquiry, f"items/{item.pk}/")))
    assert f"A rule was overridden: exact words in a report. {REASON}" in shown
    listed = reading.words(make.client(build.reader(inquiry)).get(page(inquiry, "items/")))
    assert "Accepted, relied on, quoted" in listed


def test_a_reason_that_is_changed_in_the_history_is_found_out(inquiry, item):
    quote(inquiry, item, reason=REASON)
    event = ItemEvent.objects.get(kind="override")
    ItemEvent.objects.filter(pk=event.pk).update(facts={**event.facts, "reason": "Another one"})

    assert faults_of(inquiry) == [f"Event {event.number} was changed."]


def test_a_quote_stands_beside_our_words_in_every_format_and_the_report_says_on_which_ground(inquiry, item):
    assert "eleven months" not in said_in(inquiry)
    quote(inquiry, item, reason=REASON)

    report = build.report(inquiry)

    line = (
        "Item 1: A family waits for most of a year In their own words: “eleven months for one single weekend” "
        "(said by a private person, January 2027)"
    )
    word, _ = reports.as_docx(report)
    paragraphs = [one.text for one in independent_reader.Document(io.BytesIO(word)).paragraphs]
    rows = list(csv.DictReader(io.StringIO(reports.report_files.as_csv(report.content).decode("utf-8-sig"))))
    public = reading.words(make.client(build.reader(inquiry)).get(page(inquiry, f"reports/{report.pk}/")))
    assert line in paragraphs
    assert line in public
    assert [row["In their own words"] for row in rows] == ["eleven months for one single weekend"]
    assert "Exact words are quoted 1 time: 1 decided by an officer, with a reason on record." in public
    assert "waited eleven" not in public


def test_only_the_passage_may_leave_and_nothing_else_of_what_was_said(inquiry, item):
    quote(inquiry, item, reason=REASON)

    with pytest.raises(reports.WouldLeak) as refused:
        build.report(inquiry, background=f"They said: {EXACT}")

    assert any("repeats the exact words of Item 1" in fault for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        ("", "Enter the passage"),
        ("eleven months of waiting", "Enter words as they stand in the exact words, one after the other"),
        ("mail jane@example.org", "This leads to somebody: leave out names of accounts and addresses"),
        ("ask @janedoe", "This leads to somebody: leave out names of accounts and addresses"),
    ],
)
def test_what_was_not_said_or_leads_to_somebody_is_no_passage(inquiry, passage, why):
    item = build.accepted(
        inquiry, author_kind="organisation", exact_words="Please ask @janedoe or mail jane@example.org"
    )

    assert reading.errors(quote(inquiry, item, passage=passage)) == [why]
    item.refresh_from_db()
    assert item.quote == ""


def test_an_organisation_is_quoted_without_a_reason(inquiry):
    item = build.accepted(inquiry, author_kind="organisation", exact_words="Our group helps forty families")
    build.theme(inquiry, items=[item])

    quote(inquiry, item, passage="helps forty families")

    assert not Override.objects.exists()
    assert "1 said by an organisation" in said_in(inquiry)
    assert ItemEvent.objects.order_by("number").last().facts["fields"] == "quote"


def test_consent_lets_a_quote_stand_and_a_refusal_ends_it_whatever_an_officer_decided(inquiry, item):
    by = build.officer(inquiry)
    consent.log(item, "given", "By message", now=build.NOW, by=by)
    quote(inquiry, item)
    with_consent = said_in(inquiry)
    consent.log(item, "", "", now=build.NOW, by=by)
    withdrawn = said_in(inquiry)
    quote(inquiry, item, reason=REASON)
    overridden = said_in(inquiry)
    consent.log(item, "refused", "", now=build.NOW, by=by)
    refused = said_in(inquiry)
    again = quote(inquiry, item, reason=REASON)

    assert "1 agreed to by whoever said it" in with_consent
    assert "eleven months" not in withdrawn
    assert "1 decided by an officer" in overridden
    assert "eleven months" not in refused
    assert "They do not want to be quoted." in reading.words(again)
    assert "<textarea" not in again.content.decode()
    with pytest.raises(overrides.NeverQuoted):
        overrides.quote(item, "eleven months", reason=REASON, now=build.NOW, by=by)


def test_a_quote_is_taken_back_and_both_stay_in_the_history(inquiry, item):
    client = make.client(build.officer(inquiry))
    quote(inquiry, item, reason=REASON)

    client.post(page(inquiry, f"overrides/{Override.objects.get().pk}/take-back/"))

    item.refresh_from_db()
    assert (item.quote, Override.objects.get().lifted_at) == ("", build.NOW)
    assert "eleven months" not in said_in(inquiry)
    kinds = list(ItemEvent.objects.filter(item_ref=item.ref).order_by("number").values_list("kind", flat=True))
    assert kinds[-2:] == ["override", "lifted"]
    listed = reading.words(client.get(page(inquiry, "overrides/")))
    assert f"Exact words in a report: {REASON}" in listed
    assert "Taken back Wednesday 10 February 2027" in listed
    assert faults_of(inquiry) == []


def test_the_exact_words_of_a_sensitive_item_are_not_on_the_page_on_which_they_are_quoted(inquiry):
    finder = build.contributor(inquiry)
    item = build.accepted(inquiry, by=finder, exact_words=EXACT, categories=["health"])
    client = make.client(build.officer(inquiry))

    shown = client.get(page(inquiry, f"items/{item.pk}/quote/"))

    assert EXACT not in shown.content.decode()
    assert "Hidden, as the item is sensitive" in reading.words(shown)


def test_our_words_that_repeat_theirs_are_let_through_with_a_reason_until_they_are_changed(inquiry):
    item = build.accepted(
        inquiry, exact_words="Nobody at all picks up the phone", our_words="Nobody at all picks up the phone"
    )
    build.theme(inquiry, items=[item])
    client = make.client(build.officer(inquiry))
    address = page(inquiry, f"items/{item.pk}/overlap/")
    with pytest.raises(reports.WouldLeak):
        build.report(inquiry)

    assert reading.errors(client.post(address, {"reason": ""})) == ["Enter why it is right here"]
    assert "Nobody at all picks up the phone" in reading.words(client.get(address))
    client.post(address, {"reason": "It is the title of a campaign"})
    assert build.report(inquiry).number == 1
    form = {
        "our_words": "Nobody at all picks up the phone there",
        "topic": item.topic_id,
        "version": Item.objects.get().version,
    }
    client.post(page(inquiry, f"items/{item.pk}/correct/"), form)

    with pytest.raises(reports.WouldLeak):
        build.report(inquiry)
    assert Override.objects.get().lifted_at == build.NOW


def test_where_nothing_is_repeated_there_is_no_rule_to_go_past(inquiry, item):
    client = make.client(build.officer(inquiry))
    address = page(inquiry, f"items/{item.pk}/overlap/")

    assert "Nothing stands in the way of a report." in reading.words(client.get(address))
    client.post(address, {"reason": "It is the title of a campaign"})
    assert not Override.objects.exists()


def test_what_is_kept_longer_outlives_the_clock_until_that_is_taken_back(inquiry):
    item = build.accepted(inquiry)
    client = make.client(build.officer(inquiry))
    client.post(page(inquiry, f"items/{item.pk}/keep/"), {"reason": "Asked for by the auditor"})
    late = build.NOW + timedelta(days=1 + (inquiry.seen_kept_until - build.TODAY).days)
    assert "kept longer" in reading.words(client.get(page(inquiry, "items/")))

    kept = retention.sweep(late)
    client.post(page(inquiry, f"overrides/{Override.objects.get().pk}/take-back/"))
    gone = retention.sweep(late)

    assert (kept, gone) == (0, 1)
    assert "Asked for by the auditor" in reading.words(client.get(page(inquiry, "overrides/")))
    assert faults_of(inquiry) == []


def test_a_second_reason_takes_the_place_of_the_first_which_stays_on_the_record(inquiry):
    item = build.accepted(inquiry)
    for reason in ("Asked for by the auditor", "Asked for by the court"):
        overrides.keep(item, reason=reason, now=build.NOW, by=build.officer(inquiry))

    standing = Override.objects.standing("keep")
    assert [one.reason for one in standing] == ["Asked for by the court"]
    assert Override.objects.count() == 2


def test_a_legal_hold_and_its_end_are_in_the_history_and_in_the_export_for_audit(inquiry):
    by = build.officer(inquiry)
    inquiries.hold(inquiry, because="FOI 2027/12", now=build.NOW, by=by)
    inquiries.hold(inquiry, because="Pressed twice", now=build.NOW, by=by)
    inquiries.lift_hold(inquiry, now=build.NOW + timedelta(days=9), by=by)
    inquiries.lift_hold(inquiry, now=build.NOW + timedelta(days=9), by=by)

    client = make.client(by)
    rows = list(csv.DictReader(io.StringIO(client.get(page(inquiry, "reports/audit.csv")).content.decode("utf-8-sig"))))

    assert [(row["What"], row["Which"], row["Details"], row["Reason"], row["By whom"]) for row in rows] == [
        ("a rule was overridden", "All items", "rule: kept longer", "FOI 2027/12", "Olu Officer"),
        ("an override was taken back", "All items", "rule: kept longer", "", "Olu Officer"),
    ]
    assert faults_of(inquiry) == []


def test_overrides_of_items_are_in_the_export_for_audit_also_when_the_item_is_gone(inquiry):
    item = build.accepted(inquiry)
    overrides.keep(item, reason="Asked for by the auditor", now=build.NOW, by=build.officer(inquiry))
    retention.purge(item, "Over", now=build.NOW)

    said = make.client(build.officer(inquiry)).get(page(inquiry, "reports/audit.csv")).content.decode()

    assert "a rule was overridden,Item 1,Olu Officer,rule: kept longer,Asked for by the auditor" in said


def test_only_officers_go_past_rules(inquiry, item):
    override = overrides.keep(item, reason="Asked for by the auditor", now=build.NOW, by=build.officer(inquiry))
    addresses = [f"items/{item.pk}/{what}/" for what in ("quote", "quote/stop", "overlap", "keep")]
    addresses += ["overrides/", f"overrides/{override.pk}/take-back/"]

    for who in (build.contributor(inquiry), build.reader(inquiry)):
        client = make.client(who)
        assert {client.post(page(inquiry, rest), {"reason": REASON}).status_code for rest in addresses} == {404}
        assert "Quote exact words" not in reading.words(client.get(page(inquiry, f"items/{item.pk}/")))
    override.refresh_from_db()
    assert override.lifted_at is None


def test_an_override_of_another_inquiry_is_not_there(inquiry):
    other = build.inquiry()
    override = overrides.keep(build.accepted(other), reason="Asked for", now=build.NOW, by=build.officer(other))

    answer = make.client(build.officer(inquiry)).post(page(inquiry, f"overrides/{override.pk}/take-back/"))

    assert answer.status_code == 404
    override.refresh_from_db()
    assert override.lifted_at is None


def test_a_quote_goes_with_the_exact_words_at_the_end_of_their_life(inquiry, item):
    quote(inquiry, item, reason=REASON)

    retention.redact(item, now=build.NOW)

    item.refresh_from_db()
    assert (item.quote, item.exact_words) == ("", "")
    assert faults_of(inquiry) == []


def test_a_report_asks_as_often_with_three_quotes_as_with_one(inquiry):
    counts = []
    for _ in range(2):
        for _ in range(2):
            item = build.accepted(inquiry, author_kind="organisation", exact_words="Our group helps forty families")
            overrides.quote(item, "forty families", reason="", now=build.NOW, by=build.officer(inquiry))
            theme = inquiry.themes.first() or build.theme(inquiry)
            theming.add_items(theme, [item], now=build.NOW, by=build.officer(inquiry))
        with CaptureQueriesContext(connection) as asked:
            build.report(inquiry)
        counts.append(len(asked))

    assert counts[0] == counts[1]
