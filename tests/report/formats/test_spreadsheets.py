"""The CSV files list who is not in sync and who has to act, and no spreadsheet runs what is in them."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from support.many_results import PAGES, START, made, summary_of

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.diagnose.patterns import patterns
from troubleshooter.model.batch_records import Acceptance, Depth, UserResult
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.message import message
from troubleshooter.report.formats import actions_csv, findings_csv
from troubleshooter.report.formats.spreadsheet import BOM, harmless, spreadsheet

from ...hostile.payloads import TEXTS

KNOWN = Acceptance(reason="leaves the company", until=date(2026, 12, 1))


def user(number: int, verdict: Verdict = Verdict.IN_SYNC, **more: object) -> UserResult:
    usual = {"depth": Depth.FULL, "account": "helpdesk", "pages": PAGES[:1], "finished": START}
    return UserResult(**{"number": number, "upn": f"user{number}@contoso.com", "verdict": verdict, **usual, **more})


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows as a spreadsheet reads them."""
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_findings_are_who_is_not_in_sync():
    """There is a row for everybody who is not in sync, the worst first, and none for the others."""
    run = made(1000)
    found = rows(findings_csv(run.summary, run.results))
    assert {r.upn for r in run.results if r.verdict is not Verdict.IN_SYNC or r.set_aside} == {
        row["upn"] for row in found
    }
    standings = [row["standing"] for row in found]
    assert ["out-of-sync", "no-photo", "set-aside", "inconclusive", "accepted"] == list(dict.fromkeys(standings))
    assert [] == rows(findings_csv(summary_of([user(1)]), [user(1)]))


def test_a_finding_says_everything():
    """A row has verdict, reason, causes, who, what to do, pages, evidence, and what is known about it."""
    results = [
        user(
            1,
            Verdict.OUT_OF_SYNC,
            name="Ștefan, Ion",
            causes=("C1", "C3"),
            run="runs/00001",
            copy_shot="evidence/b.png",
            flaky=True,
            note=message("SharePoint and Microsoft 365 show different photos."),
        ),
        user(2, Verdict.INCONCLUSIVE, reason=Reason.PAGE_MISSING),
        user(3, Verdict.OUT_OF_SYNC, accepted=True, acceptance=KNOWN, causes=("C1",)),
    ]
    first, second, third = rows(findings_csv(summary_of(results, missing=()), results))
    expected = {
        "upn": "user1@contoso.com",
        "name": "Ștefan, Ion",
        "verdict": "out-of-sync",
        "causes": "C1 C3",
        "who": CAUSES["C1"].who.text,
        "what_to_do": CAUSES["C1"].remedy.text,
        "pages": PAGES[0],
        "evidence": "runs/00001/index.html evidence/b.png",
        "flaky": "yes",
        "note": "SharePoint and Microsoft 365 show different photos.",
        "checked": "2026-11-22T20:00:00+00:00",
    }
    assert expected.items() <= first.items()
    assert ("inconclusive", "page-missing", "The page was not found") == (
        second["verdict"],
        second["reason"],
        second["why"],
    )
    assert ("accepted", "2026-12-01", "leaves the company") == (
        third["standing"],
        third["accepted_until"],
        third["accepted_because"],
    )
    (missing,) = rows(findings_csv(summary_of([], missing=("zoe@contoso.com",)), []))
    assert ("zoe@contoso.com", "", "no-result") == (missing["upn"], missing["verdict"], missing["standing"])


def test_actions_are_grouped_by_who_acts_and_by_cause():
    """Everybody for whom something is to be done is there once, grouped by who acts, the largest cause first."""
    run = made(1000)
    found = rows(actions_csv(run.summary, run.results))
    assert {r.upn for r in run.results if not r.good or r.set_aside} == {row["upn"] for row in found}
    groups = list(dict.fromkeys((row["who"], row["cause"]) for row in found))
    assert [(row["who"], row["cause"]) for row in found] == sorted(
        ((row["who"], row["cause"]) for row in found), key=groups.index
    )
    for who in {who for who, _ in groups}:
        sizes = [int(row["users"]) for row in found if row["who"] == who]
        assert sorted(sizes, reverse=True) == sizes
    for who, cause in groups:
        members = [row for row in found if (row["who"], row["cause"]) == (who, cause)]
        assert {str(len(members))} == {row["users"] for row in members}
    assert run.summary.causes["C1"] == int(next(row["users"] for row in found if row["cause"] == "C1"))


def test_tenant_wide_actions_come_first():
    """A tenant-wide cause is an action for the admin, before those for single users."""
    results = [user(number, Verdict.OUT_OF_SYNC, causes=("C14",)) for number in range(30)]
    found = rows(actions_csv(summary_of(results, patterns=patterns(results)), results))
    assert ["tenant", *["user"] * 30] == [row["scope"] for row in found]
    assert ("C14", "30", "") == (found[0]["cause"], found[0]["users"], found[0]["upn"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝", '"=', "  @"])
def test_no_cell_is_a_formula(start):
    """A cell that would begin a formula begins with an apostrophe or with an escape instead."""
    assert harmless(f"{start}1+1")[0] in "'\\"


@pytest.mark.parametrize("payload", TEXTS)
def test_no_payload_runs_in_any_spreadsheet(payload):
    """Whatever a name is: split at a comma, a semicolon, a tab or a bar, no piece of the file begins a formula."""
    text = TEXTS[payload]
    result = user(1, Verdict.OUT_OF_SYNC, upn=text, name=text, causes=(text,), pages=(text,), run=text)
    summary = summary_of([result], tenant=text, missing=(text + "2",))
    for written in (findings_csv(summary, [result]), actions_csv(summary, [result])):
        written.encode("utf-8")
        (_, *lines) = written.removeprefix(BOM).split("\r\n")
        assert "" == lines.pop()
        for line in lines:
            assert line.isprintable()
            assert [] == [piece for piece in re.split("[,;\t|]", line) if re.match(r'[\s"]*[=+@＝＋－＠-]', piece)]
        assert len(written) < 60_000


@given(some.lists(some.lists(some.text(max_size=40), min_size=3, max_size=3), max_size=5))
def test_every_cell_comes_back(cells):
    """RFC 4180: whatever the cells contain, there are as many rows and cells, and each is what was written."""
    written = spreadsheet(("a", "b", "c"), cells)
    found = list(csv.reader(io.StringIO(written.removeprefix(BOM), newline="")))
    assert [["a", "b", "c"], *([harmless(cell) for cell in row] for row in cells)] == found
    assert written.count("\r\n") == len(cells) + 1


def test_every_cell_is_quoted():
    """Also a spreadsheet that splits at semicolons keeps a cell together that begins a line."""
    assert f'{BOM}"a"\r\n"b;c"\r\n' == spreadsheet(("a",), [["b;c"]])


def test_plain_text_stays_as_it_is():
    """Names, addresses and sentences of any script are not changed."""
    for text in ("Ștefan O’Brien-Müller", "שירה כהן", "陳志強", "user@contoso.com", "typically 1-2 days; then wait"):
        assert text == harmless(text)


def test_romanian_values_and_english_columns():
    """The columns are for programs, and stay; the sentences are in the report's language."""
    results = [user(1, Verdict.OUT_OF_SYNC, causes=("C1",))]
    (row,) = rows(findings_csv(summary_of(results), results, lang="ro"))
    assert ("out-of-sync", "utilizatorul") == (row["verdict"], row["who"])
