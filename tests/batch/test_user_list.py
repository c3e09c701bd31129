"""Lists of users are read as people and programs write them; their mistakes are found all at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from troubleshooter.batch.user_list import read_users, require_same
from troubleshooter.errors import InputError

from .lists import NEWS, TEAM, TENANT, mistakes, read

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_products_own_columns(tmp_path: Path):
    """A row has a user, pages, an expected photo, a time and an account; only the user is needed."""
    Image.new("RGB", (8, 8)).save(tmp_path / "ana.png")
    found = read(
        tmp_path,
        "upn,page,expect,changed_at,account\n"
        f"Ana@Contoso.com,{TEAM} {NEWS}|{TEAM},ana.png,2026-11-22T12:00:00Z,carmen\n"
        "bogdan@contoso.com\n",
    )
    ana, bogdan = found.rows
    assert (1, 2, "ana@contoso.com", (TEAM, NEWS)) == (ana.number, ana.line, ana.upn, ana.pages)
    assert (tmp_path / "ana.png", NOON, "carmen") == (ana.expect, ana.changed_at, ana.account)
    assert (2, 3, "bogdan@contoso.com", ()) == (bogdan.number, bogdan.line, bogdan.upn, bogdan.pages)
    assert (None, None, None) == (bogdan.expect, bogdan.changed_at, bogdan.account)


def test_each_own_column_is_named_as_written(tmp_path: Path):
    """Case, spaces and underscores in the product's own headings make no difference."""
    found = read(tmp_path, f"UPN;Pages;Changed at\nana@contoso.com;{TEAM};2026-11-22 12:00\n")
    assert {"upn": "UPN", "page": "Pages", "changed_at": "Changed at"} == found.columns
    assert (TEAM,) == found.rows[0].pages


@pytest.mark.parametrize(
    ("heading", "row", "column"),
    [
        ("userPrincipalName,displayName,surname,mail,objectId", "ana@contoso.com,Ana,P,a.p@contoso.com,1", 0),
        ("Block credential,City,Display name,User principal name", "False,Cluj,Ana,ana@contoso.com", 3),
        ("version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required", "Ana,ana@contoso.com", 1),
        ("Username,First name,Last name", "ana@contoso.com,Ana,P", 0),
        ("Title,Account,Work email", "Ana,i:0#.f|membership|Ana@contoso.com,a.p@contoso.com", 1),
        ("AccountName;SPS-UserPrincipalName", "i:0#.f|membership|x@contoso.com;ana@contoso.com", 1),
        ("Display name\tWork email\tDepartment", "Ana\tana@contoso.com\tHR", 1),
        ("Nume afișat;Nume principal de utilizator", "Ana Popescu;ana@contoso.com", 1),
    ],
)
def test_exports_as_they_come(heading: str, row: str, column: int, tmp_path: Path):
    """The users of an export are found by its headings, or by what the columns contain."""
    found = read(tmp_path, f"{heading}\n{row}\n")
    assert ["ana@contoso.com"] == [user.upn for user in found.rows]
    separator = next(mark for mark in "\t;," if mark in heading)
    names = heading.splitlines()[-1].split(separator)
    assert names[column] == found.columns["upn"]
    assert tuple(name for name in names if name != names[column]) == found.unused
    assert any(f"upn from {names[column]!r}" in note for note in found.notes)
    assert any("not used: " in note for note in found.notes)


def test_an_export_with_columns_added(tmp_path: Path):
    """The product's own columns may be added to those of an export."""
    found = read(tmp_path, f"userPrincipalName,page,Cost center\nana@contoso.com,{TEAM},4711\n")
    assert ((TEAM,), ("Cost center",)) == (found.rows[0].pages, found.unused)


def test_mail_addresses_are_taken_only_with_a_note(tmp_path: Path):
    """Where only mail addresses are there, the notes say that they may not be user names; else nothing is said."""
    notes = read(tmp_path, "Name,Work email\nAna,ana@contoso.com\n").notes
    assert [True] == ["mail addresses" in note for note in notes if "the users are from" in note]
    assert not any("mail addresses" in note for note in read(tmp_path, "upn,Work email\na@contoso.com,b@x.com\n").notes)


def test_a_list_without_headings(tmp_path: Path):
    """One user per line is a list; several columns need headings."""
    found = read(tmp_path, "ana@contoso.com\nbogdan@contoso.com\n")
    assert [(1, "ana@contoso.com"), (2, "bogdan@contoso.com")] == [(row.line, row.upn) for row in found.rows]
    with pytest.raises(InputError, match="line 1: no headings; expected a first line such as upn,page"):
        read(tmp_path, f"ana@contoso.com,{TEAM}\n")


def test_a_guest_is_a_user(tmp_path: Path):
    """The user name of a guest, which has two number signs, is a user name."""
    found = read(tmp_path, "upn\nmaria_gmail.com#EXT#@contoso.onmicrosoft.com\no'brien+x@contoso.com\n")
    assert ["maria_gmail.com#ext#@contoso.onmicrosoft.com", "o'brien+x@contoso.com"] == [r.upn for r in found.rows]


def test_every_mistake_is_named_by_its_line(tmp_path: Path):
    """All mistakes of all rows are found at once, each with its line."""
    future = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    (tmp_path / "no-picture.jpg").write_text("no picture")
    said = mistakes(
        tmp_path,
        "upn,page,expect,changed_at,account\n"
        "ana\n"
        f'dan@contoso.com,"{TEAM}\n{NEWS}"\n'
        "\n"
        "bo\u200bgdan@contoso.com\n"
        "DAN@contoso.com\n"
        ",https://contoso.sharepoint.com/a.aspx\n"
        "a@contoso.com,http://contoso.sharepoint.com/a.aspx\n"
        "b@contoso.com,https://evil.example/a.aspx\n"
        f"c@contoso.com,{TEAM} Our Team.aspx\n"
        "d@contoso.com,,nowhere.jpg\n"
        "e@contoso.com,,no-picture.jpg\n"
        "f@contoso.com,,,22.11.2026 10:41\n"
        f"g@contoso.com,,,{future}\n"
        "h@contoso.com,,,,carmn\n"
        "i@contoso.com,,,,,more\n"
        "j@contoso.com;k@contoso.com\n",
    )
    expected = [
        (2, "'ana' is not a valid user name; expected a UPN such as ana.popescu@contoso.com"),
        (5, "is empty"),
        (6, "contains an invisible character (U+200B)"),
        (7, "dan@contoso.com is already on line 3"),
        (8, "has no user"),
        (9, "begins with http:"),
        (10, "is outside the tenant"),
        (11, "A space within an address is written %20"),
        (12, "nowhere.jpg: No such file"),
        (13, "no-picture.jpg: not a picture"),
        (14, "'22.11.2026 10:41' is not a valid time"),
        (15, "is in the future"),
        (16, "contoso.toml has no account 'carmn'. Did you mean 'carmen'?"),
        (17, "has 6 cells, but the heading has 5"),
        (18, "'j@contoso.com;k@contoso.com' is not a valid user name"),
    ]
    assert [line for line, _ in expected] == [int(text.partition(":")[0].removeprefix("line ")) for text in said]
    assert [] == [(what, text) for (_, what), text in zip(expected, said, strict=True) if what not in text]


def test_twenty_mistakes_are_printed_then_their_number(tmp_path: Path):
    """A list in which everything is wrong prints twenty mistakes and the number of the others."""
    said = mistakes(tmp_path, "upn\n" + "nobody\n" * 25)
    assert (21, "5 more mistakes") == (len(said), said[-1])
    said = mistakes(tmp_path, "upn\n" + "nobody\n" * 20)
    assert (20, "line 21") == (len(said), said[-1].partition(":")[0])


def test_headings_that_are_not_known(tmp_path: Path):
    """An unknown heading is a mistake beside `upn`, and beside an export's if it is almost one of the product's own."""
    said = mistakes(tmp_path, "upn,pgae,verdict\nana\n")
    assert ["no column 'pgae'. Did you mean 'page'?", "no column 'verdict'."] == [
        text.partition(": ")[2].partition(" Allowed")[0] for text in said[:2]
    ]
    assert said[2].startswith("line 2: 'ana' is not")
    assert "Did you mean 'expect'?" in mistakes(tmp_path, "userPrincipalName,expct\na@contoso.com,x\n")[0]
    assert "column 'Pages' is there twice" in mistakes(tmp_path, "upn,page,Pages\na@contoso.com,,\n")[0]
    assert read(tmp_path, "upn,Department\na@contoso.com,HR\n").rows


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"upn,page\n", "has no users"),
        (b"name;department\nAna;HR\n", "no column has user names"),
        (b"a;b\nana@contoso.com;ana@contoso.com\n", "no column has user names"),
        (b'upn,page\nana@contoso.com,"unclosed\nb@contoso.com\n', "line 2: not a row of a CSV: a quotation mark"),
        (b"PK\x03\x04...", "an Excel workbook, not a CSV; save it as"),
        ("upn\nana@contoso.com\n".encode("utf-16-le"), "save it as UTF-8"),
        (b"\xff\xfeu\0p\0n", "begins as UTF-16, but is not"),
        (b"upn\n" + b"x" * 200_000, "field larger than field limit"),
    ],
)
def test_what_is_not_a_list(content: bytes, why: str, tmp_path: Path):
    """A file that is no list of users is refused in one line."""
    with pytest.raises(InputError, match=why):
        read(tmp_path, content)


def test_a_file_that_is_not_there(tmp_path: Path):
    """A missing file, and a folder, are refused."""
    for path, why in ((tmp_path / "nowhere.csv", "No such file"), (tmp_path, "not a file")):
        with pytest.raises(InputError, match=f"{why}.*; expected a"):
            read_users(path, TENANT)


def test_only_a_changed_question_changes_the_fingerprint(tmp_path: Path):
    """Another page, account, time or picture makes another fingerprint; another line or picture's name does not."""
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes())
    Image.new("RGB", (9, 9)).save(tmp_path / "c.png")
    heading = "upn,page,expect,account,changed_at\n"

    def fingerprint(row: str, before: str = "") -> str:
        return read(tmp_path, heading + before + row + "\n").rows[-1].fingerprint

    first = fingerprint(f"ana@contoso.com,{TEAM},a.png")
    assert first == fingerprint(f"ana@contoso.com,{TEAM},b.png", "bogdan@contoso.com\n")
    others = {
        fingerprint(f"ana@contoso.com,{cells}")
        for cells in (f"{NEWS},a.png", f"{TEAM},c.png", TEAM, f"{TEAM},a.png,carmen", f"{TEAM},a.png,,2026-11-22")
    }
    assert 5 == len(others - {first})


def test_a_list_of_many_users_is_read_in_a_breath(tmp_path: Path):
    """Ten thousand users with a page each are read, and each user has a number of their own."""
    rows = "".join(f"user{n}@contoso.com,{TEAM}\n" for n in range(10_000))
    users = read(tmp_path, "upn,page\n" + rows).rows
    assert list(range(1, 10_001)) == [user.number for user in users]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("a@b.c\nc@b.c\n", "1 added, 1 removed"),
        (f"a@b.c\nb@b.c,{NEWS}\n", "1 with another page, photo, time or account"),
    ],
)
def test_a_run_continues_with_its_own_list_only(now: str, said: str, tmp_path: Path):
    """Another list, or another question about a user, is another run; the order and the lines do not matter."""
    before = read(tmp_path, f"upn,page\na@b.c\nb@b.c,{TEAM}\n").rows
    file = tmp_path / "now.csv"
    require_same(before, read(tmp_path, f"page,upn\n{TEAM},B@b.c\n,a@b.c\n").rows, file)
    with pytest.raises(InputError, match=f"is not the list that the run began with: {said}; begin another run"):
        require_same(before, read(tmp_path, f"upn,page\n{now}").rows, file)
