"""docs/verify.md describes what the lists, the options and the commands do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from troubleshooter.batch.acceptances import read_acceptances
from troubleshooter.batch.columns import MAIL, OWN, USER_NAMES, plain
from troubleshooter.batch.journal import MOST_CRASHES
from troubleshooter.batch.selection import Only
from troubleshooter.batch.user_list import read_users
from troubleshooter.cli import app
from troubleshooter.errors import InputErrors
from troubleshooter.model.batch_records import ChangedSince

from .lists import TENANT

TEXT = (Path(__file__).parents[2] / "docs" / "verify.md").read_text(encoding="utf-8")


def part(heading: str) -> str:
    """Return the part of the document below a heading."""
    return re.split(r"^## ", TEXT[TEXT.index(f"## {heading}") + 3 :], maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(heading: str) -> list[str]:
    """Return the code in the first cells of the rows of tables below a heading."""
    return re.findall(r"^\| `([^`]+)` \|", part(heading), re.MULTILINE)


def examples(kind: str, heading: str) -> list[str]:
    """Return the blocks of code of some kind below a heading."""
    return re.findall(rf"```{kind}\n(.*?)```", part(heading), re.DOTALL)


def test_the_columns_of_a_list():
    """The table has every column."""
    assert list(dict.fromkeys(OWN.values())) == first_cells("The list of users")


def test_the_headings_of_exports():
    """The table of exports has every heading that is recognized as a column of users."""
    rows = [line for line in part("The list of users").splitlines() if line.startswith("|")]
    said = {plain(name) for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert {*USER_NAMES, *MAIL} <= said


def test_the_example_of_a_list_is_one(tmp_path: Path):
    """The example can be read as it is."""
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "photos" / "bogdan.jpg")
    (tmp_path / "users.csv").write_text(examples("csv", "The list of users")[0], encoding="utf-8")
    found = read_users(tmp_path / "users.csv", TENANT)
    assert 3 == len(found.rows)
    assert (True, True, "carmen") == (bool(found.rows[0].pages), bool(found.rows[1].expect), found.rows[2].account)


def test_the_example_of_mistakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The lines that the document shows are those that are printed."""
    monkeypatch.chdir(tmp_path)
    rows = [
        "upn",
        "ana.popescu@contoso.com",
        "ana",
        *(f"user{n}@contoso.com" for n in range(5)),
        "Ana.Popescu@contoso.com",
    ]
    Path("users.csv").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(InputErrors) as error:
        read_users(Path("users.csv"), TENANT)
    shown = examples("text", "The list of users")[0].splitlines()
    assert shown == [f"troubleshooter: {line}" for line in error.value.lines]


def test_the_example_of_known_differences_is_one(tmp_path: Path):
    """The example can be read as it is, and the table has every column."""
    (tmp_path / "known.csv").write_text(examples("csv", "Known differences")[0], encoding="utf-8")
    assert 3 == len(read_acceptances(tmp_path / "known.csv").of)
    assert ["upn", "verdict", "cause", "reason", "until"] == first_cells("Known differences")


def test_words_and_numbers():
    """The words of --only and of a comparison are all there; so is the number of crashes."""
    assert [*Only] == first_cells("Only some users")
    assert [*ChangedSince] == first_cells("What has changed")
    assert 2 == MOST_CRASHES
    assert "crashed twice is set aside" in part("Stopping and continuing")


def test_exit_codes():
    """The codes of the document are those of the commands' help."""
    assert ["0", "1", "2", "3", "4"] == re.findall(r"^\| (\d) \|", part("Exit codes"), re.MULTILINE)
    for command, codes in (("merge", "0 1 3 4 2"), ("diff", "0 1 4 2")):
        shown = " ".join(CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output.split())
        said = shown[shown.index("Exit code:") : shown.index("Options")]
        assert codes.split() == re.findall(r"\b(\d) [a-z]", said), said
