"""Finds who else is on a page: the boxes to cover before a screenshot of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.evidence.window_shot import Box
from troubleshooter.model.enums import Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages import person
from troubleshooter.pages.handles import THE, HeldElement
from troubleshooter.pages.launcher import DRAWER_BOTTOM
from troubleshooter.surfaces import SURFACES, account_panel, home_header

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Page

    Card = ElementHandle | HeldElement
    """What shows the subject, with name and links."""
    Keep = Sequence[tuple[Frame, Card]]
    """The subject's cards, which stay visible, each with its frame."""

_SCRIPT = files("troubleshooter.pages").joinpath("bystanders.js").read_text(encoding="utf-8")
BOXES = f"(given) => {{ {THE} return ({_SCRIPT})(given); }}"

_SIGNED_IN = LocatorDefinition(
    id="privacy.signed-in",
    use="what shows who is signed in, covered in a colleague's session as account buttons and panels are",
    fact="sign-in and home 2.3; photo sync 5.1",
    confidence="A",
    selectors=("#owa-me-control-container", "#profilePhoto", "#O365_MainLink_MePhoto"),
)
PRIVACY = (_SIGNED_IN,)
"""What is looked for only to cover it in pictures."""
_ME = (home_header.DEFINITION.locator, _SIGNED_IN, account_panel.WINDOW)
_PERSON = (person.COIN, person.CARD)
_NAMES = (person.NAME, account_panel.NAME)
_REGIONS = tuple(
    SURFACES[surface].locator for surface in (Surface.PEOPLE_WEB_PART, Surface.PAGE_COMMENT, Surface.PAGE_BYLINE)
)
_AMONG_OTHERS = ('[data-troubleshooter="account-panel"]',)
"""The account row and a panel without a known mark may show other people, too: there, only what is kept is visible."""


@dataclass(frozen=True)
class Mine:
    """What shows that a picture is the subject's."""

    addresses: frozenset[str]
    """The subject's addresses, in lower case, one of which the picture's URL contains."""
    signed_in: frozenset[str] = frozenset()
    """Addresses of the account that is signed in, in lower case; they and the subject's stay readable as text."""
    except_for: str = ""
    """URLs that prove nothing although they name the subject, as a regular expression; none if empty."""


def settings(mine: Mine, *, hide_me: bool, more: Sequence[str] = ()) -> dict[str, Any]:
    """Return what the script has to know, apart from the subject's cards.

    Args:
        mine: what shows that a picture is the subject's.
        hide_me: whether the person who is signed in is a bystander too.
        more: locators of further places that show people, where everything except the subject's cards is covered.
    """
    readable = [*mine.addresses, *mine.signed_in]
    about = {"mine": list(mine.addresses), "exceptFor": mine.except_for, "hideMe": hide_me, "readable": readable}
    return {**about, **_places(more)}


async def boxes(page: Page, keep: Keep, given: dict[str, Any], *, but: Frame | None = None) -> list[Box]:
    """Return the boxes, in CSS pixels of the window, of everybody on `page` who is not the subject.

    Args:
        keep: the subject's cards, each with its frame.
        given: what `settings` returned.
        but: a frame that is left out.
    """
    found: list[Box] = []
    for frame in page.frames:
        if frame != but:
            # A detached frame shows nobody any more.
            found += await or_default(_in_frame(page, frame, kept_in(frame, keep), given), [])
    return found


def kept_in(frame: Frame, keep: Keep) -> list[Any]:
    """Return what stands for the cards in `frame` among the arguments of a script."""
    cards = [card for owner, card in keep if owner == frame]
    return [card.given if isinstance(card, HeldElement) else card for card in cards]


def _places(more: Sequence[str]) -> dict[str, str]:
    """Return where people are shown, as selector lists."""
    use = locators()
    return {
        "me": ", ".join(use.documented(_ME)),
        "person": ", ".join(use.documented(_PERSON)),
        "name": use.css(_NAMES),
        "region": ", ".join((*more, *use.selectors(_REGIONS))),
        "mineAmongOthers": ", ".join((*use.selectors((DRAWER_BOTTOM, account_panel.MENU)), *_AMONG_OTHERS)),
    }


async def _in_frame(page: Page, frame: Frame, kept: list[Any], given: dict[str, Any]) -> list[Box]:
    left, top = 0.0, 0.0
    if frame != page.main_frame:
        outer = await (await frame.frame_element()).bounding_box()
        if outer is None:
            return []
        left, top = outer["x"], outer["y"]
    found = await or_default(frame.evaluate(BOXES, {"kept": kept, **given}), None)
    if found is None:
        # If a card has left the page meanwhile, nobody is left uncovered, which is safe.
        found = await frame.evaluate(BOXES, {"kept": [], **given})
    return [(x + left, y + top, width, height) for x, y, width, height in found]
