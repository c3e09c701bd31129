"""An account that is not let in is asked once, and holds up nobody who can be checked without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.plan import Ending
from troubleshooter.model.batch_records import EndedBy, UserResult
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import sandbox, tenant_of
from troubleshooter.tenant.tenant import Tenant

from .verified import verified

pytestmark = pytest.mark.run

ANA, STEFAN = "ana.popescu@contoso.com", "stefan.tanase@contoso.com"


@pytest.fixture(scope="module")
def box() -> Iterator[Running]:
    """Keep a healthy sandbox."""
    with sandbox("healthy") as running:
        yield running


def with_wrong_password(box: Running, name: str) -> Tenant:
    """Return the tenant, in whose file one account has a wrong password."""
    tenant = tenant_of(box)
    accounts = {**tenant.accounts, name: tenant.accounts[name].model_copy(update={"password": "env:WRONG"})}
    return replace(tenant, accounts=accounts, known_secrets={**tenant.known_secrets, "WRONG": Secret("wrong")})


async def test_an_account_that_is_not_let_in_is_asked_once(tmp_path: Path):
    """Whoever waited for its sign-in does not ask for another approval on the phone."""
    with sandbox("mfa-timeout") as box:
        found = await verified(box, f"upn\n{ANA}\n{STEFAN}\n", tmp_path, depth="full", workers=2)
    assert [("helpdesk", "failed")] == found.attempts
    assert (EndedBy.NOT_LET_IN, 2) == (found.summary.ended_by, len(found.summary.missing))


async def test_another_account_checks_everybody(box: Running, tmp_path: Path):
    """A worker whose account was refused goes on with the next one of --as."""
    tenant = with_wrong_password(box, "helpdesk")
    accounts = ("helpdesk", "ana")
    users = f"upn\n{STEFAN}\n"
    found = await verified(box, users, tmp_path, tenant=tenant, accounts=accounts, depth="quick", workers=1)
    assert [("helpdesk", "failed"), ("ana", "passed")] == found.attempts
    assert (EndedBy.DONE, {STEFAN: "in-sync"}) == (found.summary.ended_by, found.verdicts())


async def test_rows_with_an_account_of_their_own_are_checked(box: Running, tmp_path: Path):
    """They need no other account; whoever does is named as missing."""
    tenant = with_wrong_password(box, "helpdesk")
    users = f"upn,account\n{STEFAN},\n{ANA},ana\n"
    found = await verified(box, users, tmp_path, tenant=tenant, depth="full", workers=1)
    assert {ANA: "in-sync"} == found.verdicts()
    assert (EndedBy.NOT_LET_IN, (STEFAN,)) == (found.summary.ended_by, found.summary.missing)


async def test_a_row_whose_account_is_on_hold_waits(box: Running, tmp_path: Path):
    """Nobody saw how its last sign-in ended, so it is not repeated by itself; the user is not done, and others are."""

    def die_while_signing_in(_: UserResult, ending: Ending) -> None:
        ending.end(EndedBy.INTERRUPTED)

    users = f"upn,account\n{STEFAN},\n{ANA},ana\n"
    first = await verified(box, users, tmp_path, die_while_signing_in, depth="full", workers=1)
    assert (ANA,) == first.summary.missing
    with Journal.resume(first.folder / JOURNAL, Redactor()) as kept:
        kept.sign_ins.begin("ana", "of a process that died")
    held = await verified(box, users, tmp_path, again=True, depth="full", workers=1)
    assert (EndedBy.NOT_LET_IN, (ANA,)) == (held.summary.ended_by, held.summary.missing)
    assert ("ana", "unknown") in held.attempts
    allowed = await verified(box, users, tmp_path, again=True, depth="full", workers=1, sign_in_again=True)
    assert (EndedBy.DONE, {ANA: "in-sync", STEFAN: "in-sync"}) == (allowed.summary.ended_by, allowed.verdicts())
