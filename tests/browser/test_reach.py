"""What a browser tells about the way to a page, and about this computer's fonts."""

from __future__ import annotations

import platform
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse
from support import stray as stray_pages
from support.private import kept
from support.stray import Stray

from troubleshooter.browser.certificate import is_public
from troubleshooter.browser.fonts import missing_scripts
from troubleshooter.browser.reach import Reached, _ahead, reach
from troubleshooter.browser.session import Session
from troubleshooter.errors import Stopped
from troubleshooter.tenant.file import Network

HOME = "https://www.office.com"
NOW = datetime(2026, 11, 22, 10, 41, 7, tzinfo=UTC)
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{dejavu}</dir>
<cachedir>{cache}</cachedir></fontconfig>"""
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")


async def test_the_way_to_a_page(session: Session):
    """The server's clock and the accepted certificate are reported; for a dead host, the reason."""
    found = await reach(session, f"{HOME}/page")
    assert isinstance(found, Reached)
    assert found.ahead is not None
    assert abs(found.ahead) < timedelta(seconds=10)
    assert "www.office.com" == found.host
    assert found.certificate
    assert not is_public(found.certificate)
    assert isinstance(await reach(session, f"{HOME}/cut-off"), Stopped)


async def test_the_first_answer_tells_the_time(session: Session, monkeypatch: pytest.MonkeyPatch):
    """If the page redirects to another host, the time is the first host's."""
    where = {"Location": "https://contoso.sharepoint.com/page", "Age": "3600"}  # the server adds the date by itself
    moved = HTMLResponse(status_code=302, headers=where)
    monkeypatch.setitem(stray_pages.PLAIN, "/late", moved)
    found = await reach(session, f"{HOME}/late")
    assert isinstance(found, Reached)
    assert found.ahead is not None
    assert abs(found.ahead - timedelta(hours=1)) < timedelta(seconds=10)
    assert "contoso.sharepoint.com" == found.host


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"date": "Sun, 22 Nov 2026 10:41:07 GMT"}, 0.5),
        ({"date": "Sun, 22 Nov 2026 10:40:07 GMT", "age": "60"}, 0.5),
        ({"date": "Sun, 22 Nov 2026 10:40:07 GMT"}, -59.5),
        ({"date": "today"}, None),
        ({}, None),
    ],
)
def test_the_time_of_a_response(headers: dict[str, str], seconds: float | None):
    """A response's date counts with the time that it spent in a cache; without a date, nothing is known."""
    ahead = _ahead(headers, NOW)
    assert seconds == (ahead.total_seconds() if ahead is not None else None)


@pytest.mark.browser
@pytest.mark.skipif(platform.system() != "Linux" or not DEJAVU.is_dir(), reason="needs fontconfig and DejaVu")
async def test_missing_fonts_are_measured(
    session: Session, stray: Stray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A browser that sees only a font without Japanese and emoji misses these, and no script that the font has."""
    as_it_is = await missing_scripts(await session.tab())
    (tmp_path / "fonts.conf").write_text(FONTS.format(dejavu=DEJAVU, cache=tmp_path / "cache"))
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    network = Network(resolve=f"127.0.0.1:{stray.port}", spki=stray.spki)
    async with kept(network) as browser:
        page = await browser.new_page()
        assert ["Japanese", "emoji"] == await missing_scripts(page)
    assert as_it_is is not None
    assert set(as_it_is) <= {"Japanese", "emoji"}  # what this computer lacks, if anything
