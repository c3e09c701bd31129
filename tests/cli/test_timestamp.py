"""`--timestamp` has a service confirm when a run was signed; a service that gives no timestamp spoils nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from support.timestamp_service import Service, serving
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.evidence import timestamps

from ..batch.made import result
from ..batch.stored import stored
from ..evidence.keys import key_pair
from ..evidence.sealed_runs import Evidence, sealed_run

needs_reader = pytest.mark.skipif(
    not (timestamps.has_reader() and shutil.which("openssl")), reason="needs rfc3161-client and openssl"
)


@pytest.fixture
def run(tmp_path: Path) -> Evidence:
    """Return a sealed run that is in sync."""
    return Evidence(sealed_run(tmp_path / "reports"), *key_pair(tmp_path))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """Yield a timestamp service."""
    (tmp_path / "service").mkdir()
    with serving(tmp_path / "service") as found:
        yield found


def give(*args: object) -> Result:
    return CliRunner().invoke(app, [*map(str, args)])


def timestamp(run: Evidence, *args: object) -> dict[str, str] | None:
    """Return what `verify-evidence` says about the timestamp."""
    return json.loads(give("verify-evidence", run.path, "--json", *args).stdout)["timestamp"]


@needs_reader
def test_a_service_confirms_when_a_run_was_signed(run, service):
    """The time is read offline, and is checked with the service's root certificate, also in a zip file."""
    before = datetime.now(UTC).replace(microsecond=0)
    done = give("sign", run.path, "--key", run.private, "--timestamp", service.url)
    assert (0, f"{run.path / 'manifest.dsse.json'}\n") == (done.exit_code, done.stdout)
    checked = timestamp(run, "--tsa", service.root)
    assert "trusted" == checked["checked"]
    assert before <= datetime.fromisoformat(checked["at"]) <= datetime.now(UTC) + timedelta(seconds=1)
    packed = shutil.make_archive(str(run.path.parent / "sent"), "zip", run.path)
    done = give("verify-evidence", packed, "--key", run.public, "--tsa", service.root)
    assert (0, True) == (done.exit_code, "Signed not later than 20" in done.stdout)
    without = give("verify-evidence", run.path)
    assert (0, True) == (
        without.exit_code,
        "not checked: name the service's root certificate with --tsa" in without.stdout,
    )


@needs_reader
def test_another_service_is_not_trusted(run, service, tmp_path):
    """Neither its timestamp, nor that there is none; exit code 4."""
    (tmp_path / "other").mkdir()
    assert 0 == give("sign", run.path, "--key", run.private).exit_code
    with serving(tmp_path / "other") as other:
        none = give("verify-evidence", run.path, "--tsa", service.root)
        assert (4, True) == (none.exit_code, "There is no timestamp of the service that you named" in none.stdout)
        assert 0 == give("sign", run.path, "--key", run.private, "--timestamp", other.url).exit_code
        assert "trusted" == timestamp(run, "--tsa", other.root)["checked"]
    assert "not-trusted" == timestamp(run, "--tsa", service.root)["checked"]
    assert 4 == give("verify-evidence", run.path, "--tsa", service.root).exit_code


@needs_reader
def test_a_timestamp_of_something_else_is_found(run, service):
    """One of an earlier signature, and one that was cut; a new signature removes the old timestamp."""
    path = run.path / "manifest.dsse.json.tsr"
    assert 0 == give("sign", run.path, "--key", run.private, "--timestamp", service.url).exit_code
    earlier = path.read_bytes()
    give("note", run.path, "More")
    assert 0 == give("sign", run.path, "--key", run.private).exit_code
    assert not path.exists()
    for answer in (earlier, b"", earlier[:100]):
        path.write_bytes(answer)
        done = give("verify-evidence", run.path)
        assert (4, True) == (done.exit_code, f"{path.name}: is not a timestamp of this signature" in done.stdout)


@needs_reader
@pytest.mark.parametrize("answer", [b"", b"<html>", bytes(300_000)])
def test_a_service_that_gives_none_spoils_nothing(run, service, answer):
    """The run is signed, a line says what is missing, and `sign` ends with 4, `report` with the code of the run."""
    service.answer = answer
    done = give("report", run.path, "--sign", run.private, "--timestamp", service.url)
    assert (0, True) == (done.exit_code, "No timestamp was added: http://127.0.0.1" in done.stderr)
    signed = give("sign", run.path, "--key", run.private, "--timestamp", service.url)
    assert 4 == signed.exit_code
    assert 0 == give("verify-evidence", run.path, "--key", run.public).exit_code
    assert not (run.path / "manifest.dsse.json.tsr").exists()


@needs_reader
def test_an_answer_to_another_question_is_refused(run, service):
    """A service, or somebody between, that repeats an old answer."""
    assert 0 == give("sign", run.path, "--key", run.private, "--timestamp", service.url).exit_code
    service.answer = (run.path / "manifest.dsse.json.tsr").read_bytes()
    done = give("sign", run.path, "--key", run.private, "--timestamp", service.url)
    assert (4, True) == (done.exit_code, "its answer is not a timestamp of this signature" in done.stderr)


@needs_reader
def test_a_service_that_is_not_there_is_named(run):
    """Nothing listens there."""
    done = give("sign", run.path, "--key", run.private, "--timestamp", "http://127.0.0.1:9/tsr")
    assert (4, True) == (done.exit_code, "No timestamp was added: http://127.0.0.1:9/tsr" in done.stderr)


@needs_reader
def test_a_run_of_many_users_gets_one(tmp_path, service):
    """By `report`."""
    folder, (private, public) = stored(tmp_path / "run", [result(1)]), key_pair(tmp_path)
    assert 0 == give("report", folder, "--sign", private, "--timestamp", service.url).exit_code
    assert 0 == give("verify-evidence", folder, "--key", public, "--tsa", service.root).exit_code


@needs_reader
def test_a_joined_run_gets_one(tmp_path, service):
    """By `merge`; none where nothing is signed, because a part was changed."""
    part, (private, public) = stored(tmp_path / "1", [result(1)], shard="1/1"), key_pair(tmp_path)
    line = ["merge", part, "--sign", private, "--timestamp", service.url, "--out"]
    assert 0 == give(*line, tmp_path / "all").exit_code
    assert 0 == give("verify-evidence", tmp_path / "all", "--key", public, "--tsa", service.root).exit_code
    (part / "junit.xml").write_text("changed", encoding="utf-8")
    assert 4 == give(*line, tmp_path / "changed").exit_code
    assert not (tmp_path / "changed" / "manifest.dsse.json.tsr").exists()


@needs_reader
def test_a_joined_run_is_complete_without_one(tmp_path, service):
    """A service that gives none spoils nothing: a line says so, and the exit code is that of the parts."""
    part, (private, public) = stored(tmp_path / "1", [result(1)], shard="1/1"), key_pair(tmp_path)
    service.answer = b""
    done = give("merge", part, "--out", tmp_path / "all", "--sign", private, "--timestamp", service.url)
    assert (0, True) == (done.exit_code, "No timestamp was added: http://127.0.0.1" in done.stderr)
    assert 0 == give("verify-evidence", tmp_path / "all", "--key", public).exit_code
    assert not (tmp_path / "all" / "manifest.dsse.json.tsr").exists()


@needs_reader
def test_a_joined_run_takes_the_options_of_every_run(tmp_path, service, monkeypatch):
    """Also from the environment; a timestamp without a key, or of no service, is refused before anything is written."""
    part, (private, public) = stored(tmp_path / "1", [result(1)], shard="1/1"), key_pair(tmp_path)
    for wrong in (["--timestamp", service.url], ["--sign", private, "--timestamp", "tsa.example"]):
        refused = give("merge", part, "--out", tmp_path / "all", *wrong)
        assert (2, True) == (refused.exit_code, "troubleshooter: --timestamp: " in refused.stderr)
        assert not (tmp_path / "all").exists()
    monkeypatch.setenv("TROUBLESHOOTER_SIGN", str(private))
    assert 0 == give("merge", part, "--out", tmp_path / "all").exit_code
    assert 0 == give("verify-evidence", tmp_path / "all", "--key", public).exit_code


def test_what_reads_timestamps_may_be_missing(run, monkeypatch):
    """Then the run is verified all the same; an error says what to install, before anything runs."""
    monkeypatch.setattr(timestamps, "has_reader", lambda: False)
    assert 0 == give("sign", run.path, "--key", run.private).exit_code
    (run.path / "manifest.dsse.json.tsr").write_bytes(b"x")
    done = give("verify-evidence", run.path, "--key", run.public)
    assert (0, True) == (done.exit_code, "pip install 'troubleshooter[timestamp]'" in done.stdout)
    for line in (["demo", "--sign", run.private], ["sign", run.path, "--key", run.private]):
        refused = give(*line, "--timestamp", "https://tsa.example")
        assert (2, True) == (refused.exit_code, "pip install 'troubleshooter[timestamp]'" in refused.stderr)


WRONG = {
    "--timestamp: confirms when a run was signed; add --sign KEY": ["demo", "--timestamp", "https://tsa.example"],
    "--timestamp: 'tsa.example' is not the address of a service": [
        "sign",
        ".",
        "--key",
        "k",
        "--timestamp",
        "tsa.example",
    ],
    "--timestamp: 'file:///etc/passwd' is not the address": [
        "sign",
        ".",
        "--key",
        "k",
        "--timestamp",
        "file:///etc/passwd",
    ],
    "--tsa: none.pem: No such file": ["verify-evidence", ".", "--tsa", "none.pem"],
    "--tsa: k is not a certificate; expected one in PEM": ["verify-evidence", ".", "--tsa", "k"],
}


@needs_reader
@pytest.mark.parametrize("why", WRONG)
def test_wrong_input_is_refused(run, tmp_path, monkeypatch, why):
    """One line, exit code 2, before anything runs."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(run.private, "k")
    done = give(*WRONG[why])
    assert (2, True) == (done.exit_code, why in done.stderr)
    assert ["k"] == [path.name for path in tmp_path.iterdir() if path.suffix == "" and path.is_file()]
