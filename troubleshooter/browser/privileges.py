"""Denies pages what no check needs: permissions, downloads, the clipboard, other programs, this computer's addresses.

Nothing here changes what a page shows. Two permissions stay as the browser has them, because a page may need them to
show its pictures: storage access in frames, and requests to private addresses, which a company's policy may allow.
"""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.background import BackgroundTasks
from troubleshooter.browser.failures import or_default

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, CDPSession

SWITCHES = ("--webrtc-ip-handling-policy=disable_non_proxied_udp",)
"""Chromium's switches: WebRTC neither reveals this computer's addresses nor bypasses its proxy."""
CONTEXT_SETTINGS = MappingProxyType(
    {
        "accept_downloads": False,  # else every download is saved, whatever its size
        "service_workers": "block",  # their requests would bypass the guard
    }
)
"""Settings of every session's browser context."""
_DENIED: tuple[dict[str, Any], ...] = (
    *({"name": name} for name in ("geolocation", "notifications", "idle-detection", "nfc")),
    *({"name": name} for name in ("camera", "microphone", "speaker-selection", "display-capture")),
    *({"name": name} for name in ("accelerometer", "gyroscope", "magnetometer", "ambient-light-sensor")),
    *({"name": name} for name in ("window-management", "captured-surface-control", "keyboard-lock", "pointer-lock")),
    *({"name": name} for name in ("background-fetch", "background-sync", "periodic-background-sync")),
    *({"name": name} for name in ("persistent-storage", "payment-handler", "screen-wake-lock", "local-fonts")),
    *({"name": name} for name in ("web-app-installation", "clipboard-read", "clipboard-write", "midi")),
    {"name": "clipboard-write", "allowWithoutSanitization": True},
    {"name": "midi", "sysex": True},
)
"""The permissions that are denied, as CDP's `Browser.setPermission` describes them."""
_RESTRAIN = """(() => {
  const exec = Document.prototype.execCommand;
  Document.prototype.execCommand = function (command, ...more) {
    return !/^(copy|cut)$/i.test(command) && exec.call(this, command, ...more);
  };
  const ofPages = /^(https?|about|blob|data|javascript):/i;
  if (window.navigation) navigation.addEventListener('navigate', (event) => {
    if (!ofPages.test(event.destination.url)) event.preventDefault();
  });
})()"""
"""Keeps a page from copying to the clipboard without permission, and from starting programs, as `mailto:` would."""


async def private_context(browser: Browser, settings: dict[str, Any]) -> BrowserContext:
    """Return a new context of `browser` with `settings`, whose pages are restricted."""
    cdp = await browser.new_browser_cdp_session()
    before = await _contexts(cdp)
    context = await browser.new_context(**settings)
    # If other contexts are created at the same time, theirs are denied twice.
    await _restrict(context, cdp, *(await _contexts(cdp) - before))
    return context


async def restrict_default(context: BrowserContext) -> None:
    """Restrict the pages of `context`, the only one in a browser that was started with a profile."""
    assert context.browser
    await _restrict(context, await context.browser.new_browser_cdp_session(), None)


async def _contexts(cdp: CDPSession) -> set[str]:
    return {*(await cdp.send("Target.getBrowserContexts"))["browserContextIds"]}


async def _restrict(context: BrowserContext, cdp: CDPSession, *ids: str | None) -> None:
    tasks = BackgroundTasks()
    # The denials end with the CDP session that made them.
    context.on("close", lambda _: tasks.start(or_default(cdp.detach(), None)))
    await context.add_init_script(_RESTRAIN)
    await asyncio.gather(*(_deny(cdp, permission, context_id) for permission in _DENIED for context_id in ids))


async def _deny(cdp: CDPSession, permission: dict[str, Any], context_id: str | None) -> None:
    where = {"browserContextId": context_id} if context_id else {}
    # A browser that does not know a permission has nothing to deny.
    await or_default(cdp.send("Browser.setPermission", {"permission": permission, "setting": "denied", **where}), None)
