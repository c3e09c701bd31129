"""Tables are read in every encoding and with every separator in which spreadsheets and exports write them."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.batch.columns import merit
from troubleshooter.batch.table_text import LEGACY, read_table

from .lists import mistakes, read, written

USERS = [["upn", "Department"], ["ana@contoso.com", 'Știință; și, "altele"\nde aici'], ["bogdan@contoso.com", ""]]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


def as_csv(rows: list[list[str]], delimiter: str, end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Return `rows` as a spreadsheet writes them."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encodings_separators_and_line_ends(encoding: str, delimiter: str, end: str, tmp_path: Path):
    """Every combination gives the same cells, with separators, quotation marks and line breaks within them."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
        table = read_table(written(tmp_path, as_csv(USERS, delimiter, end, quoting).encode(encoding)), merit)
        assert USERS == [list(row.cells) for row in table.rows]
        assert delimiter == table.delimiter


def test_big_endian_utf_16(tmp_path: Path):
    """The byte order mark says which byte comes first."""
    found = read(tmp_path, b"\xfe\xff" + "upn\nana@contoso.com".encode("utf-16-be"))
    assert "ana@contoso.com" == found.rows[0].upn
    assert "UTF-16" in found.notes[0]


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
def test_excels_line_with_the_separator(line: str, tmp_path: Path):
    """Excel's first line names the separator, and is a line of the file all the same."""
    found = read(tmp_path, f"{line}upn;name\nana@contoso.com;Ana\n")
    assert [(3, "ana@contoso.com")] == [(row.line, row.upn) for row in found.rows]
    assert ["line 4"] == [text.partition(":")[0] for text in mistakes(tmp_path, f"{line}upn;name\na@b.c;\nx;\n")]


def test_the_separator_is_the_one_with_which_headings_are_known(tmp_path: Path):
    """Commas within the headings of a file with semicolons do not mislead."""
    found = read(tmp_path, "name, city, office, Titel;userPrincipalName\nPopescu, Ana;ana@contoso.com\n")
    assert ["ana@contoso.com"] == [row.upn for row in found.rows]


def test_an_older_encoding_is_read_where_it_makes_no_difference(tmp_path: Path):
    """Names in an older encoding do not matter, as they are not used; a user name in it is refused by its line."""
    found = read(tmp_path, "userPrincipalName;displayName\nana@contoso.com;Müller\n".encode("cp1252"))
    assert ["ana@contoso.com"] == [row.upn for row in found.rows]
    assert LEGACY in found.notes[0]
    said = mistakes(tmp_path, "upn\nana@contoso.com\nmüller@contoso.com\nbogdan\n".encode("cp1252"))
    assert ["line 3: upn has letters of an unknown encoding; save the file as “CSV UTF-8”"] == said[:1]
    assert said[1].startswith("line 4: 'bogdan'")
    assert "müller@contoso.com" == read(tmp_path, "upn\nmüller@contoso.com\n").rows[0].upn


@pytest.mark.parametrize(
    "cell", ["'ana@contoso.com", '="ana@contoso.com"', '"=""ana@contoso.com"""', " ana@contoso.com\u200b "]
)
def test_what_keeps_a_spreadsheet_from_changing_a_value(cell: str, tmp_path: Path):
    """A leading apostrophe, a formula that is a text, and invisible characters around a value are not part of it."""
    assert ["ana@contoso.com"] == [row.upn for row in read(tmp_path, f"upn,name\n{cell},Ana\n").rows]


def test_lines_are_counted_as_an_editor_does(tmp_path: Path):
    """A row is named by the line on which it begins, also after cells with line breaks in them."""
    content = 'upn,name\nana@contoso.com,"a\nb\r\nc"\nx,"d\ne"\ny,f\n'
    assert ["line 5", "line 7"] == [text.partition(":")[0] for text in mistakes(tmp_path, content)]


def test_empty_rows_at_the_end_are_no_rows(tmp_path: Path):
    """What Excel leaves below the last row is not read."""
    assert 1 == len(read(tmp_path, "upn;name\r\nana@contoso.com;Ana\r\n;\r\n ;\r\n\r\n").rows)


_CELLS = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" ,;\t\r\n\"'|="), max_size=8).filter(
    lambda cell: cell == cell.strip() and not cell.startswith(("'", '="'))
)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.lists(_CELLS, min_size=2, max_size=2).filter(any), max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(ENCODINGS),
)
def test_any_cells_come_back(rows: list[list[str]], delimiter: str, encoding: str):
    """Whatever is in the cells, they are read as they were written."""
    table = [["upn", "page"], *rows]
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), as_csv(table, delimiter).encode(encoding))
        assert table == [list(row.cells) for row in read_table(path, merit).rows]
