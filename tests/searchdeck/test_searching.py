"""One-click searches: for topics, never for a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchdeck import loading, searching
from searchdeck.models import Source


@pytest.mark.parametrize(
    ("typed", "left", "dropped"),
    [
        ("young carers", "young carers", ()),
        ("young carers from:janedoe", "young carers", ("from:janedoe",)),
        ("FROM: janedoe young carers", "young carers", ("FROM: janedoe",)),
        ("carers to:essexcc respite", "carers respite", ("to:essexcc",)),
        ("respite @janedoe", "respite", ("@janedoe",)),
        ("respite ＠janedoe", "respite", ("＠janedoe",)),
        ("@jane@mastodon.social respite", "respite", ("@jane@mastodon.social",)),
        ('author:"Jane Doe" respite', "respite", ('author:"Jane Doe"',)),
        ("respite u/janedoe", "respite", ("u/janedoe",)),
        ("respite https://x.com/janedoe", "respite", ("https://x.com/janedoe",)),
        ("www.facebook.com/jane.doe carers", "carers", ("www.facebook.com/jane.doe",)),
        ("x.com/janedoe carers", "carers", ("x.com/janedoe",)),
        ("carers jane@example.org", "carers", ("jane@example.org",)),
    ],
)
def test_what_looks_for_a_person_is_dropped_and_said(typed, left, dropped):
    assert searching.clean(typed) == searching.Cleaned(left, dropped)


@pytest.mark.parametrize(
    "typed", ["site:x.com/janedoe", "from\u200b:janedoe", "fr@om:janedoe", "from:from:janedoe", "from : janedoe"]
)
def test_disguises_do_not_help(typed):
    assert "jane" not in searching.clean(f"{typed} carers").text


@given(st.text())
def test_no_text_leaves_an_operator_that_looks_for_a_person(typed):
    left = searching.clean(typed).text

    assert "@" not in left
    assert searching.clean(left).text == left


def test_topic_place_and_words_to_leave_out_become_one_address():
    what = searching.query("young carers", "North Essex", "jobs, vacancy")

    assert searching.address("https://x.com/search?q={query}&f=live", what, excludes=True) == (
        "https://x.com/search?q=young+carers+%22North+Essex%22+-jobs+-vacancy&f=live"
    )
    assert searching.address("https://x.com/search?q={query}", what) == (
        "https://x.com/search?q=young+carers+%22North+Essex%22"
    )
    assert searching.address("https://a.example/tags/{tag}/", what) == "https://a.example/tags/youngcarers/"
    assert searching.address("https://a.example/search/{query}/all", what) == (
        "https://a.example/search/young%20carers%20%22North%20Essex%22/all"
    )


def test_words_cannot_leave_their_place_in_the_address():
    what = searching.query("carers&f=user#/../x {place}", "Essex")

    assert searching.address("https://x.com/search?q={query}&f=live", what) == (
        "https://x.com/search?q=carers%26f%3Duser%23%2F..%2Fx+%7Bplace%7D+Essex&f=live"
    )


@pytest.mark.django_db
def test_sources_come_with_the_version_and_what_was_changed_here_is_kept():
    assert loading.load() == len(loading.CSV.read_text(encoding="utf-8").splitlines()) - 1
    Source.objects.filter(slug="x").update(name="X (signed in)", is_active=False)

    assert loading.load() == 0
    assert Source.objects.get(slug="x").name == "X (signed in)"


@pytest.mark.django_db
def test_every_shipped_source_is_well_formed_and_the_less_intrusive_come_first():
    loading.load()

    for source in Source.objects.all():
        source.full_clean()
        assert "respite" in source.address(searching.query("respite", "respite"))
    assert [source.slug for source in Source.objects.in_use()][:3] == ["care-opinion", "healthwatch", "whatdotheyknow"]
