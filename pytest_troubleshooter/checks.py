"""Provides `photo_check`: checks a photo for a test, and keeps what was seen with the test."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Unpack, cast

import pytest

from pytest_troubleshooter.evidence import Evidence
from pytest_troubleshooter.result import RESULTS, PhotoResult
from pytest_troubleshooter.sessions import Sessions, signed_in
from pytest_troubleshooter.settings import Asked, failing_plainly
from troubleshooter.errors import InputError, did_you_mean


class PhotoCheck:
    """Checks photos for one test."""

    def __init__(self, sessions: Sessions, defaults: Asked, folder: Path, evidence: Evidence) -> None:
        """Check photos.

        Args:
            defaults: what is used unless a call says otherwise.
            folder: what paths are relative to.
        """
        self._sessions = sessions
        self._defaults = defaults
        self._folder = folder
        self._evidence = evidence

    def __repr__(self) -> str:
        """Return the name that it has in a test, which pytest shows where a test fails."""
        return "photo_check"

    def __call__(self, subject: str | None = None, **asked: Unpack[Asked]) -> PhotoResult:
        """Check a user's photo; without `subject`, that of the account's own user.

        Returns:
            What was concluded. Out of sync is a result; so is that nothing can be told.

        Raises:
            InputError: something that is asked is wrong.
            NotLetIn: the account was not let in.
        """
        __tracebackhide__ = True
        _check_names(asked.keys())
        given = cast("Asked", {**_without_pages(self._defaults, asked), **asked})
        if given.get("expect"):
            given["expect"] = self._folder / given["expect"]
        try:
            result = self._sessions.of(given.pop("account", None)).check(subject, given)
        except InputError as error:
            where = "account" if error.where == "--as" else error.where.removeprefix("--")
            raise InputError(f"photo_check: {where}", error.what) from None
        self._evidence.keep(result)
        return result


def check_for(request: pytest.FixtureRequest, sessions: Sessions) -> PhotoCheck:
    """Return what checks photos for a test; its account is signed in."""
    item = request.node
    defaults: Asked = {}
    with failing_plainly():
        for marker in reversed(list(item.iter_markers("photo"))):
            if marker.args:
                raise InputError("pytest.mark.photo", f"{marker.args[0]!r} has no name; expected account=…, page=…")
            _check_names(marker.kwargs.keys(), "pytest.mark.photo")
            defaults.update(cast("Asked", marker.kwargs))
    signed_in(sessions, defaults.get("account"))
    item.stash[RESULTS] = []
    return PhotoCheck(sessions, defaults, item.path.parent, Evidence(request))


def _check_names(given: Iterable[str], where: str = "") -> None:
    """Refuse a name that means nothing.

    Raises:
        InputError: in the marker; TypeError: in a call.
    """
    __tracebackhide__ = True
    for name in given:
        if name not in Asked.__annotations__:
            why = f"unknown argument {name!r}{did_you_mean(name, Asked.__annotations__)}"
            raise InputError(where, why) if where else TypeError(f"photo_check: {why}")


def _without_pages(defaults: Asked, asked: Asked) -> Asked:
    """Return `defaults` without their pages if the call names pages of its own."""
    own = {"page", "pages"} & asked.keys()
    return cast("Asked", {name: value for name, value in defaults.items() if not own or name not in ("page", "pages")})
