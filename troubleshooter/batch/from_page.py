"""Makes the list of users of the people whom a page names (`--from-page`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from troubleshooter.batch.people_of_page import PeopleOfPage
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import CannotTell, InputError
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.run.given_pages import TenantPages
from troubleshooter.run.user_names import user_name
from troubleshooter.tenant.tenant import Tenant

FROM_PAGE = "--from-page"


@dataclass(frozen=True)
class PageList:
    """The users whom a page names."""

    rows: tuple[UserRow, ...]
    notes: tuple[str, ...]
    """What to say before the start, a line each."""


def check_from_page(request: VerifyRequest, tenant: Tenant) -> None:
    """Refuse what cannot be asked together with a page, and a page that is none of the tenant's.

    Raises:
        InputError: it is.
    """
    if request.users:
        raise InputError(FROM_PAGE, "says who is checked, and so does USERS.csv; leave one of them out")
    if request.shard:
        raise InputError("--shard", f"splits a list, and {FROM_PAGE} makes one on each machine; leave out --shard")
    if why := TenantPages.of(tenant).why_not(request.from_page or ""):
        raise InputError(FROM_PAGE, why)


def page_list(url: str, people: PeopleOfPage) -> PageList:
    """Return the list that `people`, whom the page at `url` names, make.

    Raises:
        CannotTell: the page names nobody.
    """
    upns = [upn for upn in people.named.upns if _is_user_name(upn)]
    unnamed = people.named.unnamed + len(people.named.upns) - len(upns)
    if not people.parts:
        note = message("The page {url} shows no People web part.", url=url)
        raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, note)
    if not upns:
        note = message("The People web parts of {url} name nobody by a user name.", url=url)
        raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
    rows = (UserRow(number=n, line=n, upn=upn, pages=(url,)) for n, upn in enumerate(upns, 1))
    return PageList(tuple(rows), tuple(_notes(url, people, len(upns), unnamed)))


def _is_user_name(text: str) -> bool:
    try:
        return user_name(text) == text
    except ValueError:
        return False


def _notes(url: str, people: PeopleOfPage, users: int, unnamed: int) -> Iterator[str]:
    yield f"{url}: {_counted(users, 'user')} in {_counted(people.parts, 'People web part')}"
    if unnamed == 1:
        yield "1 card on the page does not say who it shows"
    elif unnamed:
        yield f"{unnamed} cards on the page do not say who they show"
    if groups := people.named.groups:
        yield f"{_counted(groups, 'card')} on the page {'shows a group' if groups == 1 else 'show groups'}, not a user"
    if people.not_shown:
        yield (
            f"The page's data has {_counted(people.not_shown, 'more person', 'more people')} in People web parts that "
            "the page does not show; they are not in the list"
        )
    if not people.complete:
        yield "The page had not loaded completely at the time limit; the list may lack people"


def _counted(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or f'{one}s'}"
