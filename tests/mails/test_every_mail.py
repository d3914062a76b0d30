"""All mails of the site together: what holds for every one of them, whoever wrote it."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.urls import resolve

from outbox.models import Message
from people.access import Audience, audience_of_match
from tests.mails import writing
from tests.unmentoring import build as unmentoring_build

pytestmark = pytest.mark.django_db

# How links and their lines begin.
BEGINNINGS = {"See", "Say", "How", "If", "One", "Open"}
NAME = re.compile(r"[A-ZÄÖÜ]\w+")
TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Not about a place somebody holds, an answer they asked for or the safety of their account: one click ends them.
STOPPABLE = {
    "meetups/nudge", "meetups/reminder", "meetups/feedback_request", "meetups/notes_published", "meetups/news",
    "networking/survey", "networking/survey_reminder", "networking/nudge", "networking/question",
    "networking/questions_of_the_day", "networking/journal_digest", "evidence/help_asked",
}  # fmt: skip
# Their mails are all written here: a new one has to be added to tests/mails/writing.py.
COMPLETE = {"meetups", "networking", "unmentoring", "account", "mfa"}
THEIRS_ANYWAY = {"meetups:booking", "meetups:join", "evidence:receive"}
TO_COORDINATORS = {"unmentoring/stuck", "unmentoring/reported"}


@pytest.fixture(autouse=True)
def _written() -> None:
    """Each app at the moment that its own tests live in."""
    with time_machine.travel(writing.NOW, tick=False):
        writing.of_meetups()
        writing.of_networking()
        writing.of_evidence()
        writing.of_accounts()
    with time_machine.travel(unmentoring_build.ASK, tick=False):
        writing.of_unmentoring()


def links(words: str) -> set[str]:
    return {link.rstrip(".,)?") for link in re.findall(r"https?://[^\s\"'<>]+", words)}


def seen(markup: str) -> str:
    """What somebody reads of the HTML: without the head, with the address where a link is only words."""
    body = re.sub(r"<(head|style|title)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    body = re.sub(r"<(div|span)[^>]*display:\s*none[^>]*>.*?</\1>", " ", body, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


def facts(text: str) -> set[str]:
    """What may not be in one part alone: names, days, numbers, addresses; not how a link is called."""
    without = re.sub(r"https?://\S+", " ", text.replace("’", "'")).replace("Or copy this address", " ")
    return {
        word for word in re.findall(r"[\w@'.&:+-]*\w", without) if re.search(r"\d|@", word) or NAME.match(word)
    } - BEGINNINGS


def subjects_say_something_in_one_line(message: Message) -> Iterator[str]:
    subject = message.subject
    if not subject.strip() or subject != " ".join(subject.split()) or len(subject) > 150:
        yield repr(subject)
    if re.search(r"[{}<>]|&\w+;|&#|None|\(\)|: *$", subject):
        yield f"unrendered or empty words in {subject!r}"


def the_text_is_rendered_and_set_with_care(message: Message) -> Iterator[str]:
    if re.search(r"\n\s*\n\s*\n", message.text):
        yield "two empty lines after each other"
    if re.search(r"[{}]|</?\w+[^>]*>|&[a-z]+;|&#\d*|\bNone\b|\(\)|“”", message.text):
        yield "markup, an entity or an empty value"
    if re.search(r"[ \t]$|[^\n ]  +\S", message.text, re.MULTILINE):
        yield "spaces at the end of a line or two in a row"
    if re.search(r" [.,;:!?](?:\s|$)", message.text):
        yield "a space before a full stop or comma"


def the_html_is_rendered_too(message: Message) -> Iterator[str]:
    shown = seen(message.html)
    if re.search(r"\{[{%#]|[%#}]\}|&[a-z]+;|&#\d|\bNone\b|\(\)|“”", shown):
        yield "tags, an entity shown or an empty value"
    if not message.html.strip().lower().startswith("<!doctype html>") or 'lang="en-GB"' not in message.html:
        yield "no document with a language"


def every_link_is_absolute_and_the_text_has_all_of_them(message: Message) -> Iterator[str]:
    hrefs = {html.unescape(href) for href in re.findall(r'href="([^"]*)"', message.html)}
    for href in hrefs:
        if not re.match(r"https?://[^/]+/|https?://[^/]+$|mailto:\S+@|tel:", href):
            yield f"not absolute: {href!r}"
    missing = {link.rstrip("/") for link in links(" ".join(hrefs))} - {one.rstrip("/") for one in links(message.text)}
    yield from (f"only in the HTML: {link}" for link in missing)
    if re.search(r"\bsrc=", message.html):
        yield "a picture, which mail programs do not show"


def the_text_can_be_read_on_its_own(message: Message) -> Iterator[str]:
    first = message.text.splitlines()[0]
    if not re.search(r"\w", first) or first.startswith("http"):
        yield f"begins with {first!r}"
    if re.search(r"\b(click|tap|press) (here|the (button|link))|button below", message.text, re.IGNORECASE):
        yield "speaks of a button"
    if not re.search(r"You get this (once,? )?because|test copy for you alone", message.text):
        yield "does not say why it came"


def names_stand_as_they_are_in_the_text_and_escaped_in_the_html(message: Message) -> Iterator[str]:
    for awkward, escaped in (
        (writing.NAME, "Siân O&#x27;Neill &amp; Co"),
        (writing.TITLE, "Q&amp;A: what&#x27;s “next”?"),
    ):
        if html.unescape(escaped) in html.unescape(message.html) and awkward not in message.text + message.subject:
            yield f"{awkward} is only in the HTML"
        if awkward in message.html:
            yield f"{awkward} is not escaped"


def both_parts_say_the_same(message: Message) -> Iterator[str]:
    text, shown = f"{message.subject}\n{message.text}", f"{message.subject}\n{seen(message.html)}"
    said = text.casefold().replace("’", "'"), shown.casefold().replace("’", "'")
    yield from (f"only in the text: {one}" for one in facts(text) if one.casefold() not in said[1])
    yield from (f"only in the HTML: {one}" for one in facts(shown) if one.casefold() not in said[0])


def what_is_not_about_a_place_somebody_holds_can_be_ended_with_one_click(message: Message) -> Iterator[str]:
    to_member = message.kind.startswith("unmentoring/") and message.kind not in TO_COORDINATORS
    is_stoppable = (message.kind in STOPPABLE or to_member) and not message.subject.startswith("Test copy")
    if is_stoppable != bool(message.unsubscribe_url):
        yield "has a one-click address" if message.unsubscribe_url else "has no one-click address"
    if message.unsubscribe_url and not re.search(
        r"\b(stop|pause|leave|left|once|do nothing|Nothing was changed)\b", message.text, re.IGNORECASE
    ):
        yield "does not say how to stop it"


def nobody_else_is_sent_a_link_that_is_the_readers_own_by_an_answer(message: Message) -> Iterator[str]:
    """An answer quotes the whole mail. Hosts may do, and an inquiry's officers have made, what these few let do."""
    for link in links(message.text + html.unescape(message.html)) if message.reply_to else ():
        match = resolve(urlsplit(link).path) if link.startswith(f"{settings.SITE_URL}/") else None
        if match and audience_of_match(match) is Audience.LINK and match.view_name not in THEIRS_ANYWAY:
            yield f"an answer goes to {message.reply_to} with {match.view_name}"


RULES: list[Callable[[Message], Iterator[str]]] = [
    subjects_say_something_in_one_line,
    the_text_is_rendered_and_set_with_care,
    the_html_is_rendered_too,
    every_link_is_absolute_and_the_text_has_all_of_them,
    the_text_can_be_read_on_its_own,
    names_stand_as_they_are_in_the_text_and_escaped_in_the_html,
    both_parts_say_the_same,
    what_is_not_about_a_place_somebody_holds_can_be_ended_with_one_click,
    nobody_else_is_sent_a_link_that_is_the_readers_own_by_an_answer,
]


def test_every_mail_that_can_be_written_is_looked_at_here():
    paths = [*TEMPLATES.glob("*/emails/[a-z]*.html")]
    ours = {f"{path.parent.parent.name}/{path.stem}" for path in paths}
    theirs = {
        f"{path.parent.parent.name}/email/{path.name.removesuffix('_subject.txt')}"
        for path in [*TEMPLATES.glob("account/email/*_subject.txt"), *TEMPLATES.glob("mfa/email/*_subject.txt")]
    }

    written, there = set(Message.objects.values_list("kind", flat=True)), ours | theirs
    assert written <= there
    assert [kind for kind in sorted(there - written) if kind.split("/")[0] in COMPLETE] == []


def test_every_rule_holds_for_every_mail():
    messages = list(Message.objects.order_by("kind", "pk"))

    wrong = {f"{one.kind}: {said} ({rule.__name__})" for one in messages for rule in RULES for said in rule(one)}

    assert "\n".join(sorted(wrong)) == ""
    assert sum(writing.TITLE in message.text for message in messages) > 10
