"""Markup and scripts in every field somebody can type into: shown as words on pages and in mail, never run."""

import json
import re

import pytest
import time_machine
from django.db import models

from meetups import letters, markdown
from meetups.models import AgendaItem, Announcement, Meetup, SignUp
from outbox.models import Message
from tests import make

pytestmark = pytest.mark.django_db

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>{{ 7|add:7 }}"
LIVE = re.compile(r"<script>alert|<img src=x|<svg onload|\"'><svg")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def scripted(row: models.Model, *names: str) -> None:
    """Every one of these fields says the script, as far as there is room."""
    for name in names:
        setattr(row, name, SCRIPT[: getattr(row._meta.get_field(name), "max_length", None) or 500])
    row.save()


@pytest.fixture
def meetup() -> Meetup:
    organiser = make.organiser(email="olive@council.gov.uk")
    made = make.both_meetup(hosts=[organiser])
    scripted(organiser, "name", "organisation")
    scripted(made.series, "name", "purpose")
    scripted(
        made, *("title", "summary", "description", "audience", "passcode", "dial_in", "venue", "address"),
        *("access_notes", "hashtag", "change_note"),
    )  # fmt: skip
    scripted(made.sponsors.create(position=0, name="Wessex"), "name")
    for item in AgendaItem.objects.all():
        scripted(item, "title", "talking_points")
    question = made.questions.create(position=0, label=SCRIPT, hint=SCRIPT)
    choice = made.questions.create(position=1, label=SCRIPT, kind="choice", choices=f"{SCRIPT}\nNo")
    for way in ("online", "room"):
        make.signup(
            meetup=made, name=SCRIPT, organisation=SCRIPT, access_needs=SCRIPT, way=way,
            answers={question.pk: SCRIPT, choice.pk: SCRIPT},
        )  # fmt: skip
    return made


def test_no_page_runs_what_somebody_typed(meetup: Meetup) -> None:
    from meetups import addresses
    from people.models import Person

    organiser = make.client(Person.objects.get(email="olive@council.gov.uk"))
    signup = SignUp.objects.first()
    base, hosts = f"/meetups/{meetup.slug}/", f"/organise/{meetup.slug}/"
    booking = f"/booking/{addresses.booking_token(signup)}/"
    join = "/join/" + addresses.join(signup).partition("/join/")[2]
    pages = [
        *("/", "/meetups/", "/my-things/", "/me/", "/me/data/", "/organise/", base, f"{base}sign-up/", booking, join),
        *(f"{booking}{name}/" for name in ("answers", "way", "cancel")),
        *(
            hosts,
            *(f"{hosts}{name}/" for name in ("edit", "preview", "agenda", "questions", "people", "write", "move")),
        ),
        *(
            f"{hosts}cancel/",
            f"{hosts}people/{signup.pk}/",
            f"{hosts}people/{signup.pk}/cancel/",
            f"{hosts}people/add/",
        ),
    ]

    for page in pages:
        answer = organiser.get(page)
        assert answer.status_code == 200, page
        assert not LIVE.search(answer.content.decode()), page
        assert "{{ 7" in answer.content.decode() or "14" not in answer.content.decode(), page


def test_the_data_for_search_engines_says_the_same_words_and_ends_where_it_should(meetup: Meetup) -> None:
    page = make.client().get(f"/meetups/{meetup.slug}/").content.decode()

    data = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, flags=re.DOTALL)

    assert [json.loads(one)["name"] for one in data] == [SCRIPT[:120]]


def test_no_mail_runs_what_somebody_typed(meetup: Meetup) -> None:
    Announcement.objects.create(
        meetup=meetup, to="everyone", subject=SCRIPT, body=f"{SCRIPT} http://x.example/?a=<b>", written_at=make.NOW
    )
    with time_machine.travel(meetup.details_at, tick=False):
        letters.queue_due(meetup.details_at)

    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {"meetups/signed_up", "meetups/joining_details", "meetups/announced"} <= kinds
    for message in Message.objects.all():
        assert not LIVE.search(message.html), message.kind
        assert "<script" not in message.html, message.kind
        assert "&lt;/script&gt;" in message.html, message.kind
        assert "&lt;" not in message.text, message.kind


TYPED = [
    *("[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java&#115;cript:alert(1))", "[a](vbscript:x)"),
    *("<javascript:alert(1)>", "[a]: javascript:alert(1)\n\n[a]", "[a](\u0001javascript:alert(1))"),
    *("[a](data:text/html,<script>alert(1)</script>)", "![a](data:image/svg+xml;base64,PHN2Zz4=)"),
    *("![a](https://tracker.example/pixel.gif)", "<svg onload=alert(1)>", "<a href='javascript:x'>a</a>"),
    *('[a](https://x.example "onmouseover=alert(1)")', "`<script>alert(1)</script>`"),
    *("<iframe src=//evil.example></iframe>", "|a|\n|-|\n|<script>alert(1)</script>|"),
]


@pytest.mark.parametrize("typed", TYPED)
def test_no_markdown_becomes_a_script_or_asks_another_site(typed: str) -> None:
    html = markdown.to_html(typed)

    assert not re.search(r"<(script|svg|img|iframe)|href=\"?\s*(java|vb|data)|<[^>]* on\w+=(?![^<]*\")", html)
    assert not re.search(r"<a[^>]*href=\"(?!https?:|mailto:|tel:|/|#)", html)


LONG = ["[", "> ", "*a ", "`", "![](", "_", "|x", "\\[", "~~a", "[![[]", "- ", "&", "<", "a\n|-|\n"]


@pytest.mark.parametrize("typed", LONG)
def test_no_description_takes_long_to_turn_into_a_page(typed: str) -> None:
    import time

    began = time.process_time()
    markdown.to_html(typed * (20_000 // len(typed)))

    assert time.process_time() - began < 3
