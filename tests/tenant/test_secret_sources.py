"""A secret comes from the environment, the keyring or a prompt, and what is missing is said without it."""

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
    """A keyring in memory."""

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
    """Put a keyring in memory in the place of the computer's."""
    before = keyring.get_keyring()
    made = Ring({("troubleshooter", "ana"): "from the ring", ("troubleshooter", "empty"): ""})
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


class Terminal(io.StringIO):
    """A stdin at which a person sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def person(monkeypatch):
    """Return a function that puts a person at the terminal, who answers so."""

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
    """`env:NAME` gives the variable's value."""
    monkeypatch.setenv(NAME, "hunter2")
    assert Secret("hunter2") == resolve(f"env:{NAME}", WHERE, known={}, ask=False)


def test_the_environment_wins_over_what_the_process_holds(monkeypatch):
    """A variable that is set is taken; else the value that this process made for it."""
    known = {NAME: Secret("made here")}
    assert Secret("made here") == resolve(f"env:{NAME}", WHERE, known=known, ask=False)
    monkeypatch.setenv(NAME, "set outside")
    assert Secret("set outside") == resolve(f"env:{NAME}", WHERE, known=known, ask=False)


@pytest.mark.skipif(sys.platform == "win32", reason="a variable there holds text only")
def test_a_variable_that_is_no_text_is_said_unseen(monkeypatch):
    """The message names the variable, and nothing that it holds."""
    monkeypatch.setitem(os.environb, NAME.encode(), b"sw\xf6rdfish")
    said = refused(f"env:{NAME}").what
    assert f"the environment variable {NAME} is not valid UTF-8; set it to UTF-8 text" == said


def test_an_answer_that_is_no_text_is_none(person):
    """Bytes at the prompt that belong to no letter are no answer."""
    person("sw\udcf6rdfish")
    assert "no answer at the prompt" == refused("prompt").what


@pytest.mark.parametrize("value", [None, ""])
def test_an_unset_variable_is_said(monkeypatch, value):
    """The message names the variable; an empty one counts as unset."""
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)
    expected = f"the environment variable {NAME} is not set; set it to the secret"
    assert expected == refused(f"env:{NAME}").what


def test_an_entry_of_the_keyring_is_read(ring):
    """`keyring:SERVICE/USER` gives that entry; a user's name may hold a slash."""
    ring.entries["troubleshooter", "ana/totp"] = "seed"
    assert Secret("from the ring") == resolve("keyring:troubleshooter/ana", WHERE, known={}, ask=False)
    assert Secret("seed") == resolve("keyring:troubleshooter/ana/totp", WHERE, known={}, ask=False)


@pytest.mark.parametrize("entry", ["troubleshooter/radu", "troubleshooter/empty", "other/ana"])
def test_a_missing_entry_is_said(ring, entry):
    """The message names the entry; an empty one counts as missing."""
    assert f"the keyring has no entry {entry}" == refused(f"keyring:{entry}").what


def test_a_locked_keyring_is_said(ring):
    """The message says what kind of trouble it is, and nothing that the keyring said."""
    ring.locked = True
    assert "the keyring does not answer (KeyringLocked)" == refused("keyring:troubleshooter/ana").what


def test_a_person_is_asked(person):
    """At a terminal the prompt names the account, once."""
    asked = person("hunter2")
    account = Account(username="ana@contoso.com")
    assert Secret("hunter2") == password_of(account, "ana", {}, ask=True)
    assert ["Password for ana@contoso.com: "] == asked


def test_nobody_is_asked_who_must_not_be(person):
    """With `--non-interactive` no prompt appears, even at a terminal."""
    asked = person("hunter2")
    expected = "nobody can be asked here; use env:NAME or keyring:SERVICE/USER"
    assert expected == refused("prompt", ask=False).what
    assert [] == asked


@pytest.mark.parametrize("stdin", [io.StringIO("hunter2\n"), None])
def test_nobody_is_asked_where_nobody_sits(monkeypatch, stdin):
    """Without a terminal there is no one to ask."""
    monkeypatch.setattr(sys, "stdin", stdin)
    expected = "nobody can be asked here; use env:NAME or keyring:SERVICE/USER"
    assert expected == refused("prompt").what


@pytest.mark.parametrize("answer", [EOFError, ""])
def test_no_answer_is_said(person, answer):
    """A prompt that is closed, or left with Enter alone, gave no answer."""
    person(answer)
    assert "no answer at the prompt" == refused("prompt").what


def test_an_interruption_at_the_prompt_goes_on(person):
    """Ctrl-C at the prompt ends the program, not the question."""
    person(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        resolve("prompt", WHERE, known={}, ask=True)


def test_a_missing_password_names_the_account(monkeypatch):
    """The place in the tenant file is named."""
    monkeypatch.delenv(NAME, raising=False)
    account = Account(username="ana@contoso.com", password=f"env:{NAME}")
    with pytest.raises(InputError) as caught:
        password_of(account, "helpdesk", {}, ask=False)
    assert "accounts.helpdesk.password" == caught.value.where


@pytest.mark.parametrize(
    "seed", ["KRSXG5CTMVRXEZLU", "krsx g5ct mvrx ezlu", "KRSX-G5CT-MVRX-EZLU", "KRSXG5CTMVRXEZLUMU======"]
)
def test_a_seed_is_taken_as_people_write_it(monkeypatch, seed):
    """Small letters, spaces, hyphens and padding are all the same seed."""
    monkeypatch.setenv(NAME, seed)
    account = Account(username="ana@contoso.com", totp=f"env:{NAME}")
    plain = seed.replace(" ", "").replace("-", "").rstrip("=").upper()
    assert Secret(plain) == totp_of(account, "ana", {})


def test_no_seed_is_none():
    """An account without `totp` has none."""
    assert totp_of(Account(username="ana@contoso.com"), "ana", {}) is None


@pytest.mark.parametrize("seed", ["hunter18", "KRSXG5CTMVRXEZL8", "A"])
def test_a_seed_that_is_no_base32_is_refused_unseen(monkeypatch, seed):
    """The message names the place and what is allowed, and doesn't repeat the seed."""
    monkeypatch.setenv(NAME, seed)
    with pytest.raises(InputError) as caught:
        totp_of(Account(username="ana@contoso.com", totp=f"env:{NAME}"), "ana", {})
    assert "accounts.ana.totp" == caught.value.where
    assert "not base32" in caught.value.what
    assert seed == "A" or seed not in str(caught.value)
