"""A browser profile is copied and checked beside the private session, with real Chromium profiles and one sandbox."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from playwright.async_api import Error, Playwright, async_playwright
from support.profiles import used
from support.stray import Stray

from scenarios import SCENARIOS
from troubleshooter.browser import launch, profile_copy
from troubleshooter.browser.session import Session
from troubleshooter.browser.temporary import sweep
from troubleshooter.errors import InputError
from troubleshooter.model.enums import Reason, SessionKind, StepStatus, Surface
from troubleshooter.model.records import Record
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import host_policy
from troubleshooter.tenant.sandbox import sandbox, tenant_of
from troubleshooter.tenant.tenant import Tenant


async def compared(where: Tenant, given: Path, out: Path) -> Record:
    """Run `photo-differs` as Ana, on one page, beside the profile `given`."""
    wanted = RunRequest(
        scenario="photo-differs",
        tenant="sandbox",
        account="ana",
        pages=(where.default_pages[1],),
        surfaces=(Surface.PEOPLE_WEB_PART,),
        also_profile=given,
        out=out,
        timeout=20,
    )
    return (await execute.run(prepare(wanted, where, SCENARIOS))).record


def files(folder: Path) -> dict[str, bytes]:
    """Return the contents of every file under `folder`, keyed by relative path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def copies() -> list[Path]:
    """Return the copies of profiles that this process left behind."""
    return list(Path(tempfile.gettempdir()).glob(f"troubleshooter-profile-{os.getpid()}-*"))


@pytest.mark.run
async def test_what_only_a_browsers_cache_shows_is_told(tmp_path: Path):
    """The cause is C12 if a profile shows the old photo that it saw, but not if it saw the new one or is signed out.

    The given profiles are only read, and no copy of them remains.
    """
    with sandbox("stale-copy") as box:
        where = tenant_of(box)
        page = where.default_pages[1]
        old = await used(tmp_path / "old", box, box.subject, [page])
        box.set_fault("browser-cache")
        before = files(old)
        record = await compared(where, old, tmp_path)
        assert ("out-of-sync", ["C12"]) == (record.verdict, [d.cause for d in record.diagnoses])
        wrong = {s.surface for i, s in enumerate(record.sightings) if differs(record, i)}
        assert {SessionKind.PROFILE} == {s.session for i, s in enumerate(record.sightings) if differs(record, i)}
        assert Surface.PEOPLE_WEB_PART in wrong
        assert (before, []) == (files(old), copies())
        asked = [e.path for e in box.journal.requests if e.kind == "unexpected"]
        assert [] == asked

        new = await used(tmp_path / "new", box, box.subject, [page])
        record = await compared(where, new, tmp_path)
        assert ("in-sync", ()) == (record.verdict, record.diagnoses)
        assert Surface.PEOPLE_WEB_PART in {s.surface for s in record.sightings if not s.in_private_session}

        alone = await used(tmp_path / "alone", box, box.subject, [page], stay=False)
        typed = len(box.journal.credentials)
        record = await compared(where, alone, tmp_path)
        step = record.steps[-1]
        assert ("in-sync", ()) == (record.verdict, record.diagnoses)
        assert (StepStatus.SKIPPED, Reason.SIGNED_OUT) == (step.status, step.reason)
        assert typed + 1 == len(box.journal.credentials)  # only in the private session


@pytest.mark.browser
@pytest.mark.parametrize("way", ["/to-lookalike-in-two-hops", "/by-script", "/by-form"])
async def test_the_browser_finds_no_other_host(way: str, stray: Stray, tmp_path: Path):
    """Without interception, no redirect, script or form makes the browser request a page on another host."""
    async with async_playwright() as playwright, in_profile(stray, tmp_path, playwright) as session:
        page = await session.tab()
        with suppress(Error):
            await page.goto(f"https://www.office.com{way}")
        trouble = await asyncio.wait_for(session.guard.trouble, 10)
    assert Reason.UNEXPECTED_HOST is trouble.reason
    assert [] == stray.documents("login.microsoftonline.com.evil.example")


@pytest.mark.browser
async def test_the_cache_answers_as_it_would_to_a_person(stray: Stray, tmp_path: Path):
    """A picture that may be cached is requested once, however often its page is visited."""
    async with async_playwright() as playwright, in_profile(stray, tmp_path, playwright) as session:
        page = await session.tab()
        for _ in range(2):
            await page.goto("https://contoso.sharepoint.com/with-photos", wait_until="load")
    assert (2, 2) == (len(stray.documents("contoso.sharepoint.com")), len(stray.paths("userphoto")))


async def test_an_interrupted_start_closes_the_browser_first():
    """A start that is interrupted closes the browser first, so that it writes nothing into a deleted profile copy."""
    go, ended = asyncio.Event(), []

    class Context:
        async def close(self) -> None:
            ended.append(self)

    async def starting() -> Context:
        await go.wait()
        return Context()

    work = asyncio.ensure_future(launch.closed_if_cancelled(starting()))
    await asyncio.sleep(0)
    work.cancel()
    await asyncio.sleep(0)
    assert not work.done()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert 1 == len(ended)


@asynccontextmanager
async def in_profile(stray: Stray, folder: Path, playwright: Playwright) -> AsyncIterator[Session]:
    """Open the profile `folder` in a tenant that `stray` serves."""
    network = Network(resolve=f"127.0.0.1:{stray.port}", spki=stray.spki)
    hosts = host_policy("worldwide", ["https://www.office.com", "https://contoso.sharepoint.com"])
    options = launch.Options(timeout=10)
    async with launch.opened_with(playwright.chromium, folder, options, hosts, network) as session:
        yield session


def differs(record: Record, index: int) -> bool:
    """Return whether a sighting differs from the reference."""
    return any(c.a == index and c.b == record.reference and c.verdict == "different" for c in record.comparisons)


def profile_in(folder: Path, name: str = "Default") -> Path:
    """Create a minimal user data folder, and return it."""
    (folder / name).mkdir(parents=True)
    (folder / name / "Preferences").write_text("{}")
    (folder / "Local State").write_text(json.dumps({"profile": {"last_used": name}}))
    return folder


def test_a_profile_is_found_by_its_folder_or_by_that_of_all(tmp_path: Path):
    """A profile is found by its own folder, or by the user data folder, in which the profile used last is taken."""
    root = profile_in(tmp_path / "data", "Profile 2")
    wanted = profile_copy.BrowserProfile(root, "Profile 2")
    assert [wanted, wanted] == [profile_copy.profile_at(root), profile_copy.profile_at(root / "Profile 2")]


@pytest.mark.parametrize("what", ["missing", "file", "empty", "in use", "elsewhere"])
def test_a_folder_that_is_no_good_is_one_line(what: str, tmp_path: Path):
    """A folder that is missing, not a profile, or in use gives one line that says what to name instead."""
    given = tmp_path / "given"
    words = {"missing": "does not exist", "file": "is not a folder", "empty": "is not a browser profile"}
    if what == "file":
        given.write_text("")
    elif what == "empty":
        given.mkdir()
    elif what != "missing":
        host = socket.gethostname() if what == "in use" else "another-host"
        (profile_in(given) / "SingletonLock").symlink_to(f"{host}-{os.getpid()}")
    with pytest.raises(InputError, match=r"--also-profile: .*; name the profile folder of a closed") as raised:
        profile_copy.profile_at(given)
    assert words.get(what, "is in use by a browser") in str(raised.value)


def test_a_lock_that_a_crash_left_is_none(tmp_path: Path):
    """A lock whose process no longer runs does not count, because nobody uses the profile."""
    given = profile_in(tmp_path / "given")
    (given / "SingletonLock").symlink_to(f"{socket.gethostname()}-{2**22 - 1}")
    assert profile_copy.profile_at(given)


async def test_a_copy_has_no_passwords_and_does_not_outlive_an_error(tmp_path: Path):
    """A copy has cookies and cache but no passwords, history or links, and is removed if the block raises an error."""
    given = profile_in(tmp_path / "given", "Profile 2")
    own = given / "Profile 2"
    for name in ("Cookies", "Cache/Cache_Data/f_1", "Login Data", "History", "Extensions/a.js"):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(name)
    (own / "Cache" / "link").symlink_to(own / "History")
    with pytest.raises(RuntimeError):
        async with profile_copy.copied(profile_copy.profile_at(given)) as copy:
            names = {str(p.relative_to(copy)) for p in copy.rglob("*") if p.is_file()}
            assert json.loads((copy / "Local State").read_text())["profile"]["last_used"] == "Default"
            raise RuntimeError
    assert {"Local State", *(f"Default/{n}" for n in ("Preferences", "Cookies", "Cache/Cache_Data/f_1"))} == names
    assert not copy.exists()


def test_what_a_killed_run_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Folders made by processes that no longer run are removed; those made by running processes stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for pid in (2**22 - 1, os.getpid()):
        for kind in ("profile", "b", "other"):
            (tmp_path / f"troubleshooter-{kind}-{pid}-x").mkdir()
    sweep()
    mine = {f"troubleshooter-{kind}-{os.getpid()}-x" for kind in ("profile", "b")}
    assert {*mine, *(f"troubleshooter-other-{pid}-x" for pid in (2**22 - 1, os.getpid()))} == {
        p.name for p in tmp_path.iterdir()
    }
