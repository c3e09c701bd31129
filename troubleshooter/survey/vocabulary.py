"""Lets nothing into an answer but words that the product defines, and numbers.

What a page says can't get into the file by way of an answer, whatever a page's scripts return.
"""

from __future__ import annotations

import re

from troubleshooter.model.enums import Kind, Reason, Source, Surface
from troubleshooter.model.locators import FoundBy
from troubleshooter.pages.documented_marks import DOCUMENTED
from troubleshooter.pages.launcher import OTHERS
from troubleshooter.pages.profile_api import SITE_FIELDS, WANTED
from troubleshooter.steps.locator_catalogue import CATALOGUE
from troubleshooter.survey.documented_addresses import LEADS
from troubleshooter.survey.questions import QUESTIONS

OTHER = "other"
_LARGEST = 99_999_999
_MOST = 60
_DETAILS = frozenset(
    {
        # What details are called.
        *("status", "type", "width", "height", "kilobytes", "headers", "redirects", "from", "ends at", "screens"),
        *("screen", "page id", "error code", "shows", "file", "opened", "certain", "where", "opener", "apps", "links"),
        *("with an address", "app", "inside", "chosen", "element", "role", "attributes", "by attribute", "leads to"),
        *("has an id", "visible", "found", "selector", "fields", "filled", "before scrolling", "after scrolling"),
        *("empty", "own photo requested before", "regions", "surface", "avatars", "shown", "named by", "stores"),
        *("button", "dialogs", "file fields", "change buttons", "door", "window", "seconds to open", "nodes", "blob"),
        *("seconds", "kind", "failure", "instance", "layout", "listed", "web parts", "timestamp", "placeholder state"),
        *("exchange sync state", "count", "marks", "ids", "hover targets", "cards with a hover target", "host"),
        # What details say.
        *("present", "absent", "weak", "strong", "sign-in", "userphoto.aspx", "afdcache.ashx", "a placeholder picture"),
        *("the picture library", "the tenant", "another host", "home", "my account"),
        *("picture", "view account", "about me", "img", "background", "canvas", "svg", "initials", "hidden"),
        *("loaded", "loading", "broken", "link", "text", "title", "label", "date", "number", "none", "mail link"),
        *("another link", "nothing", "a", "button", "li", "div", "span", "menuitem", "listitem", "option", "gridcell"),
        *("presentation", "none given", "another address", "no address", "list", "menu", "grid", "listbox", "dialog"),
        *("navigation", "main", "banner", "region", "group", "nav", "header", "footer", "ul", "section"),
        *LEADS,
        *("the home page", "the app launcher", "the app launcher in the drawer"),
        *("the menu of the row Apps", "the page of all apps", "its address", "element is a link", "compact"),
        *("descriptive", "unknown", "own account", "a colleague", "time limit"),
        # Headers and their words.
        *("cache-control", "etag", "last-modified", "age", "date", "expires", "vary", "via", "x-cache"),
        *("max-age", "s-maxage", "private", "public", "no-cache", "no-store", "must-revalidate", "immutable"),
        *("stale-while-revalidate", "proxy-revalidate"),
        *("image/jpeg", "image/png", "image/gif", "image/webp", "image/svg+xml", "text/html", "application/json"),
        *("text/plain", OTHER),
    }
)
WORDS = (
    _DETAILS
    | frozenset(word for question in QUESTIONS.values() for word in question.answers)
    | frozenset(one.value for kind in (Kind, Reason, Source, Surface, FoundBy) for one in kind)
    | frozenset((*OTHERS, *DOCUMENTED, *WANTED, *SITE_FIELDS, *CATALOGUE))
    | frozenset(selector for definition in CATALOGUE.values() for selector in definition.all)
)
"""Everything that an answer may say."""


class Cleaned(str):
    """A text out of a saved page, in which `capture` has replaced everything that is not known to be structure."""

    __slots__ = ()


def safe(value: object) -> object:
    """Return `value` with every text that the product does not define replaced, and every number that is too large."""
    if isinstance(value, str):
        return _safe_text(value)
    if isinstance(value, dict):
        return {str(safe(name)): safe(inner) for name, inner in list(value.items())[:_MOST]}
    if isinstance(value, list | tuple):
        return [safe(inner) for inner in value[:_MOST]]
    if value is None or isinstance(value, bool):
        return value
    return _safe_number(value) if isinstance(value, int | float) else OTHER


def _safe_text(text: str) -> str:
    if isinstance(text, Cleaned) and re.fullmatch(r"[\w.\-]{1,60}", text, re.ASCII):
        return str(text)
    return str(text) if str(text) in WORDS else OTHER


def _safe_number(number: float) -> int | float | str:
    if not -_LARGEST <= number <= _LARGEST:  # nor is what is no number at all
        return OTHER
    return number if isinstance(number, int) else round(number, 1)
