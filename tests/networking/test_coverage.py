"""Which skills a cohort wants and who has them: names in, rows out."""

import pytest

from networking.coverage import Coverage, coverage


def test_what_nobody_has_comes_first_then_what_hangs_on_one_then_what_most_want():
    rows = coverage(
        ["Blogging", "Curation", "Elections", "Video", "Workflow"],
        {"Blogging": 2, "Curation": 1, "Video": 3, "Workflow": 5},
        {
            "Blogging": [("Mo", 3)],
            "Elections": [("Mo", 3)],
            "Video": [("Mo", 1)],
            "Workflow": [("Nia", 2), ("Mo", 3), ("Mo", 2)],
        },
    )

    assert [(row.skill, row.wanted_by, row.teach, row.at_ease, row.line) for row in rows] == [
        ("Video", 3, (), (), "Nobody has it. Find an expert, or a workshop."),
        ("Curation", 1, (), (), "Nobody has it. Find an expert, or a workshop."),
        ("Blogging", 2, ("Mo",), (), "It hangs on one person."),
        ("Workflow", 5, ("Mo",), ("Nia",), "Covered."),
        ("Elections", 0, ("Mo",), (), "Nobody asks for it now."),
    ]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (Coverage("Video", 1, (), ("Nia",)), "Nobody could teach it; somebody is at ease with it."),
        (Coverage("Video", 1, ("Nia",), ()), "Covered."),
    ],
)
def test_what_follows_is_said_in_a_sentence(row, line):
    assert row.line == line
