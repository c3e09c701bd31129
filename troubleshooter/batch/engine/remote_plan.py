"""Prepares checks in a process that does not own the journal, from what the owner says about the run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from scenarios import SCENARIOS
from troubleshooter import __version__
from troubleshooter.batch.browsers import BrowserSlot
from troubleshooter.batch.engine.channel import Channel, Message
from troubleshooter.batch.engine.remote import RemoteLedger, RemotePace, RemoteTurn
from troubleshooter.batch.leases import Lease
from troubleshooter.batch.next_work import Work
from troubleshooter.batch.plan import BatchPlan, Colleague, Ending
from troubleshooter.batch.prepared_batch import for_user
from troubleshooter.batch.sign_in import SharedSignIn
from troubleshooter.batch.start import request_of
from troubleshooter.batch.user_row import UserRow
from troubleshooter.browser.user_agent import decorated_user_agent
from troubleshooter.errors import InputError
from troubleshooter.model.batch_records import Depth
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.prepared import PreparedRun, prepare
from troubleshooter.run.request import RunSettings
from troubleshooter.tenant.open import opened


def about_run(tenant: str, settings: Mapping[str, Any], accounts: tuple[str, ...], *, confirm: bool) -> Message:
    """Return what a process needs to know of a run. It contains no secret: each computer has its own.

    Args:
        settings: the options of the command line, as JSON values, without secrets.
        accounts: all accounts of the run.
    """
    return {
        "version": __version__,
        "tenant": str(Path(tenant).resolve()),
        "sha256": hashlib.sha256(Path(tenant).read_bytes()).hexdigest(),
        "settings": dict(settings),
        "accounts": list(accounts),
        "confirm": confirm,
    }


@dataclass
class RemotePlan:
    """What the workers of a process share."""

    plan: BatchPlan
    prepared: dict[str, PreparedRun]
    redactor: Redactor
    channel: Channel
    _colleagues: dict[str, Colleague] = field(default_factory=dict)

    @classmethod
    def of(cls, about: Message, channel: Channel, folder: Path, stack: ExitStack) -> Self:
        """Return the plan of the run that `about` describes.

        Args:
            stack: keeps the tenant open.

        Raises:
            InputError: this computer has another version, another tenant file, or lacks a password.
        """
        if about["version"] != __version__:
            raise InputError("troubleshooter", f"is version {__version__} there; expected {about['version']}")
        tenant = stack.enter_context(opened(_same_file(about)))
        settings = RunSettings.model_validate({**about["settings"], "non_interactive": True})
        prepared = {
            name: prepare(request_of(name, about["tenant"], settings), tenant, SCENARIOS) for name in about["accounts"]
        }
        redactor = Redactor()
        for one in prepared.values():
            for secret in (one.credentials.password, one.credentials.totp):
                if secret:
                    redactor.learn(secret)

        def prepare_one(account: str, row: UserRow | None) -> PreparedRun:
            return for_user(prepared[account], row) if row else prepared[account]

        paces = {name: RemotePace(channel, name) for name in prepared}
        ledger = RemoteLedger(channel, folder, redactor)
        confirm = about["confirm"]
        plan = BatchPlan(
            folder, ledger, (), prepare_one, paces, partial(RemoteTurn, channel), Ending(), confirm=confirm
        )
        return cls(plan, prepared, redactor, channel)

    def colleague(self, account: str) -> Colleague:
        """Return an account with which this process checks users."""
        if account not in self._colleagues:
            plan = self.plan
            sign_in = SharedSignIn(self.prepared[account], plan.journal.sign_ins, plan.folder, plan.turns(account))
            self._colleagues[account] = Colleague(sign_in, plan.paces[account])
        return self._colleagues[account]

    def slot(self) -> BrowserSlot:
        """Return a place for a browser."""
        first = next(iter(self.prepared.values()))
        return BrowserSlot(first.browser, first.tenant.network)

    async def take_name_from(self, slot: BrowserSlot) -> None:
        """Let all sessions call themselves what the browser does, decorated as Microsoft asks.

        Raises:
            Stopped: no browser started.
            BrowserFailure: those that started were gone at once.
        """
        first = next(iter(self.prepared.values()))
        if first.user_agent is None:
            agent = await slot.tried(lambda browser: decorated_user_agent(browser, first.tenant.name))
            self.prepared.update({name: replace(one, user_agent=agent) for name, one in self.prepared.items()})


def _same_file(about: Message) -> str:
    """Return the path of the tenant file, if it is the owner's."""
    path = Path(about["tenant"])
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(str(path), f"{error.strerror or error}; expected the tenant file at this path") from error
    if digest != about["sha256"]:
        raise InputError(str(path), "is not the same tenant file as where the run was started")
    return str(path)


def read_work(begun: Message, folder: Path) -> Work:
    """Return the users whom the owner gave to this process; expected photos are kept in `folder`."""
    pictures = {}
    for number, data in begun["pictures"]:
        pictures[number] = folder / f"expected-{number}"
        pictures[number].write_bytes(data)
    leases = []
    for sent in begun["leases"]:
        row = UserRow.model_validate_json(sent["row"])
        row = row.model_copy(update={"expect": pictures.get(row.number)})
        depth = Depth(sent["depth"])
        leases.append(Lease(row, depth, sent["fence"], sent["worker"], sent["crashes"], sent["checked"]))
    return Work(tuple(leases), begun["own"])
