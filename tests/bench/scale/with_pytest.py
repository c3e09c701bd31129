"""What a QA engineer would write with pytest-playwright: a test for each user, in one session for each process."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.bench.speed.difference import LIMIT, difference
from tests.bench.speed.walk import CONTEXT, HOME, Settings, card_picture, open_sharepoint, sign_in

SOURCE = "https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto?email={user}&UA=0&size=HR240x240"


def users() -> list[tuple[str, str]]:
    """Return the users of the list, each with a page."""
    with Path(os.environ["SCALE_USERS"]).open(encoding="utf-8", newline="") as file:
        return [(row["upn"], row["page"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Start a browser that finds the sandbox."""
    return {**browser_type_launch_args, **Settings.from_environment().launch()}


@pytest.fixture(scope="session")
def state(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sign in once; return the file with the session's cookies."""
    context = browser.new_context(**CONTEXT)
    sign_in(context.new_page(), Settings.from_environment())
    file = tmp_path_factory.mktemp("session") / "state.json"
    context.storage_state(path=file)
    context.close()
    return file


@pytest.fixture
def browser_context_args(browser_context_args: dict, state: Path) -> dict:
    """Give every test a private window that continues the session."""
    return {**browser_context_args, **CONTEXT, "storage_state": str(state)}


def picture_at(page: Page, address: str) -> bytes:
    """Return the picture at an address."""
    answer = page.goto(address)
    assert answer
    assert answer.ok
    return answer.body()


@pytest.mark.parametrize(("user", "where"), users(), ids=[user for user, _ in users()])
def test_photo_is_in_sync(user: str, where: str, page: Page, output_path: str) -> None:
    """The source's photo is that of the card and that of SharePoint's copy."""
    shots = Path(output_path)
    settings = Settings(**{**vars(Settings.from_environment()), "user": user, "page": where})
    page.goto(HOME)
    page.screenshot(path=shots / "home.png")
    tab = open_sharepoint(page)
    tab.screenshot(path=shots / "sharepoint.png")
    card = card_picture(tab, settings)
    tab.screenshot(path=shots / "page.png")
    site = where.partition("/SitePages/")[0]
    copy = picture_at(tab, f"{site}/_layouts/15/userphoto.aspx?size=L&accountname={quote(user)}")
    source = picture_at(tab, SOURCE.format(user=quote(user)))
    assert difference(source, card) <= LIMIT
    assert difference(source, copy) <= LIMIT
