"""Recognizes the columns of a list: the product's own, and those that exports of Microsoft 365 have.

Headings of exports: learn.microsoft.com/entra/identity/users/users-bulk-download and users-bulk-add (templates); the
admin center's export of active users; SharePoint's profile properties and User Information List.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.batch.table_text import TableRow
from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.run.user_names import user_name

OWN = {
    "upn": "upn",
    "page": "page",
    "pages": "page",
    "expect": "expect",
    "changedat": "changed_at",
    "account": "account",
}
"""The product's own columns, by their plain names."""
USER_NAMES = ("userprincipalname", "spsuserprincipalname", "username", "accountname", "loginname")
"""Plain names of columns of exports that contain user names, the best first."""
MAIL = ("workemail", "email", "mail", "emailaddress", "primarysmtpaddress")
"""Plain names of columns that contain mail addresses, which are often user names, but not always."""
_MAIL_ONLY = "mail addresses; a user whose mail address differs from the user name is not found"
_EXPORTED = frozenset(
    {
        *("displayname", "name", "surname", "givenname", "firstname", "lastname", "title", "jobtitle", "department"),
        *(
            "objectid",
            "id",
            "usertype",
            "accountenabled",
            "blockcredential",
            "usagelocation",
            "country",
            "city",
            "state",
        ),
        *("countryregion", "countryorregion", "streetaddress", "postalcode", "office", "physicaldeliveryofficename"),
        *("telephonenumber", "phonenumber", "mobile", "mobilephone", "workphone", "fax", "companyname", "manager"),
        *("alternateemailaddress", "proxyaddresses", "licenses", "whencreated", "createddatetime", "creationtype"),
        *("directorysynced", "dirsyncenabled", "onpremisessyncenabled", "agegroup", "picture", "pictureurl", "state"),
    }
)
"""Plain names of other columns that exports have and that are not used."""
_KNOWN = frozenset({*OWN, *USER_NAMES, *MAIL, *_EXPORTED})
_CLAIMS = re.compile(r"i:0#\.f\|membership\|", re.IGNORECASE)
"""How SharePoint writes the account of a user in front of the user name."""


def plain(heading: str) -> str:
    """Return a heading without what differs between exports: `User name [userPrincipalName] Required`, `Work email`."""
    in_brackets = re.search(r"\[(\w+)\]", heading)
    return re.sub(r"[\W_]+", "", in_brackets[1] if in_brackets else heading).casefold()


def is_known(heading: str) -> bool:
    """Return whether a column with this heading is known."""
    return plain(heading) in _KNOWN


def merit(heading: Sequence[str]) -> int:
    """Return how much of a heading is known; a column of users is worth more than all others."""
    names = [plain(cell) for cell in heading]
    users = any(name in {"upn", *USER_NAMES, *MAIL} for name in names)
    return sum(name in _KNOWN for name in names) + 1000 * users


def without_claims(value: str) -> str:
    """Return the user name in an account such as `i:0#.f|membership|ana@contoso.com`."""
    found = _CLAIMS.match(value)
    return value[found.end() :] if found else value


@dataclass(frozen=True)
class Columns:
    """Where in a row is what."""

    places: dict[str, int]
    """The position of each own column that there is, by its name; `upn` always is."""
    heading: tuple[str, ...]
    """The headings as written; empty if the file has none."""
    how: str = ""
    """How the user column was recognized, if not by its heading alone."""
    mistakes: tuple[str, ...] = ()
    """What is wrong with the headings."""

    @property
    def unused(self) -> tuple[str, ...]:
        """The headings of columns that are not used."""
        return tuple(h for at, h in enumerate(self.heading) if h and at not in self.places.values())

    def named(self, name: str) -> str:
        """Return the heading of the own column `name` as written."""
        return self.heading[self.places[name]] if self.heading else name

    def of(self, row: TableRow, name: str) -> str:
        """Return what a row has in the own column `name`; empty if there is none."""
        at = self.places.get(name, len(row.cells))
        return row.cells[at] if at < len(row.cells) else ""


def columns_of(file: str, rows: Sequence[TableRow]) -> Columns:
    """Return the columns of a list whose first row is its heading, or its first user if there is only one column.

    Raises:
        InputError: no column contains user names.
    """
    heading = rows[0].cells
    where = f"{file}: line {rows[0].line}"
    if any(map(_is_user, heading)):
        if len([cell for cell in heading if cell]) > 1:
            raise InputError(where, "no headings; expected a first line such as upn,page")
        return Columns({"upn": heading.index(next(filter(None, heading)))}, (), "the only column")
    names = [plain(cell) for cell in heading]
    own, twice = _own(heading, names, rows)
    if "upn" in own:
        unknown = [at for at, name in enumerate(names) if name and not is_known(name)]
        return Columns(own, heading, mistakes=(*twice, *map(_unknown, (heading[at] for at in unknown))))
    found = _exported(names, own) or _by_content(rows, own)
    if found is None:
        raise InputError(where, _no_users(heading))
    alike = [at for at, name in enumerate(names) if difflib.get_close_matches(name, OWN, 1, 0.8) and not is_known(name)]
    mistakes = (*twice, *map(_unknown, (heading[at] for at in alike)))
    return Columns({**own, "upn": found[0]}, heading, found[1], mistakes)


def _is_user(cell: str) -> bool:
    try:
        user_name(without_claims(cell))
    except ValueError:
        return False
    return True


def _own(heading: Sequence[str], names: Sequence[str], rows: Sequence[TableRow]) -> tuple[dict[str, int], list[str]]:
    """Return the positions of the own columns, and which of them are there twice."""
    own: dict[str, int] = {}
    twice = []
    for at, name in enumerate(names):
        if name not in OWN or (name == "account" and _has_claims(rows, at)):
            continue
        if OWN[name] in own:
            twice.append(f"column {heading[at]!r} is there twice; expected it once")
        own.setdefault(OWN[name], at)
    return own, twice


def _has_claims(rows: Sequence[TableRow], at: int) -> bool:
    """Return whether a column `Account` is SharePoint's, which contains users, and not the product's own."""
    cells = (row.cells[at] for row in rows[1:] if at < len(row.cells))
    return bool(_CLAIMS.match(next(filter(None, cells), "")))


def _exported(names: Sequence[str], own: dict[str, int]) -> tuple[int, str] | None:
    """Return the position of the user column of an export, and what to say about it; None if there is none."""
    free = {name: at for at, name in reversed(list(enumerate(names))) if at not in own.values()}
    for name in (*USER_NAMES, "account", *MAIL):
        if name in free:
            return free[name], _MAIL_ONLY if name in MAIL else ""
    return None


def _by_content(rows: Sequence[TableRow], own: dict[str, int]) -> tuple[int, str] | None:
    """Return the only column that contains nothing but user names; None if there is none, or several."""
    width = len(rows[0].cells)
    found = []
    for at in set(range(width)) - set(own.values()):
        cells = [row.cells[at] for row in rows[1:] if at < len(row.cells) and row.cells[at]]
        if cells and all(map(_is_user, cells)):
            found.append(at)
    return (found[0], "the only column that has nothing but user names") if len(found) == 1 else None


def _no_users(heading: Sequence[str]) -> str:
    there = [cell for cell in heading if cell]
    named = f"{', '.join(there[:12])}{' …' if len(there) > 12 else ''}" or "nothing"
    return f"no column has user names; expected upn, or a heading of an export such as userPrincipalName, not {named}"


def _unknown(heading: str) -> str:
    return f"no column {heading!r}" + did_you_mean(heading, dict.fromkeys(OWN.values()))
