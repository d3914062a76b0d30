import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from meetups import exports


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_spreadsheet_reads_back_what_was_written():
    rows = [["Zoë “Zo” O'Neill", "Line 1\nLine 2", 'say "hi", twice'], ["محمد", "", None]]

    data = exports.csv_file(["Name", "Note", "Said"], rows)

    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data) == [["Name", "Note", "Said"], rows[0], ["محمد", "", ""]]


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")'])
def test_no_cell_is_run_as_a_formula(cell):
    [[header], [read_back]] = read(exports.csv_file([cell], [[cell]]))

    assert header == read_back == f"'{cell}"


@pytest.mark.parametrize(("number", "said"), [(-2, "-2"), (-0.5, "-0.5"), (Decimal("-0.40"), "-0.40"), (3, "3")])
def test_a_number_of_ours_stays_a_number(number, said):
    [_, [cell]] = read(exports.csv_file(["Change"], [[number]]))

    assert cell == said


@pytest.mark.parametrize("cell", ["Ann", "a=b", "1+1", "O'Neill", ""])
def test_ordinary_cells_stay_as_they_are(cell):
    assert exports.safe(cell) == cell


def cells(data: bytes) -> list[list[tuple[str, str | None]]]:
    """Kind and value of every cell of the only sheet; "s" is text, "f" would be a formula."""
    [sheet] = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return [[(cell.data_type, cell.value) for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_reads_back_what_was_written():
    rows = [["Zoë “Zo” O'Neill", "Line 1\nLine 2"], ["محمد", "2027-02-10 10:00"]]

    data = exports.workbook("People", ["Name", "Note"], rows)

    assert [[value for _, value in row] for row in cells(data)] == [["Name", "Note"], *rows]
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["People"]


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "#N/A", "0012"])
def test_every_cell_of_a_workbook_is_the_text_that_was_typed(cell):
    assert cells(exports.workbook("People", [cell], [[cell]])) == [[("s", cell)]] * 2


@pytest.mark.parametrize(("typed", "kept"), [("a\x00b\x0bc", "abc"), ("x\ud83dy", "x?y")])
def test_what_a_workbook_cannot_hold_is_left_out(typed, kept):
    assert cells(exports.workbook("People", ["Name"], [[typed]]))[1] == [("s", kept)]


def test_half_a_character_does_no_harm():
    assert read(exports.csv_file(["Name"], [["\ud83d"]])) == [["Name"], ["?"]]
