"""Rehearsals run `photo-differs` against the sandbox's faults in a real browser, as the subject and as a colleague.

Each fault is rehearsed in one role, some in both; `REHEARSALS=all` rehearses all in both. Which cause is found for
each fault is measured by `python -m tests.bench.causes`.
"""

from __future__ import annotations

import json
import os
import pickle
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.expected_outcomes import EXPECTED, FIRST_DIAGNOSIS, TESTED_ELSEWHERE
from support.once import held
from support.tools import ROOT, tool

from scenarios import SCENARIOS
from troubleshooter.diagnose import exit_code
from troubleshooter.evidence.integrity import discrepancies
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import PAGE_CONTENT, Kind, MatchVerdict, StepStatus, Surface
from troubleshooter.model.records import Record
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.sandbox import FAULTS
from troubleshooter.sandbox.pictures import jpeg
from troubleshooter.tenant.sandbox import sandbox, tenant_of

ANA = "ana.popescu@contoso.com"
OWN = ("ana", ANA)
COLLEAGUE = ("helpdesk", ANA)


BOTH = (OWN, COLLEAGUE)
EACH_TIME = {
    "healthy": BOTH,
    "stale-copy": BOTH,
    "never-visited": (OWN,),
    "placeholder": (COLLEAGUE,),
    "no-photo": (OWN,),
    "other-photo": (COLLEAGUE,),
    "recropped": (OWN,),
    "subject-not-on-page": (COLLEAGUE,),
    "page-missing": (OWN,),
    "page-cut-off": (COLLEAGUE,),
    "wrong-password": (COLLEAGUE,),
    "slow-images": (OWN,),
    "teaching-bubble": (COLLEAGUE,),
    "stuck-bubble": (OWN,),
    "panel-from-sharepoint": (OWN,),
    "live-card-only": (COLLEAGUE,),
    "raw-address": (OWN,),
    "late-photos": (OWN,),
    "cloud-microsoft": (OWN,),
}
"""Faults that every `make test` rehearses, and the roles in which it does."""
outcomes = tool("outcomes")
OUTCOMES = json.loads((ROOT / "tests" / "data" / "outcomes.json").read_text(encoding="utf-8"))
"""How a run with every fault ends, as stored by `python tools/outcomes.py`."""
CODES = {"in-sync": 0, "out-of-sync": 1, "no-photo": 1, "stopped": 3, "inconclusive": 4}


@dataclass(frozen=True)
class Rehearsal:
    """A run's record and report, and what the sandbox knows about the run."""

    record: Record
    report: Path
    password: str
    sent: tuple[tuple[str, bool], ...]
    """The host that got each password, and whether the password was right."""


async def rehearse(fault: str, who: tuple[str, str], out: Path, timeout: float = 20) -> Rehearsal:
    """Run `photo-differs` against the sandbox with `fault` and the options that are needed to see the fault."""
    expected = EXPECTED.get(fault, EXPECTED["healthy"])  # faults without an expected outcome need no options
    with sandbox(fault) as box:
        where, expect = tenant_of(box), None
        if expected.needs_expected_photo:
            expect = out / "wanted.jpg"
            expect.write_bytes(jpeg(box.state.photo_of(who[1]), 0, "people-service"))
        wanted = RunRequest(
            scenario="photo-differs",
            tenant=f"sandbox:{fault}",
            account=who[0],
            subject=who[1],
            expect=expect,
            surfaces=("all",) if expected.surfaces else (),
            changed_at=datetime.now(UTC) - expected.changed if expected.changed else None,
            out=out,
            timeout=timeout,
            max_time=600,  # a slow machine is not what is rehearsed
        )
        finished = await execute.run(prepare(wanted, where, SCENARIOS))
        sent = tuple((c.host, c.right) for c in box.journal.credentials)
        return Rehearsal(finished.record, finished.report, box.password, sent)


@pytest.fixture
def rehearsed(tmp_path_factory: pytest.TempPathFactory):
    """Return a function that shares a rehearsal between several tests; the process that needs it first makes it."""

    async def once(fault: str, who: tuple[str, str]) -> Rehearsal:
        with held(tmp_path_factory, f"{fault}-{who[0]}") as folder:
            known = folder / "known"
            if not known.exists():
                made = await rehearse(fault, who, folder, timeout=4 if fault == "slow-images" else 20)
                # Not JSON, because its times are in milliseconds and some tests compare times that are closer.
                known.write_bytes(pickle.dumps((made.record, made.report, made.password, made.sent)))
        return Rehearsal(*pickle.loads(known.read_bytes()))

    return once


def seen(record: Record) -> set[Surface]:
    """Return the surfaces on which the subject was seen."""
    return {s.surface for s in record.sightings if s.subject == record.subject}


def what_was_missing(record: Record) -> str:
    """Return what the run could not see, and why, for the message of a failed assertion."""
    steps = [
        f"{step.id or step.title}: {step.status}, {step.reason} {step.note}"
        for step in record.steps
        if step.status is StepStatus.FAILED
    ]
    return "\n".join([f"{record.reason} {record.stop} {record.interrupted_by}", *steps, *map(str, record.unseen)])


def roles() -> list[tuple[str, tuple[str, str]]]:
    """Return each fault to rehearse, with the role in which it is rehearsed."""
    every = {fault: BOTH for fault, expected in EXPECTED.items() if not expected.profile_saw}
    wanted = every if os.environ.get("REHEARSALS") == "all" else EACH_TIME
    return [(fault, who) for fault, roles in wanted.items() for who in roles]


@pytest.mark.parametrize(
    ("fault", "who"), roles(), ids=[f"{f}-{'own' if w is OWN else 'colleague'}" for f, w in roles()]
)
async def test_ends_as_expected(fault: str, who: tuple[str, str], rehearsed):
    """The run has the expected verdict, reason, cause and exit code."""
    made = await rehearsed(fault, who)
    record, expected, role = made.record, EXPECTED[fault], "own" if who is OWN else "colleague"
    verdict, visible = expected.verdict_for(role), role in expected.visible_to
    causes = [d.cause for d in record.diagnoses]
    ended = (record.verdict, record.reason)
    assert (verdict, expected.reason if visible else None) == ended, what_was_missing(record)
    assert (expected.cause in causes[:2]) if expected.cause and visible else causes == []
    assert not visible or expected.cause not in FIRST_DIAGNOSIS or causes[0] == expected.cause
    assert CODES[verdict] == exit_code(record)
    assert fault == record.sandbox
    assert made.report.is_file()
    assert [] == discrepancies(RunFolder(made.report.parent), made.record)


@pytest.mark.parametrize(
    ("fault", "who"), roles(), ids=[f"{f}-{'own' if w is OWN else 'colleague'}" for f, w in roles()]
)
async def test_ends_as_in_the_table_of_outcomes(fault: str, who: tuple[str, str], rehearsed):
    """A run without special options has the verdict, causes, steps and exit code in `tests/data/outcomes.json`."""
    if EXPECTED[fault] != replace(EXPECTED[fault], needs_expected_photo=False, changed=None, surfaces=()):
        pytest.skip("the table's run has other options")
    stored = OUTCOMES[f"{fault} photo-differs {who[0]}"]
    record = (await rehearsed(fault, who)).record
    row = outcomes.row_of(record.model_dump(mode="json", by_alias=True), exit_code(record))
    compared = (
        list(stored)
        if fault in ("healthy", "stale-copy")
        else ["verdict", "reason", "outcome", "causes", "exit", "steps"]
    )
    assert {key: stored[key] for key in compared} == {key: row[key] for key in compared}


def test_the_table_of_outcomes_is_complete():
    """The table contains every fault with every scenario, as the user and as a colleague."""
    expected = {f"{f} {s} {role}" for f in FAULTS for s in outcomes.SCENARIOS for role in outcomes.ROLES}
    assert expected == set(OUTCOMES)


def test_every_fault_is_rehearsed_or_tested_elsewhere():
    """Every fault has an expected outcome, or a test file that contains its name."""
    assert sorted(FAULTS) == sorted((*EXPECTED, *TESTED_ELSEWHERE))
    for fault, file in TESTED_ELSEWHERE.items():
        text = (Path(__file__).parents[1] / file).read_text(encoding="utf-8")
        assert re.search(rf"(?<![\w-]){fault}(?![\w-])", text), (fault, file)


async def test_broken_image_is_never_in_sync(rehearsed):
    """Pictures that SharePoint refuses to deliver are reported as such, and never as in sync."""
    record = (await rehearsed("broken-image", OWN)).record
    assert exit_code(record) in (1, 4)
    assert "C14" == record.diagnoses[0].cause


async def test_a_picture_that_is_swapped_after_the_page_settled_is_seen(rehearsed):
    """A picture that is swapped after the page settled is found at the end of the run, so it is not in sync."""
    record = (await rehearsed("swapped-photo", OWN)).record
    assert ("out-of-sync", 1) == (record.verdict, exit_code(record))
    assert {"mirrored"} == {c.code for c in record.comparisons if c.verdict is MatchVerdict.DIFFERENT}


async def test_cards_and_photos_that_are_both_late_are_waited_for(rehearsed):
    """If a page replaces its cards while it is inspected, it is checked again; what it showed before does not count."""
    record = (await rehearsed("late-cards+late-photos", COLLEAGUE)).record
    assert ("in-sync", []) == (record.verdict, [d.cause for d in record.diagnoses]), what_was_missing(record)


async def test_own_session_sees_every_surface_that_it_passes(rehearsed):
    """The subject's session records every surface that it passes, on every page, and compares all with the panel."""
    record = (await rehearsed("healthy", OWN)).record
    expected = {
        Surface.HOME_HEADER,
        Surface.ACCOUNT_PANEL,
        Surface.SHAREPOINT_HEADER,
        Surface.PEOPLE_WEB_PART,
        Surface.PAGE_BYLINE,
        Surface.PAGE_COMMENT,
        Surface.USERPHOTO_S,
        Surface.USERPHOTO_M,
        Surface.USERPHOTO_L,
        Surface.STORED_THUMBNAIL,
    }
    assert expected == seen(record)
    assert Surface.ACCOUNT_PANEL == record.sightings[record.reference].surface
    assert {0, 1} == {s.page for s in record.sightings if s.surface in PAGE_CONTENT}
    assert {MatchVerdict.SAME} == {c.verdict for c in record.comparisons}
    below_the_fold = [s for s in record.sightings if s.surface is Surface.PEOPLE_WEB_PART and s.page == 0]
    assert 2 == len(below_the_fold)
    assert ["B1", "B2", "B3", "B4", "B4", None, None] == [s.article_step for s in record.steps]
    assert {StepStatus.PASSED} == {s.status for s in record.steps}
    assert all(s.shots for s in record.steps if s.article_step)


async def test_stored_pictures_are_recorded_in_their_order(rehearsed):
    """They are requested side by side; whichever came first, records stay comparable."""
    record = (await rehearsed("healthy", OWN)).record
    stored = [Surface.USERPHOTO_S, Surface.USERPHOTO_M, Surface.USERPHOTO_L, *[Surface.STORED_THUMBNAIL] * 3]
    mine = [s for s in record.sightings if s.step == "stored-photo"]
    assert stored == [s.surface for s in mine]
    assert stored[:3] == [p.surface for p in record.placeholders]
    thumbnails = [s.natural_px for s in mine[3:]]
    assert sorted(thumbnails) == thumbnails


async def test_pictures_that_never_come_leave_everything_else_to_be_judged(rehearsed):
    """Both pages are inspected, the placeholders seen, and the properties read again; only the photos are missing."""
    record = (await rehearsed("slow-images", OWN)).record
    on_pages = [s for s in record.sightings if s.surface in PAGE_CONTENT]
    assert ({0, 1}, {Kind.LOADING}) == ({s.page for s in on_pages}, {s.kind for s in on_pages})
    assert 3 == len(record.placeholders)
    assert ["before", "after"] == [p.moment for p in record.properties]


async def test_properties_are_read_before_the_own_photo_is_asked_for(rehearsed):
    """In the subject's own session, the properties of the copy are recorded before the visit can renew the copy."""
    record = (await rehearsed("healthy", OWN)).record
    before = record.properties[0]
    assert ("before", 200) == (before.moment, before.status)
    assert before.values["SPS-PictureExchangeSyncState"] == "1"
    assert record.own_photo_requested is not None
    assert before.read_at < record.own_photo_requested


async def test_colleague_sees_the_source_by_card_and_mailbox_and_triggers_nothing(rehearsed):
    """A colleague's session has the profile card as reference, keeps nobody else's picture, and triggers nothing."""
    record = (await rehearsed("healthy", COLLEAGUE)).record
    assert {Surface.PROFILE_CARD, Surface.OUTLOOK_PHOTO} <= seen(record)
    assert Surface.PROFILE_CARD == record.sightings[record.reference].surface
    assert record.own_photo_requested is None
    others = [s for s in record.sightings if s.subject != record.subject]
    assert others
    assert [None] * len(others) == [s.shot for s in others]


async def test_recrop_is_evidence(rehearsed):
    """A copy that shows another crop of the same picture is reported as re-cropped, in the evidence of its cause."""
    record = (await rehearsed("recropped", OWN)).record
    assert any("re-cropped" in e.text for e in record.diagnoses[0].evidence)
    assert any(c.code == "recropped" for c in record.comparisons)


async def test_password_is_sent_once_even_when_refused(rehearsed):
    """A refused password is not sent again, and no step after the sign-in runs."""
    made = await rehearsed("wrong-password", COLLEAGUE)
    assert (("login.microsoftonline.com", False),) == made.sent
    assert "AADSTS50126" == made.record.stop.code
    assert ["passed", "failed", *["skipped"] * 6] == [s.status for s in made.record.steps]


async def test_no_secret_is_written(rehearsed):
    """No file of a run contains the password or a time-limited token."""
    made = await rehearsed("healthy", OWN)
    password = made.password.encode()
    written = [path for path in made.report.parent.rglob("*") if path.is_file()]
    assert written
    for path in written:
        data = path.read_bytes()
        assert password not in data
        assert b"_oat_=1" not in data
