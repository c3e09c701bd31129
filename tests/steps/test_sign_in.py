"""A session that is lost midway without an error is signed in to once more, and the report says so."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from scenarios import SCENARIOS
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.signin import credentials_entry
from troubleshooter.signin.totp import STEP
from troubleshooter.steps import sign_in
from troubleshooter.tenant.sandbox import sandbox, tenant_of


async def test_a_lost_session_is_signed_in_to_once_more(tmp_path: Path):
    """The run ends in sync, says on its step what happened, and the password went out twice in all."""
    with sandbox("signed-out-midway") as box:
        where = tenant_of(box)
        wanted = RunRequest(scenario="photo-differs", tenant="sandbox:signed-out-midway", out=tmp_path)
        record = (await execute.run(prepare(wanted, where, SCENARIOS))).record
        assert [True, True] == [one.right for one in box.journal.credentials]
    assert "in-sync" == record.verdict
    assert 1 == sum("signed in once more" in step.note.text for step in record.steps if step.note)


@pytest.mark.parametrize("signed_in_again", [False, True])
def test_a_second_sign_in_knows_that_it_is_one(signed_in_again: bool):
    """What a first may pass by as a leftover ends a second."""
    session = SimpleNamespace(guard=SimpleNamespace(hosts=None, refused=[]))
    known = dict.fromkeys(("username", "timeout", "totp", "operator", "interactive", "used"))
    redactor = SimpleNamespace(learn=None)
    visit = SimpleNamespace(
        tab=object(),
        session=session,
        redactor=redactor,
        password=lambda: None,
        signed_in_again=signed_in_again,
        **known,
    )
    assert signed_in_again is sign_in.signing_in(visit).settings.again  # type: ignore[arg-type]


async def test_a_second_sign_in_sends_another_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A session that is lost within the time step of its one-time code gets the next one: none is sent twice."""
    step = int(time.time() // STEP)
    early = [step * STEP + 26.0] * 2  # both sign-ins first look at the clock in one step
    monkeypatch.setattr(credentials_entry, "time", SimpleNamespace(time=lambda: early.pop() if early else time.time()))
    fault = "signed-out-midway+mfa-totp"
    with sandbox(fault) as box:
        wanted = RunRequest(scenario="photo-differs", tenant=f"sandbox:{fault}", out=tmp_path, timeout=40)
        record = (await execute.run(prepare(wanted, tenant_of(box), SCENARIOS))).record
        codes = [one.right for one in box.journal.credentials if one.kind == "code"]
    assert [True, True] == codes
    assert "in-sync" == record.verdict
