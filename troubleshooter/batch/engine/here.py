"""The usual engine: a few workers and browsers in this process."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import replace

from troubleshooter.batch.browsers import BrowserSlot
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.plan import BatchPlan, Colleague, Ending
from troubleshooter.batch.pool import PER_BROWSER, perform
from troubleshooter.batch.prepared_batch import Batch, Performed, for_user
from troubleshooter.batch.sign_in import SharedSignIn
from troubleshooter.batch.user_row import UserRow
from troubleshooter.browser.user_agent import decorated_user_agent
from troubleshooter.run.prepared import PreparedRun


async def perform_here(batch: Batch, ending: Ending) -> Performed:
    """Check everybody with `batch.workers` workers.

    Raises:
        Stopped: no browser started.
        CannotWrite: the journal or the folder can't be written any more.
    """
    first = batch.any_account
    paces = {name: Pace(batch.rate, ending.event) for name in {**batch.own, **batch.accounts}}
    async with AsyncExitStack() as stack:
        slots = [
            BrowserSlot(first.browser, first.tenant.network, batch.start_browser)
            for _ in range(-(-batch.workers // PER_BROWSER))
        ]
        for slot in slots:
            stack.push_async_callback(slot.close)
        agent = await slots[0].tried(lambda browser: decorated_user_agent(browser, first.tenant.name))
        plan = _plan(batch, ending, paces, agent)
        refused = await perform(plan, batch.journal, paces, batch.workers, slots)
    sign_ins = [colleague.sign_in for colleague in plan.colleagues]
    return Performed(
        tuple(refused),
        sum(pace.throttled for pace in paces.values()),
        sessions={sign_in.account: sign_in.held for sign_in in sign_ins if sign_in.held},
    )


def _plan(batch: Batch, ending: Ending, paces: dict[str, Pace], agent: str) -> BatchPlan:
    prepared = {name: replace(one, user_agent=agent) for name, one in {**batch.own, **batch.accounts}.items()}
    sign_ins, turns = batch.journal.sign_ins, defaultdict[str, asyncio.Lock](asyncio.Lock)

    def prepare(account: str, row: UserRow | None) -> PreparedRun:
        return for_user(prepared[account], row) if row else prepared[account]

    return BatchPlan(
        batch.folder,
        batch.journal,
        [
            Colleague(
                SharedSignIn(prepared[name], sign_ins, batch.folder, turns[name], state=batch.sessions.get(name)),
                paces[name],
            )
            for name in batch.accounts or batch.own
        ],
        prepare,
        paces,
        turns.__getitem__,
        ending,
        batch.window,
        batch.confirm,
        lambda result: batch.done(result, ending),
    )
