"""Runs of one computer share an authenticator's codes: each code is sent by one of them."""

import stat
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from troubleshooter.redaction.secret import Secret
from troubleshooter.signin.code_claims import claim
from troubleshooter.signin.totp import STEP, code_at

SEED, OTHER = Secret("KRSXG5CTMVRXEZLUKRSXG5CT"), Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Use a folder for temporary files that no other test uses."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_code_is_claimed_once():
    """A second run waits for the next step; another seed, or the next step, is free."""
    assert [True, False] == [claim(SEED, 100), claim(SEED, 100)]
    assert claim(OTHER, 100)
    assert claim(SEED, 101)


def test_of_many_runs_at_once_one_gets_the_code():
    """However many try at the same moment."""
    with ThreadPoolExecutor(8) as pool:
        assert 1 == sum(pool.map(lambda _: claim(SEED, 7), range(40)))


def test_a_claim_says_nothing_about_the_seed(folder):
    """The file is empty and its owner's; neither seed nor code stands in its name; old ones are removed."""
    for step in range(1000, 1010):
        assert claim(SEED, step)
    files = sorted(folder.iterdir())
    assert 3 == len(files)
    for file in files:
        assert b"" == file.read_bytes()
        assert SEED.reveal().lower() not in file.name.lower()
        assert all(code_at(SEED, step * STEP).reveal() not in file.name for step in range(1000, 1010))
        if sys.platform != "win32":
            assert 0o600 == stat.S_IMODE(file.stat().st_mode)


def test_without_a_folder_the_service_decides(monkeypatch):
    """A folder that cannot be written keeps nobody from signing in."""
    monkeypatch.setattr(tempfile, "tempdir", "/proc/none/such")
    assert [True, True] == [claim(SEED, 5), claim(SEED, 5)]
