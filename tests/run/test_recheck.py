"""A run that repeats an earlier one takes its inputs from the record and continues the chain of runs on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.diagnose import diagnosed, differing, follows, judged
from troubleshooter.errors import InputError
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Outcome, Reason, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import Expected, Record, Stop
from troubleshooter.run import recheck
from troubleshooter.run.request import RunSettings

from ..diagnose.records import CARD, OWN, PAGE, SMALL, but, record, stale
from .runs import HOUR, NOON, made

INPUTS = {
    "scenario": "photo-differs",
    "tenant": "sandbox",
    "pages": ["https://contoso.sharepoint.com/a.aspx"],
    "expect": "/gone/wanted.jpg",
    "surfaces": ["all"],
    "lang": "ro",
    "show_others": False,
    "timeout": 45.0,
    "headed": None,
}


def test_a_run_is_repeated_with_its_inputs(tmp_path):
    """A recheck takes from the record what to run and any option that is not given again, except the surfaces."""
    shot = Expected(name="wanted.jpg", shot="evidence/wanted.jpg", sha256="0", natural_px=(1, 1))
    earlier = made(tmp_path, NOON, inputs=INPUTS, expected=shot, account="helpdesk")
    assert {"lang": "ro", "show-others": False, "timeout": 45.0} == earlier.options()
    copy = earlier.folder.path / "evidence" / "wanted.jpg"
    copy.write_bytes(b"wanted")
    request = earlier.request(RunSettings(timeout=5), None)
    assert ("sandbox", "helpdesk", earlier.record.subject) == (request.tenant, request.account, request.subject)
    assert (("https://contoso.sharepoint.com/a.aspx",), copy, 5) == (request.pages, request.expect, request.timeout)
    assert ("default",) == request.surfaces


@pytest.mark.parametrize(
    ("tenant", "locators", "repeated"),
    [
        ("/t/contoso.toml", "/t/locators.toml", False),
        ("/t/contoso.toml", "/t/mine.toml", True),
        ("sandbox", str(Path("locators.toml").absolute()), True),
    ],
)
def test_the_file_beside_the_tenant_file_is_looked_for_again(tmp_path, tenant, locators, repeated):
    """What an option named is named again; what lay beside the tenant file may have gone since, with the repair."""
    earlier = made(tmp_path, NOON, inputs=INPUTS | {"tenant": tenant, "locators": locators})
    assert repeated == ("locators" in earlier.options())


def test_a_picture_that_is_gone_is_bad_input(tmp_path):
    """If neither the expected photo nor its copy in the evidence exists, one line says so."""
    with pytest.raises(InputError, match=r"^--expect: /gone/wanted.jpg is gone, and so is its copy in "):
        made(tmp_path, NOON, inputs=INPUTS).request(RunSettings(), None)


def test_a_record_without_a_tenant_is_bad_input(tmp_path):
    """A record that does not say which tenant it belongs to cannot be repeated, so it is bad input."""
    with pytest.raises(InputError, match=r"record.json does not say which tenant"):
        made(tmp_path, NOON, inputs={}).request(RunSettings(), None)


async def test_an_interrupted_run_is_not_the_newest(tmp_path):
    """An interrupted run does not count, so the chain continues from the run before."""
    first = made(tmp_path, NOON)
    made(tmp_path, NOON + HOUR, earlier=first, interrupted_by="SIGINT", reason=Reason.INTERRUPTED)
    assert first.record.id == recheck.chain_of(first, tmp_path).newest.record.id


STOP = Stop(step="office-com", what=message("No."), help=message("Ask."))
STOPPED = {"verdict": Verdict.STOPPED, "reason": Reason.HOST_UNREACHABLE, "stop": STOP}
UNCLEAR = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.PAGE_MISSING}


async def test_the_chain_is_repeated_from_its_end_whichever_run_is_named(tmp_path):
    """The newest run is repeated; what is new is new since the newest that could tell; other chains do not count."""
    first = made(tmp_path, NOON)
    second = made(tmp_path, NOON + HOUR, earlier=first, verdict=Verdict.IN_SYNC)
    third = made(tmp_path, NOON + 2 * HOUR, earlier=second, **UNCLEAR)
    fourth = made(tmp_path, NOON + 3 * HOUR, earlier=third, **STOPPED)
    made(tmp_path, NOON + 4 * HOUR, earlier=fourth, interrupted_by="SIGTERM", reason=Reason.INTERRUPTED)
    other = made(tmp_path, NOON + 5 * HOUR)
    for named in (first, second, third, fourth):
        chain = recheck.chain_of(recheck.read(named.folder.path), tmp_path)
        assert (fourth.record.id, second.record.id) == (chain.newest.record.id, chain.known.record.id)
    assert other.record.id == recheck.chain_of(other, tmp_path).newest.record.id
    apart = tmp_path / "apart"
    assert recheck.chain_of(made(apart, NOON, **STOPPED), apart).known is None
    namesake = made(apart / "again", NOON, subject="mia@contoso.com")
    assert (namesake,) == recheck.chain_of(namesake, tmp_path).runs


async def test_a_photo_that_an_interrupted_run_sent_is_not_sent_again(tmp_path):
    """An interrupted or killed run says nothing about the photo, but that it was sent counts."""
    died = {"finished": None, "verdict": Verdict.INCONCLUSIVE, "reason": Reason.CRASHED}
    for n, ended in enumerate(({"interrupted_by": "SIGINT", "reason": Reason.INTERRUPTED}, died)):
        out = tmp_path / str(n)
        first = made(out, NOON, **STOPPED)
        sent = made(out, NOON + HOUR, earlier=first, sent=NOON + HOUR, **ended)
        chain = recheck.chain_of(first, out)
        assert (sent.record.id, True, None) == (chain.newest.record.id, chain.newest.sent, chain.known)


@pytest.mark.parametrize("said", [STOPPED, UNCLEAR, {**UNCLEAR, "interrupted_by": "SIGINT"}])
def test_a_run_that_could_not_tell_compares_nothing(said):
    """What it did not get to see is not "now not seen", and a cause that it cannot know is not gone."""
    known = diagnosed(judged(record(rows=stale(CARD, SMALL), finished=NOON)))
    now = differing(known, judged(record((), None, steps=())).model_copy(update=said))
    assert () == now.changes
    assert ("out-of-sync", "C1", NOON) == (now.last_known.verdict, now.last_known.cause, now.last_known.finished)
    assert differing(now, judged(record())).last_known is None
    assert differing(known, judged(record())).changes


def test_the_same_again_is_no_change():
    """A run that found what the previous one found reports no change."""
    same = judged(record())
    assert ((), "in-sync") == ((now := differing(same, same)).changes, now.last_known.verdict)


def test_a_change_names_its_page():
    """A change on a page contains the page's name, which distinguishes several cards of one kind."""
    places = but(CARD, OWN, page_url=PAGE)
    changes = differing(judged(record(places, rows=stale(CARD, SMALL))), judged(record(places))).changes
    said = [change.text for change in changes]
    assert said == [
        "Verdict: was out-of-sync, now in-sync",
        "people-web-part on Team.aspx: before a different picture, now the right photo",
        "userphoto-s: before a different picture, now the right photo",
    ]


def test_every_later_run_knows_that_the_photo_was_sent():
    """Every later run knows that the photo was sent, so as not to send it again, and when it was first requested."""
    sent = record(sent=NOON, own_photo_requested=NOON, clock=NOON)
    second = record(previous=follows(sent), own_photo_requested=NOON + HOUR, clock=NOON + HOUR)
    chain = follows(second)
    assert (NOON, NOON, sent.id) == (chain.sent, chain.asked, chain.first)
    assert earlier_from(second).sent


def earlier_from(record: Record) -> recheck.Earlier:
    """Return `record` as an earlier run in an arbitrary folder."""
    return recheck.Earlier(RunFolder(Path("nowhere")), record)


def test_the_goal_is_reached_by_verdict_or_outcome():
    """A run has reached its goal if it is in sync or has an outcome that its scenario aims for."""
    for update, expected in (
        ({"verdict": Verdict.IN_SYNC}, True),
        ({"verdict": Verdict.OUT_OF_SYNC, "outcome": Outcome.COPIED}, True),
        ({"verdict": Verdict.OUT_OF_SYNC, "outcome": Outcome.PENDING}, False),
        ({"verdict": Verdict.INCONCLUSIVE, "reason": Reason.NO_REFERENCE}, False),
    ):
        assert expected == earlier_from(record().model_copy(update=update)).reached
