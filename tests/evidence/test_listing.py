"""What a list of items offers to be filtered by: always what there is, whoever looks, however many items there are."""

from datetime import date

import pytest
from django.db import connection

from evidence import fulltext, listing
from evidence.models import Item
from tests.evidence import build

pytestmark = pytest.mark.django_db

JANUARY, MARCH, MAY = date(2027, 1, 1), date(2027, 3, 1), date(2027, 5, 1)


def test_choices_are_the_platforms_and_months_of_all_states_each_once_the_newest_month_first():
    inquiry = build.inquiry()
    build.item(inquiry, platform="reddit", month=JANUARY)
    build.item(inquiry, platform="reddit", month=None, state=Item.State.IN_REVIEW)
    build.accepted(inquiry, platform="x", month=MAY)
    build.accepted(inquiry, platform="x", month=JANUARY)
    build.item(inquiry, platform="", month=MARCH, state=Item.State.SET_ASIDE)

    assert listing.found_in(inquiry, "officer") == (["reddit", "x"], [MAY, MARCH, JANUARY])


def test_readers_choose_from_what_was_accepted_and_nobody_from_drafts_or_other_inquiries():
    inquiry, other = build.inquiry(), build.inquiry()
    build.accepted(inquiry, platform="x", month=MAY)
    build.item(inquiry, platform="reddit", month=MARCH)
    build.accepted(other, platform="facebook", month=JANUARY)
    build.draft(build.officer(inquiry), inquiry=inquiry, platform="tiktok", month=JANUARY)

    assert listing.found_in(inquiry, "reader") == (["x"], [MAY])
    assert listing.found_in(inquiry, "officer") == (["reddit", "x"], [MAY, MARCH])


def test_nothing_was_handed_in_and_nothing_is_offered():
    assert listing.found_in(build.inquiry(), "officer") == ([], [])


def test_what_was_handed_in_a_moment_ago_can_be_chosen():
    inquiry = build.inquiry()
    listing.found_in(inquiry, "officer")
    build.item(inquiry, platform="x", month=MAY)

    assert listing.found_in(inquiry, "officer") == (["x"], [MAY])


@pytest.mark.parametrize("number_of_items", [1, 3])
def test_choices_cost_two_questions_to_the_database(number_of_items, django_assert_num_queries):
    inquiry = build.inquiry()
    for number in range(number_of_items):
        build.item(inquiry, platform=f"platform-{number}", month=date(2027, 1 + number, 1))

    with django_assert_num_queries(2):
        listing.found_in(inquiry, "officer")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by the numbers it has seen")
@pytest.mark.parametrize(
    ("column", "index"), [("platform", "evidence_item_platforms"), ("month", "evidence_item_months")]
)
def test_choices_are_read_out_of_their_index_and_never_by_going_through_items(column, index, plan_of):
    plan = plan_of(lambda: listing.found_in(build.inquiry(), "officer"))

    assert f"COVERING INDEX {index} (inquiry_id=? AND state=? AND {column}>?)" in plan
    assert "SCAN item" not in plan


@pytest.fixture
def plan_of():
    """How SQLite goes about what is asked."""

    def explain(ask):
        asked = []

        def look(execute, sql, params, many, context):
            asked.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(look):
            ask()
        lines = []
        with connection.cursor() as cursor:
            for sql, params in asked:
                if "RECURSIVE" in sql:
                    cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                    lines += [row[-1] for row in cursor.fetchall()]
        return "\n".join(lines)

    return explain


def test_a_word_typed_again_and_again_is_looked_for_once():
    condition = fulltext.says("Respite, respite RESPITE break")

    expected = "respite break" if connection.vendor == "postgresql" else '"respite" "break"'
    assert condition.params == (expected,)
