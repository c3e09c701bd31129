"""What a test says about a photo: in sync passes, out of sync fails, and what cannot be told is something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.stored_checks import ASKED

from .conftest import Inner

pytest_plugins = ["pytester"]


def lines_of(result: pytest.RunResult) -> str:
    """Return what was printed, without colors."""
    return result.stdout.str()


@pytest.fixture
def asked(stored: Path) -> Iterator[Path]:
    """Yield the file that lists what was asked, empty."""
    file = stored / ASKED
    file.write_text("", encoding="utf-8")
    yield file
    file.unlink()


def test_in_sync_passes(inner: Inner, stored: Path):
    """A photo that is in sync passes, with `.in_sync` or without."""
    inner.pytester.makepyfile(
        """
        def test_ana(photo_check):
            result = photo_check("in-sync")
            assert result.in_sync and result
            assert ("in-sync", None, ()) == (result.verdict, result.reason, result.causes)
            assert result.report.is_file()
        """
    )
    inner().assert_outcomes(passed=1)


@pytest.mark.parametrize("question", ["photo_check({!r}).in_sync", "photo_check({!r})"])
def test_out_of_sync_fails(question: str, inner: Inner, stored: Path):
    """The failure says the verdict, the causes in words, what to do, and where the report is; so does JUnit's text."""
    inner.pytester.makepyfile(f"def test_ana(photo_check): assert {question.format('out-of-sync')}")
    result = inner("--junitxml", "junit.xml", "--show-capture", "no")
    result.assert_outcomes(failed=1)
    report = stored / "out-of-sync" / "index.html"
    case = ElementTree.parse(inner.path / "junit.xml").find(".//testcase")
    failure = case.find("failure")
    for text in (lines_of(result), failure.text):
        assert "AssertionError" in text or "assert <" in text
        assert "<ana.ionescu@contoso.com: out-of-sync, C1 SharePoint has not fetched the current photo yet; " in text
        assert "[Out of sync] Ana Ionescu’s photo is out of sync (C1, C3)" in text
        assert "Most likely: SharePoint has not fetched the current photo yet." in text
        assert "To do: " in text and "Who: " in text
        assert f"Report: {report}" in text
    kept = {row.get("name"): row.get("value") for row in case.iter("property")}
    assert {"photo": "ana.ionescu@contoso.com: out-of-sync, C1, C3", "photo_report": str(report)} == kept


def test_no_photo_fails(inner: Inner, stored: Path):
    """Nobody's missing photo is in sync."""
    inner.pytester.makepyfile("def test_ana(photo_check): assert photo_check('no-photo').in_sync")
    result = inner()
    result.assert_outcomes(failed=1)
    assert "[No photo] Ana Ionescu has no photo" in lines_of(result)


@pytest.mark.parametrize(
    ("check", "error", "said"),
    [
        ("unsettled", "CannotTell", "It is not certain whether Ana Ionescu’s photo is in sync (images-not-settled)"),
        ("refused", "NotLetIn", "(wrong-password)"),
    ],
)
def test_what_cannot_be_told_is_neither_true_nor_false(check: str, error: str, said: str, inner: Inner, stored: Path):
    """Whichever way a test asks, it fails with an error of its own that is no AssertionError and says the reason."""
    call = f"photo_check({check!r})"
    questions = (f"{call}.in_sync", f"not {call}.in_sync", call, f"not {call}")
    inner.pytester.makepyfile("\n".join(f"def test_{n}(photo_check): assert {q}" for n, q in enumerate(questions)))
    result = inner()
    result.assert_outcomes(failed=4)
    printed = lines_of(result)
    report = stored / check / "index.html"
    for text in (
        rf"E +pytest_troubleshooter.result.{error}: \[",
        re.escape(said),
        "E +To do: ",
        f"E +Report: {report}",
    ):
        assert 4 == len(re.findall(text, printed)), text
    assert "AssertionError" not in printed
    assert "result.py" not in printed  # the frames of the plugin say nothing to whoever wrote the test


def test_an_account_that_is_not_let_in_fails_every_test_before_it_begins(inner: Inner, asked: Path):
    """Such tests are errors, not failures, each with the reason and nothing else."""
    inner.pytester.makepyfile(
        """
        import pytest
        pytestmark = pytest.mark.photo(account="refused")
        def test_ana(photo_check): assert photo_check("in-sync").in_sync
        def test_bogdan(photo_check): assert photo_check("in-sync").in_sync
        """
    )
    result = inner()
    result.assert_outcomes(errors=2)
    why = "refused was not let in (wrong-password): Microsoft 365 refused the password."
    assert 2 == sum(line == why for line in result.outlines)
    assert "Error" not in lines_of(result).replace("ERROR", "")
    assert "" == asked.read_text(encoding="utf-8")


def test_a_marker_says_what_a_call_does_not(inner: Inner, asked: Path):
    """The marker of the test wins over that of the module, and the call over both; a page replaces all pages."""
    inner.pytester.makepyfile(
        """
        import pytest
        pytestmark = pytest.mark.photo(account="helpdesk", page="https://c/a", ticket="QA-1")

        @pytest.mark.photo(ticket="QA-2")
        def test_markers(photo_check):
            photo_check("in-sync")
            photo_check("in-sync", pages=["https://c/b"], expect="photos/ana.jpg", account="ana")
        """
    )
    inner().assert_outcomes(passed=1)
    photo = str(inner.path / "photos" / "ana.jpg")
    assert [
        ["helpdesk", "in-sync", {"page": "https://c/a", "ticket": "QA-2"}],
        ["ana", "in-sync", {"ticket": "QA-2", "pages": ["https://c/b"], "expect": photo}],
    ] == [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("mark", "call", "said"),
    [
        ("pge='https://c'", "", "pytest.mark.photo: unknown argument 'pge'. Did you mean 'page'? Allowed: *"),
        ("'helpdesk'", "", "pytest.mark.photo: 'helpdesk' has no name; expected account=…, page=…"),
        ("", "pge='https://c'", "*TypeError: photo_check: unknown argument 'pge'. Did you mean 'page'? Allowed: *"),
    ],
)
def test_an_unknown_argument(mark: str, call: str, said: str, inner: Inner, stored: Path):
    """A misspelled argument is named, with those that are allowed; it is not ignored."""
    inner.pytester.makepyfile(
        f"""
        import pytest
        @pytest.mark.photo({mark})
        def test_ana(photo_check): assert photo_check({call}).in_sync
        """
    )
    result = inner()
    assert 0 != result.ret
    result.stdout.fnmatch_lines([said])


def test_a_name_acts_on_no_terminal(inner: Inner, stored: Path):
    """What a page put into a name is printed as it is, not obeyed."""
    inner.pytester.makepyfile("def test_ana(photo_check): assert photo_check('hostile').in_sync")
    printed = lines_of(inner())
    assert "Report: " in printed
    assert not {character for character in printed if not character.isprintable()} - {"\n"}


def test_pytest_html_shows_the_report(inner: Inner, stored: Path):
    """The HTML report of pytest-html links the photo's report by a path that is still right after publishing."""
    pytest.importorskip("pytest_html")
    inner.pytester.makepyfile("def test_ana(photo_check): assert photo_check('out-of-sync').in_sync")
    inner("--html", "html/all.html", plugins=("metadata", "html", "html_fixtures")).assert_outcomes(failed=1)
    page = (inner.path / "html" / "all.html").read_text(encoding="utf-8")
    data = json.loads(
        ElementTree.fromstring(page[page.index('<div id="data-container"') :].partition("</div>")[0] + "</div>").get(
            "data-jsonblob"
        )
    )
    (test,) = data["tests"].values()
    link, text = test[0]["extras"]
    assert (stored / "out-of-sync" / "index.html") == (inner.path / "html" / link["content"]).resolve()
    assert ("url", "text") == (link["format_type"], text["format_type"])


def test_allure_keeps_the_report(inner: Inner, stored: Path):
    """Allure's results have the words and the whole report attached to the test."""
    pytest.importorskip("allure_pytest")
    inner.pytester.makepyfile("def test_ana(photo_check): assert photo_check('out-of-sync').in_sync")
    inner("--alluredir", "allure", plugins=("allure_pytest",)).assert_outcomes(failed=1)
    (result,) = (json.loads(path.read_text(encoding="utf-8")) for path in inner.path.glob("allure/*-result.json"))
    kept = {row["type"]: (inner.path / "allure" / row["source"]).read_bytes() for row in result["attachments"]}
    assert (stored / "out-of-sync" / "index.html").read_bytes() == kept["text/html"]
    assert "[Out of sync]" in kept["text/plain"].decode()
