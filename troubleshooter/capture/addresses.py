"""Cleans the addresses on a page: their shape is kept, and of their parts what is known to be the service's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from troubleshooter.capture.identifiers import ADDRESS, GUID, Identifiers
from troubleshooter.capture.pseudonyms import Pseudonyms
from troubleshooter.capture.stand_ins import SHARED, microsoft_domain
from troubleshooter.capture.word_list import words

_SHAPE = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?P<host>[^/?#]*))?(?P<path>[^?#]*)(?P<rest>.*)", re.DOTALL
)
_PEOPLE = frozenset({"mailto", "sip", "sips", "im"})
_SCHEMES = words("""
    http https tel about blob data ms-word ms-excel ms-powerpoint msteams onenote
""")
_API = frozenset({"_api", "_layouts", "_vti_bin", "_forms", "_catalogs", "_vti_history"})
"""Folders of SharePoint itself: what follows them is the service's own, not a site's."""
SEGMENTS = words("""
    sites teams personal sitepages siteassets lists forms documents launch sharepoint onedrive apps chat home
    search me my users photo photos $value v1.0 beta api v2 v3 v2.0 mt common oauth2 authorize token login kmsi
    reprocess resume landing landingv2 organizations fido get owa mail service.svc s people person graphql
    personaphoto profileimage userphoto.aspx userphoto.jpg _userprofile sharepoint.aspx search.aspx
    accessdenied.aspx allitems.aspx byauthor.aspx _search conversation file register profile overview 15
    getpersonaphoto delveapi.ashx afdcache.ashx owawebservice pagenotfounderror.aspx default.aspx .auth
    signin-oidc static assets scripts styles images fonts bundles dist js css
""") | {"shared documents", "user photos", "profile pictures"}
"""Whole parts of paths that are the service's own. Names of sites and pages are words, too: these are not enough."""
_EXTENSION = re.compile(
    r"\.(?:aspx|ashx|asmx|svc|js|mjs|css|json|html?|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|docx?|xlsx?|pptx?|pdf)$", re.I
)
_VALUES = words("""
    s m l xs xl none true false 0 1 2 3 search following people user hr48x48 hr64x64 hr96x96 hr120x120 hr240x240
    hr360x360 hr648x648 waffle spappbar mecontrol shelllogo code id_token form_post fragment query
    select_account login livepersonacard officedotcom delvemiddletier view edit en-us ro-ro default report
    enforce
""")
"""Whole values of parameters that the facts document."""


class Addresses:
    """The addresses of one file."""

    def __init__(self, names: Pseudonyms, identifiers: Identifiers, own: Mapping[str, str]) -> None:
        """Clean with `own`, what stands for the tenant's hosts."""
        self._names = names
        self._identifiers = identifiers
        self._own = own

    def cleaned(self, address: str) -> str:
        """Return `address` with everything replaced that is not known; relative addresses stay relative."""
        text = address.strip().replace("\\", "/")
        found = _SHAPE.fullmatch(text)
        assert found, "the pattern takes every text"
        scheme = (found["scheme"] or "").lower()
        if scheme in _PEOPLE:
            return f"{scheme}:{self._person(found['path'])}"
        if scheme == "blob":
            return f"blob:{self.cleaned(text[5:])}"
        if scheme == "about":
            return text if text in ("about:blank", "about:srcdoc") else "about:blank"
        if scheme not in ("", "http", "https"):
            return f"{scheme}:" if scheme in _SCHEMES else "#"
        known = self.microsoft(found["host"] or "")
        start = (f"{scheme}:" if scheme else "") + (
            f"//{self.host(found['host'])}" if found["host"] is not None else ""
        )
        query, _, fragment = found["rest"].partition("#")
        out = start + self._path(found["path"], known)
        out += f"?{self._query(query[1:])}" if query.startswith("?") else ""
        return out + (f"#{self._fragment(fragment)}" if "#" in found["rest"] else "")

    def _person(self, text: str) -> str:
        plain = unquote(text)
        found = ADDRESS.search(plain)
        return self._names.address(found[0] if found else plain)

    @staticmethod
    def microsoft(host: str) -> bool:
        """Return whether `host` is one of Microsoft's own, and no part of a tenant."""
        return microsoft_domain(_bare(host)) is not None

    def host(self, written: str) -> str:
        """Return what stands for a host, without a user name or a port."""
        host = _bare(written)
        if host in self._own:
            return self._own[host]
        if domain := microsoft_domain(host):
            before = host.removesuffix(domain).rstrip(".")
            labels = [self._identifiers.in_address(label) for label in before.split(".") if label]
            return ".".join([*labels, domain])
        if shared := SHARED.search(host):
            return self._of_tenant(host.removesuffix(shared[0]), shared[0])
        return f"host{self._names.number('host', host)}.example" if host else ""

    def _of_tenant(self, label: str, domain: str) -> str:
        """Return what stands for a part of a tenant's domain; `-my` and `-admin` are kept."""
        name, dash, kind = label.rpartition("-")
        name, kind = (name, dash + kind) if kind in ("my", "admin") else (label, "")
        own = {host.split(".")[0] for host in self._own}
        stands = "contoso" if name in own else f"tenant{self._names.number('tenant', name)}"
        return f"{stands}{kind}{domain}"

    def _path(self, path: str, known: bool) -> str:
        out, api = [], known
        for segment in path.split("/"):
            out.append(self._segment(segment, api))
            api = api or segment.lower() in _API
        return "/".join(out)

    def _segment(self, written: str, api: bool) -> str:
        plain = unquote(written)
        if not plain or plain in (".", "..") or plain.lower() in SEGMENTS or plain.lower() in _API:
            return written
        if GUID.fullmatch(plain) or ADDRESS.fullmatch(plain):
            return self._identifiers.special(plain)
        if api and not plain.isdigit() and len(plain) <= 120 and not ADDRESS.search(plain):
            return quote(self._function(plain), safe="()'=@,$;:")
        extension = _EXTENSION.search(plain)
        return f"path{self._names.number('segment', plain)}{extension[0].lower() if extension else ''}"

    def _function(self, text: str) -> str:
        """Return the call of an API, such as `GetPropertiesFor(accountName=@v)`, without the literals in it."""
        text = re.sub(r"'[^']*'?", lambda found: "''" if len(found[0]) <= 2 else "'value'", text)
        return re.sub(r"[^()=@,$'\s]+", lambda found: self._identifiers.in_address(found[0]), text).replace(" ", "")

    def _query(self, query: str) -> str:
        return "&".join(self._pair(pair) for pair in re.split(r"&amp;|&", query))

    def _pair(self, pair: str) -> str:
        name, equals, value = pair.partition("=")
        plain = unquote(name)
        named = re.fullmatch(r"([$@]?)([A-Za-z_][\w.\-]{0,40})", plain)
        clean = (
            named[1] + self._identifiers.in_address(named[2]) if named else f"p{self._names.number('parameter', plain)}"
        )
        return quote(clean, safe="$@") + equals + self._value(value)

    def _value(self, written: str) -> str:
        plain = unquote(written.replace("+", " "))
        low = plain.lower()
        if not plain or low in _VALUES:
            return written
        if GUID.fullmatch(plain) or ADDRESS.fullmatch(plain):
            return quote(self._identifiers.special(plain), safe="@")
        if re.match(r"https?://", low):
            return quote(self.cleaned(plain), safe="")
        if account := re.fullmatch(r"'?(i:0#\.f\|membership\|)(.*?)'?", low, re.DOTALL):
            return quote(f"{account[1]}{self._person(account[2])}", safe="@")
        return f"value{self._names.number('value', plain)}"

    def _fragment(self, fragment: str) -> str:
        if "=" in fragment:
            return self._query(fragment)
        return (
            self._identifiers.in_address(unquote(fragment))
            if re.fullmatch(r"[\w.\-:%]*", fragment)
            else f"value{self._names.number('value', fragment)}"
        )


def _bare(host: str) -> str:
    """Return a host as it is compared: in lower case, without a user name and a port."""
    return host.rpartition("@")[2].partition(":")[0].rstrip(".").lower()
