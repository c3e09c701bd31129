"""Processes ask the owner of the journal; who is late changes nothing, and who is lost loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from troubleshooter.batch.engine import channel as channel_module
from troubleshooter.batch.engine.channel import Channel, OwnerGone, Refused
from troubleshooter.batch.engine.parcels import send_folder
from troubleshooter.batch.engine.remote import RemoteSignIns, RemoteTurn
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.batch.sign_ins import OnHold
from troubleshooter.model.batch_records import Depth
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret

from ..made import journal, result, upn
from .wired import Wired

Owning = Callable[..., Wired]


@pytest.fixture
def kept(tmp_path: Path):
    """Keep the journal of two users who wait for a full check."""
    with journal(tmp_path, 2, Depth.FULL) as opened:
        yield opened


@pytest.fixture
async def owning():
    """Return what makes owners of journals, all of which are closed at the end."""
    made: list[Wired] = []

    def make(*given: Any) -> Wired:
        made.append(Wired(*given))
        return made[-1]

    yield make
    for wired in made:
        wired.close()


def evidence(folder: Path, text: str) -> None:
    """Write the evidence of the first user."""
    (folder / "runs/00001-user1").mkdir(parents=True)
    (folder / "runs/00001-user1/record.json").write_text(text, encoding="utf-8")


async def test_a_task_is_given_to_one_process_once(kept: Journal, owning: Owning, tmp_path: Path):
    """A task that the cluster starts again by itself does nothing."""
    wired = owning(kept, tmp_path)
    first, second, task = await wired.process("first"), await wired.process("second"), wired.give()
    begun = await first.asked("begin", task=task, worker="tcp://" + first.process)
    assert ("helpdesk", 1) == (begun["account"], begun["leases"][0]["fence"])
    assert None is await second.asked("begin", task=task, worker="tcp://" + second.process)
    assert None is await first.asked("begin", task=task, worker="tcp://" + first.process)


async def test_a_result_is_in_the_journal_before_the_task_ends(kept: Journal, owning: Owning, tmp_path: Path):
    """The answer comes when the journal has the result, with its evidence in place, and without secrets."""
    wired, folder = owning(kept, tmp_path), tmp_path / "process"
    process, task = await wired.process("first"), wired.give()
    await process.asked("begin", task=task, worker="tcp://" + process.process)
    evidence(folder, "seen")
    redactor = Redactor()
    redactor.learn(Secret("hunter2-hunter2"))
    ledger = wired.ledger(process, folder)
    found = result(1, depth=Depth.FULL, run="runs/00001-user1", account="hunter2-hunter2")
    ledger = type(ledger)(process, folder, redactor)
    assert await asyncio.to_thread(ledger.finish, upn(1), 1, found)
    (stored,) = kept.results()
    assert ("in-sync", "•••") == (stored.verdict.value, stored.account)
    assert "seen" == (tmp_path / "runs/00001-user1/record.json").read_text(encoding="utf-8")
    assert not (folder / "runs/00001-user1").exists()
    assert [upn(1)] == [one.upn for one in wired.results]


async def test_a_lost_process_is_late(kept: Journal, owning: Owning, tmp_path: Path):
    """Its user waits again; its result, its evidence and its sign-in are refused, those of the next one count."""
    wired, folder = owning(kept, tmp_path), tmp_path / "process"
    late, task = await wired.process("late"), wired.give()
    await late.asked("begin", task=task, worker="tcp://" + late.process)
    assert [task] == wired.owner.lose("late")
    assert 2 == kept.counts()[UserState.WAITING]
    ledger = wired.ledger(late, folder)
    assert not await asyncio.to_thread(ledger.finish, upn(1), 1, result(1, "no-photo"))
    assert not await asyncio.to_thread(ledger.look_closer, upn(1), 1, result(1, "no-photo"))
    assert None is await asyncio.to_thread(ledger.crashed, upn(1), 1, result(1, "no-photo"))
    evidence(folder, "late")
    with pytest.raises(Refused):
        await asyncio.to_thread(ledger.finish, upn(1), 1, result(1, "no-photo", run="runs/00001-user1"))
    with pytest.raises(Refused):
        await asyncio.to_thread(RemoteSignIns(late).begin, "helpdesk", "one")
    assert ((), (), []) == (kept.sign_ins.all(), tuple(kept.results()), wired.results)
    assert not (tmp_path / "runs").exists()

    wired.give()
    next_, task = await wired.process("next"), wired.give()
    fence = (await next_.asked("begin", task=task, worker="tcp://" + next_.process))["leases"][0]["fence"]
    assert await asyncio.to_thread(wired.ledger(next_, folder).finish, upn(1), fence, result(1, depth=Depth.FULL))
    assert ["in-sync"] == [one.verdict.value for one in kept.results()]


async def test_a_user_with_whom_processes_are_lost_is_set_aside(kept: Journal, owning: Owning, tmp_path: Path):
    """The fourth time is the last, and is said to be no verdict; the other user is checked all the same."""
    wired = owning(kept, tmp_path)
    for number in range(8):
        process, task = await wired.process(f"process-{number}"), wired.give()
        begun = await process.asked("begin", task=task, worker="tcp://" + process.process)
        if upn(2) in begun["leases"][0]["row"]:
            ledger = wired.ledger(process, tmp_path / "process")
            assert await asyncio.to_thread(ledger.finish, upn(2), begun["leases"][0]["fence"], result(2))
        else:
            wired.owner.lose(process.process)
        if not kept.counts()[UserState.WAITING]:
            break
    first, second = kept.results()
    assert ("inconclusive", True, "in-sync") == (first.verdict.value, first.set_aside, second.verdict.value)
    assert 4 == number
    assert {upn(1), upn(2)} == {one.upn for one in wired.results}


async def test_quick_checks_of_a_lost_process_are_repeated_once(owning: Owning, tmp_path: Path):
    """After the second loss each user is checked alone, so that the one who ends processes is found."""
    with journal(tmp_path, 3) as kept:
        wired = owning(kept, tmp_path)
        for number in range(2):
            assert {(None, Depth.QUICK): 3} == kept.waiting()
            process, task = await wired.process(f"process-{number}"), wired.give()
            assert 3 == len((await process.asked("begin", task=task, worker="tcp://" + process.process))["leases"])
            wired.owner.lose(process.process)
        assert {(None, Depth.FULL): 3} == kept.waiting()


async def test_processes_sign_in_one_after_the_other(kept: Journal, owning: Owning, tmp_path: Path):
    """The attempt is in the journal before anything is typed; the next process waits until the first has signed in."""
    wired = owning(kept, tmp_path)
    first, second = await wired.process("first"), await wired.process("second")
    await first.asked("begin", task=wired.give(), worker="tcp://" + first.process)
    await second.asked("begin", task=wired.give(), worker="tcp://" + second.process)
    async with RemoteTurn(first, "helpdesk"):
        waits = asyncio.ensure_future(RemoteTurn(second, "helpdesk").__aenter__())
        attempt = await asyncio.to_thread(RemoteSignIns(first).begin, "helpdesk", "sign-in-1")
        assert [(1, "unknown")] == [(one.id, one.outcome.value) for one in kept.sign_ins.all()]
        await asyncio.to_thread(RemoteSignIns(first).passed, attempt)
        assert not waits.done()
    await waits
    assert 2 == await asyncio.to_thread(RemoteSignIns(second).begin, "helpdesk", "sign-in-2")
    assert ["passed", "unknown"] == [one.outcome.value for one in kept.sign_ins.all()]


async def test_a_process_that_is_lost_while_it_signs_in_holds_the_account(
    kept: Journal, owning: Owning, tmp_path: Path
):
    """Nobody knows whether its password was sent: the next process gets its turn, and is refused."""
    wired = owning(kept, tmp_path)
    first, second = await wired.process("first"), await wired.process("second")
    await first.asked("begin", task=wired.give(), worker="tcp://" + first.process)
    await second.asked("begin", task=wired.give(), worker="tcp://" + second.process)
    await RemoteTurn(first, "helpdesk").__aenter__()
    await asyncio.to_thread(RemoteSignIns(first).begin, "helpdesk", "sign-in-1")
    wired.owner.lose("first")
    async with RemoteTurn(second, "helpdesk"):
        with pytest.raises(OnHold):
            await asyncio.to_thread(RemoteSignIns(second).begin, "helpdesk", "sign-in-2")
    assert ["unknown"] == [one.outcome.value for one in kept.sign_ins.all()]


async def test_an_account_that_is_refused_is_replaced_by_another(kept: Journal, owning: Owning, tmp_path: Path):
    """A process whose account is not let in goes on with the next one; without any, the run ends."""
    wired = owning(kept, tmp_path, ("helpdesk", "qa"))
    process = await wired.process("first")
    assert "helpdesk" == wired.owner.staff.account_of("first")
    refused = {"why": "helpdesk was not let in", "record": None, "folder": None}
    await process.asked("refused", account="helpdesk", **refused)
    assert ("qa", None) == (wired.owner.staff.account_of("first"), wired.ending.by)
    await process.asked("refused", account="qa", **refused)
    assert (None, "not-let-in") == (wired.owner.staff.account_of("first"), wired.ending.by)
    assert [NotLetIn, NotLetIn] == [type(one) for one in wired.owner.staff.refused]


async def test_a_worker_that_lacks_something_is_named_and_gets_no_work(kept: Journal, owning: Owning, tmp_path: Path):
    """Beside one that can check users it is kept waiting; its users wait again."""
    wired = owning(kept, tmp_path)
    fit, unfit = await wired.process("fit"), await wired.process("unfit")
    task = wired.give()
    parked = asyncio.ensure_future(unfit.asked("unfit", task=task, why="accounts.qa.password: $QA is not set"))
    await fit.asked("alive")
    assert ["tcp://unfit can't check anybody: accounts.qa.password: $QA is not set"] == wired.said
    assert (2, None) == (kept.counts()[UserState.WAITING], wired.owner.failure)
    assert {"tcp://unfit"} == wired.owner.staff.useless
    assert not parked.done()
    wired.owner.close()
    await parked


async def test_a_message_that_makes_no_sense_ends_the_run(kept: Journal, owning: Owning, tmp_path: Path):
    """It is a defect, which must not look like a verdict."""
    wired = owning(kept, tmp_path)
    process = await wired.process("first")
    with pytest.raises(Refused):
        await process.asked("nonsense")
    assert ("crashed", KeyError) == (wired.ending.by, type(wired.owner.failure))


class Silent:
    """A line on which nobody answers."""

    def send(self, message: object) -> None:
        """Say something to nobody."""

    def receive(self, seconds: float) -> None:
        """Hear nothing."""

    def close(self) -> None:
        """Do nothing."""


async def test_nothing_is_typed_for_an_owner_who_is_gone(monkeypatch: pytest.MonkeyPatch):
    """Whoever waits for leave to sign in gets none once the owner is silent for too long, and the process ends."""
    monkeypatch.setattr(channel_module, "SILENCE", 0.1)
    ended: list[bool] = []
    channel = Channel("first", Silent(), lambda: ended.append(True))
    with pytest.raises(OwnerGone):
        await asyncio.to_thread(RemoteSignIns(channel).begin, "helpdesk", "sign-in-1")
    with pytest.raises(OwnerGone):
        channel.ask("begin", task="1")
    assert [True] == ended


async def test_a_process_that_was_taken_for_lost_may_come_back(kept: Journal, owning: Owning, tmp_path: Path):
    """What it was doing is given to another one; it gets something else to do."""
    wired = owning(kept, tmp_path)
    process, task = await wired.process("first"), wired.give()
    await process.asked("begin", task=task, worker="tcp://first")
    wired.owner.lose("first")
    assert None is wired.owner.staff.account_of("first")
    again = wired.give()
    assert 2 == (await process.asked("begin", task=again, worker="tcp://first"))["leases"][0]["fence"]
    assert "helpdesk" == wired.owner.staff.account_of("first")


async def test_a_process_in_the_place_of_another_means_that_the_other_has_ended(
    kept: Journal, owning: Owning, tmp_path: Path
):
    """A worker that is started again at the same address frees what the one before it was doing."""
    wired = owning(kept, tmp_path)
    before, task = await wired.process("before"), wired.give()
    await before.asked("begin", task=task, worker="tcp://before")
    after = await wired.process("after")
    assert 1 == kept.counts()[UserState.LEASED]  # it is somewhere else
    await after.asked("join", worker="tcp://before")
    assert 0 == kept.counts()[UserState.LEASED]
    assert not wired.owner.staff.is_here("before")


async def test_evidence_that_arrived_before_its_lease_ended_is_not_placed(
    kept: Journal, owning: Owning, tmp_path: Path
):
    """The cluster has given up the task meanwhile: neither the result nor its folder counts."""
    wired, folder = owning(kept, tmp_path), tmp_path / "process"
    process, task = await wired.process("first"), wired.give()
    await process.asked("begin", task=task, worker="tcp://first")
    evidence(folder, "late")
    assert await asyncio.to_thread(send_folder, process, 1, folder, "runs/00001-user1")
    wired.owner.lose_assignment(task)
    found = result(1, depth=Depth.FULL, run="runs/00001-user1").model_dump_json()
    assert [upn(1)] == await process.asked("finish", finished=[(upn(1), 1, found)])
    assert not (tmp_path / "runs").exists()
