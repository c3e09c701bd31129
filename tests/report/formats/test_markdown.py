"""The Markdown summary says the result first, fits a CI job's page, and shows names as they are."""

from datetime import date

import pytest
from markdown_it import MarkdownIt
from support.many_results import PAGES, START, made, summary_of

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.diagnose.patterns import patterns
from troubleshooter.model.batch_records import Acceptance, Depth, EndedBy, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.redaction.printable import printable
from troubleshooter.report.formats import markdown
from troubleshooter.report.formats.markdown import escaped
from troubleshooter.report.many import first_line

from ...hostile.payloads import SHORT, TEXTS

LARGEST = 1_000_000
"""Bytes; GitHub takes 1 MiB."""


def user(number: int, verdict: Verdict = Verdict.IN_SYNC, **more: object) -> UserResult:
    usual = {"depth": Depth.FULL, "account": "helpdesk", "pages": PAGES[:1], "finished": START}
    return UserResult(**{"number": number, "upn": f"user{number}@contoso.com", "verdict": verdict, **usual, **more})


def tokens(text: str):
    """Yield every token of a Markdown text, those within others as well."""
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


def shown(text: str) -> str:
    """Return the text that a reader sees."""
    return " ".join(token.content for token in tokens(text) if token.type == "text")


def test_the_first_line_is_the_result_and_what_changed():
    """The heading is the first line of every summary."""
    run = made(1000)
    written = markdown(run.summary, run.results)
    assert written.startswith("# Of 1,000 users, ")
    heading = shown(written.splitlines()[0])
    assert first_line(run.summary, run.results) == heading
    assert "Since 20 Nov 2026, 20:00 UTC: new" in heading


def test_what_a_reader_needs():
    """The summary has notices, counts, causes with what to do, and the first users, and says where the others are."""
    run = made(5000)
    text = shown(markdown(run.summary, run.results))
    for part in ("was set aside", "slow down", "Out of sync", CAUSES["C1"].remedy.text, "a SharePoint admin", "user0"):
        assert part.replace("was set aside", "set aside") in text
    assert "more, in findings.csv" in text
    few = markdown(made(50).summary, made(50).results)
    listed = [result.upn for result in made(50).results if escaped(result.upn) in few]
    assert [result.upn for result in made(50).results if not result.good] == sorted(listed) != []
    assert "findings.csv" not in few


def test_a_clean_run_is_short():
    """A run in which everybody is in sync has a result and nothing to do."""
    results = [user(number) for number in range(5)]
    written = markdown(summary_of(results), results)
    assert "# All 5 users are in sync." in written
    assert "What to do" not in written


def test_tenant_wide_causes_and_early_ends():
    """What concerns everybody, or makes the numbers less certain, is there."""
    results = [user(number, Verdict.OUT_OF_SYNC, causes=("C14",)) for number in range(30)]
    known = Acceptance(reason="x", until=date(2026, 1, 1), expired=True)
    results.append(user(99, Verdict.OUT_OF_SYNC, acceptance=known))
    summary = summary_of(results, patterns=patterns(results), ended_by=EndedBy.FAILURES, missing=("zoe@contoso.com",))
    text = shown(markdown(summary, results))
    for part in (
        "Possible causes in the whole tenant",
        "30 of 31 fit",
        "the limit of --max-failures",
        "zoe@contoso.com",
        "user99@contoso.com",
    ):
        assert part in text


@pytest.mark.parametrize("payload", SHORT)
def test_names_are_shown_as_they_are(payload):
    """No name becomes a link, a picture, markup, code or a table; what is shown is the name."""
    text = SHORT[payload]
    result = user(1, Verdict.OUT_OF_SYNC, upn=text, causes=(text,))
    summary = summary_of([result], tenant=text, baseline=text, missing=(text + "2",))
    written = markdown(summary, [result])
    clean = markdown(
        summary_of([user(1, Verdict.OUT_OF_SYNC, causes=("C99",))], baseline="x", missing=("z",)), [result]
    )
    allowed = {token.type for token in tokens(clean)}
    assert set() == {token.type for token in tokens(written)} - allowed - {"text_special"}
    for kind in ("link_open", "image", "html_inline", "html_block", "code_inline", "fence", "code_block"):
        assert kind not in {token.type for token in tokens(written)}
    assert written.encode("utf-8")
    assert printable(text)[:100].strip() in shown(f"| a |\n| - |\n| {escaped(printable(text)[:100])} |")


def test_words_stay_readable_in_the_file():
    """Ordinary words, times and names are not full of backslashes."""
    for text in ("Of 1,000 users, 3 are out of sync.", "20:00 UTC", "the user's photo (new)", "O’Brien-Müller"):
        assert text == escaped(text)


@pytest.mark.parametrize("payload", TEXTS)
def test_at_most_a_megabyte(payload):
    """Ten thousand users, or names of any length, fit a CI job's page."""
    text = TEXTS[payload]
    results = [user(number, Verdict.OUT_OF_SYNC, upn=f"{number}{text}", causes=(text,)) for number in range(300)]
    summary = summary_of(results, tenant=text, ticket=text, missing=(text,), expired=(text,))
    assert len(markdown(summary, results).encode("utf-8")) < LARGEST


def test_ten_thousand_users():
    """A run of ten thousand users, all of them out of sync, fits as well."""
    run = made(10_000, faults=1.0)
    assert len(markdown(run.summary, run.results).encode("utf-8")) < LARGEST
