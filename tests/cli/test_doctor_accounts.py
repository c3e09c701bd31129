"""`doctor` asks before it signs in with several accounts, and explains once what several accounts lack."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest
import typer

from troubleshooter.cli.doctor_accounts import WrongCommandLine, agreed, not_tried, sign_ins
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.request import RunSettings
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.sandbox import outline
from troubleshooter.tenant.tenant import Tenant

NAMES = ["ana", "helpdesk"]


class Terminal(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


def tenant(password: str) -> Tenant:
    accounts = {name: Account(username=f"{name}@contoso.com", password=password) for name in NAMES}
    return replace(outline(), accounts=accounts)


@pytest.mark.parametrize(("typed", "expected"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_asks(typed: str, expected: bool, monkeypatch: pytest.MonkeyPatch):
    """With several accounts, a person decides; without an explicit yes, nobody's phone rings."""
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert expected == agreed(NAMES, RunSettings())


def test_no_answer_is_a_wrong_command_line(monkeypatch: pytest.MonkeyPatch):
    """Ctrl-D at the question is not a finding of the check."""
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    with pytest.raises(WrongCommandLine, match="--as: no answer"):
        agreed(NAMES, RunSettings())


def test_nothing_is_asked_where_nobody_can_answer(monkeypatch: pytest.MonkeyPatch):
    """One account, --non-interactive and a pipe need no answer."""
    monkeypatch.setattr(typer, "confirm", lambda *_args, **_more: pytest.fail("asked"))
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert agreed(NAMES[:1], RunSettings())
    assert agreed(NAMES, RunSettings(non_interactive=True))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert agreed(NAMES, RunSettings())


def test_what_was_not_tried_is_listed():
    """Each account that was not tried is named, with the option that tries it."""
    rows = [row.line for row in not_tried(NAMES, tenant("prompt"))]
    assert ["--as ana" in rows[0], "--as helpdesk" in rows[1]] == [True, True]


def test_a_missing_secret_is_explained_once(monkeypatch: pytest.MonkeyPatch):
    """Two accounts whose passwords come from the same unset variable give one explanation."""
    monkeypatch.delenv("NOT_SET_ANYWHERE", raising=False)
    rows = [row.line for row in sign_ins(tenant("env:NOT_SET_ANYWHERE"), NAMES, RunSettings(), Redactor(), "")]
    assert ["FAIL account ana: ana@contoso.com: accounts.ana.password: the environment variable", "FAIL"] == [
        rows[0][: rows[0].index(" NOT_SET")],
        rows[1][:4],
    ]
    assert rows[1].endswith("helpdesk@contoso.com: the same as for ana")
