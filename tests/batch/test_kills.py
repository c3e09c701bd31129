"""After `kill -9` at random moments, nothing is lost, nothing is done twice, and no sign-in is repeated."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.sign_ins import SignInOutcome
from troubleshooter.batch.stored_run import read_run

from .killed import verdict_of
from .made import journal, resumed
from .stored import stored

ROOT = Path(__file__).parents[2]
USERS, KILLS = 200, 20
_HOT = bytes.fromhex("d9d505f920a163d7")
"""How a rollback journal begins while a transaction is under way."""


def started(folder: Path, *how: str) -> subprocess.Popen[str]:
    """Start a process that works on the journal in `folder`."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    command = [sys.executable, "-m", "batch.killed", str(folder), *how]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def killed_after(lines: int | None, folder: Path, work: int = 0) -> list[list[str]]:
    """Let a process work on the journal, kill it at some moment, and return all that it said.

    Args:
        lines: the number of lines that it has said by then; None to let it end.
        work: the number of bytes to digest between the last line and the kill, to hit any part of a transaction.
    """
    with started(folder) as process:
        assert process.stdout
        said = [line.split() for line, _ in zip(process.stdout, range(lines or sys.maxsize), strict=False)]
        hashlib.sha256(bytes(work))
        if lines:
            process.send_signal(signal.SIGKILL)
        said += [line.split() for line in process.stdout if line.endswith("\n")]  # the last may be cut off
        process.wait()
    assert (0 if lines is None else -signal.SIGKILL) == process.returncode
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_twenty_kills_lose_nothing_and_repeat_nothing(tmp_path: Path):
    """A run of 200 users, killed 20 times and resumed each time, ends as an undisturbed one does."""
    journal(tmp_path, USERS).close()
    moments, done, sent, fences, amid = random.Random(14), [], [], [], 0
    for round_ in range(KILLS + 1):
        lines = moments.randint(1, 25) if round_ < KILLS else None
        said = killed_after(lines, tmp_path, moments.randint(0, 5_000_000))
        beside = tmp_path / f"{JOURNAL}-journal"
        amid += beside.exists() and beside.read_bytes()[:8] == _HOT
        done += [int(words[1]) for words in said if words[0] == "done"]
        sent += [int(words[1]) for words in said if words[0] == "sent"]
        fences += [int(words[1]) for words in said if words[0] == "lease"]
        with resumed(tmp_path) as kept:
            assert set(done) <= {found.number for found in kept.results()}
            attempts = {attempt.id: attempt.outcome for attempt in kept.sign_ins.all()}
            assert set(sent) <= set(attempts)
            assert SignInOutcome.FAILED not in attempts.values()
            assert len(attempts) <= 1 + list(attempts.values()).count(SignInOutcome.PASSED)
    assert [["end"]] == said[-1:]
    assert {1} == set(Counter(done).values())
    assert sorted(set(fences)) == fences
    with resumed(tmp_path) as kept:
        found = {result.number: (result.verdict, result.flaky, result.attempts) for result in kept.results()}
    assert {number: (verdict_of(number), False, 1) for number in range(1, USERS + 1)} == found
    print(f"{amid} of {KILLS} kills hit a transaction; {len(attempts)} sign-in attempts")  # noqa: T201


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_half_a_transaction_is_undone(tmp_path: Path):
    """Killed while half of a transaction is in the file already, the journal is as it was before the transaction."""
    journal(tmp_path, USERS).close()
    before = (tmp_path / JOURNAL).read_bytes()
    with started(tmp_path, "half") as process:
        assert process.stdout
        assert "half\n" == process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert before != (tmp_path / JOURNAL).read_bytes()
    assert _HOT == (tmp_path / f"{JOURNAL}-journal").read_bytes()[:8]
    with resumed(tmp_path) as kept:
        assert [USERS, 0, 0, 0] == list(kept.counts().values())
        assert [] == list(kept.results())
    assert [JOURNAL] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_half_a_transaction_is_read_over(tmp_path: Path):
    """Whoever reads the folder of a killed run sees it as before the transaction, and does not change it."""
    journal(stored(tmp_path / "run", [], ended=None, total=USERS), USERS).close()
    with started(tmp_path / "run", "half") as process:
        assert process.stdout
        assert "half\n" == process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    before = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}
    found = read_run(tmp_path / "run")
    assert ((), USERS) == (found.results, len(found.unfinished))
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(("lines", "outcome"), [(1, None), (None, SignInOutcome.PASSED)])
def test_a_sign_in_that_nobody_saw_end_is_not_repeated(lines: int | None, outcome: str | None, tmp_path: Path):
    """Killed right after its password was sent, an account does not sign in again; undisturbed, it does next time."""
    journal(tmp_path, 2).close()
    killed_after(lines, tmp_path)
    with resumed(tmp_path) as kept:
        first = kept.sign_ins.all()[0].outcome
    said = killed_after(None, tmp_path)
    assert (first is SignInOutcome.PASSED) == (["sent", "2"] in said)
    assert outcome in (None, first)
