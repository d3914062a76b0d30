import csv
import io

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


@pytest.mark.parametrize("cell", ["Ann", "a=b", "1+1", "O'Neill", ""])
def test_ordinary_cells_stay_as_they_are(cell):
    assert exports.safe(cell) == cell


def test_half_a_character_does_no_harm():
    assert read(exports.csv_file(["Name"], [["\ud83d"]])) == [["Name"], ["?"]]
