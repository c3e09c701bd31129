"""`verify-evidence` finds every kind of tampering, in a folder and in a zip file, signed or not; and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.evidence.signing import SigningKey
from troubleshooter.model.enums import Verdict

from ..diagnose.records import CARD, record, stale
from .keys import key_pair
from .sealed_runs import Evidence, sealed_run
from .test_manifest import old_form

PICTURE = b"picture"


@pytest.fixture
def run(tmp_path: Path) -> Evidence:
    """Return a sealed run that is out of sync, with two pictures."""
    return Evidence(sealed_run(tmp_path / "reports", stale(CARD)), *key_pair(tmp_path))


def check(*args: object) -> Result:
    return CliRunner().invoke(app, ["verify-evidence", *map(str, args)])


def wrong(*args: object) -> dict[str, str]:
    """Return the files that are not as the run left them, and why."""
    found = json.loads(check(*args, "--json").stdout)
    return {one["file"]: one["what"] for one in found["wrong"]}


def zipped(path: Path) -> Path:
    return Path(shutil.make_archive(str(path.parent / "sent"), "zip", path.parent, path.name))


def zipped_flat(path: Path) -> Path:
    return Path(shutil.make_archive(str(path.parent / "flat"), "zip", path))


FORMS = {"folder": lambda path: path, "zip of the folder": zipped, "zip of its files": zipped_flat}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("signed", [False, True])
def test_an_untouched_run_is_unaltered(run, form, signed):
    """Exit code 0, with or without a key, however it is packed; what a computer adds is ignored."""
    if signed:
        run.signed()
    (run.path / ".DS_Store").touch()
    assert (0, {}) == (check(form(run.path)).exit_code, wrong(form(run.path)))
    with_key = check(form(run.path), "--key", run.public)
    assert (0 if signed else 4) == with_key.exit_code
    assert ("Signed by the key" if signed else "Not signed by the key") in with_key.stdout


def altered(run: Evidence) -> dict[str, str]:
    (run.path / run.picture).write_bytes(b"retouched")
    return {run.picture: "was changed"}


def missing(run: Evidence) -> dict[str, str]:
    (run.path / run.picture).unlink()
    return {run.picture: "is missing"}


def added(run: Evidence) -> dict[str, str]:
    (run.path / "evidence" / "manifest.json").write_text("{}")
    (run.path / "proof.txt").write_text("in sync")
    return {"evidence/manifest.json": "was added", "proof.txt": "was added"}


def report_changed(run: Evidence) -> dict[str, str]:
    (run.path / "index.html").write_text("<p>in sync</p>")
    return {"index.html": "was changed"}


def record_reordered(run: Evidence) -> dict[str, str]:
    """Change the order of the sightings, and with it what the comparisons say."""
    stored = json.loads((run.path / "record.json").read_bytes())
    stored["sightings"].reverse()
    (run.path / "record.json").write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n")
    return {"record.json": "was changed"}


def record_edited(run: Evidence) -> dict[str, str]:
    stored = run.folder.read_record().model_copy(update={"verdict": Verdict.IN_SYNC})
    run.folder.write_record(stored)
    return {"record.json": "was changed: its verdict cannot follow from what it contains"}


def manifest_removed(run: Evidence) -> dict[str, str]:
    (run.path / "manifest.json").unlink()
    return {"manifest.json": "is missing"}


def manifest_cut(run: Evidence) -> dict[str, str]:
    (run.path / "manifest.json").write_text("{")
    return {"manifest.json": "is not readable"}


def manifest_of_another(run: Evidence) -> dict[str, str]:
    """Leave the digests as they are, and say that they are another run's."""
    found = json.loads((run.path / "manifest.json").read_bytes())
    found["predicate"]["run"] = "another"
    (run.path / "manifest.json").write_text(json.dumps(found, indent=1) + "\n")
    return {"record.json": "was changed: the manifest describes another one"}


KINDS = (
    *(altered, missing, added, report_changed, record_reordered, record_edited),
    *(manifest_removed, manifest_cut, manifest_of_another),
)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("touch", KINDS)
def test_every_kind_of_tampering_is_found(run, touch: Callable[[Evidence], dict[str, str]], form):
    """Each file is named with what became of it; exit code 4."""
    expected = touch(run)
    assert expected == wrong(form(run.path))
    done = check(form(run.path))
    assert 4 == done.exit_code
    assert all(f"{name}: {what}" in done.stdout for name, what in expected.items())


@pytest.mark.parametrize("touch", KINDS)
def test_a_signature_shows_it_although_the_manifest_was_rewritten(run, touch: Callable[[Evidence], dict[str, str]]):
    """Whoever seals the folder again has no key: the signed manifest counts, with or without the public key."""
    run.signed()
    envelope = (run.path / "manifest.dsse.json").read_bytes()
    expected = touch(run)
    run.folder.seal()
    (run.path / "manifest.dsse.json").write_bytes(envelope)
    if touch in (manifest_removed, manifest_cut, manifest_of_another):
        assert {} == wrong(run.path)  # sealing it again repaired it
        return
    assert expected.keys() - {"evidence/manifest.json"} <= wrong(run.path).keys()
    assert 4 == check(run.path).exit_code == check(run.path, "--key", run.public).exit_code


@pytest.mark.parametrize("touch", [manifest_removed, manifest_cut, manifest_of_another])
def test_a_manifest_beside_its_signature_cannot_be_changed(run, touch):
    """The signed copy of it says what it was."""
    run.signed()
    touch(run)
    assert "manifest.json" in wrong(run.path)


def test_another_key_is_not_the_one(run, tmp_path):
    """A signature that was swapped, with everything sealed again, is found with the public key; exit code 4."""
    run.signed()
    altered(run)
    (run.path / run.picture).replace(run.path / f"evidence/{hashlib.sha256(b'retouched').hexdigest()}.png")
    run.folder.write_record(
        run.folder.read_record().model_copy(update={"sightings": run.folder.read_record().sightings[1:]})
    )
    stranger = SigningKey.read(key_pair(tmp_path, "stranger")[0], "--sign")
    run.folder.seal(stranger.sign)
    without, done = check(run.path), check(run.path, "--key", run.public)
    assert (0, 4) == (without.exit_code, done.exit_code)
    assert "not checked: name its public key with --key" in without.stdout
    assert stranger.public.id in without.stdout
    assert f"Not signed by the key that you named (signatures: {stranger.public.id})" in done.stdout


def test_an_envelope_that_was_cut_is_found(run):
    """It is not taken for a run without a signature."""
    run.signed()
    (run.path / "manifest.dsse.json").write_text("{")
    assert {"manifest.dsse.json": "is not readable as a signed manifest"} == wrong(run.path)


def test_a_removed_signature_is_found_with_the_key(run):
    """Without the key nobody can know that there was one, and the answer says what that means."""
    run.signed()
    (run.path / "manifest.dsse.json").unlink()
    assert 4 == check(run.path, "--key", run.public).exit_code
    without = check(run.path)
    assert (0, True) == (without.exit_code, "only careless changes are found" in without.stdout)


def test_the_answer_says_what_a_signature_does_not_prove(run):
    """In one line, where there is a signature."""
    limits = "does not prove who that is, or (without a timestamp) when it was, or that the pages really showed"
    assert limits not in check(run.path).stdout
    run.signed()
    assert 1 == sum(limits in line for line in check(run.path, "--key", run.public).stdout.splitlines())


def test_a_run_of_an_earlier_version_is_verified(run):
    """Its manifest is a plain object of digests."""
    old_form(run.folder)
    assert (0, {}) == (check(run.path).exit_code, wrong(run.path))
    assert altered(run) == wrong(run.path)


def test_a_run_that_died_cannot_be_told(run):
    """Exit code 4: it has no manifest, and nothing is called tampering."""
    run.folder.write_record(record(sightings=(), reference=None, id=run.path.name))
    (run.path / "manifest.json").unlink()
    done = check(run.path)
    assert 4 == done.exit_code
    assert "Nothing shows whether files were changed: there is no manifest" in done.stdout
    assert {} == wrong(run.path)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_are_not_followed(run, tmp_path):
    """A picture that became a link to the same bytes is named; a link to a large tree is not walked."""
    outside = tmp_path / "outside.png"
    (run.path / run.picture).replace(outside)
    (run.path / run.picture).symlink_to(outside)
    (run.path / "all").symlink_to("/", target_is_directory=True)
    links = dict.fromkeys(("all", run.picture), "is a link; a run writes none")
    assert links == wrong(run.path)


@pytest.mark.parametrize("give", ["nothing", "empty", "text", "docx"])
def test_what_is_not_a_run_is_wrong_input(tmp_path, give):
    """Exit code 2 and one line that says what is expected."""
    path = tmp_path / give
    if give == "empty":
        path.mkdir()
    elif give == "text":
        path.write_text("no zip file")
    elif give == "docx":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
    done = check(path)
    assert (2, 1) == (done.exit_code, len(done.stderr.splitlines()))
    assert "expected the folder of a run, or a zip file of it" in done.stderr
    assert str(path) in done.stderr


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b", "C:\\x", "a\\b", "a//b", "./a"])
def test_a_zip_file_that_leads_out_of_its_folder_is_refused(run, name):
    """Whoever unpacks it would overwrite something else; nothing is written."""
    before = set(run.path.parent.rglob("*"))
    path = zipped_flat(run.path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    done = check(path)
    assert (2, True) == (done.exit_code, "expected names within the folder" in done.stderr)
    assert before == set(run.path.parent.rglob("*")) - {path}


@pytest.mark.parametrize("name", ["record.json", "Record.JSON", "évidence"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(run, name):
    """Programs differ in which of the two they unpack; some computers do not distinguish case or composed letters."""
    path = zipped_flat(run.path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "{}")
        if name == "évidence":
            archive.writestr("e\u0301vidence", "{}")
    done = check(path)
    assert (2, True) == (done.exit_code, "has 2 files named" in done.stderr)


def test_a_bomb_is_not_unpacked(run):
    """A zip file that claims more than any run has is refused before anything in it is read."""
    path = zipped_flat(run.path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(1000))
        archive.filelist[-1].file_size = 9_000_000_000
    done = check(path)
    assert (2, True) == (done.exit_code, "is 9 GB unpacked; expected at most 8 GB" in done.stderr)


def test_a_file_that_is_larger_than_it_claims_is_refused(run):
    """No more of it is unpacked than it claims, and then its checksum does not fit."""
    path = zipped_flat(run.path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(5_000_000))
        archive.filelist[-1].file_size = 10
    assert 2 == check(path).exit_code


def test_a_zip_file_that_is_broken_is_wrong_input(run):
    """Cut short, or with bytes changed in it so that a checksum does not fit."""
    path = zipped_flat(run.path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert 2 == check(path).exit_code
    at = data.index(b"record.json") + 60
    path.write_bytes(data[:at] + bytes(20) + data[at + 20 :])
    assert 2 == check(path).exit_code
