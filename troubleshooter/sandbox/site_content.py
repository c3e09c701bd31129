"""The content of the pages of the Communications site."""

from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from troubleshooter.sandbox.people import DOMAIN, PEOPLE
from troubleshooter.sandbox.sessions import SHAREPOINT

SITE = "/sites/communications"


@dataclass(frozen=True)
class TextPart:
    """A heading and some paragraphs."""

    heading: str
    paragraphs: int
    """Number of paragraphs; the sentences come from a small stock."""


@dataclass(frozen=True)
class PeoplePart:
    """A People web part."""

    persons: tuple[str, ...]
    """Aliases, or whole UPNs, in the order of the cards."""
    layout: int = 1
    """Layout: 1 compact, 2 descriptive."""
    photos: str = "userphoto"
    """Where cards take photos from: userphoto, or picture-url."""
    look: str = "v8"
    """How a card is rendered: v8, v9, background, canvas, shadow, frame."""


@dataclass(frozen=True)
class Comment:
    """One comment below a page."""

    author: str
    text: str


@dataclass(frozen=True)
class SitePage:
    """One page of the site."""

    file: str
    title: str
    parts: tuple[TextPart | PeoplePart, ...]
    author: str = ""
    """Alias, or whole UPN, of the author in the byline; empty if the page has none."""
    comments: tuple[Comment, ...] = ()
    number: int = 0
    """The list item's id."""
    listed: bool = True
    """Whether lists and search name the page; one that they don't is reached by its address."""

    @property
    def path(self) -> str:
        return f"{SITE}/SitePages/{self.file}"

    @property
    def address(self) -> str:
        return f"https://{SHAREPOINT}{self.path}"

    def instance(self, part: int) -> str:
        """The GUID of a web part's instance."""
        return str(uuid5(NAMESPACE_URL, f"{self.address}#{part}"))


def upn(alias: str) -> str:
    """Return the UPN of a person on a page."""
    return alias if "@" in alias else f"{alias}@{DOMAIN}"


_PAGES = (
    SitePage(
        "Our-Team.aspx",
        "Our Team",
        (
            TextPart("Who we are", 1),
            PeoplePart(
                (
                    "lars.hansen", "amara.okafor", "ana.popescu2", "stefan.tanase", "lihua.wang", "ana.popescu",
                    "ioana.badea", "haruto.sato", "jurgen.muller", "priya.nair", "tomasz.zielinski", "carmen.ortega",
                )
            ),
            TextPart("How we work", 14),
            TextPart("Where we meet", 12),
            PeoplePart(
                ("gheorghe.tiriac", "ana.popescu", "minjun.kim", "noah.becker", "sofia.rossi"),
                layout=2,
                photos="picture-url",
            ),
            TextPart("How to reach us", 3),
        ),
    ),
    SitePage(
        "News-Office-Move.aspx",
        "We are moving to a new office",
        (
            TextPart("The new address", 3),
            PeoplePart(("ana.popescu", "jurgen.muller", "sofia.rossi")),
            TextPart("What to pack", 8),
        ),
        author="ana.popescu",
        comments=(
            Comment("stefan.tanase", "Will there be bicycle stands?"),
            Comment("ana.popescu", "Yes, forty of them, and showers."),
            Comment("ioana.badea", "Minunat!"),
        ),
    ),
    SitePage(
        "Leadership.aspx",
        "Leadership",
        (TextPart("Who leads", 2), PeoplePart(("lars.hansen", "amara.okafor", "elena.dragan"), layout=2)),
    ),
    SitePage(
        "New-Look.aspx",
        "The new look",
        (
            TextPart("A page of the next generation", 2),
            PeoplePart(("priya.nair", "ana.popescu", "noah.becker"), look="v9"),
        ),
    ),
    SitePage(
        "Directory.aspx",
        "Directory",
        (
            TextPart("As backgrounds", 1),
            PeoplePart(("kwame.mensah", "ana.popescu"), look="background"),
            TextPart("As canvases", 1),
            PeoplePart(("ana.popescu", "olivia.martin"), look="canvas"),
            TextPart("In shadow roots", 1),
            PeoplePart(("fatima.alzahra", "ana.popescu"), look="shadow"),
            TextPart("In a frame", 1),
            PeoplePart(("ana.popescu", "victor.stanescu"), look="frame"),
        ),
    ),
    SitePage(
        "Namesakes.aspx",
        "Namesakes",
        (
            TextPart("Two of us", 1),
            PeoplePart(("ana.popescu2", "ana.popescu"), layout=2),
            PeoplePart(("ana.popescu", "ana.popescu2")),
        ),
    ),
    SitePage(
        "Everybody.aspx",
        "Everybody",
        (
            TextPart("All of us", 1),
            PeoplePart(tuple(person.alias for person in PEOPLE.values())),
            TextPart("First aid", 1),
            PeoplePart(
                (
                    "haruto.sato", "priya.nair", "kwame.mensah", "ana.popescu", "carmen.ortega", "victor.stanescu",
                    "sofia.rossi", "lars.hansen",
                ),
                layout=2,
                photos="picture-url",
            ),
        ),
        listed=False,
    ),
)  # fmt: skip

SITE_PAGES = {page.path.lower(): replace(page, number=number) for number, page in enumerate(_PAGES, start=1)}
"""Every page, by its server-relative path in lower case."""

LISTED_PAGES = tuple(page for page in SITE_PAGES.values() if page.listed)
"""The pages that lists and search name."""

DEMO_PAGES = tuple(page.address for page in _PAGES[:2])
"""The pages that a run visits by default; the fault page-missing deletes them."""
