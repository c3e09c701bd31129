"""Marks that the facts document and that nothing here relies on: a survey counts them, to learn which are in use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DOCUMENTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # Real pages 1.2, 1.9, 1.11: the Copilot app.
        "suite header": ("#O365_NavHeader", "#SuiteNavWrapper", "#SuiteNavPlaceHolder"),
        "navigation drawer": (".fai-CopilotNavDrawerHeader", ".fui-NavDrawer", ".fai-CopilotNavDrawerFooter"),
        "navigation item": (".fai-CopilotNavItem", ".fai-CopilotNavSubItem"),
        "collapse button": ('[data-testid="collapse-button"]',),
        "teaching popover": ('[class*="TeachingPopoverSurface"]', ".ms-TeachingBubble"),
        "dialog": ('[role="dialog"]', "dialog[open]"),
        "Copilot frame": ('iframe[title="Copilot"]',),
        # Real pages 2: the two families of account panels.
        "mectrl family": ('[id^="mectrl_"]', '[class*="mectrl_"]'),
        "me-control family": ('[data-tid^="me-control"]', '[id^="idna-me-control"]'),
        # Real pages 1.10, 3.4: links.
        "link with source=waffle": ('a[href*="source=waffle"]',),
        "link with spStartSource": ('a[href*="spStartSource="]',),
        "link to a site": ('a[href*="/sites/"]', 'a[href*="/teams/"]'),
        "link to /launch/": ('a[href*="/launch/"]',),
        "link to sharepoint.aspx": ('a[href*="/_layouts/15/sharepoint.aspx"]',),
        # Real pages 3.1 to 3.3, 3.8, 3.11; photo sync 5.1: SharePoint.
        "SharePoint app bar": ("#sp-appBar",),
        "site header": ("#spSiteHeader",),
        "command bar": ("#spCommandBar",),
        "comments": ("#CommentsWrapper",),
        "social bar": ('[data-automation-id="sp-socialbar"]', '[data-automationid="sp-socialbar"]'),
        "data-automation-id": ("[data-automation-id]",),
        "data-automationid": ("[data-automationid]",),
        "web part": ("[data-sp-web-part-id]",),
        "byline persona": ('[data-automation-id="personaDetails"]', '[data-automationid="personaDetails"]'),
        "byline name": (".peopleName",),
        "comment of 2018": ('[data-automation-id="sp-comment-block-root"]',),
        "persona v8": (".ms-Persona",),
        "persona v9": (".fui-Persona", ".fui-Avatar"),
        "hover target": (".lpcCommonWeb-hoverTarget", "[data-lpc-hover-target-id]"),
        "news item": ('[data-automation-id="newsItemTitle"]', '[data-automationid="newsItemTitle"]'),
        # Real pages 4.3, 4.4: the profile card.
        "card host element": ("lpc-card",),
        "card region": ('[data-log-region="LivePersonaCard"]',),
        "card with English label": ('[role="dialog"][aria-label="Profile Card"]',),
        **{
            f"card node {node}": (f'[data-log-name="{node}"]',)
            for node in ("PersonName", "Department", "Email.Email", "CloseButton", "SecondaryActions")
        },
        # Sign-in and home 2.4: where a photo is changed.
        "field for a file": ('input[type="file"]',),
    }
)
"""Selectors by what they mark."""
