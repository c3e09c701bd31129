"""Parses URLs as a browser does."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split(url: str) -> SplitResult:
    """Return the parts of a URL as a browser reads them; empty parts for text that is not a URL.

    A browser reads a backslash as a slash; what follows it is not part of the host.
    """
    try:
        parts = urlsplit(url.replace("\\", "/"))
        return parts if parts.hostname is not None else parts._replace(netloc="")
    except ValueError:
        return urlsplit("")


def origin_of(url: str) -> str:
    """Return the scheme and the host of `url`, `https://contoso.sharepoint.com`; `""` for any other than `https`."""
    parts = split(url)
    return f"https://{parts.netloc}" if parts.scheme == "https" and parts.netloc else ""


def host_of(url: str) -> str:
    """Return the host of an `https` URL in lower case; `""` for any other URL."""
    parts = split(url)
    return (parts.hostname or "").rstrip(".") if parts.scheme == "https" else ""
