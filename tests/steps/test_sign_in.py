"""If a session is lost midway without an error, the account signs in a second time, and the report says so."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.fakes import context, step_run, workspace

from scenarios import SCENARIOS
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.signin import credentials_entry
from troubleshooter.signin.totp import STEP
from troubleshooter.steps.sign_in import retry_if_signed_out, settings_of
from troubleshooter.tenant.sandbox import sandbox, tenant_of


@pytest.mark.run
async def test_a_lost_session_is_signed_in_to_once_more(tmp_path: Path):
    """A run that loses its session ends in sync, notes the second sign-in, and sends the password twice in all."""
    with sandbox("signed-out-midway") as box:
        where = tenant_of(box)
        wanted = RunRequest(scenario="photo-differs", tenant="sandbox:signed-out-midway", out=tmp_path)
        record = (await execute.run(prepare(wanted, where, SCENARIOS))).record
        assert [True, True] == [one.right for one in box.journal.credentials]
    assert "in-sync" == record.verdict
    assert 1 == sum("signed in a second time" in step.note.text for step in record.steps if step.note)


async def test_a_second_sign_in_knows_that_it_is_one():
    """The second sign-in has the setting that makes it stop at the first error."""
    step = step_run(context(), workspace())
    assert settings_of(step).again is False
    step.workspace.use_second_sign_in()
    assert settings_of(step).again is True


async def test_work_that_finds_its_session_is_done_once():
    """Work that does not lose its session is not retried, and the second sign-in stays unused."""
    step, calls = step_run(context(), workspace()), []

    async def work() -> None:
        calls.append(step.workspace.signed_in_again)

    await retry_if_signed_out(step, work)
    assert [False] == calls
    assert step.workspace.signed_in_again is False


@pytest.mark.parametrize("used", [True, False], ids=["signed in twice already", "another reason"])
async def test_what_is_not_retried(used: bool):
    """A session that is lost again, and an error with any other reason, are raised unchanged."""
    step = step_run(context(), workspace())
    if used:
        step.workspace.use_second_sign_in()
    error = CannotTell(Reason.SIGNED_OUT if used else Reason.PAGE_MISSING, message("?"))

    async def work() -> None:
        raise error

    with pytest.raises(CannotTell) as caught:
        await retry_if_signed_out(step, work)
    assert error is caught.value
    assert used is step.workspace.signed_in_again


@pytest.mark.run
async def test_a_second_sign_in_sends_another_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A second sign-in within the same time step sends the next one-time code, so none is sent twice."""
    step = int(time.time() // STEP)
    early = [step * STEP + 26.0] * 2  # both sign-ins begin in the same time step
    monkeypatch.setattr(credentials_entry, "time", SimpleNamespace(time=lambda: early.pop() if early else time.time()))
    fault = "signed-out-midway+mfa-totp"
    with sandbox(fault) as box:
        wanted = RunRequest(scenario="photo-differs", tenant=f"sandbox:{fault}", out=tmp_path, timeout=40)
        record = (await execute.run(prepare(wanted, tenant_of(box), SCENARIOS))).record
        codes = [one.right for one in box.journal.credentials if one.kind == "code"]
    assert [True, True] == codes
    assert "in-sync" == record.verdict
