"""Known differences are accepted until a day, and only those that are meant."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from troubleshooter.batch.acceptances import Acceptances, read_acceptances
from troubleshooter.errors import InputError, InputErrors

from .made import result, upn

TODAY = date(2026, 11, 26)
HEADING = "upn,verdict,cause,reason,until\n"


def accepting(folder: Path, *lines: str) -> Acceptances:
    """Return what a file with these rows accepts."""
    path = folder / "known.csv"
    path.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    return read_acceptances(path)


def mistakes(folder: Path, *lines: str) -> list[str]:
    """Return what is wrong with a file with these rows."""
    with pytest.raises(InputErrors) as error:
        accepting(folder, *lines)
    return [line.removeprefix(f"{folder / 'known.csv'}: ") for line in error.value.lines]


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        (f"{upn(1)},,,moves,2026-12-31", {"out-of-sync": True, "no-photo": True}),
        (f"{upn(1)},no-photo,,none wanted,2026-12-31", {"no-photo": True}),
        (f"{upn(1)},inconclusive,,being rebuilt,2026-12-31", {"inconclusive": True}),
        (f"{upn(1)},,C1,moves,2026-12-31", {"out-of-sync": True, "no-photo": True}),
        (f"{upn(1)},,C12,moves,2026-12-31", {}),
        (f"{upn(2)},,,moves,2026-12-31", {}),
    ],
)
def test_what_a_row_accepts(line: str, accepted: dict[str, bool], tmp_path: Path):
    """A row is about its user, verdict and cause; `inconclusive` is accepted only where it is written."""
    known = accepting(tmp_path, line)
    found = {
        verdict: known.applied(result(1, verdict, causes=("C1",)), TODAY).accepted
        for verdict in ("in-sync", "out-of-sync", "no-photo", "inconclusive", "stopped")
    }
    assert {"in-sync": False, "out-of-sync": False, "no-photo": False, "inconclusive": False, "stopped": False} | (
        accepted
    ) == found


@pytest.mark.parametrize("until", ["2026-11-26", "26.11.2026"])
def test_the_last_day_counts_and_the_next_does_not(until: str, tmp_path: Path):
    """It is accepted on the day itself; the day after it counts again, and says that it was accepted."""
    known = accepting(tmp_path, f"{upn(1)},,,moves,{until}")
    here = known.applied(result(1, "out-of-sync"), TODAY)
    assert (True, "moves", TODAY, False) == (here.accepted, *dict(here.acceptance).values())
    later = known.applied(result(1, "out-of-sync"), TODAY + timedelta(days=1))
    assert (False, "moves", TODAY, True) == (later.accepted, *dict(later.acceptance).values())


def test_one_row_that_has_not_expired_suffices(tmp_path: Path):
    """Of several rows about what was found, the one that lasts longest counts."""
    known = accepting(tmp_path, f"{upn(1)},,C1,short,2026-11-01", f"{upn(1)},,,long,2026-12-01")
    assert "long" == known.applied(result(1, "no-photo", causes=("C1",)), TODAY).acceptance.reason
    assert "long" == known.applied(result(1, "no-photo", causes=()), TODAY).acceptance.reason


def test_an_earlier_acceptance_is_forgotten(tmp_path: Path):
    """A result that was accepted, and is not any more, has no acceptance left."""
    before = accepting(tmp_path, f"{upn(1)},,,moves,2026-12-31").applied(result(1, "no-photo"), TODAY)
    assert before.accepted
    after = Acceptances().applied(before, TODAY)
    assert (False, None) == (after.accepted, after.acceptance)


def test_users_who_are_not_in_the_list(tmp_path: Path):
    """Users of the file who are in no list are named."""
    known = accepting(tmp_path, f"{upn(2)},,,a,2026-12-31", f"{upn(1)},,,a,2026-12-31")
    assert (upn(2),) == known.not_in([upn(1), upn(3)])
    assert () == known.not_in([upn(1), upn(2)])


def test_every_mistake_is_named_by_its_line(tmp_path: Path):
    """All mistakes are found at once."""
    said = mistakes(
        tmp_path,
        "ana,,,a,2026-12-31",
        f"{upn(1)},in-sync,,a,2026-12-31",
        f"{upn(1)},,C99,a,2026-12-31",
        f"{upn(1)},,,,2026-12-31",
        f"{upn(1)},,,a,",
        f"{upn(1)},,,a,12/31/2026",
        f"{upn(1)},,,a,31.2.2026",
        f"{upn(2)},,c1,a,2026-12-31",
        f"{upn(2).upper()},,C1,b,2027-12-31",
        "",
        ",,,a,2026-12-31",
    )
    expected = [
        (2, "'ana' is not a valid user name"),
        (3, "verdict 'in-sync' cannot be accepted; allowed: out-of-sync, no-photo, inconclusive"),
        (4, "no cause 'C99'; allowed: C1,"),
        (5, "has no reason"),
        (6, "has no date; expected the last day on which it is accepted, such as 2026-12-31"),
        (7, "'12/31/2026' is not a date"),
        (8, "'31.2.2026' is not a date"),
        (10, "the same difference of user2@contoso.com is already on line 9"),
        (11, "is empty"),
        (12, "has no user"),
    ]
    assert [line for line, _ in expected] == [int(text.partition(":")[0].removeprefix("line ")) for text in said]
    assert [] == [(what, text) for (_, what), text in zip(expected, said, strict=True) if what not in text]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is empty; expected a first line upn,verdict,cause,reason,until"),
        ("upn,reason\n", "column until is missing"),
        ("upn,reason,untill\n", "no column 'untill'. Did you mean 'until'?"),
    ],
)
def test_what_is_not_such_a_file(content: str, why: str, tmp_path: Path):
    """A file without its columns is refused in one line."""
    path = tmp_path / "known.csv"
    path.write_text(content)
    with pytest.raises(InputError) as error:
        read_acceptances(path)
    assert why in str(error.value)


def test_as_excel_saves_it(tmp_path: Path):
    """Semicolons, UTF-16 and quotation marks are read as in a list of users."""
    path = tmp_path / "known.csv"
    path.write_bytes(
        'sep=;\r\nUPN;Reason;Until\r\nuser1@contoso.com;"își mută; căsuța";31.12.2026\r\n'.encode("utf-16")
    )
    known = read_acceptances(path)
    assert "își mută; căsuța" == known.applied(result(1, "no-photo"), TODAY).acceptance.reason
