"""Says what is wrong where a person or a CI system reads it: in the failure of a test."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pytest_troubleshooter.result import PhotoResult


def plain_failure(text: str) -> BaseException:
    """Return what makes a test fail with `text` alone, without lines of this plugin; to be raised from None."""
    return pytest.fail.Exception(text, pytrace=False)


def add_to_failure(report: pytest.TestReport, results: Iterable[PhotoResult]) -> None:
    """Add a section for each photo that is not in sync. An error that says that nothing can be told says all of it."""
    in_text = getattr(report.longrepr, "addsection", None)
    """Adds a section to the text of the failure, which JUnit XML has as well; there is none if pytest has no text."""
    for result in results:
        if result.is_certain and not result.in_sync:
            title = f"photo of {result.subject}"
            if in_text:
                in_text(title, result.text)
            else:
                report.sections.append((title, result.text))
