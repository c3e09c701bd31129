"""Checks several users quickly, in one session."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from troubleshooter.batch.leases import Lease
from troubleshooter.batch.page_cards import cards_on_page
from troubleshooter.batch.quick_check import QuickFinding, SeenOfUser, judged, picture_in
from troubleshooter.batch.quick_session import QuickSession
from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.compare import Avatar, UnreadablePicture, load
from troubleshooter.compare.match import LIMIT
from troubleshooter.errors import CannotTell
from troubleshooter.model.batch_records import Depth, UserResult
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.message import message

_Cards = Mapping[str, tuple[Sequence[Avatar], int]]
"""The pictures of each user's cards, and the number of pages on which the user was not certainly seen."""


async def check_quickly(session: QuickSession, leases: Sequence[Lease], account: str) -> list[UserResult]:
    """Return a result for each of `leases`, in order.

    Raises:
        CannotTell: the session is over (`signed-out`), or the service asked to slow down (`throttled`).
        BrowserFailure: the browser failed.
    """
    began, before = time.monotonic(), session.requests
    upns = [lease.row.upn for lease in leases]
    session.asked_to_wait = ""
    with browser_failures():
        copies, sources = await asyncio.gather(session.copies(upns), session.sources(upns))
        cards = await _cards(session, leases)
    for upn, copy, source in zip(upns, copies, sources, strict=True):
        session.keep(upn, copy, source)
    seen = [
        SeenOfUser(copy, source, *cards.get(upn, ((), 0)))
        for upn, copy, source in zip(upns, copies, sources, strict=True)
    ]
    findings = await asyncio.to_thread(_judge_all, seen, session, leases)
    share = (time.monotonic() - began) / len(leases), (session.requests - before) // len(leases)
    return [_result(lease, finding, account, *share) for lease, finding in zip(leases, findings, strict=True)]


def _judge_all(seen: Sequence[SeenOfUser], session: QuickSession, leases: Sequence[Lease]) -> list[QuickFinding]:
    placeholder = picture_in(session.placeholder) if session.placeholder else None
    return [_judge(one, placeholder, lease) for one, lease in zip(seen, leases, strict=True)]


def _judge(seen: SeenOfUser, placeholder: Avatar | None, lease: Lease) -> QuickFinding:
    try:
        expected = load(lease.row.expect) if lease.row.expect else None
    except UnreadablePicture:  # it was readable when the list was read
        return QuickFinding(Verdict.INCONCLUSIVE, Reason.NO_REFERENCE, message("The expected photo can’t be read."))
    return judged(seen, placeholder, expected)


async def _cards(session: QuickSession, leases: Sequence[Lease]) -> _Cards:
    """Visit each page once for all users who are to be seen on it."""
    on_page: dict[str, list[str]] = defaultdict(list)
    for lease in leases:
        for page in lease.row.pages:
            on_page[page].append(lease.row.upn)
    found: dict[str, tuple[list[Avatar], int]] = defaultdict(lambda: ([], 0))
    for page, upns in on_page.items():
        for upn, pictures in (await _cards_on(session, page, upns)).items():
            before, missing = found[upn]
            found[upn] = ([*before, *(pictures or ())], missing + (pictures is None))
    return found


async def _cards_on(session: QuickSession, page: str, upns: Sequence[str]) -> Mapping[str, Sequence[Avatar] | None]:
    try:
        with browser_failures():
            return await cards_on_page(session.step, await session.page_tab(), page, upns)
    except CannotTell as error:
        if error.reason in (Reason.SIGNED_OUT, Reason.THROTTLED):
            raise
    except BrowserFailure as failure:
        if failure.ended:
            raise
    await session.drop_page_tab()
    return dict.fromkeys(upns)  # the full check says why


def _result(lease: Lease, finding: QuickFinding, account: str, seconds: float, requests: int) -> UserResult:
    return UserResult(
        number=lease.row.number,
        upn=lease.row.upn,
        verdict=finding.verdict,
        reason=finding.reason,
        depth=Depth.QUICK,
        account=account,
        pages=lease.row.pages,
        note=finding.note,
        score=finding.score,
        limit=LIMIT,
        changed_at=lease.row.changed_at,
        expected=lease.row.expect is not None,
        placeholder=finding.placeholder,
        seconds=round(seconds, 3),
        requests=requests,
        finished=datetime.now(UTC),
    )
