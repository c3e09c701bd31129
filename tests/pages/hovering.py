"""Opens profile cards for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.traffic import Traffic
from troubleshooter.pages import profile_card
from troubleshooter.pages.avatars import AvatarElement

if TYPE_CHECKING:
    from playwright.async_api import Page


async def hover(page: Page, traffic: Traffic, avatar: AvatarElement, seconds: float) -> list[AvatarElement]:
    """Hover over `avatar` and return the avatars on the card that opens; empty if none opens."""
    card = await profile_card.open_card(page, traffic, avatar, seconds)
    return await profile_card.avatars_on(page, traffic, card) if card else []
