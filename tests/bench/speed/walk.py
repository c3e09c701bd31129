"""Steps B1 to B4 of the support article, as a careful QA engineer would script them with Playwright alone.

The two scripts that the product is measured against share these functions. They import nothing of the product.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

HOME = "https://www.office.com"
PEOPLE_WEB_PART = "7f718435-ee4d-431c-bdbf-9c4ff326f46e"
DRAWN = "async (image) => { await image.decode(); return image.naturalWidth > 1; }"
"""Waits until a picture is decoded; a picture of one pixel means that there is none."""


@dataclass(frozen=True)
class Settings:
    """What the scripts get in their environment: where the tenant is, who signs in, and the page to look at."""

    address: str
    key: str
    browser: str
    user: str
    password: str
    page: str

    @classmethod
    def from_environment(cls) -> Settings:
        """Return the settings that `programs.py` passed on."""
        return cls(**{name: os.environ[f"SPEED_{name.upper()}"] for name in cls.__dataclass_fields__})

    def launch(self) -> dict[str, Any]:
        """Return what starts a browser that finds the sandbox under the real host names."""
        rules = f"--host-resolver-rules=MAP * {self.address}"
        key = f"--ignore-certificate-errors-spki-list={self.key}"
        return {"executable_path": self.browser, "args": [rules, key, "--no-proxy-server"]}


CONTEXT: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "device_scale_factor": 2,  # else an avatar of 32 pixels is too small to be compared
    "locale": "en-US",
}
"""The settings of the private window."""


def sign_in(page: Page, settings: Settings) -> None:
    """B2: go to office.com and sign in; answer "Stay signed in?" with No."""
    page.goto(HOME)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#i0116").fill(settings.user)
    page.locator("#idSIButton9").click()
    page.locator("#i0118").fill(settings.password)
    page.locator("#idSIButton9").click()
    expect(page.locator("#KmsiDescription")).to_be_visible()
    page.locator("#idBtn_Back").click()


def header_picture(page: Page) -> bytes:
    """Return a picture of the user's avatar on the home page, once that shows a photo and no initials any more."""
    return _pictured(page.locator('[data-tid="me-control-mini-avatar"] img'))


def open_sharepoint(page: Page) -> Page:
    """B3: select the SharePoint icon; return the tab that it opens."""
    page.get_by_role("button", name="App launcher").click()
    with page.expect_popup() as opened:
        page.get_by_label("SharePoint will be opened in new tab").click()
    expect(opened.value.locator("#O365_NavHeader")).to_be_visible()
    return opened.value


def card_picture(tab: Page, settings: Settings) -> bytes:
    """B4: go to the page; return a picture of the user's avatar in its People web part.

    The web part shows a namesake as well, so the card is found by the account in the address of its photo.
    """
    tab.goto(settings.page)
    web_part = tab.locator(f'[data-sp-web-part-id="{PEOPLE_WEB_PART}"]').first
    web_part.scroll_into_view_if_needed()  # cards are drawn when they come near
    return _pictured(web_part.locator(f'img[src*="accountname={quote(settings.user)}" i]'))


def _pictured(image: Locator) -> bytes:
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    assert image.evaluate(DRAWN), "the avatar is no photo"
    return image.screenshot(animations="disabled")


def both_pictures(page: Page, settings: Settings, done: Callable[[Page, str], None]) -> tuple[bytes, bytes]:
    """Go all the way; return the pictures of the header and the card.

    Args:
        done: called after each step with the tab in front and the step's name.
    """
    sign_in(page, settings)
    header = header_picture(page)
    done(page, "home")
    tab = open_sharepoint(page)
    done(tab, "sharepoint")
    card = card_picture(tab, settings)
    done(tab, "page")
    return header, card
