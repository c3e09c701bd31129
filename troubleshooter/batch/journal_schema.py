"""Defines the tables of a journal; docs/journal.md describes them, and a test compares the two."""

from __future__ import annotations

from enum import StrEnum

JOURNAL = "journal.sqlite"
"""Name of the file in a run's folder."""
JOURNAL_SCHEMA = 2
"""Version of the tables, in SQLite's `user_version`."""
APPLICATION_ID = 0x74726A31
"""Marks a file as a journal, in SQLite's `application_id`: the letters `trj1`."""


class UserState(StrEnum):
    """What has become of a user in a run."""

    WAITING = "waiting"
    LEASED = "leased"
    """A worker is at it."""
    DONE = "done"
    SET_ASIDE = "set-aside"
    """Given up in this run, because the browser crashed twice."""


TABLES = (
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        created TEXT NOT NULL,
        inputs TEXT NOT NULL,
        throttled INTEGER NOT NULL DEFAULT 0
    )
    """,
    """
    CREATE TABLE period (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        ended TEXT,
        ended_by TEXT
    )
    """,
    """
    CREATE TABLE user (
        number INTEGER PRIMARY KEY,
        upn TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL,
        row TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'leased', 'done', 'set-aside')),
        depth TEXT NOT NULL CHECK (depth IN ('quick', 'full')),
        fence INTEGER REFERENCES lease (fence),
        crashes INTEGER NOT NULL DEFAULT 0,
        given_back INTEGER NOT NULL DEFAULT 0,
        turn INTEGER NOT NULL,
        CHECK ((state = 'leased') = (fence IS NOT NULL)),
        CHECK ((state = 'set-aside') = (crashes >= 2))
    )
    """,
    "CREATE INDEX turn ON user (state, account, depth, given_back, turn)",
    """
    CREATE TABLE lease (
        fence INTEGER PRIMARY KEY AUTOINCREMENT,
        number INTEGER NOT NULL REFERENCES user (number),
        worker TEXT NOT NULL,
        depth TEXT NOT NULL,
        started TEXT NOT NULL,
        ended TEXT,
        how TEXT CHECK (how IN ('finished', 'closer', 'given-back', 'crashed', 'released')),
        CHECK ((ended IS NULL) = (how IS NULL))
    )
    """,
    """
    CREATE TABLE result (
        number INTEGER NOT NULL REFERENCES user (number),
        depth TEXT NOT NULL,
        fence INTEGER NOT NULL UNIQUE REFERENCES lease (fence),
        result TEXT NOT NULL,
        PRIMARY KEY (number, depth)
    )
    """,
    """
    CREATE TABLE earlier (
        period INTEGER NOT NULL REFERENCES period (id),
        number INTEGER NOT NULL REFERENCES user (number),
        result TEXT NOT NULL,
        PRIMARY KEY (number, period)
    )
    """,
    """
    CREATE TABLE crash (
        fence INTEGER PRIMARY KEY REFERENCES lease (fence),
        number INTEGER NOT NULL REFERENCES user (number),
        result TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE sign_in (
        id INTEGER PRIMARY KEY,
        account TEXT NOT NULL,
        session TEXT NOT NULL,
        started TEXT NOT NULL,
        outcome TEXT NOT NULL DEFAULT 'unknown' CHECK (outcome IN ('unknown', 'passed', 'failed')),
        reason TEXT,
        ended TEXT,
        released TEXT,
        UNIQUE (account, session),
        CHECK ((outcome = 'unknown') = (ended IS NULL)),
        CHECK ((outcome = 'failed') = (reason IS NOT NULL))
    )
    """,
)
"""The statements that make an empty journal."""
