"""The processes of one pytest run sign in one after the other, and each knows how the others ended."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_troubleshooter.sign_in_turns import sign_in_turn
from troubleshooter.batch.sign_ins import OnHold
from troubleshooter.model.enums import Reason

from .conftest import ROOT

DIES = """
import asyncio, os, sys
from pathlib import Path
from pytest_troubleshooter.sign_in_turns import sign_in_turn

async def die():
    async with sign_in_turn(Path(sys.argv[1])) as attempts:
        attempts.begin("ana", "sign-in-ana-1")
        os._exit(9)

asyncio.run(die())
"""


async def test_one_at_a_time(tmp_path: Path):
    """Whoever comes waits until the one before has ended, and sees that attempt."""
    inside = 0
    seen = []

    async def sign_in(number: int) -> None:
        nonlocal inside
        async with sign_in_turn(tmp_path) as attempts:
            inside += 1
            seen.append(len(attempts.all()))
            attempt = attempts.begin("ana", f"session {number}")
            await asyncio.to_thread(lambda: None)  # lets the others try
            assert 1 == inside
            attempts.passed(attempt)
            inside -= 1

    await asyncio.gather(*map(sign_in, range(4)))
    assert [0, 1, 2, 3] == seen


async def test_a_refused_password_is_not_sent_by_the_next(tmp_path: Path):
    """After a refused password nothing is sent for that account; other accounts are not affected."""
    async with sign_in_turn(tmp_path) as attempts:
        attempts.failed(attempts.begin("ana", "sign-in-ana-1"), Reason.WRONG_PASSWORD)
    async with sign_in_turn(tmp_path) as attempts:
        with pytest.raises(OnHold, match="wrong-password"):
            attempts.begin("ana", "sign-in-ana-2")
        assert attempts.begin("helpdesk", "sign-in-helpdesk-1")


@pytest.fixture
def died(tmp_path: Path) -> Path:
    """Return a folder in which a process died while it signed in."""
    done = subprocess.run([sys.executable, "-c", DIES, tmp_path], check=False, cwd=ROOT, timeout=60)
    assert 9 == done.returncode
    return tmp_path


async def test_an_attempt_that_nobody_saw_end_is_not_repeated(died: Path):
    """A process that dies while it signs in gives its turn back; the password, perhaps sent, is not sent again."""
    async with sign_in_turn(died) as attempts:
        with pytest.raises(OnHold, match="not seen to end"):
            attempts.begin("ana", "sign-in-ana-2")
