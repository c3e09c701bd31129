"""Whatever names, addresses and notes contain, the report of many users and the files for other programs are inert."""

from __future__ import annotations

import json
import re
import time
from datetime import date
from pathlib import Path

import pytest
from junitparser import JUnitXml
from support.many_results import made, summary_of

from troubleshooter.diagnose.patterns import patterns
from troubleshooter.model.batch_records import Acceptance, Summary, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import Message
from troubleshooter.report.formats import ctrf, junit
from troubleshooter.report.many import first_line, render, user_pages

from .payloads import LONG, SHORT, TEXTS
from .poisoned import poisoned
from .test_report import LOADS, Opened

SECONDS = 20
"""Seconds of processor time that the files may take; without an attacker, it is less than one."""
LARGEST = 2_000_000
"""Characters of the report of the forty users of these tests."""


def run(payload: str | None) -> tuple[Summary, tuple[UserResult, ...]]:
    """Return a run in which every kind of text occurs, with `payload` in place of each."""
    bad = [
        result.model_copy(update={"verdict": Verdict.OUT_OF_SYNC, "causes": ("C14",), "set_aside": False})
        for result in made(40, faults=1.0).results
    ]
    known = Acceptance(reason="waits", until=date(2026, 12, 1))
    bad[0] = bad[0].model_copy(update={"accepted": True, "acceptance": known})
    bad[1] = bad[1].model_copy(update={"note": Message(text="A sentence", template="")})
    results = tuple(bad)
    names = {"missing": ("zoe@contoso.com",), "expired": ("ana@contoso.com",), "shard": "1/2", "baseline": "before"}
    summary = summary_of(results, patterns=patterns(results), throttled=1, **names)
    if payload is None:
        return summary, results
    changed = poisoned(summary, payload).model_copy(update={"sandbox": payload, "id": payload})
    wrong = {"run": payload, "reference_shot": payload, "copy_shot": payload}
    return changed, tuple(poisoned(result, payload).model_copy(update=wrong) for result in results)


def check(html: str, clean: Opened) -> None:
    """Check that a report has nothing that `clean`, the same report without a payload, does not have."""
    page = Opened(html)
    assert set() == set(page.tags) - set(clean.tags)
    for once in ("script", "style", "meta", "title", "base", "iframe", "link"):
        assert clean.tags[once] == page.tags[once], once
    assert [] == [a for a in page.attributes if a[1].startswith("on") or a[1] == "style"]
    loads = [value for _, name, value in page.attributes if name in LOADS]
    assert [] == [
        v for v in loads if not re.fullmatch(r"#\S*|(\.\./)?(evidence|runs|users)/[\w.%/-]*|\.\./index\.html#\S*", v)
    ]
    policy = [value for tag, name, value in page.attributes if tag == "meta" and name == "content"]
    assert [p for p in policy if "default-src 'none'" in p and "unsafe" not in p]


@pytest.mark.parametrize("payload", SHORT)
def test_the_report_is_inert(payload: str, tmp_path: Path):
    """No text becomes an element, a handler, a request or a change of the policy, and all of it can be written."""
    for lang in ("en", "ro"):
        summary, results = run(SHORT[payload])
        html = render(summary, results, tmp_path, lang=lang)
        html.encode("utf-8")
        check(html, Opened(render(*run(None), tmp_path, lang=lang)))
        assert "\u202e" not in html
        data = re.search(r'id="data">(.*?)</script>', html, re.DOTALL)
        assert data
        assert "<" not in data[1]
        assert len(results) + 1 >= len(json.loads(data[1])["rows"]) >= len(results)


@pytest.mark.parametrize("payload", SHORT)
def test_the_pages_about_single_users_are_inert(payload: str, tmp_path: Path):
    """Neither is anything in the pages to which a large report is split, nor in their names."""
    clean = dict(user_pages(*run(None), tmp_path, largest=1_000))
    found = dict(user_pages(*run(SHORT[payload]), tmp_path, largest=1_000))
    assert found
    for path, html in found.items():
        assert re.fullmatch(r"users/\d{6}\.html", path)
        check(html, Opened(next(iter(clean.values()))))


@pytest.mark.parametrize("payload", TEXTS)
def test_junit_and_ctrf_can_be_read(payload: str):
    """XML and JSON stay well-formed, with a case per user, and no case changes its outcome by its name."""
    summary, results = run(TEXTS[payload])
    (suite,) = JUnitXml.fromstring(junit(summary, results).encode("utf-8"))
    accepted = sum(result.accepted for result in results)
    assert (40 - accepted, accepted) == (suite.failures, suite.skipped)
    tests = json.loads(ctrf(summary, results).encode("utf-8"))["results"]["tests"]
    assert 40 - accepted == sum(test["status"] == "failed" for test in tests)
    assert [] == [test for test in tests if not test["name"].isprintable()]


@pytest.mark.parametrize("payload", TEXTS)
def test_the_first_line_is_one_line(payload: str):
    """The first line, which a terminal prints, is one line of bounded length without control characters."""
    summary, results = run(TEXTS[payload])
    line = first_line(summary, results)
    assert line.isprintable()
    assert len(line) < 600


@pytest.mark.parametrize("payload", LONG)
def test_a_long_text_costs_little(payload: str, tmp_path: Path):
    """A text of a million characters as every name is cut, in bounded time."""
    summary, results = run(LONG[payload])
    began = time.process_time()
    html = render(summary, results, tmp_path)
    junit(summary, results)
    ctrf(summary, results)
    assert time.process_time() - began < SECONDS
    assert len(html) < LARGEST


def test_the_check_itself_finds_what_is_not_inert(tmp_path: Path):
    """A report into which markup gets unescaped fails the check."""
    html = render(*run(None), tmp_path)
    clean = Opened(html)
    check(html, clean)
    for harm in (
        "<script>1</script>",
        "<img src=//evil.example>",
        "<b onclick=1>x</b>",
        "<a href='javascript:1'>x</a>",
    ):
        with pytest.raises(AssertionError):
            check(html.replace("</main>", f"{harm}</main>"), clean)
