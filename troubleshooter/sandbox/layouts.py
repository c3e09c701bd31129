"""How the home page looks: Microsoft shows several layouts at the same time, per user and week.

A layout is written as one of LAYOUTS, followed by any of OPTIONS: `today`, `flyout+no-tid+tour`. What is known of each
is in the facts on real pages, §1 and §2; the rest is the sandbox's own invention, and nothing should depend on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True)
class Layout:
    """One look of the home page, the account panel and the launcher."""

    written: str
    """How it was asked for."""
    copilot: bool = False
    """Whether the home page is the Copilot app with its navigation drawer, and not a page below the suite header."""
    collapsed: bool = False
    """Whether the drawer shows icons only."""
    launcher: str = "suite"
    """Where the apps are: `suite` header, `flyout` of the row "Apps", `apps-page`, or `waffle` in the drawer."""
    links: str = "none"
    """Where an app's entry links to: `launch` address, `direct`ly into the tenant, or `none`: a script opens it."""
    role: str = ""
    """The role of an app's entry; empty: what its place usually has."""
    same_tab: bool = False
    """Whether a script opens an app in the same tab instead of a new one."""
    panel: str = "mectrl"
    """What opens from the account row: `mectrl`, `me-control`, `plain` (without any known mark) or `none`."""
    tid: bool = True
    """Whether the coin in the account row has its test id."""
    cover: str = ""
    """What covers the first visit: `tour`, `tips`, `teaching`, `banner`, `veil` (nothing closes it), none (empty)."""
    photo_tip: bool = False
    """Whether a teaching popover stands beside the window in which the photo is changed."""
    decoys: bool = True
    """Whether other things are called SharePoint, too: chats, files, sites, apps."""


_SHELL = Layout("", copilot=True, panel="me-control")

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "classic": Layout(""),
        "today": replace(_SHELL, launcher="waffle"),
        "flyout": replace(_SHELL, launcher="flyout"),
        "collapsed": replace(_SHELL, launcher="flyout", collapsed=True),
        "apps-page": replace(_SHELL, launcher="apps-page"),
        "direct": replace(_SHELL, launcher="waffle", links="direct"),
    }
)
"""The layouts by name: the suite header; the Copilot app of June 2026, of 2025 with its flyout, of 2025 collapsed, with
SharePoint on the Apps page only; and a launcher of addresses that lead straight into the tenant."""

_OPTIONS: Mapping[str, Mapping[str, object]] = {
    "no-tid": {"tid": False},
    "mectrl-panel": {"panel": "mectrl"},
    "plain-panel": {"panel": "plain"},
    "no-panel": {"panel": "none"},
    "launch-links": {"links": "launch"},
    "direct-links": {"links": "direct"},
    "buttons": {"role": "button"},
    "same-tab": {"same_tab": True},
    "tour": {"cover": "tour"},
    "tips": {"cover": "tips"},
    "teaching": {"cover": "teaching"},
    "banner": {"cover": "banner"},
    "veil": {"cover": "veil"},
    "photo-tip": {"photo_tip": True},
    "no-sharepoint": {"launcher": "nowhere"},
}
OPTIONS = tuple(_OPTIONS)
"""What a layout's name may be followed by."""


def layout_named(written: str) -> Layout:
    """Return the layout that `written` names: a layout, and options after it, with `+` between them.

    Raises ValueError for a name that is not known.
    """
    name, *options = (part.strip() for part in written.split("+"))
    if name not in LAYOUTS:
        raise ValueError(f"layout: {name}: no such layout, allowed: {', '.join(LAYOUTS)}")
    changes: dict[str, object] = {}
    for option in options:
        if option not in _OPTIONS:
            raise ValueError(f"layout: {option}: no such option of a layout, allowed: {', '.join(OPTIONS)}")
        changes |= _OPTIONS[option]
    return replace(LAYOUTS[name], written=written, **changes)  # type: ignore[arg-type]
