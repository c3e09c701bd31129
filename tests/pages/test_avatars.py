"""Pictures that stand beside a person's avatar on the same card, in a real browser."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.identity.match import Subject, sort_cards
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


ANA = Subject("ana@contoso.com", names=frozenset({"Ana Popescu"}))
TO_ANA = "<a href='mailto:ana@contoso.com'>{}</a>"
HOVERED = f"""<span class=lpcCommonWeb-hoverTarget><span class=fui-Avatar role=img aria-label="{{}}">
  <img src="{PICTURE}" width=32 height=32></span></span>"""
BARE = f"<img src='{PICTURE}' width=32 height=32>"
OF_DAN = HOVERED.format("Dan Ionescu")


@pytest.fixture
async def sorted_as(session: Session):
    """Return a function that gives, for each avatar in this content, what the evidence says: is it Ana's?"""

    async def sorted_as(content: str) -> list[str]:
        tab = await session.tab()
        await tab.set_content(f"<div id=part><section>{content}</section></div>")
        root = await tab.query_selector("#part")
        assert root
        found = sort_cards([one.card for one in await avatars_in(root, tab.main_frame)], ANA)
        kinds = dict(found.mine) | dict.fromkeys(found.others, "another's") | dict.fromkeys(found.unknown, "unknown")
        kinds |= dict.fromkeys(found.contradictory, "contradiction")
        return [kinds[index] for index in sorted(kinds)]

    return sorted_as


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"<p>{TO_ANA.format('Write to us')}</p>{OF_DAN}<b>Dan Ionescu</b>", ["unknown"]),
        (f"<p>{TO_ANA.format('Ana Popescu')}</p>{OF_DAN}<b>Dan Ionescu</b>", ["unknown"]),
        (f"<p>{TO_ANA.format('Ana Popescu')}</p><div>{OF_DAN}<b>Dan Ionescu</b></div>", ["unknown"]),
        (f"<p>{TO_ANA.format('Ana Popescu')}</p><div>{BARE}<b>Dan Ionescu</b></div>", ["unknown"]),
        (f"<p>{TO_ANA.format('Ana Popescu')}</p><ul><li>{HOVERED.format('')}</li></ul>", ["unknown"]),
        (f"<p>{HOVERED.format('Ana Popescu')}{TO_ANA.format('Mail')}</p><b>Dan Ionescu</b>", ["mail-link"]),
        (f"<div>{HOVERED.format('')}</div><div>{TO_ANA.format('Ana Popescu')}</div>", ["mail-link"]),
        (f"<div>{HOVERED.format('Ana Popescu')}</div><div>Team lead</div>{TO_ANA.format('✉')}", ["mail-link"]),
    ],
    ids=[
        "a link to write to, above a colleague",
        "the user's name, above a colleague",
        "above a colleague's own element",
        "above a colleague without a label",
        "above a row of somebody's",
        "the user's label and link",
        "the user's name and link",
        "the user's label, with a role beside it",
    ],
)
async def test_a_link_speaks_for_a_picture_close_to_it(content: str, expected: list[str], sorted_as):
    """A link somewhere around the only picture does not make it the user's, even less if its label is another name."""
    assert expected == await sorted_as(content)


def in_row(name: str, to: str = "") -> str:
    """Return a person's coin, name and link, without an element of their own."""
    coin = COIN.format(PICTURE)
    return f"{coin}<b>{name}</b>" + (f"<a href='mailto:{to}'>Mail</a>" if to else "")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"<ul><li>{in_row('Dan Ionescu')}{in_row('Ana Popescu', 'ana@contoso.com')}</li></ul>", ["unknown"] * 2),
        (f"<ul><li>{BARE}Dan{BARE}{TO_ANA.format('Ana Popescu')}</li></ul>", ["unknown"] * 2),
        (f"<ul><li>{in_row('Ana Popescu', 'ana@contoso.com')}{BARE}</li></ul>", ["mail-link"]),
        (
            f"<li>{in_row('Dan, for Ana Popescu')}<ul><li>{in_row('Ana Popescu', 'ana@contoso.com')}</li></ul></li>",
            ["unknown", "mail-link"],
        ),
    ],
    ids=["two coins in one row", "two pictures in one row", "a coin and a badge", "a row within another person's row"],
)
async def test_a_row_of_several_people_is_nobodys_card(content: str, expected: list[str], sorted_as):
    """Where a row has several people, a link in it does not speak for each of them, nor one in a row within."""
    assert expected == await sorted_as(content)


LONG = "<p>" + "Our team of the month. " * 20 + "</p>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"<div role=listitem><h3>News</h3>{LONG}{HOVERED.format('Ana Popescu')}<b>Ana Popescu</b></div>", ["unknown"]),
        (f"<div role=listitem><h3>News</h3>{LONG}{BARE}<b>Ana Popescu</b></div>", ["unknown"]),
        (f"<div>{HOVERED.format('Ana Popescu')}<i>likes this</i></div>", ["unknown"]),
        (f"<div role=listitem><h3>News</h3>{LONG}{OF_DAN}<b>Dan Ionescu</b></div>", ["another's"]),
        (f"<div>{OF_DAN}<i>likes this</i></div>", ["another's"]),
    ],
    ids=["after much text", "after much text, without a label", "a label only", "a colleague's", "a colleague's label"],
)
async def test_a_name_counts_wherever_it_stands(content: str, expected: list[str], sorted_as):
    """An avatar may be the user's if its label has the name, or its card has it after much other text."""
    assert expected == await sorted_as(content)


COMMENT = """<div data-automation-id="sp-comment-block-root"><canvas data-src="{}" width=32 height=32></canvas>
  <div>{}</div><div>{}</div></div>"""
OF_COPY = "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=S&accountname="
MENTION = "<a href='mailto:ana@contoso.com' data-sp-mention-user-id=0>Ana Popescu</a>"
PERSONA = f"""<div class=ms-Persona>{COIN.format("{}")}<div class=ms-Persona-primaryText>Dan Ionescu</div>
  Assistant: {TO_ANA.format("Ana")}</div>"""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (COMMENT.format(OF_COPY + "dan@contoso.com", "Dan Ionescu", f"Thanks {MENTION}"), ["another's"]),
        (COMMENT.format(OF_COPY + "dan@contoso.com", "Dan", TO_ANA.format("Ana Popescu")), ["another's"]),
        (COMMENT.format("", "Dan Ionescu", f"Thanks {MENTION}"), ["unknown"]),
        (COMMENT.format(OF_COPY + "ana@contoso.com", "Ana Popescu", "Thanks"), ["photo-address"]),
        (f"<ul><li>{COIN.format(PICTURE)}Dan Ionescu thanks {MENTION}</li></ul>", ["unknown"]),
        (PERSONA.format(OF_COPY + "dan@contoso.com"), ["another's"]),
        (PERSONA.format(PICTURE), ["unknown"]),
        (PERSONA.format(PICTURE).replace("Dan Ionescu", "Ana Popescu"), ["mail-link"]),
        (PERSONA.format(OF_COPY + "dan@contoso.com").replace("Dan Ionescu", "Ana Popescu"), ["contradiction"]),
    ],
    ids=[
        "a mention in a comment",
        "a link in a comment",
        "a mention beside a picture without an address",
        "the user's comment",
        "a mention elsewhere",
        "a colleague's assistant",
        "a colleague's assistant, beside a picture without an address",
        "the user's card",
        "a colleague's picture on the user's card",
    ],
)
async def test_a_colleagues_card_may_link_to_the_user(content: str, expected: list[str], sorted_as):
    """A comment that mentions the user, or a card that names the user as assistant, stays the colleague's."""
    assert expected == await sorted_as(content)


LABELLED = """<div data-automation-id=pageHeader><span class=fui-Avatar role=img aria-label="Ana Popescu">{}</span>
  <div class=peopleName>Ana Popescu</div></div>"""
V8 = "<div class=ms-Persona-coin><div class=ms-Persona-imageArea>{}</div></div>"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (LABELLED.format("AP"), ["initials"]),
        (LABELLED.format("<span>AP</span>"), ["initials"]),
        (LABELLED.format("<span class=fui-Avatar__initials>AP</span>"), ["initials"]),
        (V8.format("AP"), ["initials"]),
        (V8.format("<div class=ms-Persona-initials>AP</div>"), ["initials"]),
        (LABELLED.format(f"AP<img src='{PICTURE}' width=32 height=32>"), ["img"]),
        (LABELLED.format("+12"), []),
        (LABELLED.format("Ana Popescu"), []),
        (LABELLED.format(""), []),
    ],
    ids=["bare", "wrapped", "marked", "bare, v8", "marked, v8", "behind a picture", "a count", "a name", "empty"],
)
async def test_letters_in_a_coin_are_initials(content: str, shown: list[str], session: Session):
    """A known coin with nothing but one to three letters is an avatar that shows initials, however these are marked."""
    tab = await session.tab()
    await tab.set_content(f"<div id=part>{content}</div>")
    root = await tab.query_selector("#part")
    assert root
    assert shown == [one.shown for one in await avatars_in(root, tab.main_frame)]
