"""Builds the data with which a page's script renders people: one record per card, comment and byline."""

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from troubleshooter.sandbox.header import colour_of
from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.sharepoint.canvas import members, on_page
from troubleshooter.sandbox.sharepoint.profiles import picture_url
from troubleshooter.sandbox.sharepoint.userphoto import delivery_address, userphoto_address
from troubleshooter.sandbox.signed_urls import persona_address
from troubleshooter.sandbox.site_content import SITE, Comment, PeoplePart
from troubleshooter.sandbox.state import State


@dataclass(frozen=True)
class Card:
    """One person as shown on a card."""

    name: str
    role: str
    initials: str
    colour: str
    photo: str | None
    """URL of the photo; None if the card shows initials."""
    mail: str | None
    """URL of the card's mail link, if it has one."""
    sip: str | None
    """URL of the card's chat link, if it has one."""
    hover: str
    """Id of the live persona."""
    persona: dict[str, str]
    """What the profile card shows: name, mail address, URL of the photo."""


def cards(state: State, part: PeoplePart, instance: str) -> list[dict[str, Any]]:
    """Return the cards of a People web part."""
    return [asdict(_card(state, person, part, f"{instance}-{n}")) for n, person in enumerate(members(state, part))]


def contact(state: State) -> dict[str, str]:
    """Return the subject as the contact that a web part of another kind shows."""
    person = state.people[state.subject]
    return {"name": person.name, "photo": userphoto_address(person.upn, "M", site=SITE)}


def comments(state: State, written: tuple[Comment, ...], page: str) -> list[dict[str, Any]]:
    """Return the comments below a page."""
    found = []
    for number, comment in enumerate(written):
        person = on_page(state, comment.author)
        hidden = state.flags.subject_left_out or state.flags.wrong_account
        if hidden and person.upn == state.subject:
            continue
        address = _from_source(state, person) or userphoto_address(person.upn, "S", site=SITE)
        found.append(
            {
                "name": person.name,
                "text": comment.text,
                "photo": address,
                # The real page writes a hash of the picture's bytes here; the sandbox writes a hash of its URL.
                "fingerprint": sha256(address.encode()).hexdigest()[:32],
                "hover": f"{page}-comment-{number}",
                "persona": _persona(state, person),
            }
        )
    return found


def byline(state: State, person: Person | None) -> dict[str, Any] | None:
    """Return the author of a page; the photo is the site's own copy."""
    if person is None:
        return None
    stamp = state.site[person.upn].timestamp if person.upn in state.site else ""
    return {
        "name": person.name,
        "role": person.role,
        "photo": _from_source(state, person) or userphoto_address(person.upn, "S", site=SITE, stamp=stamp),
        "hover": "byline-0",
        "persona": _persona(state, person),
    }


def _card(state: State, person: Person, part: PeoplePart, hover: str) -> Card:
    descriptive = part.layout == 2
    photo = _from_source(state, person, descriptive=descriptive)
    if photo is None and part.photos == "picture-url":
        photo = picture_url(state, state.copy_of(person.upn))
        if photo and state.flags.small_pictures:
            photo = photo.replace("_MThumb", "_SThumb")
    elif photo is None and network_differs(state, person):
        photo = delivery_address(state, person.upn, "M")
    elif photo is None:
        account = state.mail_of(person) if state.flags.cards_ask_by_mail else person.upn
        photo = userphoto_address(account, "S" if state.flags.small_pictures else "M")
    if photo and state.flags.cards_ask_raw and "accountname=" in photo:
        photo = f"{photo.partition('accountname=')[0]}accountname=i:0#.f|membership|{person.upn}"
    return Card(
        name=person.name,
        role=person.role,
        initials=person.initials,
        colour=colour_of(person),
        photo=photo,
        mail=state.mail_of(person) if descriptive else None,
        sip=person.upn if descriptive else None,
        hover=f"lpc-{hover}",
        persona=_persona(state, person),
    )


def network_differs(state: State, person: Person) -> bool:
    """Return whether the CDN's photo differs from the copy; if not, userphoto.aspx serves the same one."""
    in_network = state.cdn.get(person.upn)
    return bool(in_network and in_network.shows and in_network.shows != state.copy_of(person.upn).shows)


def result(state: State, person: Person, number: int) -> dict[str, Any]:
    """Return the card of a people search result; its photo is the URL in the index."""
    copy = state.search.get(person.upn)
    card = _card(state, person, PeoplePart((person.alias,), layout=2), f"search-{number}")
    return asdict(replace(card, photo=picture_url(state, copy) if copy else None))


def _from_source(state: State, person: Person, *, descriptive: bool = False) -> str | None:
    """Return the people service's URL if this part of a page is of the new generation; else None."""
    if state.flags.pages_from_source != "all" and not (state.flags.pages_from_source and descriptive):
        return None
    return persona_address(state, person, client="SharePointOnline", feature="PeopleWebPart", size="HR96x96")


def _persona(state: State, person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "role": person.role,
        "mail": state.mail_of(person),
        "card": "none" if state.flags.cards_closed else "live" if state.flags.live_card else "",
        "initials": person.initials,
        "colour": colour_of(person),
        "photo": persona_address(state, person, client="SharePointOnline", feature="LivePersonaCard", size="HR120x120"),
    }
