"""Reading lists of people: pasted or from a file, with what is wrong said line by line."""

import pytest

from networking import invitation_lines
from networking.invitation_lines import Line, NotAList, Problem


def read(text: str, **said):
    return invitation_lines.read(text, **{"role": "councillor", **said})


def test_lines_may_be_addresses_names_with_addresses_or_cells():
    found = read(
        "ada@x.gov.uk\n"
        "\n"
        "Bea Bell <bea@x.gov.uk>\n"
        '"Cole, Dan" <dan@x.gov.uk>\n'
        "Eve Ford, eve@x.gov.uk, Essex County Council, Harlow\n"
    )

    assert found.lines == [
        Line(1, "ada@x.gov.uk", role="councillor"),
        Line(3, "bea@x.gov.uk", "Bea Bell", "councillor"),
        Line(4, "dan@x.gov.uk", "Cole, Dan", "councillor"),
        Line(5, "eve@x.gov.uk", "Eve Ford", "councillor", "Essex County Council", "Harlow"),
    ]
    assert found.problems == []


def test_lines_pasted_from_a_spreadsheet_have_tabs():
    assert read("Ada Bell\tada@x.gov.uk\tEssex").lines == [Line(1, "ada@x.gov.uk", "Ada Bell", "councillor", "Essex")]


def test_headings_may_stand_in_any_order_and_other_columns_are_named():
    found = read(
        "Party;Ward;E-mail address;Full name;Role;Town\nIndependent;Gipping;ada@x.gov.uk;Ada;Support officer;Eye\n"
    )

    assert found.lines == [Line(2, "ada@x.gov.uk", "Ada", "mentor", "", "Eye")]
    assert found.not_read == ["Party", "Ward"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Ada Bell", "There is no email address in this line"),
        ("Ada, ada@nowhere", "“ada@nowhere” is not an email address"),
        ("Ada, ada@@x.gov.uk", "“ada@@x.gov.uk” is not an email address"),
        ("adä@x.gov.uk", "“adä@x.gov.uk” is not an email address"),
        ("N" * 151 + ", ada@x.gov.uk", "The name must be 150 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_for_its_line_and_the_others_stay(line, why):
    found = read(f"bea@x.gov.uk\n{line}\n")

    assert [one.email for one in found.lines] == ["bea@x.gov.uk"]
    assert [(problem.number, problem.why) for problem in found.problems] == [(2, why)]


def test_somebody_twice_counts_once_per_role():
    found = read("email,role\nada@x.gov.uk,mentor\nADA@x.gov.uk,mentor\nada@x.gov.uk,expert\nada@x.gov.uk,queen\n")

    assert [(line.number, line.role) for line in found.lines] == [(2, "mentor"), (4, "expert")]
    assert found.problems == [
        Problem(3, "ADA@x.gov.uk", "The same as line 2"),
        Problem(5, "ada@x.gov.uk, queen", "“queen” is not a role. Use councillor, mentor, expert or lead"),
    ]


@pytest.mark.parametrize(
    ("text", "is_file", "said"),
    [
        ("", False, "There is nobody on the list"),
        (" \n\n", False, "There is nobody on the list"),
        ("name,council\nAda,Essex\n", False, "The first line must name the columns, and one of them must be “email”"),
        ("Vorname,Adresse\nAda,ada@x.gov.uk\n", True, "It says “Vorname”, “Adresse”"),
        ("ada@x.gov.uk\n", True, "The first line must name the columns"),
        ("email\n", True, "There is nobody below the headings"),
        ("a@x.gov.uk\n" * 5002, False, "The list has 5,002 lines. Invite 5,000 people or fewer at a time"),
    ],
)
def test_what_is_no_list_at_all_is_refused_in_one_sentence(text, is_file, said):
    with pytest.raises(NotAList) as refused:
        read(text, is_file=is_file)

    assert said in str(refused.value)


def test_files_of_excel_are_read_whatever_their_letters_are():
    for data in ("email,name\né@x,Zoë".encode(encoding) for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16")):
        assert invitation_lines.decode(data) == "email,name\né@x,Zoë"


def test_a_workbook_is_not_a_csv_file():
    with pytest.raises(NotAList, match="This is not a CSV file"):
        invitation_lines.decode(b"PK\x03\x04\x00\x00")


def test_unseen_letters_and_nulls_do_no_harm():
    assert read("\ufeffada@x.gov.uk\u200b\x00").lines == [Line(1, "ada@x.gov.uk", role="councillor")]
