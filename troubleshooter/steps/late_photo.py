"""Waits for a photo where initials are shown so far: apps draw initials while the photo is on its way.

Facts: photo sync 5.1 (initials rule), sign-in and home 2.3 (a header that still loads), real pages 4.6 (a card needs
time).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from troubleshooter.browser.patience import patience
from troubleshooter.browser.traffic import Traffic
from troubleshooter.identity.photo_address import account_in, asks_for_photo, object_id_in
from troubleshooter.model.message import message
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.pages.handles import HeldElement
from troubleshooter.pages.late_photo import other_picture, shown_in

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame

PATIENCE = 8.0
"""Seconds for which initials may stand in for a photo that is on its way (real pages 4.6; sign-in and home 2.3: 10)."""


async def once_drawn(
    root: HeldElement | ElementHandle | None,
    find: Callable[[], Awaitable[HeldElement | ElementHandle | None]],
    look: Callable[[HeldElement | ElementHandle], Awaitable[Sequence[AvatarElement]]],
    traffic: Traffic,
    frame: Frame,
    *,
    seconds: float,
    has_answer: Callable[[], Awaitable[bool]],
) -> Sequence[AvatarElement]:
    """Return the avatars in a place once its main one shows no initials, unless no photo comes in their place.

    Args:
        root: the place.
        find: finds the place again, None if it is gone; an app may replace it when the photo arrives.
        look: returns the avatars in the place, the main one first.
        seconds: the run's limit for a wait.
        has_answer: returns whether the photo was already requested, without getting one.
    """
    until = time.monotonic() + min(PATIENCE, seconds)
    avatars = await look(root) if root else ()
    while root and avatars and avatars[0].shown == "initials" and not avatars[0].refused:
        left = until - time.monotonic()
        if left <= 0 or await has_answer():
            break
        was = await shown_in(root)
        avatars = await look(root)  # again: the photo may have come before `was` was read
        if not avatars or avatars[0].shown != "initials":
            break
        with patience().wait(message("the user’s picture"), left) as wait:
            if not await other_picture(root, frame, was, wait.seconds):
                break
        await traffic.settle(seconds)
        root = await find()
        avatars = await look(root) if root else avatars
    return avatars


async def was_answered_without(
    traffic: Traffic, accounts: Collection[str], since: datetime, *, signed_in: bool = False
) -> bool:
    """Return whether a request for a photo of one of `accounts` has ended since then without a photo.

    Args:
        signed_in: whether that person is signed in: a request that names nobody is then for this person's photo.
    """
    from troubleshooter.compare.picture import size_of  # noqa: PLC0415 - only a run loads what reads pixels

    for url, status in traffic.outcomes_since(since).items():
        named = account_in(url)
        theirs = named in accounts if named else signed_in and object_id_in(url) is None
        if not asks_for_photo(url) or not theirs:
            continue
        if status != HTTPStatus.OK:
            return True
        size = size_of(await traffic.body(url))
        if size and min(size) <= 1:
            return True
    return False
