"""Generates the pages on which generated people are seen: one team each, a dozen people in a People web part.

One of the team is the page's author, in its byline.
"""

from collections.abc import Sequence
from random import Random

from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.site_content import PeoplePart, SitePage, TextPart

TEAM = 12
"""People on one page."""
ON_A_PAGE = 0.5
"""Share of people whom a page shows. The others are on none."""
_FIRST_NUMBER = 1000
"""The list item's id of the first page."""
_PARTS = (("userphoto", 1), ("userphoto", 2), ("picture-url", 2))
"""Where the cards of a page take photos from, and the web part's layout, page after page."""


def team_pages(people: Sequence[Person], lot: Random) -> tuple[SitePage, ...]:
    """Return pages that show half of `people`, each of them once. Namesakes are mostly on one page."""
    groups: list[list[Person]] = []
    for person in people:
        if groups and groups[-1][-1].name == person.name:
            groups[-1].append(person)
        else:
            groups.append([person])
    lot.shuffle(groups)
    shown = [person for group in groups for person in group][: round(ON_A_PAGE * len(people))]
    return tuple(_page(number, shown[at : at + TEAM]) for number, at in enumerate(range(0, len(shown), TEAM)))


def _page(number: int, team: Sequence[Person]) -> SitePage:
    photos, layout = _PARTS[number % len(_PARTS)]
    return SitePage(
        f"Team-{number + 1:04}.aspx",
        f"Team {number + 1}",
        (
            TextPart("What we do", 1),
            PeoplePart(tuple(person.upn for person in team), layout=layout, photos=photos),
            TextPart("Where to find us", 2),
        ),
        author=next((person.upn for person in team if person.has_photo), ""),
        number=_FIRST_NUMBER + number,
        listed=False,
    )
