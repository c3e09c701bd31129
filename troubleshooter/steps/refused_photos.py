"""Tells initials that stand for a missing photo from initials that a page shows because its request was refused."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.picture_response import PictureResponse
from troubleshooter.browser.traffic import Traffic
from troubleshooter.identity.photo_address import account_in, asks_for_photo, object_id_in, source_of
from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.message import message
from troubleshooter.steps.step_run import StepRun
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_NEVER_404 = (Source.SHAREPOINT_COPY, Source.MAILBOX_COPY)
"""Stores that answer with a placeholder if they have no photo, so that their 404 means something else."""
_WITHOUT_PLACEHOLDER = "default=none"
"""What a page asks userphoto.aspx for that draws initials itself (photo sync 4): then there may be no photo."""
_IN_IMAGES = "(urls) => urls.filter((url) => [...document.images].some((i) => [i.src, i.currentSrc].includes(url)))"


async def refused_photo_of(
    traffic: Traffic,
    tab: Page,
    accounts: Collection[str],
    object_ids: Collection[str] = (),
    *,
    signed_in: bool,
) -> str:
    """Return the URL of a request for a person's photo that was refused, failed or is overdue; `""` if there is none.

    A script that fetches the photo leaves no URL on the page, so only the traffic shows why it drew initials.

    Args:
        accounts: the person's addresses, in lower case; what names another account is another person's photo.
        object_ids: the person's ids in the directory; if none is known, any id in an address may be this person's.
        signed_in: whether the person is signed in: a request that names no account is then for this person's photo.
    """
    ended = traffic.outcomes_since(traffic.opened_at)

    def may_be_theirs(url: str) -> bool:
        if account := account_in(url):
            return account in accounts
        object_id = object_id_in(url)
        return (object_id in object_ids or not object_ids) if object_id else signed_in

    asked = [url for url in ended if asks_for_photo(url) and may_be_theirs(url)]
    refused = [url for url in asked if await _is_refusal(traffic, url, ended[url])]
    if not refused:
        return ""
    # A picture that is on the page belongs to the element that shows it, and that is not the one with the initials.
    elsewhere: list[str] = await or_default(tab.evaluate(_IN_IMAGES, refused), [])
    return next((url for url in refused if url not in elsewhere), "")


async def was_refused(traffic: Traffic, url: str) -> bool:
    """Return whether the picture at `url`, which an element is to show, was refused or failed."""
    status = traffic.outcomes_since(traffic.opened_at).get(url)
    return status is not None and not traffic.is_awaiting(url) and await _is_refusal(traffic, url, status)


async def _is_refusal(traffic: Traffic, url: str, status: int) -> bool:
    """Return whether a request that ended with `status` leaves open whether there is a photo."""
    if status != HTTPStatus.NOT_FOUND:
        return status == 0 or status >= HTTPStatus.BAD_REQUEST
    if source_of(url) in _NEVER_404:
        return _WITHOUT_PLACEHOLDER not in url.lower()
    answer = await traffic.picture_response(url)
    # Nothing under that URL at all; or no mailbox in the cloud, while there may well be a photo elsewhere.
    return answer is not None and (
        answer.response.content_type.startswith("text/html") or "mailbox" in answer.error.lower()
    )


def note_refusal(
    step: StepRun, surface: Surface, url: str, answer: PictureResponse | None, *, late: bool = False
) -> None:
    """Record that the initials on `surface` say nothing, because the request for the photo at `url` was refused.

    Args:
        answer: the response; None if the connection failed.
        late: whether there was no response in time.
    """
    if late:
        note = message(
            "The page requested the photo from {host}, which did not answer in time. So its initials do not mean that "
            "there is no photo.",
            host=host_of(url),
        )
        step.cannot_see(surface, note)
        return
    if answer is None or answer.response.status < HTTPStatus.BAD_REQUEST:  # it broke off within the response
        note = message(
            "The page requested the photo from {host}, and the connection failed. So its initials do not mean that "
            "there is no photo.",
            host=host_of(url),
        )
        step.cannot_see(surface, note)
        return
    status = answer.response.status
    note = message(
        "{host} refused the page’s request for the photo (HTTP status {status}). So its initials do not mean that "
        "there is no photo.",
        host=host_of(answer.response.url or url),
        status=status,
    )
    step.cannot_see(surface, note, status=status)
