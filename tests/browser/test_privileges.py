"""A hostile page gets nothing from a session that a check does not need; a plain window beside it is the control."""

from __future__ import annotations

import asyncio
import platform
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, Page, async_playwright
from support import stray as stray_pages
from support.private import kept, private
from support.stray import Stray

from troubleshooter.browser import launch
from troubleshooter.browser.arguments import arguments
from troubleshooter.browser.executable import find
from troubleshooter.browser.privileges import SWITCHES
from troubleshooter.browser.session import Session
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import host_policy

HOME = "https://www.office.com"
HOSTS = host_policy("worldwide", [HOME, "https://contoso.sharepoint.com"])
ASKED = (
    *("geolocation", "notifications", "camera", "microphone", "midi", "clipboard-read", "clipboard-write"),
    *("persistent-storage", "background-fetch", "screen-wake-lock", "payment-handler", "idle-detection"),
    *("window-management", "local-fonts", "display-capture", "accelerometer", "keyboard-lock"),
)
"""Permissions, as `navigator.permissions` names them."""
KEPT = ("storage-access", "local-network-access")
"""Permissions that a page may need to show its pictures."""
STATES = """async (names) => Object.fromEntries(await Promise.all(
  names.map(async (name) => [name, (await navigator.permissions.query({name})).state])))"""
CANDIDATES = """async (port) => {
  const peer = new RTCPeerConnection({iceServers: [{urls: `stun:127.0.0.1:${port}`}]}), found = [];
  const gathered = new Promise((done) => { peer.onicegatheringstatechange = () => {
    if (peer.iceGatheringState === 'complete') done(); }; });
  peer.onicecandidate = (event) => { if (event.candidate?.candidate) found.push(event.candidate.candidate); };
  peer.createDataChannel('x');
  await peer.setLocalDescription(await peer.createOffer());
  await gathered;
  return found;
}"""


@asynccontextmanager
async def plain(browser: Browser, **settings: object) -> AsyncIterator[Page]:
    """Yield a page in a window of `browser` that the product did not open."""
    context = await browser.new_context(**settings)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def states(page: Page, names: tuple[str, ...]) -> dict[str, str]:
    """Return the states of permissions, as a page of the tenant sees them."""
    await page.goto(f"{HOME}/page")
    return await page.evaluate(STATES, names)


async def test_permissions_are_denied(session: Session, stray_browser: Browser):
    """Every permission is denied, those included that a browser grants without asking; two stay as they are."""
    tab = await session.tab()
    assert dict.fromkeys(ASKED, "denied") == await states(tab, ASKED)
    async with plain(stray_browser) as control:
        assert "denied" not in (await states(control, ASKED)).values()
        assert await states(control, KEPT) == await states(tab, KEPT)


async def test_permissions_are_denied_in_a_frame_and_in_every_tab(session: Session, stray: Stray):
    """Denials hold in a second tab after the first is closed, and in a frame of another site that was given them."""
    await (await session.tab()).close()
    tab = await session.tab()
    await tab.goto(f"{HOME}/page")
    await tab.evaluate(
        """() => new Promise((done) => {
          const frame = document.createElement('iframe');
          frame.allow = 'geolocation *; clipboard-write *; camera *';
          frame.onload = done;
          frame.src = 'https://login.microsoftonline.com/page';
          document.body.append(frame);
        })"""
    )
    names = ("geolocation", "clipboard-write", "camera")
    assert dict.fromkeys(names, "denied") == await tab.frames[1].evaluate(STATES, names)


async def test_permissions_are_denied_beside_a_profile(tmp_path: Path, stray_browser: Browser, stray: Stray):
    """In a copy of a person's profile, permissions that the person granted to a site are denied, too."""
    network = Network(resolve=f"127.0.0.1:{stray.port}", spki=stray.spki)
    async with async_playwright() as playwright:
        options = launch.Options(timeout=30)
        async with launch.opened_with(playwright.chromium, tmp_path, options, HOSTS, network) as session:
            tab = await session.tab()
            assert dict.fromkeys(ASKED, "denied") == await states(tab, ASKED)


COPIES = """<button id=copy onclick="navigator.clipboard.writeText('stolen').catch(() => {});
  const field = document.createElement('input'); field.value = 'stolen'; document.body.append(field); field.select();
  document.execCommand('copy'); document.execCommand('cut'); document.title = 'tried'">x</button>"""


async def test_clipboard_is_untouched(
    session: Session, stray_browser: Browser, stray: Stray, monkeypatch: pytest.MonkeyPatch
):
    """A page cannot put anything on the clipboard, not even on a click; the same page in a plain window can."""
    monkeypatch.setitem(stray_pages.PAGES, "/copies", COPIES)
    async with plain(stray_browser, permissions=["clipboard-read", "clipboard-write"]) as person:
        await person.goto(f"{HOME}/page")
        await person.bring_to_front()
        await person.evaluate("navigator.clipboard.writeText('mine')")
        tab = await session.tab()
        await tab.goto(f"{HOME}/copies")
        await tab.click("#copy")
        assert "tried" == await tab.title()
        await person.bring_to_front()
        assert "mine" == await person.evaluate("navigator.clipboard.readText()")
        async with plain(stray_browser) as control:
            await control.goto(f"{HOME}/copies")
            await control.click("#copy")
        await person.bring_to_front()
        assert "stolen" == await person.evaluate("navigator.clipboard.readText()")


async def test_page_that_edits_text_is_not_disturbed(session: Session):
    """Commands that edit a page's own text still work."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/page")
    edit = """() => { document.body.innerHTML = '<p contenteditable>a</p>'; document.querySelector('p').focus();
      document.execCommand('selectAll'); return document.execCommand('insertText', false, 'b'); }"""
    assert await tab.evaluate(edit)
    assert "b" == await tab.locator("p").inner_text()


async def downloaded(page: Page) -> str | None:
    """Make a page download a file by itself; return what became of it, None if it was saved."""
    await page.goto(f"{HOME}/page")
    async with page.expect_download() as started:
        await page.evaluate("location.href = '/downloads'")
    return await (await started.value).failure()


async def test_downloads_are_refused(session: Session, stray_browser: Browser):
    """A file that a page makes the browser download is not saved."""
    assert await downloaded(await session.tab())
    async with plain(stray_browser) as control:
        assert await downloaded(control) is None


READS = """async (url) => {
  const loaded = (element, into = 'src') => new Promise((done) => {
    element.onload = () => done(element.tagName); element.onerror = () => done('');
    element[into] = url; document.body.append(element); setTimeout(done, 500, ''); });
  const fetched = await fetch(url).then((answer) => answer.text(), () => '');
  const frame = document.createElement('iframe');
  await loaded(frame);
  let framed = '';
  try { framed = frame.contentDocument?.body?.innerText ?? ''; } catch { /* another origin */ }
  return [fetched, framed, await loaded(new Image()), await loaded(document.createElement('script'))].join('');
}"""


async def test_files_of_this_computer_are_not_read(session: Session, stray_browser: Browser, tmp_path: Path):
    """A page cannot load a file of this computer, and no tab opens one; a plain window opens it."""
    secret = tmp_path / "secret.js"
    secret.write_text("/* private */")
    tab = await session.tab(aside=True)
    await tab.goto(f"{HOME}/page")
    assert "" == await tab.evaluate(READS, secret.as_uri())
    await tab.evaluate("(url) => { location.href = url; }", secret.as_uri())
    assert f"{HOME}/page" == tab.url
    with pytest.raises(Error, match="ERR_BLOCKED_BY_CLIENT"):
        await tab.goto(secret.as_uri())
    async with plain(stray_browser) as control:
        await control.goto(secret.as_uri())
        assert "/* private */" == await control.inner_text("body")


MAILS = """<a id=link href='mailto:a@example.com'>mail</a><script>
  const started = () => { location.href = 'mailto:b@example.com'; }</script>"""


@pytest.mark.browser
@pytest.mark.skipif(platform.system() != "Linux", reason="finds the started program by the name that Linux uses")
async def test_no_other_program_is_started(stray: Stray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Neither a link nor a script starts the mail program; in a plain window of the same browser, both do."""
    program, log = tmp_path / "bin" / "xdg-open", tmp_path / "started"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setitem(stray_pages.PAGES, "/mails", MAILS)
    network = Network(resolve=f"127.0.0.1:{stray.port}", spki=stray.spki)
    async with kept(network) as browser:
        async with private(browser, HOSTS, launch.Options(timeout=10)) as session:
            tab = await session.tab()
            for attempt in ("document.getElementById('link').click()", "started()"):
                await tab.goto(f"{HOME}/mails")
                await tab.evaluate(attempt)
        async with plain(browser) as control:
            await control.goto(f"{HOME}/mails")
            await control.evaluate("started()")
            async with asyncio.timeout(10):
                while not log.exists():
                    await control.evaluate("new Promise(requestAnimationFrame)")
    assert "mailto:b@example.com\n" == log.read_text()


async def addresses(page: Page, port: int) -> list[str]:
    """Return the addresses of this computer that WebRTC reveals to a page."""
    await page.goto(f"{HOME}/page")
    return await page.evaluate(CANDIDATES, port)


@pytest.mark.browser
async def test_addresses_of_this_computer_are_not_revealed(session: Session, stray: Stray):
    """WebRTC reveals no address to a page and asks no server for one; without the switch it reveals some."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stun:
        stun.bind(("127.0.0.1", 0))
        stun.setblocking(False)
        port = stun.getsockname()[1]
        assert [] == await addresses(await session.tab(), port)
        with pytest.raises(BlockingIOError):
            stun.recv(1)
        async with async_playwright() as playwright:
            network = Network(resolve=f"127.0.0.1:{stray.port}", spki=stray.spki)
            without = [switch for switch in arguments(network) if switch not in SWITCHES]
            path = find(playwright.chromium)[0].path
            browser = await playwright.chromium.launch(executable_path=path, args=without)
            assert [] != await addresses(await browser.new_page(), port)
            await browser.close()
