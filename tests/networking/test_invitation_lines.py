"""Reading lists of people: pasted or from a file, with what is wrong said line by line."""

from time import process_time

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


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("a@x.gov.uk; b@x.gov.uk; c@x.gov.uk", [("a@x.gov.uk", ""), ("b@x.gov.uk", ""), ("c@x.gov.uk", "")]),
        ("a@x.gov.uk,b@x.gov.uk,", [("a@x.gov.uk", ""), ("b@x.gov.uk", "")]),
        ("a@x.gov.uk b@x.gov.uk", [("a@x.gov.uk", ""), ("b@x.gov.uk", "")]),
        ("Ann <a@x.gov.uk>; Bob <b@x.gov.uk>;", [("a@x.gov.uk", "Ann"), ("b@x.gov.uk", "Bob")]),
        ("To: Ann <a@x.gov.uk>, b@x.gov.uk", [("a@x.gov.uk", "Ann"), ("b@x.gov.uk", "")]),
        ("Bell, Ann <a@x.gov.uk>; Cole, Bob <b@x.gov.uk>", [("a@x.gov.uk", "Bell, Ann"), ("b@x.gov.uk", "Cole, Bob")]),
        (
            "\"Bell, Ann\" <a@x.gov.uk>, 'Cole, Bob' <b@x.gov.uk>",
            [("a@x.gov.uk", "Bell, Ann"), ("b@x.gov.uk", "Cole, Bob")],
        ),
        ("a@x.gov.uk <a@x.gov.uk>; Bob <b@x.gov.uk>; b@x.gov.uk", [("a@x.gov.uk", ""), ("b@x.gov.uk", "Bob")]),
        ("'a@x.gov.uk' <a@x.gov.uk>", [("a@x.gov.uk", "")]),
        ("Cc: Bell, Ann <a@x.gov.uk>", [("a@x.gov.uk", "Bell, Ann")]),
    ],
)
def test_a_copied_line_of_addresses_is_several_people(text, people):
    found = read(text)

    assert found.lines == [Line(1, email, name, "councillor") for email, name in people]
    assert found.problems == []


def test_one_bad_address_of_several_is_told_and_the_others_stay():
    found = read("Ann <a@x>; Bob <b@x.gov.uk>")

    assert found.lines == [Line(1, "b@x.gov.uk", "Bob", "councillor")]
    assert found.problems == [Problem(1, "a@x", "“a@x” is not an email address")]


@pytest.mark.parametrize(
    "line",
    [
        "Ann Bell, a@x.gov.uk, Bob Cole, b@x.gov.uk",
        "Ann Bell; Bob <b@x.gov.uk>; c@x.gov.uk",
        "a@x.gov.uk; b@x.gov.uk; Essex",
    ],
)
def test_nobody_is_guessed_where_it_is_not_clear_whose_the_addresses_are(line):
    found = read(f"{line}\nd@x.gov.uk")

    assert [one.email for one in found.lines] == ["d@x.gov.uk"]
    assert [(one.number, one.why) for one in found.problems] == [(1, invitation_lines.UNCLEAR)]


def test_after_a_copied_line_come_others_written_otherwise():
    found = read("a@x.gov.uk; b@x.gov.uk\nEve Ford, eve@x.gov.uk, Essex, Harlow\nFay <fay@x.gov.uk>, Essex")

    assert found.lines[2:] == [
        Line(2, "eve@x.gov.uk", "Eve Ford", "councillor", "Essex", "Harlow"),
        Line(3, "fay@x.gov.uk", "Fay", "councillor", "Essex"),
    ]


def test_a_quotation_mark_is_told_too_in_a_line_that_is_not_written_as_the_first_is():
    found = read('a@x.gov.uk; b@x.gov.uk\nEve, eve@x.gov.uk, "Essex\nFay, fay@x.gov.uk, "Essex, East"')

    assert found.lines[2:] == [Line(3, "fay@x.gov.uk", "Fay", "councillor", "Essex, East")]
    assert found.problems == [Problem(2, 'Eve, eve@x.gov.uk, "Essex', invitation_lines.UNCLOSED)]


def test_in_a_table_several_addresses_in_one_cell_are_told():
    found = read("email\na@x.gov.uk; b@x.gov.uk\n")

    assert found.lines == []
    assert [one.why for one in found.problems] == ["“a@x.gov.uk; b@x.gov.uk” is not an email address"]


@pytest.mark.parametrize("opened", ['a@x.gov.uk,"Ann', '"a@x.gov.uk,Ann', 'a@x.gov.uk,"Ann ""Annie"" Bell'])
@pytest.mark.parametrize("later", ["b@x.gov.uk,Bob", 'b@x.gov.uk,"Cole, Bob"'])
def test_a_quotation_mark_that_is_never_closed_costs_its_own_line(opened, later):
    found = read(f"email,name\n\n{opened}\n{later}\nc@x.gov.uk,Cat\n", is_file=True)

    assert [(one.number, one.email) for one in found.lines] == [(4, "b@x.gov.uk"), (5, "c@x.gov.uk")]
    assert found.problems == [Problem(3, opened, invitation_lines.UNCLOSED)]


def test_a_quotation_mark_in_the_last_line_or_in_the_headings_is_told_too():
    assert read('a@x.gov.uk\nb@x.gov.uk,"Bob').problems == [Problem(2, 'b@x.gov.uk,"Bob', invitation_lines.UNCLOSED)]
    with pytest.raises(NotAList, match=r"The headings in line 1 cannot be read\. A quotation mark is opened"):
        read('email,"name\na@x.gov.uk,Ann', is_file=True)


def test_a_cell_with_a_line_break_is_one_row_and_has_the_number_of_its_first_line():
    found = read('email,name,where\r\na@x.gov.uk,"Bell,\r\nAnn",Eye\r\nb@x,Bob\r\n', is_file=True)

    assert found.lines == [Line(2, "a@x.gov.uk", "Bell, Ann", "councillor", "", "Eye")]
    assert [one.number for one in found.problems] == [4]


@pytest.mark.parametrize(
    "line", ["Ann {n} <p{n}@x.gov.uk>, Essex", 'p{n}@x.gov.uk,"Ann', '"Bell, Ann" <p{n}@x.gov.uk>; q{n}@x.gov.uk']
)
def test_five_thousand_lines_are_read_in_no_time(line):
    text = "\n".join(line.replace("{n}", str(n)) for n in range(2500 if ";" in line else 5000))
    began = process_time()

    found = read(text)

    assert len(found.lines) + len(found.problems) == 5000
    assert process_time() - began < 2


@pytest.mark.parametrize("text", ["<" + "a@" * 400_000, "a" * 900_000 + "@ b@", '"' * 900_001, "<" * 900_000 + "@"])
def test_a_line_of_nonsense_takes_no_longer(text):
    began = process_time()

    assert read(text).lines == []
    assert process_time() - began < 2


def test_more_than_five_thousand_people_in_a_few_lines_are_too_many():
    line = ";".join(f"p{n}@x.gov.uk" for n in range(5001))

    with pytest.raises(NotAList, match=r"The list has 5,001 people\. Invite 5,000 people or fewer at a time"):
        read(line)


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
