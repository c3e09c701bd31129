"""Classifies a host that is not the tenant's: an imitation, or one that is only not listed. Pure.

Only an imitation of Microsoft's names concerns the security team. Companies also rename their tenants, insert a proxy
for session control, and redirect to their intranet: each is explained. Nothing is typed there in any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum

from troubleshooter.model.session_control import is_controlled
from troubleshooter.urls import split


class Stray(StrEnum):
    """A kind of host that is not the tenant's."""

    UNENCRYPTED = "unencrypted"
    """The address is not https."""
    SESSION_CONTROL = "session-control"
    """Microsoft's own proxy, through which a company routes sessions (Defender for Cloud Apps)."""
    IMITATION = "imitation"
    """A name that looks like one of Microsoft's but is not."""
    OTHER_TENANT = "other-tenant"
    """SharePoint under another name than the tenant's: perhaps the tenant was renamed."""
    OTHER_CLOUD = "other-cloud"
    """A page of Microsoft's own that does not belong to the tenant's cloud."""
    FOREIGN = "foreign"
    """Any other host."""


SHAREPOINT = (".sharepoint.com", ".sharepoint.de", ".sharepoint.us", ".sharepoint-mil.us", ".dps.mil", ".sharepoint.cn")
"""What the names of SharePoint's hosts end in, in all clouds."""
_MICROSOFT = (
    "microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "microsoftonline-p.com", "microsoft.com",
    "cloud.microsoft", "office.com", "office365.com", "office365.us", "office.net", "microsoft365.com", "live.com",
    "sharepoint.com", "sharepoint.de", "sharepoint.us", "sharepoint.cn", "chinacloudapi.cn", "windowsazure.com",
    "azure.com", "azure.us", "azure.cn", "onmicrosoft.com", "msauth.net", "msftauth.net", "windows.net",
    "microsoftazuread-sso.com", "dps.mil", "sharepoint-mil.us", "sharepointonline.com",
)  # fmt: skip
"""Domains of Microsoft: nobody else can own a name there, and a name that only contains one imitates it."""
_OWN_PAGES = (
    "microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "chinacloudapi.cn", "microsoft.com",
    "cloud.microsoft", "office.com", "office365.com", "office365.us", "microsoft365.com", "live.com",
)  # fmt: skip
"""Those on which customers can put no pages."""
_BRANDS = ("microsoftonline", "microsoft365", "microsoft", "onmicrosoft", "sharepointonline")
"""Parts of names that only Microsoft would use."""
_ALIKE = (*_BRANDS, "sharepoint", "office365")
"""Parts of names that somebody may write almost the same."""
_LIKENESS = 0.84
"""How alike two words are that differ in one or two letters, by difflib."""
_LETTERS = str.maketrans(
    "аеорсухіјԁһԛѕԝмтвнкгпոօαορνυικτєɡıƒſꜱʀɪᴄᴏғꞙ0135$@",
    "aeopcyxijdhqswmtbhkrnnoaopvuiktegifssricoffolessa",
)
"""Letters and digits that look like Latin letters."""
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
"""Pairs of letters that look like one."""


def kind_of(url: str) -> Stray:
    """Return what kind of host `url` is on, if it is not one of the tenant's."""
    parts = split(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if is_controlled(host):
        return Stray.SESSION_CONTROL
    if imitates(host):
        return Stray.IMITATION
    if parts.scheme != "https":
        return Stray.UNENCRYPTED
    if host.endswith(SHAREPOINT):
        return Stray.OTHER_TENANT
    return Stray.OTHER_CLOUD if _is_below(host, _OWN_PAGES) else Stray.FOREIGN


def is_onedrive(host: str) -> bool:
    """Return whether `host` is OneDrive's by Microsoft's naming convention, and not SharePoint's."""
    return host.partition(".")[0].endswith("-my")


def imitates(host: str) -> bool:
    """Return whether the name `host` looks like one of Microsoft's but is not."""
    if _is_below(host, _MICROSOFT):
        return False
    shown = _shown(host)
    # Digits may stand for letters, as in `micros0ft`, or for themselves, as in `office365`.
    return any(_reads_like(text) for text in {shown, shown.translate(_LETTERS)}) or _hides_brand(host)


def _reads_like(shown: str) -> bool:
    """Return whether a name, as a person reads it, looks like one of Microsoft's."""
    words = re.split(r"[.-]", shown)
    if any(_contains(words, domain.split(".")) for domain in _MICROSOFT):
        return True
    labels = [label for label in shown.split(".") if label]
    if len(labels) > 1 and any(name in _bare(labels[-2]) for name in _ALIKE):
        return True  # another ending, as in `sharepoint.co`; below a company's own domain, the word is harmless
    return any(_is_like(part) for part in {*words, *map(_bare, labels)})


def _is_below(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _shown(host: str) -> str:
    """Return `host` as a person reads it: Punycode as letters, and accents left out."""
    readable = ".".join(_unicode(label) for label in host.split("."))
    plain = "".join(c for c in unicodedata.normalize("NFKD", readable) if not unicodedata.combining(c))
    return plain.lower()


def _unicode(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except (UnicodeError, ValueError):
        return label


def _bare(label: str) -> str:
    return label.replace("-", "")


def _contains(words: list[str], domain: Iterable[str]) -> bool:
    """Return whether the words of `domain` follow one another in `words`."""
    wanted = [word for label in domain for word in label.split("-")]
    size = len(wanted)
    return any(words[at : at + size] == wanted for at in range(len(words) - size + 1))


def _is_like(part: str) -> bool:
    """Return whether a part of a name is, contains or almost is one of Microsoft's, and not an ordinary word."""
    forms = {part, *(part.replace(*pair) for pair in _PAIRS)}
    if any(brand in form for form in forms for brand in _BRANDS):
        return True
    return any(
        form != name and SequenceMatcher(None, form, name).ratio() >= _LIKENESS for form in forms for name in _ALIKE
    )


def _hides_brand(host: str) -> bool:
    """Return whether a part in another alphabet reads as one of Microsoft's, whatever its other letters are."""
    for label in host.split("."):
        readable = _unicode(label)
        if readable == label:
            continue
        pattern = "".join(re.escape(c) if c.isascii() else "." for c in readable.lower())
        if any(re.fullmatch(pattern, name) for name in _ALIKE):
            return True
    return False
