"""Every file that leaves an inquiry, opened: nothing in it leads to whoever was heard. Read without our own writers."""

import io
import itertools
import json
import re
import zipfile
from xml.etree import ElementTree

import docx as independent_reader
import pytest
import time_machine
from django.urls import reverse

from evidence import addresses, history, overrides, reports, sessions, stops, usefulness
from evidence.models import Search
from people import checks, links
from tests import make, reading
from tests.evidence import build
from tests.evidence.test_screenshots import kept

pytestmark = pytest.mark.django_db

NAME, HANDLE, MAIL = "Zebedee Quillfeather", "@quillfeather_z", "zq@quillfeather.example"
POST = "https://x.com/quillfeather_z/status/1789012345678901234"
EXACT = f"I am {NAME} and we have waited eleven months for one single weekend, write to {MAIL} or {HANDLE}"
SECOND = "They have seen the very same thing in another thread of mine"
CODE = "fade" * 16
# In any file, of any format, however words are broken over runs of a document.
SECRETS = ("quillfeather", "zebedee", "1789012345678901234", CODE, "waited eleven months", "very same thing", "zq@")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    """Heard: somebody with a name, an account and an address, in every field that is private or that somebody types."""
    made = build.inquiry(title="Support for young carers", questions="Do families hear of respite?")
    officer, finder = build.officer(made), build.contributor(made, name="Cora Contributor")
    item = build.accepted(
        made, by=finder, link=POST, exact_words=EXACT, title=f"{NAME} on X", author_code=CODE,
        our_words="A family waits for most of a year", described_as="A public post", consent_note=f"Asked {NAME}",
        consent="asked", stance="new", tone="bad", minutes=5,
    )  # fmt: skip
    item.sightings.update(exact_words=SECOND, link=POST)
    charity = build.accepted(
        made, by=finder, author_kind="organisation", exact_words="Our group helps forty families", author_code=CODE
    )
    aside = build.item(made, by=finder, state="set_aside", state_reason=f"It is about {HANDLE}", author_code=CODE)
    build.draft(finder, inquiry=made, topic=build.topic(made), link=POST, exact_words=EXACT, author_code=CODE)
    build.search(made, searched_by=finder, note=f"Mostly {HANDLE} and {MAIL}")
    stop = stops.show("third_item", to=finder, now=build.NOW, inquiry=made, item=aside)
    stops.go_on(stop, f"It was {HANDLE} again, see {POST}", now=build.NOW)
    overrides.quote(charity, "helps forty families", reason="", now=build.NOW, by=officer)
    overrides.keep(item, reason=f"Asked for by {MAIL}", now=build.NOW, by=officer)
    theme = build.theme(made, items=[item, charity], title="Waiting")
    build.step(theme, items=[item])
    session = build.session(made)
    for why in (
        f"I read {HANDLE}",
        f"Write to {MAIL}",
        f"See {POST}",
        "We have waited eleven months for one single one",
    ):
        sessions.answer(build.seat(session), usefulness.Answer("yes", why, "yes"))
    made.refresh_from_db()
    return made


@pytest.fixture
def files(inquiry):
    """Every download there is, by the name of its address, for whoever gets the most of it."""
    report = build.report(inquiry, background="The committee asked in May.", equality="Not all are online.")
    tokens = {"evidence:read_report_docx": links.make(addresses.READ, build.report_link(report).pk)}
    finder = inquiry.memberships.get(role="contributor").person
    people = [build.officer(inquiry), finder, build.reader(inquiry), None]
    known = {"inquiry": inquiry.slug, "report_pk": report.pk}
    found = {}
    for route in checks.every_route():
        if "evidence/" not in route.path:
            continue
        values = {**known, "token": tokens.get(route.full_name, "x")}
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(values.get(name[1], 1)), route.path)  # noqa: B023
        for person in people:
            answer = make.client(person).get(address)
            if answer.headers.get("Content-Disposition", "").startswith("attachment"):
                found.setdefault(route.full_name.removeprefix("evidence:"), answer.content)
    found["take out my data"] = make.client(finder).get(reverse("people:take_out")).content
    return found


def text_of(data):
    """All the text of a file; of a document every part of it, also properties and what no page shows."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    marked = " ".join(part.decode("utf-8", "replace") for part in parts.values())
    plain = " ".join(
        "".join(ElementTree.fromstring(part).itertext()) for name, part in parts.items() if name.endswith(".xml")
    )
    return f"{marked} {plain}"


def test_a_new_kind_of_download_has_to_be_thought_about_here(files):
    assert set(files) == {
        *("report_docx", "report_csv", "report_json", "read_report_docx", "useful_docx", "audit"),
        "take out my data",
    }


def test_no_download_holds_a_name_an_account_an_address_or_exact_words_of_whoever_was_heard(files):
    said = {name: text_of(data).casefold() for name, data in files.items()}

    assert {(name, secret) for name, text in said.items() for secret in SECRETS if secret.casefold() in text} == set()
    # What could have been there is: the files are those of this inquiry.
    told = {name for name, text in said.items() if "a family waits for most of a year" in text}
    assert told == {"report_docx", "report_csv", "report_json", "read_report_docx", "take out my data"}
    assert {name for name, text in said.items() if "helps forty families" in text} == told - {"take out my data"}


def test_the_export_for_audit_says_that_it_left_something_out(files):
    said = files["audit"].decode("utf-8-sig")

    assert said.count(reports.LEFT_OUT) == 3  # the note of a search, the reason of a stop, that of an override
    assert "Cora Contributor" in said


@pytest.mark.parametrize("name", ["report_docx", "read_report_docx", "useful_docx"])
def test_every_word_document_passes_checks_that_are_not_ours(files, name):
    """Headings in order from the first level, words for pictures, British English, header rows, a title."""
    data = files[name]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        body, styles = (ElementTree.fromstring(archive.read(f"word/{part}.xml")) for part in ("document", "styles"))
    document = independent_reader.Document(io.BytesIO(data))

    levels = [int(one.style.name[-1]) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert [
        one.text for one in document.paragraphs if one.style.name.startswith("Heading") and not one.text.strip()
    ] == []
    assert document.paragraphs[0].style.name == "Title"
    assert document.core_properties.title == document.paragraphs[0].text
    assert document.core_properties.language == "en-GB"
    assert {one.get(f"{W}val") for one in [*styles.iter(f"{W}lang"), *body.iter(f"{W}lang")]} == {"en-GB"}
    tables = list(body.iter(f"{W}tbl"))
    assert tables
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all("".join(cell.itertext()).strip() for cell in rows[0].findall(f"{W}tc"))
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")
        assert len({len(row.findall(f"{W}tc")) for row in rows}) == 1
    pictures = [one for one in body.iter() if one.tag.endswith("}docPr")]
    assert [one for one in pictures if not one.get("descr", "").strip()] == []


def test_json_and_csv_are_whole_and_no_cell_is_a_formula(files):
    assert json.loads(files["report_json"])["title"] == "Support for young carers: what we heard"
    for name in ("report_csv", "audit"):
        assert not re.search(r'(?m)(^|,)"?[=+@-]', files[name].decode("utf-8-sig"))


# --- what is typed beside a report, or into the record --------------------------------------------------------------


@pytest.mark.parametrize("typed", [HANDLE, MAIL, "https://x.com/quillfeather_z"])
def test_words_that_others_read_lead_to_nobody_wherever_they_are_typed(inquiry, typed):
    officer = make.client(build.officer(inquiry))
    report, theme, item = build.report(inquiry), inquiry.themes.get(), inquiry.items.filter(state="accepted").first()
    seen = inquiry.items.get(state="set_aside")
    search, home = Search.objects.get(), f"/evidence/inquiries/{inquiry.slug}/"
    until = build.TODAY.isoformat()
    forms = {
        f"searches/{search.pk}/": {"looked_at": "1", "logged": "1", "note": f"Mostly {typed}"},
        f"review/{item.pk}/aside/": {"why": "other", "reason": f"It is by {typed}", "version": item.version},
        "hold/": {"because": f"Asked for by {typed}"},
        "themes/new/": {"title": "Waiting again", "heard": f"As {typed} says"},
        f"themes/{theme.pk}/steps/new/": {"kind": "question", "text": f"What does {typed} say?"},
        f"reports/{report.pk}/publish/": {"label": f"For {typed}", "expires_on": until},
        f"reports/{report.pk}/hand-off/": {
            "committee": "Health",
            "email": "health@wessex.gov.uk",
            "expires_on": until,
            "note": f"Thanks to {typed}",
        },
        f"items/{seen.pk}/keep/": {"reason": f"Asked for by {typed}"},
    }

    answers = {rest: officer.post(home + rest, form) for rest, form in forms.items()}

    assert [rest for rest, answer in answers.items() if len(reading.errors(answer)) < 1] == []
    assert all(" has the " in error or " has an " in error for one in answers.values() for error in reading.errors(one))
    assert [rest for rest, answer in answers.items() if typed not in answer.content.decode()] == []


def test_findings_of_a_pair_lead_to_nobody(inquiry):
    session = build.session(inquiry)
    seat = build.seat(session)
    build.seat(session, "Ben", is_used_to_it=True)
    sessions.make_pairs(session)
    sessions.report_back(session)

    answer = make.client().post(addresses.of_room(seat), {"first": f"It was {HANDLE}", "findings": "1"})

    assert "has the name of an account" in reading.errors(answer)[0]
    assert session.pairs.get().findings == []


# --- screenshots of what is sensitive -------------------------------------------------------------------------------


def test_a_sensitive_screenshot_opens_only_with_an_entry_in_the_history_for_a_quarter_of_an_hour(inquiry):
    item = build.accepted(inquiry, by=build.contributor(inquiry), categories=["health"], exact_words="I am ill")
    home = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/"
    shot = f"{home}screenshots/{kept(item).ref}/"
    first, second = make.client(build.officer(inquiry)), make.client(build.member(inquiry, "officer"))
    before = inquiry.events.count()

    hidden = first.get(shot)
    assert (hidden.status_code, hidden["Location"], inquiry.events.count()) == (302, home, before)
    assert shot not in first.get(f"{shot}remove/").content.decode().replace(f"{shot}remove/", "")
    shown = first.post(f"{home}exact-words/")
    opened = first.get(shot)
    others = second.get(shot)
    with time_machine.travel(build.NOW + history.LOOKED_AT, tick=False):
        later = first.get(shot)

    assert shot in shown.content.decode()
    assert (opened.status_code, opened["Content-Type"]) == (200, "image/png")
    assert (others.status_code, later.status_code) == (302, 302)
    event = inquiry.events.order_by("number").last()
    assert (event.kind, event.by, event.facts["screenshots"]) == ("revealed", build.officer(inquiry), "1")
    assert inquiry.events.count() == before + 1
