"""Which hosts a session may visit, and when a user's photo may be requested."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime

from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.tenant.hosts import SIGN_IN_HOSTS, HostPolicy
from troubleshooter.urls import host_of


@dataclass
class Guard:
    """What a tab's guard needs to know, and what it noticed."""

    hosts: HostPolicy
    refused: list[str] = field(default_factory=list)
    """Addresses of frames that were not loaded because their host is not allowed, cleaned."""
    trouble: asyncio.Future[Stopped] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """Done when a whole page was refused: the run has to stop."""
    held: list[Callable[[], Awaitable[None]]] | None = None
    """While not None, requests for SharePoint's photo of a user wait here."""
    photo_requests: list[tuple[datetime, str]] = field(default_factory=list)
    """When SharePoint was asked for whose photo: the time at which the request left, and its address."""

    def refuse(self, url: str, whole_page: bool) -> None:
        """Note a document from a host that is not allowed; a whole page stops the run."""
        address = redact_address(url)
        if not whole_page:
            self.refused.append(address)
        elif not self.trouble.done():
            self.trouble.set_result(unexpected_host(url))

    async def release(self) -> None:
        """Let the requests that were held go."""
        held, self.held = self.held or [], None
        for go in held:
            await go()


_PHOTO_PARTS = ("userphoto", "User%20Photos", "GetPersonaPhoto", "profileimage")
"""What stands in the addresses under which SharePoint gives a user's photo."""
_PAUSED = [
    {"urlPattern": "*", "resourceType": "Document"},
    # The patterns know no letter case: the letters that are large in some spellings may be any here.
    *({"urlPattern": f"*{part}*"} for part in ("?ser?hoto", "?ser%20?hotos", "?et?ersona?hoto", "?rofile?mage")),
    *({"urlPattern": f"*{part.upper()}*"} for part in _PHOTO_PARTS),
]
"""What a guard looks at before it leaves."""


def _asks_sharepoint(url: str) -> bool:
    """Return whether `url` asks SharePoint or OneDrive for the photo of a user."""
    return "sharepoint" in host_of(url) and any(part.lower() in url.lower() for part in _PHOTO_PARTS)


def unexpected_host(url: str) -> Stopped:
    """Return the stop for a page on a host that the tenant does not name."""
    host = host_of(url) or url[:80]
    what = message("The browser was sent to {host}, which is not a host of this tenant.", host=host)
    if "xn--" in host or any(name in host for names in SIGN_IN_HOSTS.values() for name in names):
        # It borrows the name of a sign-in: nobody is to be advised to allow it.
        help_ = message("Do not type a password there; report it to the security team.")
        return Stopped(Reason.UNEXPECTED_HOST, what, help_)
    return Stopped(
        Reason.UNEXPECTED_HOST,
        what,
        message(
            "Do not type a password there. If the host belongs to the company's sign-in, an admin adds it to "
            "sign_in_hosts, or to federated_hosts of the account; else report it to the security team."
        ),
    )


async def unless_stopped(work: Coroutine[object, object, None], trouble: asyncio.Future[Stopped] | None) -> None:
    """Do `work` unless `trouble` comes first: then raise that."""
    task = asyncio.ensure_future(work)
    waiting: list[asyncio.Future[None] | asyncio.Future[Stopped]] = [task, *([trouble] if trouble else [])]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if trouble and trouble.done():
            raise trouble.result()
        await task
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
