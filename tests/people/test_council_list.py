import csv
import re
from collections import Counter
from pathlib import Path

import people

CSV = Path(people.__file__).parent / "data" / "councils.csv"
NATION_OF_KIND = {
    "county": "England",
    "district": "England",
    "unitary": "England",
    "metropolitan": "England",
    "london-borough": "England",
    "city-of-london": "England",
    "scilly": "England",
    "scottish": "Scotland",
    "welsh": "Wales",
    "northern-irish": "Northern Ireland",
}


def read_rows() -> list[dict[str, str]]:
    with CSV.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read_rows()
KIND_OF_NAME = {row["name"]: row["kind"] for row in ROWS}
ALIASES = [(alias, row["name"]) for row in ROWS for alias in row["aliases"].split("|") if row["aliases"]]


def repeated(texts: list[str]) -> list[str]:
    return [text for text, times in Counter(text.casefold() for text in texts).items() if times > 1]


def test_the_columns_are_the_five_that_the_readme_explains():
    assert list(ROWS[0]) == ["slug", "name", "kind", "nation", "aliases"]


def test_each_nation_has_as_many_councils_as_it_should():
    assert Counter(row["nation"] for row in ROWS) == {
        "England": 317,
        "Scotland": 32,
        "Wales": 22,
        "Northern Ireland": 11,
    }


def test_each_kind_has_as_many_councils_as_it_should():
    assert Counter(row["kind"] for row in ROWS) == {
        "county": 21,
        "district": 164,
        "unitary": 62,
        "metropolitan": 36,
        "london-borough": 32,
        "city-of-london": 1,
        "scilly": 1,
        "scottish": 32,
        "welsh": 22,
        "northern-irish": 11,
    }


def test_each_kind_belongs_to_its_nation():
    assert [row["name"] for row in ROWS if NATION_OF_KIND[row["kind"]] != row["nation"]] == []


def test_rows_are_sorted_by_name():
    names = [row["name"] for row in ROWS]

    assert names == sorted(names, key=str.casefold)


def test_no_two_councils_share_a_name():
    assert repeated([row["name"] for row in ROWS]) == []


def test_no_two_councils_share_a_slug():
    assert repeated([row["slug"] for row in ROWS]) == []


def test_no_two_councils_share_an_alias():
    assert repeated([alias for alias, _ in ALIASES]) == []


def test_no_alias_is_the_name_of_a_council():
    names = {row["name"].casefold() for row in ROWS}

    assert [alias for alias, _ in ALIASES if alias.casefold() in names] == []


def test_slugs_are_lower_case_ascii_words_joined_by_single_hyphens():
    assert [row["slug"] for row in ROWS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["slug"])] == []


def test_slugs_fit_a_column_of_fifty_characters():
    assert [row["slug"] for row in ROWS if len(row["slug"]) > 50] == []


def test_there_is_no_stray_white_space():
    texts = [text for row in ROWS for column in row.values() for text in column.split("|")]

    assert [text for text in texts if text != " ".join(text.split())] == []


def test_only_the_alias_column_may_be_empty():
    assert [row for row in ROWS if not all(row[column] for column in ("slug", "name", "kind", "nation"))] == []


def test_aliases_are_not_empty_between_bars():
    assert [name for alias, name in ALIASES if not alias] == []


def test_every_name_ends_in_council_except_three():
    odd = [row["name"] for row in ROWS if not row["name"].endswith("Council")]

    assert odd == ["City of London Corporation", "Comhairle nan Eilean Siar", "Council of the Isles of Scilly"]


def test_names_that_are_easily_got_wrong_are_right():
    tricky = {
        "Armagh City, Banbridge and Craigavon Borough Council": "northern-irish",
        "Bournemouth, Christchurch and Poole Council": "unitary",
        "Cardiff Council": "welsh",
        "City of Doncaster Council": "metropolitan",
        "City of Edinburgh Council": "scottish",
        "City of Lincoln Council": "district",
        "City of York Council": "unitary",
        "Colchester City Council": "district",
        "Comhairle nan Eilean Siar": "scottish",
        "Cumberland Council": "unitary",
        "Durham County Council": "unitary",
        "East Suffolk Council": "district",
        "Essex County Council": "county",
        "Folkestone and Hythe District Council": "district",
        "Hackney Council": "london-borough",
        "Hull City Council": "unitary",
        "Isle of Anglesey County Council": "welsh",
        "King's Lynn and West Norfolk Borough Council": "district",
        "Leeds City Council": "metropolitan",
        "Milton Keynes City Council": "unitary",
        "Newcastle City Council": "metropolitan",
        "Newcastle-under-Lyme Borough Council": "district",
        "North Yorkshire Council": "unitary",
        "Northumberland County Council": "unitary",
        "Rhondda Cynon Taf County Borough Council": "welsh",
        "Rutland County Council": "unitary",
        "Somerset Council": "unitary",
        "Southend-on-Sea City Council": "unitary",
        "St Albans City and District Council": "district",
        "Surrey County Council": "county",
        "Westminster City Council": "london-borough",
        "Westmorland and Furness Council": "unitary",
        "Windsor and Maidenhead Council": "unitary",
    }

    assert {name: KIND_OF_NAME.get(name) for name in tricky} == tricky


def test_councils_that_have_gone_or_are_yet_to_come_are_not_listed():
    gone = ["Carlisle City Council", "Cumbria County Council", "Mendip District Council", "Northampton Borough Council"]
    to_come = ["East Surrey Council", "West Surrey Council"]

    assert [name for name in gone + to_come if name in KIND_OF_NAME] == []


def test_welsh_names_and_everyday_short_forms_are_aliases():
    council_of_alias = dict(ALIASES)
    expected = {
        "BCP": "Bournemouth, Christchurch and Poole Council",
        "Cyngor Gwynedd": "Gwynedd Council",
        "Cyngor Sir Ynys Môn": "Isle of Anglesey County Council",
        "London Borough of Hackney": "Hackney Council",
        "RBKC": "Kensington and Chelsea Council",
        "Rhondda Cynon Taff": "Rhondda Cynon Taf County Borough Council",
    }

    assert {alias: council_of_alias.get(alias) for alias in expected} == expected


def test_every_welsh_council_has_its_welsh_name():
    assert [row["name"] for row in ROWS if row["nation"] == "Wales" and "Cyngor" not in row["aliases"]] == []
