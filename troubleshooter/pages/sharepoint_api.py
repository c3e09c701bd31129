"""Calls SharePoint's REST API from within a SharePoint tab, as a script on its page would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.patience import patience
from troubleshooter.model.message import message
from troubleshooter.model.untrusted_json import json_in
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

_GET = """async ([url, limit]) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  try {
    const answer = await fetch(url, { signal: stop.signal, credentials: 'same-origin', cache: 'no-store',
      headers: { Accept: 'application/json;odata=nometadata' } });
    return { status: answer.status, date: answer.headers.get('date') || '', text: await answer.text() };
  } catch (error) {
    return { status: 0, date: '', text: '' };
  } finally { clearTimeout(timer); }
}"""


@dataclass(frozen=True)
class ApiResponse:
    """The response to one call."""

    url: str
    status: int
    """HTTP status; 0 if there was no response."""
    data: Any
    """The JSON body; None if the body is not JSON."""
    date: datetime | None = None
    """The service's own time."""


async def get_json(page: Page | Frame, url: str, seconds: float) -> ApiResponse:
    """Request `url`, which has the same host as `page`, and return the response."""
    waiting = patience()
    most = waiting.withheld.seconds(url, seconds)
    with waiting.wait(message("an answer from {host}", host=host_of(url)), most) as wait:
        answer = await or_default(page.evaluate(_GET, [url, wait.milliseconds]), None)
        response = response_of(url, answer) if isinstance(answer, dict) else ApiResponse(url, 0, None)
        if not response.status and not wait.left:
            waiting.in_vain(wait)
            waiting.withheld.missed(url, wait.began, seconds)
    return response


def response_of(url: str, answer: dict[str, Any]) -> ApiResponse:
    """Return the response that a page reported; a script of the page may have replaced what reports it."""
    status, text, date = (answer.get(name) for name in ("status", "text", "date"))
    try:
        data = json_in(text) if isinstance(text, str) else None
    except ValueError:
        data = None
    return ApiResponse(
        url, status if isinstance(status, int) else 0, data, _time_of(date if isinstance(date, str) else "")
    )


def _time_of(header: str) -> datetime | None:
    """Return the time in a `Date` header; None if there is none."""
    try:
        moment = parsedate_to_datetime(header)
        # `-0000` means UTC at an unknown place.
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def entity_in(data: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON the service returned
    """Return the entity in `data`, in plain or verbose OData; empty if there is none."""
    if isinstance(data, dict) and isinstance(data.get("d"), dict):
        data = data["d"]
    return data if isinstance(data, dict) else {}


def rows_in(data: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever JSON the service returned
    """Return the rows in `data`, a list in plain or verbose OData."""
    if isinstance(data, dict):
        entity = entity_in(data)
        data = entity.get("value", entity.get("results"))
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
