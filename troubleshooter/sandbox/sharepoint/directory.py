"""Pages that list people: people search, and the Site Pages library with each page's author.

The facts give the URL of people search and say that lists show authors; all markup here is the sandbox's own.
"""

from itertools import islice

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import suite
from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.sharepoint.canvas import author, on_page
from troubleshooter.sandbox.sharepoint.cards import byline, result
from troubleshooter.sandbox.sharepoint.guard import members_only
from troubleshooter.sandbox.site_content import LISTED_PAGES, SITE
from troubleshooter.sandbox.web import render, see, tenant

_BY_AUTHOR = f"{SITE}/SitePages/Forms/ByAuthor.aspx"
_DEFAULT_AUTHOR = "lars.hansen"
"""Alias of the author of pages that have no byline."""
_RESULTS = 50
"""Most people on one page of results."""


async def people_search(request: Request, visitor: Person) -> Response:
    """Return the first people whose account, mail address or name contains the search text."""
    state, query = tenant(request), request.query_params.get("q", "").lower().strip()
    everybody = state.people.values() if query else ()
    found = (p for p in everybody if query in f"{p.upn} {state.mail_of(p)} {p.name}".lower())
    cards = [result(state, person, number) for number, person in enumerate(islice(found, _RESULTS))]
    header = suite(request, visitor, "SharePoint")
    part = {"look": "v8", "layout": 2, "frame": "", "cards": cards}
    return render(request, "sharepoint/people_search.html", header=header, query=query, part=part)


async def library(_request: Request, _visitor: Person) -> Response:
    """Redirect from the library's URL to its view."""
    return see(_BY_AUTHOR)


async def by_author(request: Request, visitor: Person) -> Response:
    """Return the site's pages, each with its author as in the site's own copy."""
    state, rows = tenant(request), []
    for page in LISTED_PAGES:
        person = author(state, page) or (None if page.author else on_page(state, _DEFAULT_AUTHOR))
        if person and not state.is_missing(page.address):
            rows.append((page, byline(state, person)))
    header = suite(request, visitor, "SharePoint")
    return render(request, "sharepoint/by_author.html", header=header, rows=rows)


ROUTES: list[BaseRoute] = [
    Route("/_layouts/15/search.aspx/people", members_only(people_search)),
    Route(f"{SITE}/SitePages", members_only(library)),
    Route(f"{SITE}/SitePages/", members_only(library)),
    Route(_BY_AUTHOR, members_only(by_author)),
]
