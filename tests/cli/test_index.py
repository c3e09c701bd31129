"""`index` lists the runs of a folder, from their records, and reads only what has changed since the last list."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import Result
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.cli.list_of_runs import refresh_index
from troubleshooter.evidence import run_list
from troubleshooter.model.enums import Verdict
from troubleshooter.model.judgement_records import Diagnosis

from ..batch.made import result
from ..batch.stored import stored
from ..diagnose.records import CARD, record, stale
from ..evidence.sealed_runs import sealed_run
from ..hostile.payloads import SHORT

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)


def give(*args: object) -> Result:
    return CliRunner().invoke(app, ["index", *map(str, args)])


def page_of(reports: Path) -> str:
    return (reports / "index.html").read_text(encoding="utf-8")


def rows(page: str) -> list[str]:
    """Return the rows of the list."""
    return re.findall(r"<tr role=\"row\" data-verdict.*?</tr>", page, re.DOTALL)


def text(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def waiting(again: datetime | None) -> tuple[Diagnosis, ...]:
    """Return a diagnosis that says when to check again."""
    texts = {"remedy": "x", "who": "x", "wait": "x", "evidence": ()}
    return (Diagnosis(cause="C1", confidence="high", recheck_after=again, **texts),)


def run(reports: Path, at: datetime, again: datetime | None = None, **fields) -> str:
    """Add a run of one user that is out of sync; return the name of its folder."""
    folder = sealed_run(reports, stale(CARD), at=at)
    changed = {"diagnoses": waiting(again) if again else (), **fields}
    folder.write_record(folder.read_record().model_copy(update=changed))
    return folder.path.name


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def test_every_run_is_listed_the_newest_first(reports):
    """With user, result, cause and time, and a link to its report that leads there."""
    old = run(reports, NOW - 30 * HOUR, again=NOW + HOUR, subject="ana@contoso.com", ticket="INC-1")
    good = run(reports, NOW - HOUR, subject="radu@contoso.com", sandbox="healthy", verdict=Verdict.IN_SYNC)
    many = {"counts": {"in-sync": 7, "out-of-sync": 2}, "causes": {"C4": 1, "C1": 2}, "total": 1234}
    stored(reports / "many", [result(1)], started=NOW, **many)
    (reports / "notes").mkdir()
    done = give(reports)
    assert (0, f"{reports / 'index.html'}\n") == (done.exit_code, done.stdout)
    many, second, first = rows(page_of(reports))
    assert all(said in text(many) for said in ("1,234 users checked", "Out of sync", "In sync: 7", "Out of sync: 2"))
    assert "SharePoint has not fetched the current photo yet · " in text(many)
    assert all(said in text(second) for said in ("radu@contoso.com", "In sync", "sandbox: healthy"))
    assert all(said in text(first) for said in ("ana@contoso.com", "Out of sync", "ticket INC-1", "Check again after"))
    assert "SharePoint has not fetched the current photo yet" in text(first)
    assert ["many", good, old] == [
        unquote(re.search(r'href="([^"]*)/index.html"', row)[1]) for row in (many, second, first)
    ]
    assert "3 runs" in text(page_of(reports))


def test_a_run_is_due_once_its_time_has_passed(reports):
    """Unless a newer run of the same user has looked; one that could not look does not count."""
    run(reports, NOW - 50 * HOUR, again=NOW - 26 * HOUR, subject="ana@contoso.com")
    run(reports, NOW - 50 * HOUR, again=NOW + HOUR, subject="later@contoso.com")
    run(reports, NOW - 50 * HOUR, again=NOW - HOUR, subject="done@contoso.com")
    run(reports, NOW - 2 * HOUR, subject="Done@contoso.com")
    died = sealed_run(reports, at=NOW - HOUR, subject="ana@contoso.com")
    died.write_record(record(id=died.path.name, subject="ana@contoso.com", started=NOW - HOUR, finished=None))
    assert 0 == give(reports).exit_code
    found = {
        re.search(r'data-user="([^"]*)"', row)[1]: ('class="mark due"' in row, 'class="mark due" hidden' in row)
        for row in rows(page_of(reports))
        if "data-again" in row
    }
    assert {"ana@contoso.com": (True, False), "later@contoso.com": (True, True)} == found
    assert '<span class="due-count">1</span>' in page_of(reports)


def test_the_list_keeps_its_language(reports):
    """`--lang` sets it; a run in another language, or `index` without it, does not."""
    run(reports, NOW)
    refresh_index(reports, "ro")
    assert '<html lang="ro">' in page_of(reports)
    assert "Nesincronizată" in page_of(reports)
    give(reports)
    refresh_index(reports, "en")
    assert '<html lang="ro">' in page_of(reports)
    give(reports, "--lang", "en")
    refresh_index(reports, "ro")
    assert '<html lang="en-GB">' in page_of(reports)


def test_only_what_has_changed_is_read(reports, monkeypatch):
    """A new run and a changed record; what was deleted is gone."""
    names = [run(reports, NOW - number * HOUR) for number in range(4)]
    give(reports)
    read, original = [], run_list._read
    monkeypatch.setattr(run_list, "_read", lambda path: read.append(path.parent.name) or original(path))
    give(reports)
    assert [] == read
    new = run(reports, NOW + HOUR)
    changed = reports / names[1] / "record.json"
    changed.write_text(changed.read_text().replace("ana@contoso.com", "changed@contoso.com"))
    for path in sorted((reports / names[2]).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (reports / names[2]).rmdir()
    give(reports)
    assert sorted([new, names[1]]) == sorted(read)
    listed = [entry["folder"] for entry in json.loads((reports / "index.json").read_text())["runs"]]
    assert [new, names[0], names[1], names[3]] == listed
    assert "changed@contoso.com" in page_of(reports)


@pytest.mark.parametrize("payload", SHORT)
def test_markup_in_names_stays_text(reports, payload):
    """Whatever a record holds, the page gets no element and no attribute from it."""
    quiet = payload.replace("\ud800", "")
    run(reports, NOW, subject_name=quiet, ticket=quiet, tenant=quiet, sandbox=quiet, reason=None)
    plain = reports.parent / "plain"
    run(plain, NOW, subject_name="a", ticket="a", tenant="a", sandbox="a", reason=None)
    assert 0 == give(reports).exit_code == give(plain).exit_code
    tags = [re.findall(r"</?[a-z]+(?= |>)", rows(page_of(folder))[0]) for folder in (plain, reports)]
    assert tags[0] == tags[1]


def test_a_folder_that_is_named_like_markup_is_linked_as_text(reports):
    """Its address is encoded."""
    name = run(reports, NOW)
    (reports / name).rename(reports / 'a"><script>1&#39;?x')
    assert 0 == give(reports).exit_code
    assert 'href="a%22%3E%3Cscript%3E1%26%2339%3B%3Fx/index.html"' in page_of(reports)
    assert 1 == page_of(reports).count("<script>")


def test_what_is_not_a_list_is_not_overwritten(reports):
    """A page of somebody else's; exit code 2, and at the end of a run one line."""
    run(reports, NOW)
    (reports / "index.html").write_text("<p>mine</p>")
    done = give(reports)
    assert (2, True) == (done.exit_code, "is not a list of runs" in done.stderr)
    refresh_index(reports)
    assert "<p>mine</p>" == page_of(reports)
    assert not (reports / "index.json").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"schema": 99, "lang": "ro", "runs": [1]}', '{"schema": 1}'])
def test_a_list_that_cannot_be_read_is_not_believed(reports, content):
    """It is somebody else's, or broken: nothing is made from it, and nothing is overwritten."""
    run(reports, NOW)
    (reports / "index.json").write_text(content)
    assert 2 == give(reports).exit_code
    assert content == (reports / "index.json").read_text()


def test_a_list_of_another_version_is_written_again(reports):
    """Only its language is kept."""
    run(reports, NOW)
    (reports / "index.json").write_text('{"schema": 2, "lang": "ro", "runs": []}')
    assert 0 == give(reports).exit_code
    assert (1, '<html lang="ro">' in page_of(reports)) == (len(rows(page_of(reports))), True)


def test_records_that_cannot_be_read_are_left_out(reports):
    """They do not keep the others from being listed."""
    for name, content in {"a": "{", "b": "[]", "c": '{"id": 1}', "d": '{"id": "d", "diagnoses": 3}'}.items():
        (reports / name).mkdir(parents=True)
        (reports / name / "record.json").write_text(content)
    run(reports, NOW)
    assert 0 == give(reports).exit_code
    assert 1 == len(rows(page_of(reports)))


def test_an_empty_folder_has_an_empty_list(reports):
    """It says so; a folder that does not exist, and that of a run, are wrong input."""
    reports.mkdir()
    assert 0 == give(reports).exit_code
    assert "There is no run in this folder yet." in page_of(reports)
    assert (2, False) == (give(reports / "none").exit_code, (reports / "none").exists())
    name = run(reports, NOW)
    assert 2 == give(reports / name).exit_code


def test_the_newest_two_thousand_are_on_the_page(reports, monkeypatch):
    """The page says where the others are."""
    monkeypatch.setattr("troubleshooter.report.index.page.MOST", 2)
    for number in range(3):
        run(reports, NOW - number * HOUR)
    give(reports)
    assert 2 == len(rows(page_of(reports)))
    assert "These are the newest 2. All of them are in index.json." in text(page_of(reports))


def test_pruning_refreshes_the_list(reports):
    """If there is one."""
    old = run(reports, NOW - 900 * HOUR)
    CliRunner().invoke(app, ["prune", str(reports), "--older-than", "100d", "--yes"])
    assert not (reports / "index.html").exists()
    give(reports)
    assert old in page_of(reports)
    CliRunner().invoke(app, ["prune", str(reports), "--older-than", "1d", "--yes"])
    assert old not in page_of(reports)
