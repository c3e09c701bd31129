"""Attaches what was seen to a test: as JUnit XML, pytest-html and Allure have it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

import pytest

from pytest_troubleshooter.result import RESULTS, PhotoResult


class Evidence:
    """The places where results of one test are kept, for as many plugins as are installed."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._item = request.node
        plugins = request.config.pluginmanager
        self._extras = _extras(request) if plugins.has_plugin("html") else None
        self._page = Path(getattr(request.config.option, "htmlpath", None) or ".").parent
        self._allure = plugins.has_plugin("allure_pytest")

    def keep(self, result: PhotoResult) -> None:
        """Attach a result."""
        self._item.stash[RESULTS].append(result)
        self._item.user_properties += [
            ("photo", f"{result.subject}: {', '.join([result.verdict, *result.causes])}"),
            ("photo_report", str(result.report)),
        ]
        if self._extras is not None:
            self._add_extras(self._extras, result)
        if self._allure:
            _attach(result)

    def _add_extras(self, extras: list[Any], result: PhotoResult) -> None:
        from pytest_html.extras import text, url  # noqa: PLC0415 - may not be installed

        try:  # a relative link still leads there after the folder was published
            link = Path(os.path.relpath(result.report, self._page)).as_posix()
        except ValueError:  # on another drive
            link = result.report.as_uri()
        extras += [url(link, name=f"photo of {result.subject}"), text(result.text, name=result.subject)]


def _extras(request: pytest.FixtureRequest) -> list[Any] | None:
    """Return the list from which pytest-html takes what is beside a test; None if it is too old to have one."""
    try:
        return cast("list[Any]", request.getfixturevalue("extras"))
    except pytest.FixtureLookupError:
        return None


def _attach(result: PhotoResult) -> None:
    import allure  # noqa: PLC0415 - as above

    allure.attach(result.text, f"photo of {result.subject}", allure.attachment_type.TEXT)
    allure.attach.file(result.report, f"report on {result.subject}", allure.attachment_type.HTML)
