"""Says what the response to a page's URL means."""

from __future__ import annotations

from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.urls import split


def check_answer(status: int, url: str, landed: str) -> None:
    """Raise CannotTell unless the response to `url`, which ended at `landed`, was a page."""
    path = split(landed).path.lower()
    if "accessdenied.aspx" in path or status in (401, 403):
        raise CannotTell(Reason.PAGE_FORBIDDEN, message("The account may not open {url}.", url=url))
    if status in (404, 410) or "pagenotfound" in path:
        raise CannotTell(Reason.PAGE_MISSING, message("There is no page at {url}.", url=url))
    if is_throttled(status, landed):
        raise CannotTell(Reason.THROTTLED, message("SharePoint throttled the requests to {url}.", url=url))
    if status >= 400:
        raise CannotTell(Reason.PAGE_FAILED, message("{url} answered with error {status}.", url=url, status=status))


def is_throttled(status: int, landed: str) -> bool:
    """Return whether a response asks to slow down: by its status, or by a redirect to the page about that."""
    return status in THROTTLED or "/throttle" in split(landed).path.lower()
