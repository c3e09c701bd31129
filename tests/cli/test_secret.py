"""`troubleshooter secret` stores a secret in the keyring without showing it, and reports an error in one line."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
VALUE = "swordfish-42"


def secret(
    *args: str, at: Path, stdin: str = "", ring: str = "support.rings.FileRing"
) -> subprocess.CompletedProcess[str]:
    """Run `troubleshooter secret` with a test keyring."""
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    env = {**os.environ, "PYTHON_KEYRING_BACKEND": ring, "TEST_RING": str(at / "ring"), "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, "-m", "troubleshooter", "secret", *args],
        env=env,
        cwd=at,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "name", ["helpdesk-totp", "troubleshooter/helpdesk-totp", "keyring:troubleshooter/helpdesk-totp"]
)
def test_a_secret_is_stored_found_and_removed(name: str, tmp_path: Path):
    """Under any form of its name, a secret can be stored, found and deleted, and no command shows it."""
    entry = "troubleshooter/helpdesk-totp"
    done = secret("set", name, at=tmp_path, stdin=f"{VALUE}\n")
    assert (0, f"{entry} is in the keyring; the tenant file names it keyring:{entry}\n") == (
        done.returncode,
        done.stdout,
    )
    assert {"troubleshooter helpdesk-totp": VALUE} == json.loads((tmp_path / "ring").read_text())
    found = secret("check", "helpdesk-totp", at=tmp_path)
    assert (0, f"{entry} is in the keyring\n", "") == (found.returncode, found.stdout, found.stderr)
    assert 0 == secret("delete", name, at=tmp_path).returncode
    for command in ("check", "delete"):
        gone = secret(command, name, at=tmp_path)
        assert (2, "", 1) == (gone.returncode, gone.stdout, len(gone.stderr.splitlines()))
        assert f"the keyring has no entry {entry}" in gone.stderr


WRONG = {
    "nothing on stdin": (["set", "a"], "", "support.rings.FileRing", "one line"),
    "two lines on stdin": (["set", "a"], f"{VALUE}\nmore\n", "support.rings.FileRing", "one line"),
    "no name": (["set", "service/"], VALUE, "support.rings.FileRing", "is not the name of an entry"),
    "a value on the command line": (["set", "a", VALUE], "", "support.rings.FileRing", "nothing else"),
    "a value as an option": (["set", "a", f"--{VALUE}"], "", "support.rings.FileRing", "nothing else"),
    "no keyring": (["set", "a"], VALUE, "keyring.backends.fail.Keyring", "no keyring that works"),
    "no keyring to look into": (["check", "a"], "", "keyring.backends.fail.Keyring", "no keyring that works"),
    "no such keyring": (["check", "a"], "", "no.such.Ring", "no keyring that works"),
    "locked": (["set", "a"], VALUE, "support.rings.LockedRing", "does not answer (KeyringLocked)"),
    "forgetful": (["set", "a"], VALUE, "support.rings.ForgetfulRing", "did not store troubleshooter/a"),
}


@pytest.mark.parametrize(("args", "stdin", "ring", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_one_line_without_the_secret(
    args: list[str], stdin: str, ring: str, said: str, tmp_path: Path
):
    """Bad input or an unusable keyring gives exit code 2 and one line without the secret, and nothing is stored."""
    done = secret(*args, at=tmp_path, stdin=stdin, ring=ring)
    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines())), done.stderr
    assert said in done.stderr
    assert VALUE not in done.stderr
    assert not (tmp_path / "ring").exists()


@pytest.mark.parametrize(("second", "code"), [(VALUE, 0), ("another", 2)])
def test_a_person_is_asked_twice_and_sees_nothing(second: str, code: int, tmp_path: Path):
    """At a terminal the secret is typed twice without echo; if the two entries differ, nothing is stored."""
    ours, theirs = pty.openpty()
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    ring = {"PYTHON_KEYRING_BACKEND": "support.rings.FileRing", "TEST_RING": str(tmp_path / "ring")}
    process = subprocess.Popen(
        [sys.executable, "-m", "troubleshooter", "secret", "set", "a"],
        env={**os.environ, **ring, "PYTHONPATH": path},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 - this test has no threads
    )
    os.close(theirs)
    seen = b""
    for answer, prompt in (
        (VALUE, b"Secret for troubleshooter/a: "),
        (second, b"Repeat the secret for troubleshooter/a: "),
    ):
        while prompt not in seen:
            seen += os.read(ours, 1024)
        os.write(ours, f"{answer}\n".encode())
    assert code == process.wait(30)
    assert VALUE.encode() not in seen
    assert (code == 0) == (tmp_path / "ring").exists()
    os.close(ours)


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_secret_that_is_not_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Bytes on stdin that are invalid in its encoding are refused in one line and not shown."""
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = secret("set", "a", at=tmp_path, stdin=f"{VALUE}é\n")
    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines())), done.stderr
    assert "not valid UTF-8" in done.stderr
    assert VALUE not in done.stderr


@pytest.mark.parametrize(("encoding", "shown"), [("ascii", "\\u0218\\u00e9"), ("cp1252", "\\u0218é")])
def test_characters_that_an_encoding_lacks_are_json_escapes(
    encoding: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Characters that stdout's encoding lacks are printed as JSON escapes."""
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    code = "import sys; from troubleshooter import cli; sys.argv = ['t', 'secret', 'set', 'Șé']; cli.main()"
    ring = {"PYTHON_KEYRING_BACKEND": "support.rings.FileRing", "TEST_RING": str(tmp_path / "ring")}
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **ring, "PYTHONPATH": path},
        input=VALUE.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    assert f"troubleshooter/{shown} is in the keyring" in done.stdout.decode(encoding)
