"""Names the folder into which all processes of one pytest run write."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from datetime import UTC, datetime

import pytest

_NAME = pytest.StashKey[str]()
_KEY = "photo_run_name"


def name_the_run(config: pytest.Config) -> None:
    """Name the folder after time and process; pytest-xdist's workers get the name from the process that starts them."""
    given = getattr(config, "workerinput", {}).get(_KEY)
    config.stash[_NAME] = given or f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-pytest-{os.getpid()}"


def pass_on_name(config: pytest.Config, workerinput: MutableMapping[str, object]) -> None:
    """Give the name to a worker."""
    workerinput[_KEY] = config.stash[_NAME]


def run_name(config: pytest.Config) -> str:
    """Return the name of this run's folder."""
    return config.stash[_NAME]


def worker(config: pytest.Config) -> str:
    """Return this worker's name, such as `gw0`; empty without pytest-xdist."""
    return str(getattr(config, "workerinput", {}).get("workerid", ""))


def workers(config: pytest.Config) -> int:
    """Return how many workers there are."""
    return int(getattr(config, "workerinput", {}).get("workercount", 1))
