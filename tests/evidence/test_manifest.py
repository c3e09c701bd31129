"""A manifest is an in-toto statement; manifests of earlier versions are read as well."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from troubleshooter.diagnose import judged
from troubleshooter.evidence import manifest
from troubleshooter.evidence.run_folder import RunFolder

from ..diagnose.records import record
from ..run.runs import NOON
from .test_integrity import wrong

A, B = "a" * 64, "b" * 64
OLD = {"record.json": A, "index.html": B}


def old_form(folder: RunFolder) -> None:
    """Write the manifest as earlier versions did."""
    (folder.path / "manifest.json").write_text(json.dumps(folder.digests(), indent=1) + "\n")


@pytest.fixture
def sealed(tmp_path: Path) -> RunFolder:
    """Return the sealed folder of a run with one picture."""
    folder = RunFolder.new(tmp_path, "photo-differs", NOON)
    folder.keep(b"picture", ".png")
    run = record(id=folder.path.name, finished=NOON, inputs={"account": "ana"})
    folder.write_record(judged(run))
    folder.write_report("<p>report</p>")
    folder.seal()
    return folder


def test_the_manifest_is_an_in_toto_statement(sealed):
    """It has the fields of a statement (v1), and says which run it is about, with inputs, versions and times."""
    found = json.loads((sealed.path / "manifest.json").read_bytes())
    assert {"_type", "subject", "predicateType", "predicate"} == found.keys()
    assert "https://in-toto.io/Statement/v1" == found["_type"]
    assert {"name": "index.html", "digest": {"sha256": sealed.digests()["index.html"]}} in found["subject"]
    stored = json.loads((sealed.path / "record.json").read_bytes())
    same = ("scenario", "subject", "account", "inputs", "versions", "started", "finished", "verdict", "reason")
    assert {"run": stored["id"], **{name: stored[name] for name in same}}.items() <= found["predicate"].items()
    assert {"account": "ana"} == found["predicate"]["inputs"]


def test_the_same_run_gives_the_same_bytes(sealed):
    """Sealing again changes nothing, and the order of the files is that of their names."""
    before = (sealed.path / "manifest.json").read_bytes()
    sealed.seal()
    assert before == (sealed.path / "manifest.json").read_bytes()
    names = [entry["name"] for entry in json.loads(before)["subject"]]
    assert sorted(names) == names
    assert manifest.statement({"b": B, "a": A}, {}) == manifest.statement({"a": A, "b": B}, {})


def test_a_run_of_many_users_says_what_it_counted(tmp_path):
    """The statement of a run of many has the facts of its summary."""
    folder = RunFolder.new(tmp_path, "verify", NOON)
    (folder.path / "summary.json").write_text('{"id": "v", "total": 3, "counts": {"in-sync": 3}, "ended": "2026"}')
    folder.seal()
    facts = manifest.facts_in((folder.path / "manifest.json").read_bytes())
    expected = {"run": "v", "scenario": "verify", "total": 3, "counts": {"in-sync": 3}, "finished": "2026"}
    assert expected.items() <= facts.items()


def test_both_forms_are_read():
    """The digests are the same, whichever form has them."""
    assert OLD == manifest.digests_in(json.dumps(OLD).encode()) == manifest.digests_in(manifest.statement(OLD, {}))
    assert {} == manifest.facts_in(json.dumps(OLD).encode())


def test_a_run_of_an_earlier_version_is_checked_as_before(sealed):
    """Its manifest reveals changes, and keeps its form when the report is rendered again."""
    old_form(sealed)
    assert [] == wrong(sealed)
    sealed.write_report("<p>again</p>")
    sealed.renew_report_row()
    rows = json.loads((sealed.path / "manifest.json").read_bytes())
    assert hashlib.sha256(b"<p>again</p>").hexdigest() == rows["index.html"]
    (sealed.path / "record.json").write_text((sealed.path / "record.json").read_text() + " ")
    assert ["record.json"] == wrong(sealed)


SUBJECT = {"name": "a", "digest": {"sha256": A}}
STATEMENT = {"_type": manifest.STATEMENT, "subject": [SUBJECT]}


@pytest.mark.parametrize(
    "found",
    [
        [],
        {**STATEMENT, "subject": None},
        {**STATEMENT, "subject": [{"name": "a"}]},
        {**STATEMENT, "subject": [{"name": "a", "digest": {"sha512": A}}]},
        {**STATEMENT, "subject": [{"name": 1, "digest": {"sha256": A}}]},
        {**STATEMENT, "subject": [SUBJECT, {**SUBJECT, "digest": {"sha256": B}}]},
        {"record.json": 1},
    ],
)
def test_what_is_no_manifest_is_not_read(found):
    """Neither digests are read from it, nor is a row renewed in it; a file that is named twice is ambiguous."""
    data = json.dumps(found).encode()
    assert manifest.digests_in(data) is manifest.with_digest(data, "a", B) is None


def test_a_row_is_renewed_or_added():
    """The others, and what is said about the run, stay as they are."""
    data = manifest.statement({"a": A, "c": A}, {"run": "r"})
    assert manifest.statement({"a": A, "b": B, "c": A}, {"run": "r"}) == manifest.with_digest(data, "b", B)
    assert manifest.statement({"a": B, "c": A}, {"run": "r"}) == manifest.with_digest(data, "a", B)
