"""The pages of the site, the start page, and the response for a missing page."""

from itertools import cycle, islice

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import suite
from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.sharepoint.canvas import PEOPLE_PART, TITLE_PART, author, controls, title_region
from troubleshooter.sandbox.sharepoint.cards import byline, cards, comments, contact
from troubleshooter.sandbox.sharepoint.failing_page import failing_page
from troubleshooter.sandbox.sharepoint.guard import members_only
from troubleshooter.sandbox.site_content import LISTED_PAGES, SITE, PeoplePart, SitePage
from troubleshooter.sandbox.web import render, see, tenant

# The sandbox's own text.
_SENTENCES = (
    "Every project starts with a question, and most of ours are answered over coffee on the third floor.",
    "We plan in short rounds, write down what we decide, and change our minds when the facts change.",
    "Whoever joins gets a desk, a plant and a colleague who has time for questions in the first month.",
    "Our warehouse runs two shifts; the night shift knows every shortcut through the building.",
    "The calendar below shows holidays in all offices. Please enter yours before the end of the month.",
    "Questions about travel go to the travel desk, questions about anything else to the nearest neighbour.",
    "Last year we shipped twelve releases, moved one office, and lost a single umbrella.",
)


async def start(request: Request, visitor: Person) -> Response:
    """Return the SharePoint start page."""
    state = tenant(request)
    found = [page for page in LISTED_PAGES if not state.is_missing(page.address)]
    header = suite(request, visitor, "SharePoint")
    return render(request, "sharepoint/start.html", header=header, site=SITE, pages=found)


async def site_page(request: Request, visitor: Person) -> Response:
    """Return one page of the site."""
    state = tenant(request)
    page = state.pages.get(request.url.path.lower())
    if page is None or state.is_missing(page.address):
        return await missing(request, visitor)
    if failing := failing_page(request, page):
        return failing
    parts = [_part(request, page, number) for number in range(len(page.parts))]
    if state.flags.other_part:
        parts.append({"kind": "other", "instance": page.instance(len(parts)), "card": contact(state)})
    return render(
        request,
        "sharepoint/page.html",
        header=suite(request, visitor, "SharePoint"),
        site=SITE,
        page=page,
        parts=parts,
        controls=controls(state, page),
        title_region=title_region(state, page),
        people_part=PEOPLE_PART,
        title_part=TITLE_PART,
        byline=byline(state, author(state, page)),
        comments=comments(state, page.comments, page.file),
        late=state.flags.cards_late,
        hidden=state.flags.pages_late,
        swapped=state.flags.photo_swapped,
        appear=state.flags.photos_appear,
        initials=state.flags.photos_late,
    )


async def frame(request: Request, _visitor: Person) -> Response:
    """Return the content of a web part that is rendered in a frame; the URL is the sandbox's own."""
    asked = request.query_params
    page = tenant(request).pages.get(f"{SITE}/sitepages/{asked.get('page', '')}".lower())
    number = asked.get("part", "")
    if page is None or not number.isdecimal() or int(number) >= len(page.parts):
        return Response(status_code=404)
    return render(request, "sharepoint/frame.html", part=_part(request, page, int(number)) | {"look": "v8"})


async def site_home(_request: Request, _visitor: Person) -> Response:
    """Redirect from the site's root to its first page."""
    return see(LISTED_PAGES[0].path)


async def missing(request: Request, visitor: Person) -> Response:
    """Return SharePoint's response for a missing page."""
    return render(request, "sharepoint/missing.html", status=404, header=suite(request, visitor, "SharePoint"))


def _part(request: Request, page: SitePage, number: int) -> dict[str, object]:
    part = page.parts[number]
    instance = page.instance(number)
    if isinstance(part, PeoplePart):
        return {
            "kind": "people",
            "instance": instance,
            "look": part.look,
            "layout": part.layout,
            "cards": cards(tenant(request), part, instance),
            "frame": f"{SITE}/_layouts/15/sandboxframe.aspx?page={page.file}&part={number}",
        }
    sentences = list(islice(cycle(_SENTENCES), number, number + 4 * part.paragraphs))
    paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    return {"kind": "text", "instance": instance, "heading": part.heading, "paragraphs": paragraphs}


ROUTES: list[BaseRoute] = [
    Route("/_layouts/15/sharepoint.aspx", members_only(start)),
    Route("/", members_only(start)),
    Route(SITE, members_only(site_home)),
    Route(f"{SITE}/", members_only(site_home)),
    Route(f"{SITE}/_layouts/15/sandboxframe.aspx", members_only(frame)),
    Route(f"{SITE}/SitePages/{{file}}", members_only(site_page)),
    Route("/{rest:path}", members_only(missing)),
]
