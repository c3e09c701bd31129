"""The report of many users, read without a browser."""

import re
from datetime import date

import pytest
from support.many_results import PAGES, START, Made, made, summary_of

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.diagnose.patterns import patterns
from troubleshooter.model.batch_records import Acceptance, ChangedSince, Depth, UserResult
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.message import message
from troubleshooter.report.many import render, user_pages
from troubleshooter.report.many.page import FIRST, PAGE
from troubleshooter.report.reason_texts import REASONS

from .page_reader import Page


def user(number: int, verdict: Verdict = Verdict.IN_SYNC, **more: object) -> UserResult:
    usual = {"depth": Depth.FULL, "account": "helpdesk", "pages": PAGES[:1], "finished": START}
    return UserResult(**{"number": number, "upn": f"user{number}@contoso.com", "verdict": verdict, **usual, **more})


def page(results, folder, lang="en", **summary) -> Page:
    return Page(render(summary_of(results, **summary), results, folder, lang=lang))


@pytest.fixture(scope="module")
def thousand(tmp_path_factory) -> tuple[Made, Page]:
    folder = tmp_path_factory.mktemp("thousand")
    run = made(1000, folder=folder)
    return run, Page(render(run.summary, run.results, folder))


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("count", [0, 1, 25, 300])
def test_any_number_of_users(count, lang, tmp_path):
    """A run of any size has a report in both languages, without anything that was left unfilled."""
    run = made(count, folder=tmp_path)
    found = Page(render(run.summary, run.results, tmp_path, lang=lang))
    assert count == len(found.data["rows"])
    assert not re.search(r"\{\w+\}", re.sub(r"\{(found|count|first|last|user)\}", "", found.text))
    assert len(found.ids) == len(set(found.ids))


def test_every_user_is_in_the_table_once(thousand):
    """The table has every user with the verdict, the worst first, and else in the list's order."""
    run, found = thousand
    assert {r.upn for r in run.results} == {row["upn"] for row in found.rows}
    assert len(run.results) == len(found.rows)
    order = [name for name, _, _ in found.data["standings"]]
    keys = [(order.index(row["standing"]), row["number"]) for row in found.rows]
    assert sorted(keys) == keys
    verdicts = {r.upn: r for r in run.results}
    for row in found.rows:
        result = verdicts[row["upn"]]
        special = {"accepted": result.accepted, "set-aside": result.set_aside}
        assert special.get(row["standing"], row["standing"] == result.verdict)


def test_without_scripts_the_first_two_hundred_are_there(thousand, tmp_path):
    """The static table has the first 200 rows, all problems among them, and says how many there are and where."""
    run, found = thousand
    assert FIRST == found.static_rows == 200
    assert "the first 200 of 1,000 users, the worst first. All of them are in results.jsonl" in found.text
    bad = [r.upn for r in run.results if r.verdict is not Verdict.IN_SYNC]
    assert 50 < len(bad) < FIRST
    assert set(bad) <= set(found.texts)
    run = made(150)
    few = Page(render(run.summary, run.results, tmp_path))
    assert 150 == few.static_rows
    assert "results.jsonl" not in few.text


def test_the_first_line_is_the_result(thousand):
    """The first text of the page is the result, where it was, and what changed; so is the title."""
    _, found = thousand
    first = found.texts[found.texts.index("sandbox: lab · a simulation, not a real tenant") + 1]
    assert re.match(r"Of 1,000 users, \d+ are out of sync", first)
    assert "Since 20 Nov 2026, 20:00 UTC: new" in found.text
    assert "(sandbox)" in next(text for text in found.texts if "· Contoso" in text)


def test_causes_are_counted_with_what_to_do(thousand):
    """Each cause has its number of users, remedy, who acts and how long it takes; accepted users are not counted."""
    run, found = thousand
    for cause, count in run.summary.causes.items():
        row = CAUSES[cause]
        for text in (row.remedy.text, row.who.text, row.wait.text):
            assert text in found.text
        assert f"{count} user" in found.text
    keys = [row["group"] for row in found.rows if row["group"]]
    assert {cause: keys.count(cause) for cause in run.summary.causes} == run.summary.causes
    counted = [int(number) for number in re.findall(r"<b>([\d,]+)</b> users?</p>", found.html)]
    assert sorted(counted, reverse=True) == counted
    assert sum(counted) == len(keys)


def test_reasons_are_explained(tmp_path):
    """What cannot be told is grouped by its reason, with what to do, as loudly as a cause."""
    found = page([user(1, Verdict.INCONCLUSIVE, reason=Reason.PAGE_FORBIDDEN)], tmp_path)
    assert REASONS[Reason.PAGE_FORBIDDEN].do in found.text
    (row,) = found.rows
    assert ("page-forbidden", "No access to the page") == (row["group"], row["title"])
    assert REASONS[Reason.PAGE_FORBIDDEN].explain in row["sentences"]


def test_a_row_opens_its_evidence(tmp_path):
    """A row links to its own run's report and shows its two pictures, if they are in the folder."""
    for name in ("evidence/a.png", "evidence/b.png", "runs/1/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    note = message("SharePoint and Microsoft 365 show different photos.")
    shots = {"reference_shot": "evidence/a.png", "copy_shot": "evidence/b.png", "note": note}
    measured = {"score": 0.412, "limit": 0.07, "causes": ("C1", "C3")}
    full = user(1, Verdict.OUT_OF_SYNC, run="runs/1", **shots, **measured)
    lost = user(2, Verdict.OUT_OF_SYNC, run="runs/2", causes=("C1",), reference_shot="evidence/gone.png")
    found = page([full, lost], tmp_path)
    row, gone = found.rows
    assert ("runs/1/index.html", "evidence/a.png", "evidence/b.png") == (row["report"], row["reference"], row["copy"])
    assert [note.text] == row["sentences"]
    assert ["C1", "C3"] == row["advices"]
    assert "0.41; up to 0.07 is the same" in row["facts"]
    assert {"evidence/a.png", "evidence/b.png", "runs/1/index.html"} <= set(found.links)
    assert (0, 0) == (gone["report"], gone["reference"])
    assert ["Evidence of this result is not in this folder."] == gone["sentences"]


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../evidence/a.png", "evidence/../../a.png", "evidence//a.png", "./evidence/a.png"),
        *("javascript:alert(1).png", "https://evil.example/a.png", "//evil.example/a.png", "\\\\evil\\a.png"),
        *("evidence/a.svg", "evidence/a.html", "evidence/a.png\0", "evidence/a.png?x", "evidence/a.png#x", "x/a.png"),
        *("x", "x/../runs", "evidence", "a.png", "", "."),
        "a" * 9000 + ".png",
    ],
)
def test_no_path_leads_out_of_the_folder(path, tmp_path):
    """Whatever a result names as its evidence, the page links to a picture or a report in its folder, or to nothing."""
    (tmp_path / "evidence").mkdir()
    for name in ("a.png", "a.svg", "a.html"):
        (tmp_path / "evidence" / name).write_bytes(b"x")
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "index.html").write_bytes(b"x")
    for folder in ("x", "evidence"):
        for name in ("a.png", "index.html"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_bytes(b"x")
    shots = {"reference_shot": path, "copy_shot": path, "run": path}
    found = page([user(1, Verdict.OUT_OF_SYNC, **shots)], tmp_path)
    assert [] == found.pictures
    assert [] == [link for link in found.links if not link.startswith("#")]
    assert (0, 0, 0) == tuple(found.rows[0][name] for name in ("report", "reference", "copy"))


def test_names_with_special_characters_in_a_path_are_encoded(tmp_path):
    """A link to a file whose name has a space or a percent sign leads to that file."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "a %41 é.png").write_bytes(b"x")
    found = page([user(1, Verdict.OUT_OF_SYNC, copy_shot="evidence/a %41 é.png")], tmp_path)
    assert "evidence/a%20%2541%20%C3%A9.png" == found.rows[0]["copy"]


def test_marks_and_changes(tmp_path):
    """Accepted, expired, flaky, copy only, and what changed: each row says it, and the table can be filtered by it."""
    known = Acceptance(reason="leaves the company", until=date(2026, 12, 1))
    expired = known.model_copy(update={"expired": True, "until": date(2026, 1, 1)})
    results = [
        user(1, Verdict.OUT_OF_SYNC, accepted=True, acceptance=known, causes=("C1",), changed=ChangedSince.ACCEPTED),
        user(2, Verdict.OUT_OF_SYNC, acceptance=expired, causes=("C1",), changed=ChangedSince.STILL),
        user(3, flaky=True),
        user(4, depth=Depth.QUICK, pages=()),
    ]
    found = page(results, tmp_path)
    rows = {row["number"]: row for row in found.rows}
    assert ("accepted", "Accepted until 1 Dec 2026: leaves the company", "") == (
        rows[1]["standing"],
        rows[1]["title"],
        rows[1]["group"],
    )
    assert ("out-of-sync", ["expired"], "still") == (rows[2]["standing"], rows[2]["marks"], rows[2]["change"])
    assert "Expired on 1 Jan 2026: leaves the company" in rows[2]["facts"]
    assert ["flaky"] == rows[3]["marks"]
    assert ["copy-only"] == rows[4]["marks"]
    assert "No page that shows this user was checked" in rows[4]["sentences"][0]
    options = {attrs["value"] for tag, attrs in found.tags if tag == "option"}
    assert {"accepted", "out-of-sync", "C1", "still", "expired", "flaky", "copy-only", "in-sync"} <= options


def test_users_without_a_result_are_rows(tmp_path):
    """Somebody who looks for a missing user finds a row that says so."""
    found = page([user(1)], tmp_path, missing=("zoe@contoso.com", "user1@contoso.com"), total=9)
    assert [("zoe@contoso.com", "no-result"), ("user1@contoso.com", "in-sync")] == [
        (row["upn"], row["standing"]) for row in found.rows
    ]
    assert "<b>8</b> users" in found.html


def test_tenant_wide_causes_are_shown(tmp_path):
    """A tenant-wide cause is shown with its numbers, what would look the same, who contradicts, and what to do."""
    bad = [user(number, Verdict.OUT_OF_SYNC, causes=("C14",)) for number in range(40)]
    results = [*bad, user(41)]
    found = page(results, tmp_path, patterns=patterns(results))
    for text in (
        "40 of 41 fit",
        "1 user contradicts",
        "user41@contoso.com",
        "Not served by SharePoint: 40 of 41 pictures",
        "An account or a computer with limited access sees the same.",
        CAUSES["C14"].remedy.text,
        CAUSES["C14"].confirm.text,
    ):
        assert text in found.text
    assert "Possible causes in the whole tenant" not in page(results, tmp_path).text


def test_an_unknown_cause_is_shown_by_its_id(tmp_path):
    """A cause of a later version, which this one does not know, is shown and counted by its id."""
    found = page([user(1, Verdict.OUT_OF_SYNC, causes=("C99",))], tmp_path)
    title = "A cause that this version of the report does not know"
    assert ("C99", title) == (found.rows[0]["group"], found.rows[0]["title"])


def test_the_first_row_of_a_user_is_the_target_of_a_link(tmp_path):
    """A link to a user works without scripts, and an address that is listed twice gives one id."""
    twice = [user(1), user(2, upn="user1@contoso.com")]
    found = page(twice, tmp_path)
    assert 1 == found.ids.count("user=user1@contoso.com")


def test_nothing_is_requested_from_elsewhere(thousand):
    """Styles and scripts are in the file and named by their hashes; pictures are files of the folder; nothing else."""
    _, found = thousand
    policies = [attrs["content"] for tag, attrs in found.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert re.fullmatch(
        r"default-src 'none'; img-src 'self'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; "
        r"base-uri 'none'; form-action 'none'",
        policies[0],
    )
    assert [] == [attrs for _, attrs in found.tags if "style" in attrs or any(name.startswith("on") for name in attrs)]
    assert all(re.fullmatch(r"evidence/[0-9a-f]{64}\.png", source) for source in found.pictures)
    assert all(re.match(r"#|evidence/|runs/", link) for link in found.links)


def test_a_file_that_would_be_too_large_is_split(tmp_path):
    """Then the report says so, leaves the details to a page per user, and these pages have everything."""
    run = made(300, folder=tmp_path)
    assert [] == list(user_pages(run.summary, run.results, tmp_path))
    limit = {"largest": 30_000}
    found = Page(render(run.summary, run.results, tmp_path, **limit))
    assert "With 300 users this file would be too large." in found.text
    assert 300 == len(found.rows)
    pages = dict(user_pages(run.summary, run.results, tmp_path, **limit))
    linked = {row["report"] for row in found.rows if row["report"]}
    assert linked == set(pages)
    bad = next(r for r in run.results if r.reference_shot and not r.accepted and r.causes)
    text = pages[f"users/{bad.number:06}.html"]
    for part in (bad.upn, f"../{bad.reference_shot}", f"../{bad.copy_shot}", f"../{bad.run}/index.html", bad.causes[0]):
        assert part in text
    assert "default-src 'none'" in text.replace("&#39;", "'")
    assert "sandbox: <bdi>lab</bdi>" in text


def test_what_no_file_can_hold_is_said(tmp_path):
    """If even the short rows are too many, the table has the worst of them and says how many it leaves out."""
    run = made(300)
    found = Page(render(run.summary, run.results, tmp_path, largest=12_000))
    kept = len(found.rows)
    assert 0 < kept < 300
    assert f"The table leaves out {300 - kept} users" in found.text
    assert {"in-sync"} >= {row["standing"] for row in found.rows[-5:]}


def test_pages_of_the_table_are_shorter_than_what_is_static():
    """The static rows are at least one page of the table, so that nothing disappears when the script has started."""
    assert PAGE <= FIRST


def test_a_deterministic_page(tmp_path):
    """The same results give the same file."""
    run = made(200)
    assert render(run.summary, run.results, tmp_path) == render(run.summary, run.results, tmp_path)


def test_an_unknown_language_is_refused(tmp_path):
    """A language that does not exist is an error."""
    run = made(1)
    with pytest.raises(ValueError, match="xx"):
        render(run.summary, run.results, tmp_path, lang="xx")
