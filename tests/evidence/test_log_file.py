"""A run's log.txt is the user's own, is in the manifest, and never ends a run."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from troubleshooter.evidence.log_file import LOG, LogFile
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret

NOW = datetime(2026, 11, 22, 10, 41, 7, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """Return the folder of a fresh run."""
    return RunFolder.new(tmp_path, "photo-differs", NOW)


def test_lines_are_appended_at_once(folder: RunFolder):
    """Each line is in the file as soon as it is added, and the file is in the manifest."""
    log = LogFile(folder, Redactor())
    log.add("one")
    assert "one\n" == (folder.path / LOG).read_text(encoding="utf-8")
    log.add("two")
    assert "one\ntwo\n" == (folder.path / LOG).read_text(encoding="utf-8")
    assert LOG in folder.digests()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_user_can_read_it(folder: RunFolder):
    """The file is the user's alone."""
    LogFile(folder, Redactor()).add("one")
    assert 0o600 == (folder.path / LOG).stat().st_mode & 0o777


def test_secrets_are_redacted(folder: RunFolder):
    """A secret that got as far as this is replaced."""
    redactor = Redactor()
    redactor.learn(Secret("swordfish-42"))
    assert "said •••" == LogFile(folder, redactor).redacted("said swordfish-42")


def test_a_log_that_cannot_be_written_is_no_failure(folder: RunFolder):
    """If the file can't be written, nothing is raised."""
    (folder.path / LOG).mkdir()
    LogFile(folder, Redactor()).add("one")
