import pytest

from evidence import overlap

EXACT = "Nobody told us that a break was possible, not the school, not the surgery."


@pytest.mark.parametrize(
    ("ours", "shared"),
    [
        ("A parent says nobody told us that a break is there", "nobody told us that a break"),
        ("They heard “TOLD US – that a break was possible!” too late", "TOLD US – that a break was possible"),
        ("Nobody told us that a plan was there", ""),
        ("A family did not know that respite exists", ""),
        (EXACT, EXACT[:-1]),
        ("", ""),
    ],
)
def test_a_run_of_six_words_is_found_however_it_is_written(ours, shared):
    assert overlap.shared_run(EXACT, ours) == shared


def test_without_exact_words_there_is_nothing_to_share():
    assert overlap.shared_run("", EXACT) == ""


def test_two_long_texts_of_one_word_are_compared_at_once():
    assert overlap.shared_run("a " * 5000, "a " * 2000) == ("a " * 2000).strip()
