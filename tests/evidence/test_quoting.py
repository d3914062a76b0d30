"""Whose exact words a report may use: every combination, written out."""

import itertools

import pytest

from evidence import quoting
from evidence.models import Item
from evidence.quoting import Case, Ground

KINDS = ("", *Item.AuthorKind.values)
CONSENTS = Item.ConsentState.values

ORGANISATION, OFFICE, CONSENT, OVERRIDE, NO = (*Ground, None)

# Kind of author, consent: without anything, sensitive, overridden, sensitive and overridden.
TABLE = {
    ("", ""): (NO, NO, OVERRIDE, OVERRIDE),
    ("", "asked"): (NO, NO, OVERRIDE, OVERRIDE),
    ("", "given"): (CONSENT, CONSENT, CONSENT, CONSENT),
    ("", "refused"): (NO, NO, NO, NO),
    ("private", ""): (NO, NO, OVERRIDE, OVERRIDE),
    ("private", "asked"): (NO, NO, OVERRIDE, OVERRIDE),
    ("private", "given"): (CONSENT, CONSENT, CONSENT, CONSENT),
    ("private", "refused"): (NO, NO, NO, NO),
    ("organisation", ""): (ORGANISATION, NO, ORGANISATION, OVERRIDE),
    ("organisation", "asked"): (ORGANISATION, NO, ORGANISATION, OVERRIDE),
    ("organisation", "given"): (CONSENT, CONSENT, CONSENT, CONSENT),
    ("organisation", "refused"): (NO, NO, NO, NO),
    ("press", ""): (NO, NO, OVERRIDE, OVERRIDE),
    ("press", "asked"): (NO, NO, OVERRIDE, OVERRIDE),
    ("press", "given"): (CONSENT, CONSENT, CONSENT, CONSENT),
    ("press", "refused"): (NO, NO, NO, NO),
    ("office", ""): (OFFICE, NO, OFFICE, OVERRIDE),
    ("office", "asked"): (OFFICE, NO, OFFICE, OVERRIDE),
    ("office", "given"): (CONSENT, CONSENT, CONSENT, CONSENT),
    ("office", "refused"): (NO, NO, NO, NO),
}
SAID = "Nobody told us\nthat a break was possible, not once."


def test_the_table_has_every_combination():
    assert list(TABLE) == [(kind, consent) for kind in KINDS for consent in CONSENTS]


@pytest.mark.parametrize(("kind", "consent"), TABLE)
def test_who_may_be_quoted_and_on_which_ground(kind, consent):
    cases = [Case(kind, consent, *flags) for flags in ((False, False), (True, False), (False, True), (True, True))]

    assert tuple(quoting.ground(case) for case in cases) == TABLE[kind, consent]


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ("", ""),
        ("   ", ""),
        ("Nobody told us", "Nobody told us"),
        ("Nobody told us that a break was possible", "Nobody told us that a break was possible"),
        ("Nobody told us of a break", ""),
        ("nobody told us", ""),
    ],
)
def test_nothing_is_quoted_unless_somebody_chose_a_passage_and_it_was_said_so(passage, shown):
    cases = [
        Case(kind, consent, *flags) for (kind, consent) in TABLE for flags in itertools.product((False, True), repeat=2)
    ]

    for case in cases:
        assert quoting.quoted(passage, SAID, case) == (shown if quoting.ground(case) else "")


def test_what_stands_against_it_is_said_in_a_sentence_and_only_a_refusal_cannot_be_gone_past():
    cases = [Case(kind, consent, sensitive) for (kind, consent) in TABLE for sensitive in (False, True)]

    assert [case for case in cases if bool(quoting.why_not(case)) == bool(quoting.ground(case))] == []
    assert quoting.why_not(Case("office", "refused")) == "They do not want to be quoted."
    assert quoting.why_not(Case("office", "", is_sensitive=True)).startswith("It is sensitive")
    assert quoting.why_not(Case("press")).startswith("Exact words are for organisations and public office.")
    assert {case.consent for case in cases if not quoting.may_be_overridden(case)} == {"refused"}
