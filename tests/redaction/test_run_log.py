"""Only the product's own words and numbers get into the log of a run."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from troubleshooter.model.enums import Reason, StepStatus
from troubleshooter.redaction.run_log import Event, Id, Phase, Version, log, logging_to, shown_word, timed
from troubleshooter.signin.screen import ScreenName


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        (StepStatus.PASSED, "passed"),
        (Reason.PAGE_CHANGED, "page-changed"),
        (ScreenName.KMSI, "kmsi"),
        (Id("page-12"), "page-12"),
        (Version("156.0.8078.108"), "156.0.8078.108"),
    ],
)
def test_the_products_words_are_shown(word: object, shown: str):
    """Members of the product's lists, its ids and version numbers are logged as they are."""
    assert shown == shown_word(word)


@pytest.mark.parametrize(
    "word",
    [
        "passed",
        "ana.popescu@contoso.com",
        Id("ana.popescu@contoso.com"),
        Id("https://contoso.sharepoint.com/sites/hr"),
        Id("Ana Popescu"),
        Id("a" * 41),
        Version("eyJ0eXAiOiJKV1Qi"),
        b"x",
        None,
    ],
)
def test_every_other_word_is_left_out(word: object):
    """A text, a name, an address or a token is left out, also if it is passed off as an id or a version."""
    assert "?" == shown_word(word)


def test_a_line_has_time_phase_words_and_numbers():
    """A line has UTC time, seconds since the start, phase, what happened, and numbers with their names."""
    lines: list[str] = []
    with logging_to(lines.append):
        log(Phase.STEP, Event.DONE, Id("page-1"), StepStatus.FAILED, Reason.PAGE_CHANGED, seconds=1.23456)
        with timed(Phase.SETTLE, Event.NETWORK_QUIET):
            pass
        log(Phase.PAGE, Event.ANSWERED, status="ana@contoso.com", still_loading=3)  # type: ignore[arg-type]
    at = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z +\d+\.\d{3} s  "
    assert re.fullmatch(at + r"step     done page-1 failed page-changed, seconds 1\.23", lines[0])
    assert re.fullmatch(at + r"settle   waited until the page's requests had ended, seconds [\d.e-]+", lines[1])
    assert re.fullmatch(at + r"page     answered, still loading 3", lines[2])


def test_nothing_is_kept_without_a_log():
    """Outside a run that keeps a log, and after it, nothing is logged."""
    lines: list[str] = []
    log(Phase.END, Event.FAILED)
    with logging_to(lines.append), logging_to(None):
        log(Phase.END, Event.FAILED)
    log(Phase.END, Event.FAILED)
    assert [] == lines


def test_no_list_of_words_has_members_made_at_run_time():
    """The words are lists in the source: none of them takes members from outside."""
    for words in (Phase, Event, ScreenName, StepStatus, Reason):
        assert issubclass(words, StrEnum)
        with pytest.raises(ValueError, match="not a valid"):
            words("ana@contoso.com")
