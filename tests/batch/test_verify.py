"""Many users are checked in one run, with one sign-in; the sandbox knows what is true of them."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from troubleshooter.batch.next_work import AT_ONCE
from troubleshooter.batch.plan import Ending
from troubleshooter.model.batch_records import Depth, EndedBy, UserResult
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import as_toml, sandbox, tenant_of
from troubleshooter.tenant.sandbox_scale import scale_of, truth_of, users_of

from .ending import kill
from .verified import command, ran, verified

pytestmark = pytest.mark.run

PEOPLE = 60


@pytest.fixture(scope="module")
def box() -> Iterator[Running]:
    """Keep a sandbox with generated people, a tenth of them with faults of their own."""
    with sandbox("healthy", scale=scale_of(PEOPLE, seed=5)) as running:
        yield running


def truth(box: Running) -> dict[str, str]:
    """Return what is true of each generated person."""
    return {row["upn"]: row["verdict"] for row in csv.DictReader(StringIO(truth_of(box)))}


def some(box: Running, *verdicts: str, most: int = 3) -> str:
    """Return a list with a few users, each with a page, of whom each of `verdicts` is true."""
    known = truth(box)
    rows = [row for row in csv.DictReader(StringIO(users_of(box))) if row["page"]]
    chosen = [row for verdict in verdicts for row in [r for r in rows if known[r["upn"]] == verdict][:most]]
    return "upn,page\n" + "".join(f"{row['upn']},{row['page']}\n" for row in chosen)


async def test_a_quick_check_never_contradicts_the_truth(box: Running, tmp_path: Path):
    """Of everybody it says what is true, or that it cannot tell; most are certain, and one sign-in suffices."""
    found = await verified(box, users_of(box), tmp_path, depth="quick", no_confirm=True)
    known, said = truth(box), found.verdicts()
    assert known.keys() == said.keys()
    wrong = {upn: (known[upn], verdict) for upn, verdict in said.items() if verdict not in (known[upn], "inconclusive")}
    assert {} == wrong
    in_sync = [upn for upn, verdict in known.items() if verdict == "in-sync"]
    assert 0.95 * len(in_sync) <= sum(said[upn] == "in-sync" for upn in in_sync)
    assert [("helpdesk", "passed")] == found.attempts
    assert EndedBy.DONE is found.summary.ended_by
    names = {"results.jsonl", "summary.json", "journal.sqlite", "junit.xml", "ctrf.json", "findings.csv", "actions.csv"}
    assert names | {"index.html", "manifest.json"} <= {path.name for path in found.folder.iterdir()}
    assert [] == list((found.folder / "evidence").iterdir())  # pictures of cards are kept while they are compared
    assert found.summary.requests <= 6 * PEOPLE


async def test_whoever_is_not_in_sync_is_checked_again_in_full(box: Running, tmp_path: Path):
    """A full check says the cause, and has a report of its own; the account signs in once all the same."""
    found = await verified(box, some(box, "out-of-sync", "in-sync", most=1), tmp_path, depth="quick")
    faulty, healthy = found.results
    assert ("out-of-sync", Depth.FULL) == (faulty.verdict.value, faulty.depth)
    assert ("in-sync", Depth.QUICK, None) == (healthy.verdict.value, healthy.depth, healthy.run)
    assert faulty.causes
    assert faulty.run
    record = json.loads((found.folder / faulty.run / "record.json").read_text(encoding="utf-8"))
    assert faulty.upn == record["subject"]
    assert (found.folder / faulty.run / "index.html").is_file()
    assert [("helpdesk", "passed")] == found.attempts


async def test_a_photo_outside_the_mailbox_is_found_without_a_page(tmp_path: Path):
    """Outlook returns an empty picture for a user without a mailbox; only Graph has the photo that SharePoint lacks."""
    with sandbox("healthy", scale=scale_of(300, seed=0)) as box:
        upn = next(row["upn"] for row in csv.DictReader(StringIO(truth_of(box))) if row["cause"] == "C11")
        found = await verified(box, f"upn\n{upn}\n", tmp_path, depth="full")
    assert [("out-of-sync", "C11")] == [(result.verdict.value, result.causes[0]) for result in found.results]


async def test_a_user_may_be_checked_with_their_own_account(box: Running, tmp_path: Path):
    """A row with an account is checked in a session of that account, which signs in for it."""
    users = "upn,account\nana.popescu@contoso.com,ana\nstefan.tanase@contoso.com,\n"
    found = await verified(box, users, tmp_path, depth="full", workers=1)
    assert ["in-sync", "in-sync"] == [result.verdict.value for result in found.results]
    assert ["ana", "helpdesk"] == [result.account for result in found.results]
    assert {("ana", "passed"), ("helpdesk", "passed")} == set(found.attempts)


async def test_an_account_signs_in_for_one_user_at_a_time(box: Running, tmp_path: Path):
    """Rows with the same account do not hold each other up, and no other account is needed."""
    users = "upn,account\nana.popescu@contoso.com,ana\nstefan.tanase@contoso.com,ana\n"
    found = await verified(box, users, tmp_path, accounts=(), depth="full", workers=2)
    assert ["in-sync", "in-sync"] == [result.verdict.value for result in found.results]
    assert [("ana", "passed")] * 2 == found.attempts


async def test_an_account_may_check_others_and_itself(box: Running, tmp_path: Path):
    """An account of `--as` that a row names, too, signs in for both, one after the other."""
    users = "upn,account\nana.popescu@contoso.com,ana\nstefan.tanase@contoso.com,\n"
    found = await verified(box, users, tmp_path, accounts=("ana",), depth="full", workers=2)
    assert ["in-sync", "in-sync"] == [result.verdict.value for result in found.results]
    assert [("ana", "passed")] * 2 == found.attempts


async def test_the_run_ends_after_too_many_failures(box: Running, tmp_path: Path):
    """What is in flight is finished; the rest is named as missing."""

    def end_at_once(_: object, ending: object) -> None:
        ending.end(EndedBy.FAILURES)  # type: ignore[attr-defined]

    found = await verified(box, some(box, "in-sync", most=3), tmp_path, end_at_once, depth="full", workers=1)
    assert (EndedBy.FAILURES, 1, 2) == (found.summary.ended_by, len(found.results), len(found.summary.missing))


async def test_throttling_is_nobodys_verdict(tmp_path: Path):
    """A service that refuses most requests makes the run slower; no result says that somebody is throttled."""
    with sandbox("healthy", scale=scale_of(24, seed=5, limits="40/4s")) as box:
        found = await verified(box, users_of(box), tmp_path, depth="quick", no_confirm=True)
        known = truth(box)
    assert found.summary.throttled
    assert {} == {
        upn: verdict for upn, verdict in found.verdicts().items() if verdict not in (known[upn], "inconclusive")
    }
    assert "throttled" not in {result.reason for result in found.results}


@pytest.fixture
def tenant(box: Running, tmp_path: Path) -> Path:
    """Return the tenant file of the sandbox."""
    file = tmp_path / "tenant.toml"
    file.write_text(as_toml(tenant_of(box)), encoding="utf-8")
    return file


def test_a_wrong_password_is_sent_once(box: Running, tenant: Path, tmp_path: Path):
    """Nobody is let in: exit code 3. Resumed, the password is not sent again by itself."""
    users = tmp_path / "users.csv"
    users.write_text(some(box, "in-sync", most=1), encoding="utf-8")
    run, wrong = str(tmp_path / "run"), {"password": "wrong"}
    options = ["--tenant", str(tenant), "--as", "helpdesk", "--workers", "2"]
    code, summary, said = ran(str(users), *options, "--run-dir", run, **wrong)
    assert (3, "not-let-in", 1) == (code, summary["ended_by"], len(summary["missing"]))
    assert "Evidence: " in said
    code, summary, said = ran("--resume", run, **wrong)
    assert (3, "not-let-in") == (code, summary["ended_by"])
    assert "--sign-in-again" in said
    code, summary, _ = ran("--resume", run, "--sign-in-again", password=box.password)
    assert (0, "done", {"in-sync": 1}) == (
        code,
        summary["ended_by"],
        {verdict: count for verdict, count in summary["counts"].items() if count},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no ps")
async def test_users_whose_browser_ended_are_checked_quickly_again(box: Running, tmp_path: Path):
    """A browser that ends by itself says nothing about the users who were checked in it: no full check is needed."""
    known = truth(box)
    users = "upn\n" + "".join(f"{upn}\n" for upn, verdict in known.items() if verdict == "in-sync")
    ends = iter(["browser"])

    def done(result: UserResult, ending: Ending) -> None:
        for what in ends:
            kill(what)

    found = await verified(box, users, tmp_path, done, depth="quick", workers=1)
    assert len(found.results) > AT_ONCE
    assert {("in-sync", Depth.QUICK)} == {(result.verdict.value, result.depth) for result in found.results}
    assert [("helpdesk", "passed")] == found.attempts


def test_what_is_done_survives_a_kill(box: Running, tenant: Path, tmp_path: Path):
    """A run that is killed after its first result is resumed: everybody is checked once, no sign-in is repeated."""
    users = tmp_path / "users.csv"
    users.write_text(some(box, "in-sync", "out-of-sync", most=1), encoding="utf-8")
    options = ["--tenant", str(tenant), "--as", "helpdesk", "--workers", "1", "--depth", "full", "--verbose"]
    line, environment = command(str(users), *options, "--run-dir", str(tmp_path / "run"), password=box.password)
    with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        next(text for text in process.stderr if ": in-sync" in text)
        process.send_signal(signal.SIGKILL)
        process.stderr.read()
    code, summary, _ = ran("--resume", str(tmp_path / "run"), password=box.password)
    assert (1, "done", []) == (code, summary["ended_by"], summary["missing"])
    known = truth(box)
    lines = (tmp_path / "run" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert {known[row["upn"]] == row["verdict"] for row in map(json.loads, lines)} == {True}
    assert len(users.read_text(encoding="utf-8").splitlines()) - 1 == len(lines)
