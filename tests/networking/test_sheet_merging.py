"""Two texts of one section: what goes together goes together, and nothing that was typed is dropped."""

from hypothesis import given
from hypothesis import strategies as st

from networking.sheet_merging import Clash, merge, overlay, settle

KEYS = ["people", "where", "why", "rows.1a.handle", "rows.1a.platform", "rows.2b.handle"]
texts = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["one", "two", "two and three", "four"]), max_size=6)


def test_changes_to_different_answers_go_together():
    merged = merge({"people": "a", "why": "b"}, {"people": "a2", "why": "b"}, {"people": "a", "why": "b2"})

    assert (merged.answers, merged.clashes) == ({"people": "a2", "why": "b2"}, [])


def test_two_changes_to_one_answer_are_shown_both():
    merged = merge({"people": "a"}, {"people": "mine"}, {"people": "theirs"})

    assert merged.clashes == [Clash("people", "mine", "theirs")]
    assert merged.clashes[0].both == "theirs\n\nmine"
    assert merged.answers == {"people": "theirs"}


def test_both_is_the_longer_text_when_it_holds_the_other():
    assert Clash("people", "Parents and carers", "Parents").both == "Parents and carers"


def test_a_row_that_one_takes_out_and_the_other_changes_stays_as_changed():
    base = {"rows.1a.handle": "old", "rows.1a.platform": "Facebook"}
    changed = {**base, "rows.1a.handle": "new"}

    assert merge(base, {}, changed).answers == changed
    assert merge(base, changed, {}).answers == changed


def test_rows_a_window_never_saw_stay_and_those_it_takes_out_go():
    base = {"rows.1a.handle": "a", "rows.2b.handle": "b"}

    assert overlay(base, {"people": "x", "rows.1a.handle": "a"}) == {**base, "people": "x"}
    assert overlay(base, {"rows.1a.handle": "a"}, removed=frozenset({"1a"})) == {"rows.2b.handle": "b"}
    assert overlay({"people": "x"}, {"people": ""}) == {}


@given(base=texts, mine=texts)
def test_who_changed_nothing_takes_what_the_other_has(base, mine):
    assert merge(base, mine, base).answers == mine
    assert merge(base, base, mine).answers == mine
    assert merge(base, base, mine).clashes == []


@given(base=texts, mine=texts)
def test_the_same_text_twice_is_that_text(base, mine):
    assert (merge(base, mine, mine).answers, merge(base, mine, mine).clashes) == (mine, [])


@given(base=texts, mine=texts, theirs=texts)
def test_nothing_that_either_typed_is_lost(base, mine, theirs):
    merged = merge(base, mine, theirs)
    kept = set(merged.answers.items()) | {(clash.key, clash.mine) for clash in merged.clashes}

    assert {(key, text) for key, text in mine.items() if base.get(key) != text} <= kept
    assert {(key, text) for key, text in theirs.items() if base.get(key) != text} <= kept


@given(base=texts, mine=texts, theirs=texts)
def test_it_does_not_matter_whose_text_came_first(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert {(c.key, c.mine, c.theirs) for c in one.clashes} == {(c.key, c.theirs, c.mine) for c in other.clashes}
    clashing = {clash.key for clash in one.clashes}
    assert {k: t for k, t in one.answers.items() if k not in clashing} == {
        k: t for k, t in other.answers.items() if k not in clashing
    }


@given(base=texts, mine=texts, theirs=texts)
def test_choosing_mine_everywhere_gives_mine_where_the_two_clashed(base, mine, theirs):
    merged = merge(base, mine, theirs)
    settled = settle(merged, {clash.key: clash.mine for clash in merged.clashes})

    assert all(settled.get(clash.key, "") == clash.mine for clash in merged.clashes)
