"""Counts the requests by which a sign-in page submits what was typed into it."""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from troubleshooter.browser.failures import read_or_default
from troubleshooter.redaction.secret import Secret
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import split

if TYPE_CHECKING:
    from playwright.async_api import Request

_MAKES_PAGE = ("document", "script", "stylesheet", "xhr", "fetch")
"""Kinds of requests whose responses may still change what a page shows; a font or a picture does not."""
_OWN_PURPOSES = re.compile(
    r"/(?:instrumentation|handlers/watson|telemetry|reportpageload|GetCredentialType)\b", re.IGNORECASE
)
"""Paths on sign-in hosts to which a page posts whatever a person does, such as telemetry and account lookups."""


@dataclass
class SentRequests:
    """The requests that a page sent since something was typed into it."""

    hosts: HostPolicy
    submitting: int = 0
    """How many requests carried what was typed last, or led to another page."""
    answering: int = 0
    """How many requests may have been a response to an action, whether or not the input can be recognized in them."""
    open: dict[Request, float] = field(default_factory=dict, repr=False)
    """The page's requests that have no response yet, and when they were sent."""
    _carrying: set[Request] = field(default_factory=set, repr=False)
    """Those that carried what was typed last, or led to another page."""
    _typed: str = field(default="", repr=False)
    _secret: bool = False

    def start(self, typed: str | Secret) -> str:
        """Start counting for what is typed now, and return it in plain text."""
        self._secret = isinstance(typed, Secret)
        self._carrying.clear()
        self._typed, self.submitting = typed.reveal() if isinstance(typed, Secret) else typed, 0
        return self._typed

    def count(self, request: Request) -> None:
        """Count `request`; a page also posts for its own purposes."""
        answers = request.method == "POST" and self.hosts.may_type(request.url)
        # A provider may have its form and its service on two hosts: a secret counts as sent wherever it went.
        carries = (answers or self._secret) and self._carries_typed(request)
        self.answering += carries or (answers and not _OWN_PURPOSES.search(split(request.url).path))
        submits = carries or (answers and _leads_on(request))
        self.submitting += submits
        self.open[request] = time.monotonic()
        if submits:
            self._carrying.add(request)

    def end(self, request: Request) -> None:
        """Note that `request` got its response, or failed."""
        self.open.pop(request, None)

    @property
    def unanswered(self) -> bool:
        """Whether a request that carried what was typed last has no response yet."""
        return bool(self._carrying & self.open.keys())

    def loading(self, seconds: float) -> bool:
        """Return whether a part of the page was requested in the last `seconds` and has no response yet."""
        return self.working_since(time.monotonic() - seconds)

    def working_since(self, moment: float) -> bool:
        """Return whether a request that may lead to another began after `moment` and has no response yet.

        One for the page's own purposes counts, too: a page may look up the account before it submits what was typed.
        """
        return any(sent >= moment and request.resource_type in _MAKES_PAGE for request, sent in self.open.items())

    def _carries_typed(self, request: Request) -> bool:
        """Return whether `request` contains what was typed, as forms, JSON or base64 encode it."""
        sent = (request.post_data_buffer or b"") + b" " + request.url.encode()
        plain = self._typed.encode()
        forms = {plain, quote(self._typed, safe="").encode(), quote_plus(self._typed).encode()}
        forms |= {json.dumps(self._typed)[1:-1].encode(), base64.b64encode(plain)}
        return any(form and form in sent for form in forms)


def _leads_on(request: Request) -> bool:
    """Return whether `request` navigates the page itself, and not a frame, which posts for its own purposes."""
    return request.is_navigation_request() and read_or_default(lambda: request.frame.parent_frame is None, False)
