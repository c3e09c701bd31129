"""Addresses that give a stored photo by itself. Each is visited top-level, so that the bytes come from the browser."""

from __future__ import annotations

from urllib.parse import quote

from troubleshooter.model import Surface


def start_page(origin: str) -> str:
    """Return the address of SharePoint's start page."""
    return f"{origin}/_layouts/15/sharepoint.aspx"


def userphoto(origin: str, size: str, account: str) -> str:
    """Return SharePoint's address for a photo; `size` S, M or L; an empty `account` gives the placeholder."""
    return f"{origin}/_layouts/15/userphoto.aspx?size={size}&accountname={quote(account, safe='@')}"


def stamped(url: str, stamp: str | None) -> str:
    """Return `url` with the time of the copy, as SharePoint's own pages write it, so that no cache answers for it."""
    return f"{url}&t={quote(stamp)}" if stamp else url


def outlook(upn: str) -> str:
    """Return Outlook's address for the mailbox's photo; no photo is answered with a picture of 1×1."""
    return (
        f"https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto?email={quote(upn, safe='@')}&UA=0&size=HR240x240"
    )


def graph(upn: str) -> str:
    """Return Graph's address for the photo; it answers only where the session reaches it."""
    return f"https://graph.microsoft.com/v1.0/users/{quote(upn, safe='@')}/photo/$value"


SIZES = {Surface.USERPHOTO_S: "S", Surface.USERPHOTO_M: "M", Surface.USERPHOTO_L: "L"}
