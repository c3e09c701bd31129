"""The fields of sign-in pages that contain what was typed: covered in every screenshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.locator_use import locators
from troubleshooter.signin.selectors import ANY_FIELD
from troubleshooter.signin.selectors import typed as typed_into

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


def typed(page: Page, *, everything: bool = False) -> list[Locator]:
    """Return the fields of `page` and its frames that a screenshot must not show.

    Args:
        everything: whether to cover every field, whatever its name, because an operator types by hand.
    """
    selector = ", ".join((*typed_into(), *(locators().selectors(ANY_FIELD) if everything else ())))
    return [frame.locator(selector) for frame in page.frames]
