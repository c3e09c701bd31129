"""Tests that check photos in a sandbox, in processes of pytest-xdist: what they say, and how often they sign in."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pytest_troubleshooter.browser import KeptBrowser
from pytest_troubleshooter.settings import Settings
from pytest_troubleshooter.sign_in_turns import sign_in_turn
from pytest_troubleshooter.signed_in import Place, SignedIn
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.browser.launch import FONTS, Options
from troubleshooter.model.enums import Reason
from troubleshooter.run.execute import Finished
from troubleshooter.run.request import RunSettings
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import SANDBOX_PASSWORD, as_toml, sandbox, tenant_of
from troubleshooter.tenant.sandbox_scale import scale_of, truth_of, users_of

from .conftest import Inner

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.run

PEOPLE = 60


@pytest.fixture(scope="module")
def box() -> Iterator[Running]:
    """Keep a sandbox with generated people, a tenth of them with faults of their own."""
    with sandbox("healthy", scale=scale_of(PEOPLE, seed=5)) as running:
        yield running


@pytest.fixture
def lab(box: Running, inner: Inner, monkeypatch: pytest.MonkeyPatch) -> Running:
    """Write the sandbox's tenant file beside the inner tests, which know the password; nothing was sent yet."""
    (inner.path / "lab.toml").write_text(as_toml(tenant_of(box)), encoding="utf-8")
    monkeypatch.setenv(SANDBOX_PASSWORD, box.password)
    box.journal.clear()
    return box


def one_of(box: Running, verdict: str) -> tuple[str, str]:
    """Return a generated person of whom `verdict` is true, and a page that shows them."""
    known = {row["upn"]: row["verdict"] for row in csv.DictReader(StringIO(truth_of(box)))}
    rows = (row for row in csv.DictReader(StringIO(users_of(box))) if row["page"] and known[row["upn"]] == verdict)
    row = next(rows)
    return row["upn"], row["page"]


def sent(box: Running) -> list[tuple[str, bool]]:
    """Return the passwords that arrived: whose, and whether they were right."""
    return [(each.user, each.right) for each in box.journal.credentials if each.kind == "password"]


def outcomes(file: Path) -> dict[str, str]:
    """Return how each test ended, and its message, from JUnit XML."""
    cases = ElementTree.parse(file).iter("testcase")
    return {
        case.get("name", ""): next((f"{end.tag}: {end.get('message')}" for end in case if end.tag != "properties"), "")
        for case in cases
    }


def test_tests_in_two_processes(lab: Running, inner: Inner):
    """Every test says what is true, in a test that is asynchronous, too; each process signs in once."""
    good, wrong = one_of(lab, "in-sync"), one_of(lab, "out-of-sync")
    inner.pytester.makepyfile(
        f"""
        import os
        import pytest

        def test_in_sync(photo_check):
            assert photo_check({good[0]!r}, page={good[1]!r}).in_sync

        @pytest.mark.photo(page={wrong[1]!r})
        def test_out_of_sync(photo_check, private_session, tenant):
            assert ("helpdesk", "Contoso") == (private_session.account, tenant.name)
            assert photo_check({wrong[0]!r}).in_sync

        @pytest.mark.asyncio
        async def test_nobody(photo_check):
            assert photo_check("nobody.here@contoso.com", page={good[1]!r}).in_sync

        def test_environment(private_session):
            assert {FONTS!r} not in os.environ
        """
    )
    options = ["--photo-tenant", "lab.toml", "--photo-as", "helpdesk", "--photo-rate", "0", "--photo-out", "out"]
    strict = ["-W", "error", "-o", "asyncio_default_fixture_loop_scope=function"]
    result = inner("-n", "2", *strict, "--junitxml", "j.xml", *options, plugins=("xdist", "asyncio"))
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        ["photos: tenant lab.toml as helpdesk; an account signs in once, in each of the 2 workers*; reports in out/*"]
    )
    found = outcomes(inner.path / "j.xml")
    assert "" == found["test_in_sync"] + found["test_environment"]
    assert f"{wrong[0]}: out-of-sync, " in found["test_out_of_sync"]
    assert "CannotTell" in found["test_nobody"] and "(user-not-found)" in found["test_nobody"]
    assert [("helpdesk@contoso.com", True)] * 2 == sent(lab)
    (folder,) = (inner.path / "out").iterdir()
    assert 3 == len(list(folder.glob("*-gw[01]-*/index.html")))
    assert 0o700 == folder.stat().st_mode & 0o777


def test_a_wrong_password_is_sent_once_by_all_processes(lab: Running, inner: Inner, monkeypatch: pytest.MonkeyPatch):
    """No test begins, each says why, and neither the next test nor the other process sends the password again."""
    monkeypatch.setenv(SANDBOX_PASSWORD, "not-the-password-42")
    inner.pytester.makepyfile(
        """
        import pytest
        @pytest.mark.parametrize("user", range(4))
        def test_user(user, photo_check):
            assert photo_check().in_sync
        """
    )
    options = ["--photo-tenant", "lab.toml", "--photo-as", "helpdesk"]
    result = inner("-n", "2", "--junitxml", "j.xml", *options, plugins=("xdist",))
    result.assert_outcomes(errors=4)
    assert [("helpdesk@contoso.com", False)] == sent(lab)
    printed = result.stdout.str()
    assert 4 == printed.count("(wrong-password)")
    assert "Evidence: " in printed  # in the process that tried
    assert "it is not repeated by itself. Once you know that it can, start pytest again." in printed  # in the other


async def checked(session: SignedIn, settings: Settings, number: int, folder: Path) -> Finished:
    """Check the photo of the account that is signed in, into a folder of its own."""
    prepared = settings.for_user(session.prepared, None, {})
    request = prepared.request.model_copy(update={"run_dir": folder / str(number)})
    return await session.check(replace(prepared, request=request))


async def test_a_lost_session_is_renewed_once(box: Running, tmp_path: Path):
    """A session that ends without an error is renewed; when it ends again, nothing can be told, and nothing is sent."""
    box.journal.clear()
    tenant = tenant_of(box)
    page = (tenant.default_pages[0],)
    settings = Settings(tenant, "sandbox", RunSettings(timeout=20, non_interactive=True), "ana", page, 0)
    browser = KeptBrowser(Options(timeout=20), tenant.network)
    session = SignedIn(settings.prepared(None), Place(browser, tmp_path, tmp_path), Pace(0, asyncio.Event()))
    try:
        await session.state()
        box.state.sessions.clear()
        renewed = await checked(session, settings, 1, tmp_path)
        assert ("in-sync", 2) == (renewed.record.verdict, len(sent(box)))
        assert renewed.report.is_file()
        box.state.sessions.clear()
        again = await checked(session, settings, 2, tmp_path)
        assert (Reason.SIGNED_OUT, 2) == (again.record.reason, len(sent(box)))
    finally:
        await browser.close()


async def test_a_sign_in_that_nobody_saw_end_is_not_repeated(box: Running, tmp_path: Path):
    """Where another process died while it signed in, this one types nothing, and says why."""
    box.journal.clear()
    tenant = tenant_of(box)
    settings = Settings(tenant, "sandbox", RunSettings(timeout=20, non_interactive=True), "ana", (), 0)
    browser = KeptBrowser(Options(timeout=20), tenant.network)
    async with sign_in_turn(tmp_path) as attempts:
        attempts.begin("ana", "sign-in-ana-1")
    session = SignedIn(settings.prepared(None), Place(browser, tmp_path, tmp_path), Pace(0, asyncio.Event()))
    try:
        for _ in range(2):
            with pytest.raises(NotLetIn, match=r"not seen to end.*start pytest again"):
                await session.state()
    finally:
        await browser.close()
    assert [] == sent(box)
