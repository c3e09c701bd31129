"""How pages mark up a person: Fluent UI version 8 or 9, live persona, rows of lists, comments (photo sync 5.1)."""

from __future__ import annotations

from troubleshooter.model.locators import LocatorDefinition

COIN = LocatorDefinition(
    id="person.coin",
    use="what is drawn of an avatar as a whole: picture, initials, badge",
    fact="photo sync 5.1, persona v8 and v9",
    confidence="H",
    selectors=(".ms-Persona-coin", ".ms-Persona-imageArea", ".fui-Avatar"),
    in_turn=False,
)
INITIALS = LocatorDefinition(
    id="person.initials",
    use="the letters that are shown where there is no photo",
    fact="photo sync 5.1, persona v8 and v9; sign-in and home 2.3",
    confidence="H",
    selectors=(
        ".ms-Persona-initials",
        ".fui-Avatar__initials",
        ".mectrl_profilepic_initials",
        "#meInitialsButton",
    ),
)
NAME = LocatorDefinition(
    id="person.name",
    use="the name beside an avatar",
    fact="photo sync 5.1, persona v8 and v9",
    confidence="H",
    selectors=(".ms-Persona-primaryText", ".fui-Persona__primaryText"),
)
CARD = LocatorDefinition(
    id="person.card",
    use="what belongs to one person: avatar, name, links",
    fact="photo sync 5.1, persona v8 and v9, live persona, comments; rows by role",
    confidence="H",
    selectors=(
        ".ms-Persona",
        ".fui-Persona",
        "[data-lpc-hover-target-id]",
        ".lpcCommonWeb-hoverTarget",
        '[data-automation-id="sp-comment-block-root"]',
        '[data-automationid="sp-comment-block-root"]',
    ),
    by_structure=('[role="listitem"]', "li"),
    in_turn=False,
)
PARTS = (COIN, INITIALS, NAME, CARD)
"""Everything by which a person is recognized."""
