"""Pictures that stand beside a person's avatar on the same card, in a real browser."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.pages.avatars import AvatarElement, avatars_in

COIN = '<div class="ms-Persona-coin"><img class=own src="{}" width=48 height=48></div>'
LETTERS = '<div class="ms-Persona-coin" style="width:48px;height:48px"><div class="ms-Persona-initials">AP</div></div>'
BADGE = "<img class=beside src='{}' width={size} height={size}>"
NAME = '<b class="ms-Persona-primaryText">Ana Popescu</b>'
LINK = '<a href="mailto:ana.popescu@contoso.com">Mail</a>'
PICTURE = "data:image/svg+xml," + quote('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')
OF_ANA = "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=M&accountname=ana.popescu@contoso.com"


@pytest.fixture
async def shown(session: Session):
    """Return a function that gives the avatars on a card with this content, each with the class of its element."""

    async def shown(content: str) -> list[tuple[str, AvatarElement]]:
        tab = await session.tab()
        await tab.set_content(f"<div id=part><div role=listitem>{content}{NAME}{LINK}</div></div>")
        root = await tab.query_selector("#part")
        assert root
        found = await avatars_in(root, tab.main_frame)
        return [(await (await one.held.element()).get_attribute("class") or "", one) for one in found]

    return shown


def card(*parts: str, beside: str = PICTURE, size: int = 48) -> str:
    """Return the parts of a card."""
    return "".join(parts).replace("{BESIDE}", BADGE.format(beside, size=size)).replace("{}", PICTURE)


@pytest.mark.parametrize(
    ("content", "classes"),
    [
        (card(COIN), ["own"]),
        (card("{BESIDE}"), ["beside"]),
        (card(COIN, "{BESIDE}"), ["own"]),
        (card("{BESIDE}", COIN), ["own"]),
        (card("{BESIDE}", f"<div class=ms-Persona data-lpc-hover-target-id=t>{COIN}</div>"), ["own"]),
        (card(LETTERS), ["ms-Persona-coin"]),
        (card(LETTERS, "{BESIDE}", size=20), ["ms-Persona-coin"]),
        (card(LETTERS, "{BESIDE}"), []),
        (card(COIN, "{BESIDE}", size=120), ["own", "beside"]),
        (card(COIN, "{BESIDE}", beside=OF_ANA), ["own", "beside"]),
    ],
    ids=[
        "a known coin alone",
        "a picture without any coin",
        "a picture behind the coin",
        "a picture before the coin",
        "a picture beside a hover target with a coin",
        "initials alone",
        "a badge beside initials",
        "a picture of their size beside initials",
        "a larger picture",
        "a picture whose address names somebody",
    ],
)
async def test_what_stands_beside_a_persons_coin_is_not_the_persons(content: str, classes: list[str], shown):
    """On a card with a known coin, a picture outside it counts only if it is larger, or its address names somebody.

    Where the coin shows initials, a picture as large as these may be the photo: neither of the two counts.
    """
    assert classes == [name for name, _ in await shown(content)]


async def test_the_links_of_a_card_speak_for_its_coin_only(shown):
    """A picture beside the coin is known by its own address, never by the links of the card."""
    found = {name: one.card.links for name, one in await shown(card(COIN, "{BESIDE}", beside=OF_ANA))}
    assert found == {"own": ("mailto:ana.popescu@contoso.com",), "beside": ()}


@pytest.mark.parametrize(
    ("around", "is_persons"),
    [
        (f"<span class=lpcCommonWeb-hoverTarget>{BADGE}</span>", True),
        (f"<span data-lpc-hover-target-id=t>{BADGE}</span>", True),
        (BADGE, False),
        (f"<div class=lpcCommonWeb-hoverTarget>{BADGE}<p>{BADGE}</p></div>", False),
    ],
    ids=["a hover target", "its other mark", "nothing", "a hover target around two pictures"],
)
async def test_what_opens_a_persons_card_is_a_persons_avatar(around: str, is_persons: bool, shown):
    """A picture in a hover target of its own is marked up as a person's, as a coin is."""
    content = around.replace(BADGE, BADGE.format(PICTURE, size=48))
    assert {is_persons} == {one.persona for _, one in await shown(content)}


SHADOWS = """(cards) => {
  document.body.innerHTML = '<div id=part><h2>Our team</h2></div>';
  for (const card of cards) {
    const host = document.querySelector('#part').appendChild(document.createElement('x-person'));
    host.style.display = 'block';
    host.attachShadow({ mode: 'open' }).innerHTML = card;
  }
}"""


async def test_cards_in_shadow_roots_are_kept_apart(session: Session):
    """Each card in a shadow root of its own has its own name and links, and neither the heading nor its neighbor's."""
    tab = await session.tab()
    cards = [
        f"<style>p {{ margin: 0 }}</style><p>{COIN.format(PICTURE)}{name}<a href='mailto:{mail}'>Mail</a></p>"
        for name, mail in ((NAME, "ana@contoso.com"), (NAME.replace("Ana Popescu", "Radu Pop"), "radu@contoso.com"))
    ]
    await tab.evaluate(SHADOWS, cards)
    root = await tab.query_selector("#part")
    assert root
    found = [(one.card.text, one.card.links) for one in await avatars_in(root, tab.main_frame)]
    assert [("Ana Popescu", ("mailto:ana@contoso.com",)), ("Radu Pop", ("mailto:radu@contoso.com",))] == found
