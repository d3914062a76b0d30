"""Reports: every statement can be followed, nobody can be traced, readers come and go by link."""

import csv
import io
import itertools
import json
from datetime import date, timedelta

import docx as independent_reader
import pytest
import time_machine

from evidence import audit, leaks, report_files, reports, reviewing, sessions, theming, usefulness
from evidence.models import HandOff, Override, Report, ReportOpening
from outbox.models import Message
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

EXACT = "We have waited eleven months for one single weekend of rest"
POST = "https://www.facebook.com/groups/carers/posts/7001"
HANDLE = "@janedoe_carer"
SECRETS = ("janedoe", EXACT, "facebook.com/groups", "a1b2c3" * 10, "7001", "second words of somebody else")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    """One with everything: a private post with secrets in every private field, a theme, all steps, searches."""
    made = build.inquiry(questions="Do families hear of respite?", title="Support for young carers")
    item = build.accepted(
        made, link=POST, exact_words=EXACT, title=f"{HANDLE} on Facebook", author_code=("a1b2c3" * 11)[:64],
        our_words="A family waits for most of a year for respite", described_as="A public post in a carers' group",
        tone="bad", stance="confirms", minutes=10,
    )  # fmt: skip
    item.sightings.update(exact_words="These are the second words of somebody else", link=POST)
    other = build.accepted(made, our_words="A school did not know of it", stance="new", author_kind="organisation")
    theme = build.theme(made, items=[item, other], title="Waiting", does_not_tell_us="How many wait.")
    question = build.step(theme, items=[item], who="The director")
    advice = build.step(theme, "recommendation", text="Tell families at school.", follows=question)
    build.step(theme, "response", text="We will from May.", follows=advice)
    build.search(made)
    build.search(made, source_name="Mumsnet", looked_at=30, logged=0, minutes=20)
    made.refresh_from_db()
    return made


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def path(url):
    return "/" + url.split("/", 3)[3]


def text_of_docx(data):
    document = independent_reader.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def everything_that_leaves(inquiry, report, link):
    """Each output for committee and public, as text."""
    client, stranger = make.client(build.reader(inquiry)), make.client()
    own, reader = page(inquiry, f"reports/{report.pk}/"), path(link)
    return {
        "page": client.get(own).content.decode(),
        "docx": text_of_docx(client.get(f"{own}report.docx").content),
        "csv": client.get(f"{own}items.csv").content.decode("utf-8-sig"),
        "json": client.get(f"{own}report.json").content.decode(),
        "public page": stranger.get(reader).content.decode(),
        "public docx": text_of_docx(stranger.get(f"{reader}report.docx").content),
        "useful": client.get(page(inquiry, "reports/useful/")).content.decode(),
        "useful docx": text_of_docx(client.get(page(inquiry, "reports/useful.docx")).content),
        "about": stranger.get(f"/evidence/about/{inquiry.slug}/").content.decode(),
    }


def test_no_output_holds_a_handle_exact_words_or_an_address_of_what_a_private_person_said(inquiry):
    from evidence import addresses

    report = build.report(inquiry, background="The committee asked in May.", equality="Not all are online.")
    outputs = everything_that_leaves(inquiry, report, addresses.of_link(build.report_link(report)))

    assert {(name, secret) for name, text in outputs.items() for secret in SECRETS if secret in text} == set()
    told = "A family waits for most of a year for respite"
    assert [name for name, text in outputs.items() if told in text] == [
        "page", "docx", "csv", "json", "public page", "public docx",
    ]  # fmt: skip


def test_the_mail_of_a_hand_off_holds_none_of_them_either(inquiry):
    reports.receive(build.hand_off(build.report(inquiry)), name="Hedda", note="", now=build.NOW)

    said = "".join(f"{mail.subject} {mail.text} {mail.html}" for mail in Message.objects.all())
    assert [secret for secret in SECRETS if secret in said] == []


def test_paragraphs_are_numbered_through_and_every_statement_names_its_items(inquiry):
    report = build.report(inquiry, background="First.\n\nSecond.")

    numbers = [block["number"] for block in report.content["blocks"] if block["kind"] == "paragraph"]
    headings = [block["text"] for block in report.content["blocks"] if block["kind"] == "heading"]
    assert numbers == [f"{n}." for n in range(1, len(numbers) + 1)]
    assert headings == [
        "Purpose", "Background", "Method and limits", "What we heard", "Waiting", "What this does not tell us",
        "Questions for witnesses", "Recommendations", "Responses", "Background papers", "Contact",
    ]  # fmt: skip
    said = " ".join(text for _, text in report_files.texts(report.content))
    assert "2 searches in 2 places between Wednesday 10 February 2027" in said
    assert "1 found nothing to log" in said
    assert "How do families hear of respite? (The director) Theme: Waiting; items 1." in said


def test_the_word_document_passes_an_independent_reader(inquiry):
    report = build.report(inquiry)
    data, faults = reports.as_docx(report)

    document = independent_reader.Document(io.BytesIO(data))

    assert faults == []
    assert document.core_properties.title == "Support for young carers: what we heard"
    assert document.core_properties.language == "en-GB"
    levels = [int(one.style.name[-1]) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all("tblHeader" in table.rows[0]._tr.xml for table in document.tables)


def test_csv_and_json_say_the_same(inquiry):
    report = build.report(inquiry)

    rows = list(csv.DictReader(io.StringIO(report_files.as_csv(report.content).decode("utf-8-sig"))))
    said = json.loads(report_files.as_json(report.content))

    assert [row["Item"] for row in rows] == [str(item["number"]) for item in said["items"]] == ["1", "2"]
    assert rows[0]["In our words"] == said["items"][0]["our_words"]
    assert rows[0]["Themes"] == "Waiting"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (f"They say {EXACT.lower()}!", "repeats the exact words of Item 1"),
        ("waited eleven months for one single, they said", "repeats the exact words of Item 1"),
        (f"See {POST}?ref=share", "has the address of Item 1 in it"),
        (f"As {HANDLE} says", "has the name of an account in it"),
        ("See https://x.com/janedoe", "has the address of somebody's profile in it"),
        ("Write to jane.doe+carer@example.org", "has an email address in it"),
        ("Ask “Jane.Doe@Example.org”.", "has an email address in it"),
        ("Ask jane＠example.org", "has an email address in it"),
    ],
)
def test_a_report_that_would_lead_to_somebody_is_not_made_and_what_was_typed_is_kept(inquiry, words, why):
    client = make.client(build.officer(inquiry))

    answer = client.post(page(inquiry, "reports/new/"), {"background": f"Before.\n\n{words}"})

    assert any(why in error for error in reading.errors(answer))
    assert reading.errors(answer)[0].startswith("Paragraph ")
    assert not Report.objects.exists()
    assert "Before." in answer.content.decode()


def test_our_words_that_repeat_theirs_stop_a_report_until_mended_or_overridden_with_a_reason(inquiry):
    item = build.accepted(
        inquiry, exact_words="Nobody at all picks up the phone", our_words="Nobody at all picks up the phone"
    )
    theming.add_items(inquiry.themes.get(), [item], now=build.NOW, by=build.officer(inquiry))

    with pytest.raises(reports.WouldLeak) as refused:
        build.report(inquiry)
    assert any("repeats the exact words of Item 3" in fault for fault in refused.value.faults)
    Override.objects.create(
        inquiry=inquiry, item=item, kind="overlap", reason="A saying", by=build.officer(inquiry), at=build.NOW
    )
    assert build.report(inquiry).number == 1


def test_what_organisations_say_in_public_may_be_quoted(inquiry):
    item = build.accepted(
        inquiry,
        author_kind="organisation",
        exact_words="Our group helps forty families",
        our_words="Our group helps forty families",
    )
    theming.add_items(inquiry.themes.get(), [item], now=build.NOW, by=build.officer(inquiry))

    assert build.report(inquiry).number == 1


def test_what_was_set_aside_or_is_only_seen_is_in_no_further_report(inquiry):
    theme, by = inquiry.themes.get(), build.officer(inquiry)
    aside, seen = theme.items.order_by("number")
    reviewing.set_aside(aside, reason="It is about a person", version=aside.version, now=build.NOW, by=by)
    reviewing.accept(seen, relied_on=False, version=seen.version, now=build.NOW, by=by)

    said = json.dumps(build.report(inquiry).content)

    assert "waits for most of a year" not in said
    assert "A school did not know" not in said
    assert "There are none." in said
    assert "; items 1" not in said


def test_a_version_stays_as_it_was_and_the_next_one_says_what_is_now(inquiry):
    first = build.report(inquiry)
    theming.change(inquiry.themes.get(), theming.ThemeWords(title="Waiting longer", heard="Families wait."), version=0)

    second = build.report(inquiry)

    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert "Waiting longer" not in json.dumps(first.content)
    assert report_files.digest(first.content) == first.digest != second.digest


def test_a_report_of_one_topic_leaves_out_what_is_of_another(inquiry):
    schools = inquiry.topics.get(name="Schools")
    build.theme(inquiry, title="Teachers", topic=schools)
    inquiry.themes.filter(title="Waiting").update(topic=build.topic(inquiry))

    report = build.report(inquiry, topic=schools)

    assert [block["text"] for block in report.content["blocks"] if block.get("level") == 2] == ["Teachers"]
    assert report.content["items"] == []


# --- links ----------------------------------------------------------------------------------------------------------


def test_a_link_opens_one_version_is_counted_ends_and_can_be_revoked(inquiry):
    client = make.client(build.officer(inquiry))
    report = build.report(inquiry)
    form = {"label": "Members", "expires_on": (build.TODAY + timedelta(days=7)).isoformat()}
    client.post(page(inquiry, f"reports/{report.pk}/publish/"), form)
    link = report.links.get()
    from evidence import addresses

    url = path(addresses.of_link(link))
    scanners = [make.client().head(url), make.client().head(f"{url}report.docx")]
    make.client().get(url, headers={"Sec-Purpose": "prefetch;prerender"})
    answer = make.client().get(url)

    assert [scanner.status_code for scanner in scanners] == [200, 200]
    assert reading.heading(answer).endswith("Support for young carers: what we heard")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    assert ReportOpening.objects.filter(link=link).count() == 1
    assert "Opened 1 time" in reading.words(client.get(page(inquiry, f"reports/{report.pk}/")))
    with time_machine.travel(build.NOW + timedelta(days=8), tick=False):
        late = make.client().get(url)
    client.post(page(inquiry, f"reports/{report.pk}/links/{link.pk}/revoke/"))
    revoked, document = make.client().get(url), make.client().get(f"{url}report.docx")
    assert [answer.status_code for answer in (late, revoked, document)] == [404, 404, 404]
    assert "It opened a report until Wednesday 17 February 2027." in reading.words(late)
    assert "The officers who made it took it back." in reading.words(revoked)
    assert all("ask the officers for a new link: scrutiny@" in reading.words(one) for one in (late, revoked, document))
    assert [one for one in (late, revoked, document) if "carers" in one.content.decode()] == []
    assert ReportOpening.objects.filter(link=link).count() == 1
    assert reading.heading(make.client().get(f"{url[:-2]}x/")) == "Page not found"


def test_a_link_cannot_be_made_for_yesterday_or_for_ever(inquiry):
    report = build.report(inquiry)
    client = make.client(build.officer(inquiry))

    for day in (build.TODAY - timedelta(days=1), date(2090, 1, 1)):
        answer = client.post(
            page(inquiry, f"reports/{report.pk}/publish/"), {"label": "Members", "expires_on": day.isoformat()}
        )
        assert reading.errors(answer) == ["Enter a day between today and a year from now"]


def test_another_committee_gets_the_report_once_and_gives_a_receipt_once(inquiry):
    report = build.report(inquiry)
    client = make.client(build.officer(inquiry))
    ends = (build.TODAY + timedelta(days=30)).isoformat()
    form = {"committee": "Health committee", "email": "health@wessex.gov.uk", "note": "As agreed", "expires_on": ends}
    client.post(page(inquiry, f"reports/{report.pk}/hand-off/"), form)
    again = client.post(page(inquiry, f"reports/{report.pk}/hand-off/"), {**form, "email": "Health@wessex.gov.uk"})
    mail = Message.objects.get(kind="evidence/handed_off")
    url = path(next(word for word in mail.text.split() if "/receipt/" in word))

    for name in ("Hedda Holm", "Somebody else"):
        make.client().post(url, {"name": name, "note": "For our May meeting"})

    assert reading.errors(again) == ["They have this version already"]
    assert HandOff.objects.get().received_by == "Hedda Holm"
    assert Message.objects.filter(kind="evidence/receipt").count() == 1
    assert "received Wednesday 10 February 2027 by Hedda Holm" in reading.words(
        client.get(page(inquiry, f"reports/{report.pk}/"))
    )


def test_a_hand_off_ends_by_itself_and_can_be_taken_back_before(inquiry):
    report = build.report(inquiry)
    client = make.client(build.officer(inquiry))
    form = {"committee": "Health committee", "email": "wrong@example.org", "note": ""}
    own = page(inquiry, f"reports/{report.pk}/")
    for_ever = client.post(f"{own}hand-off/", {**form, "expires_on": "2090-01-01"})
    client.post(f"{own}hand-off/", {**form, "expires_on": (build.TODAY + timedelta(days=30)).isoformat()})
    mail, handed = Message.objects.get(kind="evidence/handed_off"), HandOff.objects.get()
    url = path(next(word for word in mail.text.split() if "/receipt/" in word))

    with time_machine.travel(build.NOW + timedelta(days=30), tick=False):
        last_day = make.client().get(url)
    with time_machine.travel(build.NOW + timedelta(days=31), tick=False):
        late = make.client().get(url)
    before = make.client().get(url)
    client.post(f"{own}hand-off/{handed.pk}/take-back/")
    after = make.client().post(url, {"name": "Hedda"})

    assert reading.errors(for_ever) == ["Enter a day between today and a year from now"]
    assert "The link works until Friday 12 March 2027." in mail.text
    assert "The link works until Friday 12 March 2027." in mail.html
    assert [one.status_code for one in (last_day, late, before, after)] == [200, 404, 200, 404]
    assert "We have received it" not in late.content.decode() + after.content.decode()
    handed.refresh_from_db()
    assert (handed.revoked_at, handed.received_at) == (build.NOW, None)
    assert "The link was taken back Wednesday 10 February 2027" in reading.words(client.get(own))


# --- for the Board, and for audit -----------------------------------------------------------------------------------


def test_was_it_useful_counts_what_came_out_of_each_source_and_topic(inquiry):
    build.item(inquiry, search=inquiry.searches.get(source_name="Care Opinion"), stance="new", minutes=7)
    unsaid = build.search(inquiry, source_name="BBC", minutes=None, looked_at=None, logged=None)
    build.item(inquiry, link="https://www.bbc.co.uk/news/1", search=unsaid, stance="contradicts", minutes=3)
    build.item(inquiry, link="", stance="")

    lines = usefulness.by_source(inquiry)

    assert [[line.name, line.searches, line.nothing, line.minutes, line.items] for line in lines] == [
        ["BBC", 1, 0, 3, 1],
        ["Care Opinion", 1, 0, 10, 1],
        ["Mumsnet", 1, 1, 20, 0],
        ["Without a search: Facebook", 0, 0, 10, 1],
        ["Without a search: Other sites", 0, 0, 0, 1],
        ["Without a search: not said where", 0, 0, 0, 1],
    ]
    assert [(line.new, line.confirms, line.contradicts) for line in lines] == [
        *((0, 0, 1), (1, 0, 0), (0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 0)),
    ]
    assert [(line.name, line.items, line.new, line.minutes) for line in usefulness.by_topic(inquiry)] == [
        ("Respite", 5, 2, 43)
    ]
    answers = [usefulness.Answer("yes", "Quick", "yes"), usefulness.Answer("no", "", "no")]
    said = " ".join(text for _, text in report_files.texts(usefulness.content(inquiry, answers, now=build.NOW)))
    assert "3 searches, of which 1 found nothing, and 5 items in 43 minutes." in said
    assert "Of 2 people, 1 found it useful, 0 partly and 1 not; 1 would use it again. Quick" in said


def limits_of(report):
    return next(text for _, text in report_files.texts(report.content) if text.startswith("Social media is one source"))


def test_a_report_says_when_words_were_quoted_and_somebody_was_looked_at_again(inquiry):
    plain = limits_of(build.report(inquiry))
    school = inquiry.items.get(number=2)
    school.exact_words = school.quote = "We had not heard of it at our school"
    school.save()
    for reason in ("Same group", "Another service"):
        inquiry.stops.create(kind="third_item", outcome="went_on", reason=reason, shown_at=build.NOW)
    inquiry.stops.create(kind="third_item", shown_at=build.NOW)

    told = limits_of(build.report(inquiry))

    assert "What was found was put into our own words; who said it was not kept. No person was followed." in plain
    assert "What was found was put into our own words, but for 1 passage; who said it was not kept." in told
    assert (
        "2 times in this inquiry somebody was stopped before another item by one private person, and went on for a "
        "reason that was written down."
    ) in told
    assert "No person was followed" not in told


def test_an_officer_reads_what_is_missing_before_a_version_is_made_without_it(inquiry):
    theme = inquiry.themes.get()
    bare = build.accepted(inquiry, our_words="")
    theming.add_items(theme, [bare], now=build.NOW, by=build.officer(inquiry))
    build.theme(inquiry, title="Not begun", heard="")
    client, form = make.client(build.officer(inquiry)), {"background": "Kept words"}

    first = client.get(page(inquiry, "reports/new/"))
    refused = client.post(page(inquiry, "reports/new/"), form)
    assert not Report.objects.exists()
    made = client.post(page(inquiry, "reports/new/"), {**form, "despite_gaps": "on"})

    assert "despite_gaps" not in first.content.decode()
    assert reading.errors(refused) == [
        "The theme “Not begun” does not say what we heard.",
        "Item 3 is not in our words.",
        "Write what is missing, or select that this version is made without it",
    ]
    assert "Kept words" in refused.content.decode()
    assert made.status_code == 302
    texts = [text for _, text in report_files.texts(Report.objects.get().content)]
    assert "This report does not tell what is in 1 more item of this theme: 3." in texts
    assert [text for text in texts if "Not begun" in text or "Not written" in text or "Not in our words" in text] == []


def test_what_is_quoted_and_needs_no_words_of_ours_is_not_missing(inquiry):
    said = {"exact_words": "We had not heard of it at our school", "quote": "We had not heard of it"}
    quoted = build.accepted(inquiry, our_words="", author_kind="organisation", **said)
    theming.add_items(inquiry.themes.get(), [quoted], now=build.NOW, by=build.officer(inquiry))

    texts = [text for _, text in report_files.texts(build.report(inquiry).content)]

    assert [text for text in texts if text.startswith("Item 3: “We had not heard of it”")] != []


@pytest.mark.parametrize(
    ("minutes", "spent"), [(1, "1 minute"), (60, "1 hour"), (61, "1 hour 1 minute"), (122, "2 hours 2 minutes")]
)
def test_one_of_a_kind_is_counted_in_the_singular(minutes, spent):
    inquiry = build.inquiry()
    build.item(inquiry, stance="new")
    build.search(inquiry, minutes=minutes)
    answers = [usefulness.Answer("yes", "", "yes")]

    texts = [text for _, text in report_files.texts(usefulness.content(inquiry, answers, now=build.NOW))]

    short = f"1 search, of which 0 found nothing, and 1 item in {spent}. 1 item was new, 0 confirmed and 0 contradicted"
    assert f"{short} what was known." in texts
    assert "Of 1 person, 1 found it useful, 0 partly and 0 not; 1 would use it again." in texts


def test_what_people_in_a_session_say_leads_to_nobody_in_the_report_for_the_board(inquiry):
    session = build.session(inquiry)
    for why in ("Quick", f"I read {EXACT}", f"Because of {HANDLE}", f"See {POST}"):
        sessions.answer(build.seat(session), usefulness.Answer("yes", why, "yes"))
    client = make.client(build.reader(inquiry))

    shown = reading.words(client.get(page(inquiry, "reports/useful/")))
    document = text_of_docx(client.get(page(inquiry, "reports/useful.docx")).content)

    assert "Of 4 people, 4 found it useful" in shown
    assert "Quick" in shown
    assert "Quick" in document
    assert [secret for secret in SECRETS if secret in shown + document] == []


def test_the_audit_export_lists_everything_that_was_done_without_saying_who_was_heard(inquiry):
    inquiry.stops.create(kind="third_item", outcome="went_on", reason="Same group", shown_at=build.NOW)
    client = make.client(build.officer(inquiry))

    said = client.get(page(inquiry, "reports/audit.csv")).content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(said)))
    kinds = [row["What"] for row in rows]
    assert [kinds.count(kind) for kind in ("search", "handed in", "moved to another state")] == [2, 2, 2]
    assert [row["Reason"] for row in rows if row["What"].startswith("stop page")] == ["Same group"]
    inquiry.refresh_from_db()
    assert inquiry.history_head in {row["Seal"] for row in rows}
    assert [secret for secret in SECRETS if secret in said] == []
    assert len(audit.rows(inquiry)) == len(rows)


def test_the_account_in_the_address_of_an_item_is_known_also_without_its_sign(inquiry):
    build.accepted(inquiry, link="https://x.com/Jane_Doe77/status/1789012345678901234", exact_words="")
    build.accepted(
        inquiry, link="https://x.com/carers/status/1789012345678901235", exact_words=""
    )  # a word like others
    build.accepted(
        inquiry, link="https://x.com/EssexCC_1/status/1789012345678901236", author_kind="office", exact_words=""
    )

    with pytest.raises(reports.WouldLeak) as refused:
        build.report(inquiry, background="As jane_doe77 says. Carers wait, says essexcc_1.")

    assert refused.value.faults == ["Paragraph 4 has the name of the account of Item 3 in it."]


def test_nothing_is_taken_for_a_leak_that_is_none():
    guard = leaks.Guard([leaks.Private("Item 1", ["too bad", "one two three"], {"web:example.org/t/1"})])

    assert guard.leaks("Too bad. Write to committee, see https://www.essex.gov.uk/carers and www.gov.uk/help.") == []
    assert leaks.Guard([], own_addresses=["Scrutiny@wessex.gov.uk"]).leaks("Write to scrutiny@Wessex.gov.uk.") == []
    assert guard.leaks("one, two: three!") == ["repeats the exact words of Item 1"]
