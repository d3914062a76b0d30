import csv
from pathlib import Path

import pytest

from people import council_search
from people.council_search import CouncilName

CSV = Path(council_search.__file__).parent / "data" / "councils.csv"


def real_councils() -> list[CouncilName]:
    with CSV.open(encoding="utf-8", newline="") as file:
        return [
            CouncilName(row["slug"], row["name"], tuple(row["aliases"].split("|")) if row["aliases"] else ())
            for row in csv.DictReader(file)
        ]


COUNCILS = real_councils()


def names(query: str, limit: int = 8) -> list[str]:
    return [council.name for council in council_search.best_matches(query, COUNCILS, limit)]


def test_a_name_that_starts_so_comes_before_words_aliases_and_pieces():
    councils = [
        CouncilName("piece", "Brookborough Council"),
        CouncilName("alias", "Zedland Council", ("Rookshire",)),
        CouncilName("word", "North Rook Council"),
        CouncilName("start", "Rookton Council"),
    ]

    found = council_search.best_matches("rook", councils)

    assert [council.slug for council in found] == ["start", "word", "alias", "piece"]


def test_a_whole_alias_comes_before_the_start_of_one():
    assert names("RBK", limit=2) == ["Kingston upon Thames Council", "Kensington and Chelsea Council"]


def test_equals_are_in_alphabetical_order():
    assert names("leicester") == [
        "Leicester City Council",
        "Leicestershire County Council",
        "North West Leicestershire District Council",
    ]


@pytest.mark.parametrize("query", ["", "   ", "-", "'"])
def test_nothing_typed_finds_nothing(query):
    assert names(query) == []


def test_letters_that_no_council_has_find_nothing():
    assert names("qqxyz") == []


def test_no_more_than_the_limit_are_returned():
    assert len(names("north")) == 8
    assert len(names("north", limit=3)) == 3


@pytest.mark.parametrize(
    "query",
    ["ynys mon", "Ynys Môn", "YNYS MÔN", "anglesey", "cyngor sir ynys mon"],
)
def test_case_and_accents_do_not_count(query):
    assert names(query) == ["Isle of Anglesey County Council"]


@pytest.mark.parametrize("query", ["st helens", "St. Helens", "saint helens", "St Helen's", "Saint Helens Council"])
def test_saint_and_st_are_the_same(query):
    assert names(query) == ["St Helens Council"]


@pytest.mark.parametrize("query", ["kings lynn", "king's lynn", "King’s Lynn & West", "borough council of kings l"])
def test_apostrophes_do_not_count(query):
    assert names(query) == ["King's Lynn and West Norfolk Borough Council"]


@pytest.mark.parametrize("query", ["stoke on trent", "stoke-on-trent", "Stoke‑on‑Trent", "stokeontrent"])
def test_hyphens_do_not_count(query):
    assert names(query) == ["Stoke-on-Trent City Council"]


@pytest.mark.parametrize("query", ["hammersmith & fulham", "hammersmith and fulham", "hammersmith fulham", "LBHF"])
def test_an_ampersand_is_and(query):
    assert names(query) == ["Hammersmith and Fulham Council"]


@pytest.mark.parametrize("query", ["CyngorGwynedd", "cyngor gwynedd", "gwynedd"])
def test_missing_spaces_do_not_count(query):
    assert names(query) == ["Gwynedd Council"]


def test_a_leading_city_of_does_not_hide_the_place():
    assert names("york") == ["City of York Council", "East Riding of Yorkshire Council", "North Yorkshire Council"]
    assert names("lincoln")[:2] == ["City of Lincoln Council", "Lincolnshire County Council"]
    assert names("london")[0] == "City of London Corporation"
    assert names("scilly") == ["Council of the Isles of Scilly"]
    assert names("wight") == ["Isle of Wight Council"]


def test_a_leading_the_does_not_count():
    assert names("The Highland Council") == ["Highland Council"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("bcp", "Bournemouth, Christchurch and Poole Council"),
        ("H&F", "Hammersmith and Fulham Council"),
        ("RBKC", "Kensington and Chelsea Council"),
        ("rct", "Rhondda Cynon Taf County Borough Council"),
        ("Rhondda Cynon Taff", "Rhondda Cynon Taf County Borough Council"),
        ("london borough of hack", "Hackney Council"),
        ("hackney london borough council", "Hackney Council"),
        ("essex cc", "Essex County Council"),
        ("stevenage bc", "Stevenage Borough Council"),
        ("dover dc", "Dover District Council"),
        ("wolverhampton city council", "City of Wolverhampton Council"),
        ("barnsley mbc", "Barnsley Council"),
        ("western isles", "Comhairle nan Eilean Siar"),
        ("newcastle upon tyne", "Newcastle City Council"),
        ("newcastle under lyme", "Newcastle-under-Lyme Borough Council"),
        ("stratford upon avon", "Stratford-on-Avon District Council"),
        ("kingston upon hull", "Hull City Council"),
        ("caerdydd", "Cardiff Council"),
        ("derry", "Derry City and Strabane District Council"),
        ("banes", "Bath and North East Somerset Council"),
        ("RBWM", "Windsor and Maidenhead Council"),
    ],
)
def test_what_people_type_finds_the_council_they_mean_first(query, name):
    assert names(query)[0] == name


@pytest.mark.parametrize("query", ["lbh", "LBH"])
def test_initials_find_every_council_that_has_them(query):
    assert names(query) == [
        "Hackney Council",
        "Hammersmith and Fulham Council",
        "Haringey Council",
        "Harrow Council",
        "Havering Council",
        "Hillingdon Council",
        "Hounslow Council",
    ]


def test_every_council_comes_first_for_its_own_name():
    strays = [council.name for council in COUNCILS if names(council.name, limit=1) != [council.name]]

    assert strays == []


def test_every_alias_finds_its_council():
    strays = [
        (alias, council.name)
        for council in COUNCILS
        for alias in council.aliases
        if council.name not in names(alias, limit=12)
    ]

    assert strays == []
