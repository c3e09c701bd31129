"""A secret comes from the environment, the keyring or a prompt; errors say what is missing, and never the secret."""

from __future__ import annotations

import io
import os
import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from troubleshooter.errors import InputError
from troubleshooter.redaction.secret import Secret
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.secret_sources import password_of, resolve, totp_of

WHERE = "accounts.ana.password"
NAME = "TROUBLESHOOTER_TEST_PASSWORD"


class Ring(KeyringBackend):
    """An in-memory keyring."""

    priority = 1

    def __init__(self, entries: dict[tuple[str, str], str], *, locked: bool = False) -> None:
        super().__init__()
        self.entries = entries
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("the password is hunter2")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture
def ring():
    """Replace the computer's keyring with an in-memory keyring."""
    before = keyring.get_keyring()
    made = Ring({("troubleshooter", "ana"): "from the ring", ("troubleshooter", "empty"): ""})
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


class Terminal(io.StringIO):
    """A stdin that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def person(monkeypatch):
    """Return a function that sets the answer of a person at the terminal."""

    def sit(answer: str | type[BaseException]) -> list[str]:
        asked = []

        def getpass(prompt: str = "") -> str:
            asked.append(prompt)
            if isinstance(answer, str):
                return answer
            raise answer

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr("getpass.getpass", getpass)
        return asked

    return sit


def refused(reference: str, *, ask: bool = True) -> InputError:
    with pytest.raises(InputError) as caught:
        resolve(reference, WHERE, known={}, ask=ask)
    assert WHERE == caught.value.where
    return caught.value


def test_a_variable_is_read(monkeypatch):
    """`env:NAME` gives the value of the variable."""
    monkeypatch.setenv(NAME, "hunter2")
    assert Secret("hunter2") == resolve(f"env:{NAME}", WHERE, known={}, ask=False)


def test_what_this_process_made_takes_precedence(monkeypatch):
    """The password of the process's own sandbox is not replaced by one that another sandbox's was exported to."""
    known = {NAME: Secret("made here")}
    monkeypatch.setenv(NAME, "set outside")
    assert Secret("made here") == resolve(f"env:{NAME}", WHERE, known=known, ask=False)
    assert Secret("set outside") == resolve(f"env:{NAME}", WHERE, known={"OTHER": Secret("x")}, ask=False)


@pytest.mark.skipif(sys.platform == "win32", reason="variables hold only text there")
def test_a_variable_that_is_not_text_is_refused(monkeypatch):
    """The error about a variable that is not text contains the variable's name, and nothing of its value."""
    monkeypatch.setitem(os.environb, NAME.encode(), b"sw\xf6rdfish")
    said = refused(f"env:{NAME}").what
    assert f"the environment variable {NAME} is not valid UTF-8; set it to UTF-8 text" == said


def test_an_answer_that_is_not_text_is_no_answer(person):
    """Bytes at the prompt that can't be decoded are not an answer."""
    person("sw\udcf6rdfish")
    assert "no answer at the prompt" == refused("prompt").what


@pytest.mark.parametrize("value", [None, ""])
def test_an_unset_variable_is_refused(monkeypatch, value):
    """An unset or empty variable is refused, with its name."""
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)
    expected = f"the environment variable {NAME} is not set; set it to the secret"
    assert expected == refused(f"env:{NAME}").what


def test_an_entry_of_the_keyring_is_read(ring):
    """`keyring:SERVICE/USER` gives that entry; a user's name may contain a slash."""
    ring.entries["troubleshooter", "ana/totp"] = "seed"
    assert Secret("from the ring") == resolve("keyring:troubleshooter/ana", WHERE, known={}, ask=False)
    assert Secret("seed") == resolve("keyring:troubleshooter/ana/totp", WHERE, known={}, ask=False)


@pytest.mark.parametrize("entry", ["troubleshooter/radu", "troubleshooter/empty", "other/ana"])
def test_a_missing_entry_is_refused(ring, entry):
    """A missing or empty entry in the keyring is refused, with its name."""
    assert f"the keyring has no entry {entry}" == refused(f"keyring:{entry}").what


def test_a_locked_keyring_is_refused(ring):
    """The error about a locked keyring contains the type of the keyring's error, but not its message."""
    ring.locked = True
    assert "the keyring does not answer (KeyringLocked)" == refused("keyring:troubleshooter/ana").what


def test_a_person_is_asked(person):
    """At a terminal the prompt contains the account, and appears once."""
    asked = person("hunter2")
    account = Account(username="ana@contoso.com")
    assert Secret("hunter2") == password_of(account, "ana", {}, ask=True)
    assert ["Password for ana@contoso.com: "] == asked


def test_nobody_is_asked_with_non_interactive(person):
    """With `--non-interactive` no prompt appears, even at a terminal."""
    asked = person("hunter2")
    expected = "nobody can be asked here; use env:NAME or keyring:SERVICE/USER"
    assert expected == refused("prompt", ask=False).what
    assert [] == asked


@pytest.mark.parametrize("stdin", [io.StringIO("hunter2\n"), None])
def test_nobody_is_asked_without_a_terminal(monkeypatch, stdin):
    """If stdin is not a terminal, nobody is asked."""
    monkeypatch.setattr(sys, "stdin", stdin)
    expected = "nobody can be asked here; use env:NAME or keyring:SERVICE/USER"
    assert expected == refused("prompt").what


@pytest.mark.parametrize("answer", [EOFError, ""])
def test_no_answer_is_refused(person, answer):
    """A closed prompt, or Enter alone, is not an answer."""
    person(answer)
    assert "no answer at the prompt" == refused("prompt").what


def test_ctrl_c_at_the_prompt_is_not_swallowed(person):
    """Ctrl-C at the prompt ends the program, not only the question."""
    person(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        resolve("prompt", WHERE, known={}, ask=True)


def test_a_missing_password_names_the_account(monkeypatch):
    """The error about a missing password contains the key in the tenant file."""
    monkeypatch.delenv(NAME, raising=False)
    account = Account(username="ana@contoso.com", password=f"env:{NAME}")
    with pytest.raises(InputError) as caught:
        password_of(account, "helpdesk", {}, ask=False)
    assert "accounts.helpdesk.password" == caught.value.where


@pytest.mark.parametrize(
    "seed", ["KRSXG5CTMVRXEZLU", "krsx g5ct mvrx ezlu", "KRSX-G5CT-MVRX-EZLU", "KRSXG5CTMVRXEZLUMU======"]
)
def test_a_seed_may_be_written_in_several_ways(monkeypatch, seed):
    """A seed may be written in lower case and with spaces, hyphens and padding."""
    monkeypatch.setenv(NAME, seed)
    account = Account(username="ana@contoso.com", totp=f"env:{NAME}")
    plain = seed.replace(" ", "").replace("-", "").rstrip("=").upper()
    assert Secret(plain) == totp_of(account, "ana", {})


def test_no_seed_is_none():
    """An account without `totp` has no seed."""
    assert totp_of(Account(username="ana@contoso.com"), "ana", {}) is None


@pytest.mark.parametrize("seed", ["hunter18", "KRSXG5CTMVRXEZL8", "A"])
def test_a_seed_that_is_not_base32_is_refused(monkeypatch, seed):
    """The error about a seed that is not base32 contains the key and what is expected, but not the seed."""
    monkeypatch.setenv(NAME, seed)
    with pytest.raises(InputError) as caught:
        totp_of(Account(username="ana@contoso.com", totp=f"env:{NAME}"), "ana", {})
    assert "accounts.ana.totp" == caught.value.where
    assert "not base32" in caught.value.what
    assert seed == "A" or seed not in str(caught.value)
