"""What items say together, what follows from it, and how one-sided it is."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import theming
from evidence.balance import Heard, balance
from evidence.models import Item, ItemEvent, Step
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

JAN, FEB = date(2027, 1, 1), date(2027, 2, 1)


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def test_a_theme_rests_on_accepted_items_by_number_which_are_then_relied_on():
    inquiry = build.inquiry()
    items = [build.accepted(inquiry) for _ in range(4)]
    waiting = build.item(inquiry)
    theme = build.theme(inquiry)
    client = make.client(build.officer(inquiry))

    wrong = client.post(page(inquiry, f"themes/{theme.pk}/items/"), {"items": f"1, {waiting.number}, 99"})
    client.post(page(inquiry, f"themes/{theme.pk}/items/"), {"items": "item 1, 2 to 3"})

    assert reading.errors(wrong) == [f"Not accepted yet, or not there: {waiting.number}, 99. Review them first"]
    assert list(theme.items.order_by("number")) == items[:3]
    assert [item.reliance for item in inquiry.items.order_by("number")] == [
        "relied",
        "relied",
        "relied",
        "seen",
        "seen",
    ]
    assert ItemEvent.objects.filter(item_ref=items[0].ref).last().facts["reliance"] == "relied"


@pytest.mark.parametrize("typed", ["twelve", "1; DROP TABLE", "1.5", "-", "1 to 9999999"])
def test_numbers_that_are_none_are_refused_with_what_was_typed(typed):
    inquiry = build.inquiry()
    theme = build.theme(inquiry)

    answer = make.client(build.officer(inquiry)).post(page(inquiry, f"themes/{theme.pk}/items/"), {"items": typed})

    assert len(reading.errors(answer)) == 1
    assert f'value="{typed}"' in answer.content.decode()
    assert not theme.items.exists()


def test_a_question_leads_to_a_recommendation_and_a_response_each_linked_back_to_its_items():
    inquiry = build.inquiry()
    item = build.accepted(inquiry)
    theme = build.theme(inquiry)
    client = make.client(build.officer(inquiry))
    new = page(inquiry, f"themes/{theme.pk}/steps/new/")

    client.post(new, {"kind": "question", "text": "How do they hear of it?", "items": f"{item.number}"})
    question = Step.objects.get()
    client.post(new, {"kind": "recommendation", "text": "Tell them at school.", "follows": question.pk})
    wrong = client.post(new, {"kind": "response", "text": "We will.", "follows": question.pk})
    advice = Step.objects.get(kind="recommendation")
    client.post(new, {"kind": "response", "text": "We will.", "follows": advice.pk, "who": "The director"})

    assert reading.errors(wrong) == ["A response does not follow from that"]
    assert [[step.kind for step in chain] for chain in theming.chains(theme)] == [
        ["question", "recommendation", "response"]
    ]
    assert list(question.items.all()) == list(theme.items.all()) == [item]
    said = reading.words(client.get(page(inquiry, f"themes/{theme.pk}/")))
    assert f"How do they hear of it? Goes back to Item {item.number} ." in said
    assert "Response, The director" in said


def test_two_officers_who_change_a_theme_at_once_are_told_and_nothing_typed_is_lost():
    inquiry = build.inquiry()
    theme = build.theme(inquiry)
    theming.change(theme, theming.ThemeWords(title="Theirs"), version=0)

    answer = make.client(build.officer(inquiry)).post(
        page(inquiry, f"themes/{theme.pk}/edit/"), {"title": "Mine", "version": "0"}
    )

    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    theme.refresh_from_db()
    assert theme.title == "Theirs"


def test_readers_read_themes_and_change_nothing():
    inquiry = build.inquiry()
    theme = build.theme(inquiry, items=[build.accepted(inquiry)])
    client = make.client(build.reader(inquiry))

    said = client.get(page(inquiry, f"themes/{theme.pk}/")).content.decode()

    assert "Families do not hear of respite." in said
    assert "Nobody told us" not in said
    assert client.post(page(inquiry, f"themes/{theme.pk}/edit/"), {"title": "Mine"}).status_code == 404


def test_a_theme_asks_as_many_questions_with_three_items_and_steps_as_with_one():
    inquiry = build.inquiry()
    theme = build.theme(inquiry, items=[build.accepted(inquiry)])
    build.step(theme)
    client = make.client(build.officer(inquiry))

    def asked():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(page(inquiry, f"themes/{theme.pk}/"))
            client.get(page(inquiry, "themes/"))
        return len(queries)

    first = asked()
    theming.add_items(
        theme, [build.accepted(inquiry), build.accepted(inquiry)], now=build.NOW, by=build.officer(inquiry)
    )
    build.step(theme)
    build.step(theme, "recommendation", follows=theme.steps.first())
    build.theme(inquiry)
    assert asked() == first


def heard(number=1, **fields):
    return [Heard(**fields)] * number


@pytest.mark.parametrize(
    ("items", "warnings"),
    [
        (heard(2), ["2 items only: an example, not a pattern."]),
        (
            [
                *heard(7, thread="t", platform="x", author_kind="private", month=JAN),
                *heard(1, platform="web", author_kind="press", month=FEB),
                *heard(1, platform="web", author_kind="press", month=FEB),
            ],
            ["7 of 9 items are from one thread."],
        ),
        (
            [Heard(platform="x", author=f"a{n // 2}", author_kind="office", month=JAN) for n in range(4)],
            [
                "2 of 4 items are by one author.",
                "All 4 items are from one platform.",
                "All 4 items are from one month.",
                "No item tells of lived experience: all are by organisations, press or public office.",
            ],
        ),
        (
            [
                Heard(platform=f"p{n}", author=f"a{n}", thread=f"t{n}", author_kind=kind)
                for n, kind in enumerate(("private", "press", "private"))
            ],
            [],
        ),
    ],
)
def test_what_is_out_of_balance_is_said_in_sentences(items, warnings):
    assert balance(items).warnings == warnings


def test_the_balance_counts_authors_and_keeps_their_codes_to_itself():
    counted = balance([*heard(2, author="secret-one"), *heard(1, author="secret-two"), *heard(1)])

    assert (counted.items, counted.authors, counted.without_author) == (4, 2, 1)
    assert "secret" not in repr(counted)


def test_numbers_that_no_database_knows_count_as_nothing():
    inquiry = build.inquiry()
    theme, item = build.theme(inquiry), build.item(inquiry)
    client = make.client(build.officer(inquiry))

    follows = client.get(page(inquiry, f"themes/{theme.pk}/steps/new/?follows={'9' * 30}"))
    done = client.get(page(inquiry, f"review/?done={'9' * 5000}&after={'9' * 5000}"))
    decided = client.post(page(inquiry, f"review/{item.pk}/"), {"what": "seen", "version": "9" * 5000})

    assert [answer.status_code for answer in (follows, done, decided)] == [200, 200, 302]
    item.refresh_from_db()
    assert item.state == "submitted"


def test_a_step_that_something_follows_from_stays_what_it_is():
    inquiry = build.inquiry()
    theme = build.theme(inquiry)
    question = build.step(theme)
    advice = build.step(theme, "recommendation", text="Tell families.", follows=question)
    said = {"kind": "response", "text": "We will.", "follows": advice.pk}

    answer = make.client(build.officer(inquiry)).post(page(inquiry, f"themes/{theme.pk}/steps/{question.pk}/"), said)

    assert reading.errors(answer) == ["Something follows from it already, so it stays what it is"]
    assert theming.chains(theme) == [[question, advice]]


def test_two_officers_who_add_one_item_at_once_both_have_it():
    inquiry = build.inquiry()
    item, by = build.accepted(inquiry), build.officer(inquiry)
    first, second = build.theme(inquiry), build.theme(inquiry)
    seen_earlier = Item.objects.get(pk=item.pk)

    added = [theming.add_items(theme, [seen_earlier], now=build.NOW, by=by) for theme in (first, first, second)]

    assert added == [1, 0, 1]
    assert list(second.items.all()) == [item]


def test_a_theme_sent_twice_at_once_is_one_and_the_second_reads_that_the_name_is_taken(monkeypatch):
    inquiry = build.inquiry()
    client = make.client(build.officer(inquiry))
    made = theming.make

    def twice(*args, **fields):
        """The other one is quicker, after the form of this one has looked."""
        made(*args, **fields)
        return made(*args, **fields)

    monkeypatch.setattr(theming, "make", twice)
    answer = client.post(f"/evidence/inquiries/{inquiry.slug}/themes/new/", {"title": "Waiting", "heard": "They wait"})

    assert reading.errors(answer) == ["There is a theme with this name already"]
    assert "They wait" in answer.content.decode()
    assert inquiry.themes.count() == 1


def test_a_theme_renamed_to_one_that_came_meanwhile_is_told_and_keeps_what_was_typed(monkeypatch):
    inquiry = build.inquiry()
    theme = build.theme(inquiry, title="Waiting")
    client = make.client(build.officer(inquiry))
    changed = theming.change

    def change(*args, **fields):
        build.theme(inquiry, title="Rest")
        return changed(*args, **fields)

    monkeypatch.setattr(theming, "change", change)
    form = {"title": "Rest", "heard": "They need rest", "version": theme.version}
    answer = client.post(f"/evidence/inquiries/{inquiry.slug}/themes/{theme.pk}/edit/", form)

    assert reading.errors(answer) == ["There is a theme with this name already"]
    assert "They need rest" in answer.content.decode()
    assert sorted(inquiry.themes.values_list("title", flat=True)) == ["Rest", "Waiting"]
