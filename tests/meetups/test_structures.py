import re

import pytest

from meetups import structures

# Minutes from the table in the specification: (least, most).
TABLE = {
    "1-2-4-All": (12, 12),
    "Impromptu Networking": (20, 20),
    "Nine Whys": (20, 20),
    "Wicked Questions": (25, 25),
    "Appreciative Interviews": (40, 60),
    "TRIZ": (35, 60),
    "15% Solutions": (20, 20),
    "Troika Consulting": (30, 30),
    "What, So What, Now What?": (45, 45),
    "Discovery & Action Dialogue": (25, 70),
    "Shift & Share": (90, 90),
    "25/10 Crowd Sourcing": (30, 30),
    "Wise Crowds": (60, 60),
    "Min Specs": (45, 60),
    "Improv Prototyping": (20, 20),
    "Helping Heuristics": (15, 15),
    "Conversation Café": (35, 60),
    "User Experience Fishbowl": (50, 50),
    "Heard, Seen, Respected": (35, 50),
    "Drawing Together": (40, 40),
    "Design StoryBoards": (50, 90),
    "Celebrity Interview": (45, 45),
    "Social Network Webbing": (60, 60),
    "What I Need From You": (55, 65),
    "Open Space": (90, 480),
    "Generative Relationships (STAR)": (25, 25),
    "Agreement–Certainty Matrix": (45, 45),
    "Simple Ethnography": (75, 300),
    "Integrated~Autonomy": (80, 80),
    "Critical Uncertainties": (100, 100),
    "Ecocycle Planning": (95, 95),
    "Panarchy": (120, 120),
    "Purpose-To-Practice": (120, 120),
}
OURS = {"Nine minute networking": (20, 20), "Spiral Journal": (5, 15), "Mad Tea": (15, 25)}
every = pytest.mark.parametrize("structure", structures.ALL, ids=lambda structure: structure.slug)


def test_the_catalogue_has_the_33_liberating_structures_and_three_more():
    names = [structure.name for structure in structures.ALL]

    assert len(TABLE) == 33
    assert names == [*TABLE, *OURS]


def test_no_two_structures_share_a_slug_or_a_sentence():
    for what in ("slug", "name", "line", "purpose", "invitation", "notes"):
        values = [getattr(structure, what) for structure in structures.ALL]
        assert sorted(values) == sorted(set(values))


@every
def test_minutes_are_what_the_structure_usually_takes(structure):
    least, most = {**TABLE, **OURS}[structure.name]

    assert least <= structure.minutes <= most


@every
def test_its_line_is_one_plain_sentence_that_fits_an_email(structure):
    assert len(structure.line) < 140
    assert structure.line[0].isupper()
    assert re.fullmatch(r"[^.!?]+\.", structure.line)


@every
def test_it_leads_to_the_site_of_its_authors(structure):
    assert structure.url.startswith("https://www.liberatingstructures.com/")
    assert structure.url.endswith("/")


@every
def test_slugs_fit_into_an_agenda_item(structure):
    assert re.fullmatch(r"[a-z0-9-]{1,60}", structure.slug)


@every
def test_its_phases_add_up_to_its_minutes(structure):
    assert sum(phase.minutes for phase in structure.phases) == structure.minutes
    assert min(phase.minutes for phase in structure.phases) >= 1


@every
def test_it_says_what_it_is_for_what_to_ask_and_what_a_host_should_know(structure):
    for words in (structure.purpose, structure.invitation, structure.notes):
        assert 30 < len(words) < 400
        assert words[-1] in ".?…"
        assert "!" not in words
    assert structure.least >= 1
    assert structure.most == 0 or structure.most > structure.least


@every
def test_its_phases_have_groups_an_organiser_can_choose_and_names_that_fit_a_row(structure):
    assert {phase.group for phase in structure.phases} <= set(structures.GROUPS)
    assert max(len(phase.name) for phase in structure.phases) <= 80


@every
def test_only_fours_after_pairs_keep_pairs_together(structure):
    for before, phase in zip(structure.phases, structure.phases[1:], strict=False):
        if phase.keep_pairs_together:
            assert (before.group in {"2", "4"}, phase.group) == (True, "4")


def test_1_2_4_all_truly_merges_its_pairs():
    phases = [(one.minutes, one.group, one.keep_pairs_together) for one in structures.find("1-2-4-all").phases]

    assert phases == [(1, "1", False), (2, "2", False), (4, "4", True), (5, "all", False)]


def test_groups_are_said_in_words_and_known_in_numbers():
    said = {group: structures.group_words(group) for group in ("1", "1-2", "2", "4", "4-6", "all", "free")}

    assert said == {
        "1": "alone",
        "1-2": "alone or in pairs",
        "2": "pairs",
        "4": "fours",
        "4-6": "groups of 4 to 6",
        "all": "everyone together",
        "free": "as people choose",
    }
    assert [structures.group_sizes(group) for group in ("1", "3-4", "all")] == [(1, 1), (3, 4), None]


def test_find_answers_nothing_for_what_is_not_in_the_catalogue():
    assert structures.find("troika-consulting").name == "Troika Consulting"
    assert structures.find("karaoke") is None
    assert structures.find("") is None
