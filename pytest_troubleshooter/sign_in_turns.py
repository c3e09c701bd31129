"""Lets the processes of one pytest run sign in one after the other, and know how the sign-ins before theirs ended.

Each has a session of its own. But a password that was refused in one of them is not sent by the others, and neither is
one of which nobody saw the end, as where a worker of pytest-xdist died.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.batch.journal_file import JournalFile, why
from troubleshooter.batch.sign_ins import SignIns
from troubleshooter.errors import InputError

SIGN_INS = "sign-ins.sqlite"
"""Name of the file with the attempts, in the folder of the pytest run; its table is that of docs/journal.md."""
_TURN = "sign-ins.turn"
_PATIENCE = 3600.0
"""Seconds to wait for one's turn: the others may have to wait for a new one-time code each."""


@asynccontextmanager
async def sign_in_turn(folder: Path) -> AsyncIterator[SignIns]:
    """Wait until no other process of this pytest run signs in; yield the attempts so far.

    Raises:
        InputError: the folder can't be written.
    """
    turn = await asyncio.to_thread(_taken, folder / _TURN)
    try:
        with _attempts(folder / SIGN_INS) as sign_ins:
            yield sign_ins
    finally:
        turn.close()


def _taken(path: Path) -> sqlite3.Connection:
    """Return a lock on `path`, which the system lets go of however this process ends; closing it ends it, too.

    Raises:
        InputError: it can't be written, or another process has it for too long.
    """
    lock = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise InputError(str(path), why(error)) from error
    return lock


@contextmanager
def _attempts(path: Path) -> Iterator[SignIns]:
    file = JournalFile(path) if path.exists() else JournalFile.new(path)
    try:
        with file.change():
            if file.empty:
                file.make_tables()
        file.run_begins()
        yield SignIns(file, lambda: datetime.now(UTC))
    finally:
        file.close()
