"""Checks the cells of one row of a list, with the same rules as the options of `run`."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from troubleshooter.batch.columns import Columns, without_claims
from troubleshooter.batch.table_text import TableRow
from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import did_you_mean
from troubleshooter.run.given_pages import TenantPages
from troubleshooter.run.option_types import PastTime
from troubleshooter.run.user_names import user_name
from troubleshooter.tenant.tenant import Tenant

T = TypeVar("T")

_BETWEEN_PAGES = re.compile(r"[\s|]+")
_TIME: TypeAdapter[datetime] = TypeAdapter(PastTime)


class RowChecks:
    """Makes users of rows, and says what is wrong with them."""

    def __init__(self, folder: Path, tenant: Tenant) -> None:
        self._folder = folder
        self._accounts = tenant.accounts
        self._file = tenant.file
        self._why_not = cache(TenantPages.of(tenant).why_not)
        self._digest = cache(_digest_of_picture)

    def checked(self, row: TableRow, columns: Columns, *, number: int, plain_only: bool) -> tuple[UserRow, list[str]]:
        """Return the user in `row`, and what is wrong with it; what is wrong is left out of the user.

        Args:
            number: the user's position in the list.
            plain_only: whether the file's encoding is unknown, so that only plain letters are known for certain.
        """
        wrong: list[str] = []
        cells = {name: columns.of(row, name) for name in columns.places}
        if plain_only and (doubtful := [name for name, cell in cells.items() if not cell.isascii()]):
            why = "has letters of an unknown encoding; save the file as “CSV UTF-8”"
            return UserRow(number=number, line=row.line, upn=""), [f"{columns.named(doubtful[0])} {why}"]

        def value(name: str, read: Callable[[str], T], otherwise: T) -> T:
            if name != "upn" and not cells.get(name):
                return otherwise
            try:
                return read(cells.get(name, ""))
            except ValueError as error:
                wrong.append(str(error))
                return otherwise

        no_picture: tuple[Path | None, str | None] = (None, None)
        expect, digest = value("expect", self._expected, no_picture)
        user = UserRow(
            number=number,
            line=row.line,
            upn=value("upn", _upn, ""),
            pages=value("page", self._pages, ()),
            expect=expect,
            changed_at=value("changed_at", _past, None),
            account=value("account", self._account, None),
            expect_sha256=digest,
        )
        return user, wrong

    def _pages(self, cell: str) -> tuple[str, ...]:
        pages = tuple(dict.fromkeys(_BETWEEN_PAGES.split(cell)))
        for page in pages:
            if why := self._why_not(page):
                spaced = "://" not in page and len(pages) > 1
                raise ValueError(f"{why}. A space within an address is written %20" if spaced else why)
        return pages

    def _expected(self, cell: str) -> tuple[Path | None, str | None]:
        path = Path(os.path.abspath(self._folder / cell))  # noqa: PTH100 - resolve() may fail on links
        return path, self._digest(path)

    def _account(self, cell: str) -> str | None:
        if cell not in self._accounts:
            raise ValueError(f"{self._file} has no account {cell!r}{did_you_mean(cell, self._accounts)}")
        return cell


def _upn(cell: str) -> str:
    if not cell:
        raise ValueError("has no user; expected a UPN such as ana.popescu@contoso.com")
    return user_name(without_claims(cell))


def _past(cell: str) -> datetime | None:
    try:
        return _TIME.validate_python(cell)
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from None


def _digest_of_picture(path: Path) -> str:
    """Return the SHA-256 of a picture's file, whose header is read, but not its pixels: a list may have thousands.

    Raises:
        ValueError: it is missing, or not a picture.
    """
    from troubleshooter.compare.picture import read_file, size_of  # noqa: PLC0415 - takes a while to load

    try:
        data = read_file(path)
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror or error}; expected a picture file") from None
    if size_of(data) is None:
        raise ValueError(f"{path}: not a picture in a known format; expected a JPEG, PNG, GIF, BMP or WebP picture")
    return hashlib.sha256(data).hexdigest()
