"""`troubleshooter diff`: two runs of many users, or two of one."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from troubleshooter.cli import app
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.batch_records import EndedBy
from troubleshooter.model.records import Record

from ..batch.made import NOON, result, upn
from ..batch.stored import stored
from ..report.outcomes import SAMPLES
from ..report.samples import Folder


def diff(*args: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["diff", *map(str, args)])


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Return a run in which one user is in sync, and three are not."""
    found = [result(1), result(2, "out-of-sync", causes=("C1",)), result(3, "no-photo"), result(4, "out-of-sync")]
    return stored(tmp_path / "then", found)


def test_two_runs_of_many_users(before: Path, tmp_path: Path):
    """The first line says what has changed; a line per user follows, the new ones first."""
    found = [result(1, "out-of-sync", causes=("C12",)), result(2, "out-of-sync", causes=("C1",)), result(3)]
    done = diff(before, stored(tmp_path / "now", found))
    assert [
        "Since then: 1 new, 1 fixed, 1 still not in sync, 0 changed, 0 accepted.",
        f"  new       {upn(1)}  out-of-sync C12 (before: in-sync)",
        f"  fixed     {upn(3)}  in-sync (before: no-photo)",
        f"  still     {upn(2)}  out-of-sync C1 (before: out-of-sync C1)",
        "  not checked in now: users of then: 1",
    ] == done.stdout.splitlines()
    assert (1, "") == (done.exit_code, done.stderr)


def test_the_same_run_twice(before: Path):
    """Nothing is worse."""
    done = diff(before, before)
    assert (0, True) == (done.exit_code, done.stdout.startswith("Since then: 0 new, 0 fixed, 3 still not in sync"))


def test_as_json(before: Path, tmp_path: Path):
    """One line: counts, and for each user what was before and after."""
    found = [result(1, "inconclusive"), result(5), result(2, "out-of-sync", accepted=True), result(3), result(4)]
    done = diff(before, stored(tmp_path / "now", found), "--json")
    said = json.loads(done.stdout)
    assert {"new": 1, "fixed": 2, "still": 0, "changed": 0, "accepted": 1, "unclear": 1} == said["changed"]
    assert ("then", "now", []) == (said["a"], said["b"], said["not_checked"])
    assert [("new", "in-sync", "inconclusive", "no-reference"), ("accepted", "out-of-sync", "out-of-sync", None)] == [
        (user["changed"], user["before"]["verdict"], user["after"]["verdict"], user["after"]["reason"])
        for user in said["users"][:2]
    ]
    assert 4 == done.exit_code


@pytest.mark.parametrize(
    ("fields", "code"), [({}, 0), ({"ended_by": EndedBy.INTERRUPTED}, 4), ({"missing": ("shard 1/2",)}, 4)]
)
def test_a_later_run_that_is_not_whole(fields: dict[str, object], code: int, before: Path, tmp_path: Path):
    """Nothing is known to be worse, but it may be."""
    assert code == diff(before, stored(tmp_path / "now", [result(1)], **fields)).exit_code


def test_runs_of_different_tenants(before: Path, tmp_path: Path):
    """They are not compared."""
    done = diff(before, stored(tmp_path / "now", [result(1)], tenant="Fabrikam"))
    assert (2, True) == (done.exit_code, "expected two runs of the same tenant" in done.stderr)


def single(folder: Path, sample: str, **fields: object) -> tuple[Path, Record]:
    """Write the folder of a run of one user."""
    folder.mkdir()
    record = SAMPLES[sample](Folder(folder)).model_copy(update={"id": folder.name, **fields})
    RunFolder(folder).write_record(record)
    return folder, record


def test_two_runs_of_one_user(tmp_path: Path):
    """Their verdicts, causes and places are compared as in a recheck."""
    bad, record = single(tmp_path / "a", "out-of-sync")
    good, _ = single(tmp_path / "b", "in-sync", subject=record.subject.upper(), tenant=record.tenant)
    done = diff(bad, good)
    assert 0 == done.exit_code, done.stderr
    assert "  Verdict: was out-of-sync, now in-sync" in done.stdout.splitlines()
    back = diff(good, bad, "--json")
    assert 1 == back.exit_code
    said = json.loads(back.stdout)
    assert ("in-sync", "out-of-sync", True) == (said["before"], said["after"], said["compared"])
    assert "verdict" in {change["what"] for change in said["changes"]}
    assert 0 == diff(bad, bad).exit_code
    assert "nothing has changed" in diff(bad, bad).stdout


def test_a_run_that_was_not_conclusive(tmp_path: Path):
    """It is compared with nothing, and the exit code is 4."""
    good, record = single(tmp_path / "a", "in-sync")
    stopped, _ = single(tmp_path / "b", "refused", subject=record.subject, tenant=record.tenant)
    done = diff(good, stopped)
    assert (4, f"{stopped} was not conclusive, so nothing is compared.\n") == (done.exit_code, done.stdout)


def test_runs_of_different_users(tmp_path: Path):
    """They are not compared, and neither are a run of many and a run of one."""
    one, record = single(tmp_path / "a", "in-sync")
    other, _ = single(tmp_path / "b", "in-sync", subject="somebody@contoso.com", tenant=record.tenant)
    done = diff(one, other)
    assert (2, True) == (done.exit_code, "expected two runs of the same subject" in done.stderr)
    many = stored(tmp_path / "many", [result(1)], ended=NOON + timedelta(hours=1))
    for pair in ((one, many), (many, one)):
        done = diff(*pair)
        assert (2, True) == (done.exit_code, f"{one}: is not a run of many users" in done.stderr)


def test_a_page_of_two_runs_of_one_user(tmp_path: Path):
    """`--html` writes a page for its owner only, besides what is printed; in the later run's language, or as asked."""
    bad, record = single(tmp_path / "a", "out-of-sync")
    good, _ = single(tmp_path / "b", "in-sync", tenant=record.tenant, inputs={**record.inputs, "lang": "ro"})
    plain = diff(bad, good, "--json")
    page = tmp_path / "page.html"
    done = diff(bad, good, "--json", "--html", page)
    assert (plain.exit_code, plain.stdout) == (done.exit_code, done.stdout)
    text = page.read_text(encoding="utf-8")
    assert '<html lang="ro">' in text
    assert "<h1>Verdict: înainte „nesincronizată”, acum „sincronizată”</h1>" in text
    assert 0o600 == page.stat().st_mode & 0o777
    assert 1 == diff(good, bad, "--html", page, "--lang", "en").exit_code
    assert "<h1>Verdict: was in sync, now out of sync</h1>" in page.read_text(encoding="utf-8")


def test_a_page_of_evidence_that_was_changed(tmp_path: Path):
    """A missing picture is printed and on the page, and the exit code is that of the comparison."""
    run, record = single(tmp_path / "a", "out-of-sync")
    RunFolder(run).seal()
    page, shot = tmp_path / "page.html", record.sightings[3].shot
    whole = diff(run, run, "--html", page)
    assert (0, "") == (whole.exit_code, whole.stderr)
    (run / shot).unlink()
    done = diff(run, run, "--html", page)
    assert (0, [f"troubleshooter: {run / shot}: is missing"] * 2) == (done.exit_code, done.stderr.splitlines())
    assert "picture file missing" in page.read_text(encoding="utf-8")


def test_a_page_of_a_run_that_was_not_conclusive(tmp_path: Path):
    """The page is written, too, and says that nothing is compared."""
    good, record = single(tmp_path / "a", "in-sync")
    stopped, _ = single(tmp_path / "b", "refused", subject=record.subject, tenant=record.tenant)
    assert 4 == diff(good, stopped, "--html", tmp_path / "page.html").exit_code
    assert "<h1>These checks cannot be compared</h1>" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("a/page.html", "is in the run's folder"),
        ("b/index.html", "is in the run's folder"),
        ("other", "is a folder"),
        ("nowhere/page.html", "its folder does not exist"),
        ("n" * 300, "File name too long"),
    ],
)
def test_a_wrong_place_for_the_page(place: str, said: str, tmp_path: Path):
    """One line says what is wrong, nothing is compared, and no file is written or changed."""
    (tmp_path / "other").mkdir()
    for name in "ab":
        run, _ = single(tmp_path / name, "in-sync")
        RunFolder(run).seal()

    def files() -> dict[Path, bytes | None]:
        return {path: path.read_bytes() if path.is_file() else None for path in tmp_path.rglob("*")}

    before = files()
    done = diff(tmp_path / "a", tmp_path / "b", "--html", tmp_path / place)
    assert (2, "") == (done.exit_code, done.stdout)
    assert 1 == len(done.stderr.splitlines())
    assert "--html" in done.stderr
    assert said in done.stderr
    assert before == files()


def test_no_page_of_runs_of_many_users(before: Path, tmp_path: Path):
    """`--html` is refused, and nothing is printed or written."""
    done = diff(before, before, "--html", tmp_path / "page.html")
    assert (2, "", False) == (done.exit_code, done.stdout, (tmp_path / "page.html").exists())
    assert "--html: shows two runs of one user" in done.stderr


def test_folders_without_runs(tmp_path: Path):
    """A folder without a run is refused."""
    assert 2 == diff(tmp_path, tmp_path).exit_code
