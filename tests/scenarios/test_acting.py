"""Runs that act in a real browser on the sandbox, and reports on a photo's way through the stores."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from scenarios import SCENARIOS
from troubleshooter.diagnose import exit_code
from troubleshooter.errors import InputError
from troubleshooter.model.enums import Kind, Outcome, Reason, StepStatus, Surface, Verdict
from troubleshooter.model.records import Record
from troubleshooter.report import render
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.run.runner import Observer
from troubleshooter.sandbox.portraits import portrait
from troubleshooter.tenant.sandbox import sandbox, tenant_of

ANA = "ana.popescu@contoso.com"
PAGE = "https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx"


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a photo of the subject that no store contains, in portrait format as cameras produce it."""
    path = tmp_path_factory.mktemp("photo") / "ana.jpg"
    canvas = Image.new("RGB", (900, 1100), "#8899aa")
    canvas.paste(portrait(ANA, 5).resize((900, 900)), (0, 100))
    canvas.save(path, quality=95)
    return path


async def do(box, out: Path, scenario: str, photo: Path | None = None, earlier: Record | None = None, **how):
    """Make one run on `box`; `how` sets account, locale, timeout, `sent_before`, and `done`, called after each step."""
    given = {"photo": photo, "allow_changes": True} if photo else {}
    wanted = RunRequest(
        scenario=scenario,
        tenant="served.toml",  # as with `sandbox serve`
        account=how.get("account", "ana"),
        subject=ANA,
        pages=(PAGE,),
        out=out,
        sent_before=how.get("sent_before", False),
        timeout=how.get("timeout", 20),
        ui_locale=how.get("locale", "en-US"),
        **given,
    )
    observer = Observer(done=how["done"]) if "done" in how else None
    return await execute.run(prepare(wanted, tenant_of(box), SCENARIOS), observer, earlier)


ADDED = {
    **dict.fromkeys(("upload-popup", "upload-account", "upload-profile"), "ro-RO"),
    **dict.fromkeys(
        ("upload-popup+alike-buttons", "upload-account+alike-buttons", "upload-profile+alike-buttons"), "en-US"
    ),
}
"""Windows that take the photo, to the language that the tenant shows: one whose labels no source gives, in which the
structure decides, and English, whose documented labels decide where every button looks alike."""
REFUSED = {
    "upload-popup+upload-refused": ("ro-RO", Reason.UPLOAD_REFUSED),
    "upload-account+no-camera-button": ("en-US", Reason.UPLOAD_NOT_ALLOWED),
    "upload-profile+on-premises-source": ("ro-RO", Reason.UPLOAD_NOT_ALLOWED),
}
"""Windows that refuse, to the language that the tenant shows and the reason that the run gives."""


@pytest.mark.run
@pytest.mark.parametrize("fault", ADDED)
async def test_a_photo_is_added_through_each_window(fault, photo, tmp_path):
    """In each upload window and language, the photo is sent once and seen, and the old photo is kept."""
    before = sha256(photo.read_bytes()).hexdigest()
    with sandbox(fault) as box:
        finished = await do(box, tmp_path, "add-photo", photo, locale=ADDED[fault])
        sent = [e for e in box.journal.requests if e.path == "/sandbox-photo"]
    record = finished.record
    assert (Outcome.PHOTO_ADDED, 0, 1) == (record.outcome, exit_code(record), len(sent))
    assert Verdict.INCONCLUSIVE is record.verdict  # adding a photo says nothing about the sync
    assert record.sent is not None
    assert ["A1", "A2", "A3", "A4", None] == [s.article_step for s in record.steps]
    assert [s.id for s in record.steps if s.unverified] == ["change-photo"]
    assert {"photo-cropped", "unverified-structure"} <= {f.id for f in record.findings}
    assert Kind.PHOTO is record.replaced.kind
    assert (finished.folder.path / record.replaced.file).is_file()
    assert before == sha256(photo.read_bytes()).hexdigest() == record.photo.sha256


@pytest.mark.run
async def test_the_button_that_comes_with_the_photo_sends_it(photo, tmp_path):
    """If buttons look alike in a language without documented labels, the one that appears with the photo sends it."""
    with sandbox("upload-account+plain-window") as box:
        record = (await do(box, tmp_path, "add-photo", photo, locale="ro-RO")).record
        sent = [e for e in box.journal.requests if e.path == "/sandbox-photo"]
    assert (Outcome.PHOTO_ADDED, 0, 1) == (record.outcome, exit_code(record), len(sent))


@pytest.mark.run
async def test_buttons_that_look_alike_without_documented_labels_send_nothing(photo, tmp_path):
    """If buttons look alike in a language without documented labels, nothing is sent and the run says why."""
    with sandbox("upload-popup+alike-buttons") as box:
        record = (await do(box, tmp_path, "add-photo", photo, locale="ro-RO")).record
        assert [] == [e for e in box.journal.requests if e.path == "/sandbox-photo"]
    assert (Outcome.NOT_ATTEMPTED, 4, None) == (record.outcome, exit_code(record), record.outcome_recheck_after)
    assert "nothing was sent" in record.outcome_why[0].text


@pytest.mark.run
@pytest.mark.parametrize("fault", REFUSED)
async def test_a_refusal_stops_the_run_and_changes_nothing(fault, photo, tmp_path):
    """A refused upload stops the run with its reason and exit code 3, and leaves every store unchanged."""
    locale, reason = REFUSED[fault]
    with sandbox(fault) as box:
        before = dict(box.state.people_service)
        record = (await do(box, tmp_path, "add-photo", photo, locale=locale)).record
        assert before == box.state.people_service
    assert (Verdict.STOPPED, reason, 3) == (record.verdict, record.reason, exit_code(record))
    assert (None, None) == (record.sent, record.outcome)
    assert record.stop.help.text.startswith("Ask the Microsoft 365 admin")


@pytest.mark.run
async def test_a_session_that_has_ended_is_no_refusal(photo, tmp_path):
    """A photo that arrives without a session is not the policy's doing: the run says that the session had ended."""
    with sandbox("healthy") as box:
        before = dict(box.state.people_service)

        def ends(step) -> None:
            if step.id == "circle":
                box.state.sessions.lose()

        record = (await do(box, tmp_path, "add-photo", photo, done=ends)).record
        sent = [e.status for e in box.journal.requests if e.path == "/sandbox-photo"]
        assert before == box.state.people_service
    assert [401] == sent
    assert (Verdict.INCONCLUSIVE, Reason.SIGNED_OUT, 4) == (record.verdict, record.reason, exit_code(record))
    assert record.sent is None
    assert "status 401" in next(s.note.text for s in record.steps if s.status is StepStatus.FAILED)


@pytest.mark.run
async def test_two_candidates_send_nothing(photo, tmp_path):
    """If two fields accept a file, nothing is guessed and nothing is sent."""
    with sandbox("two-candidates") as box:
        record = (await do(box, tmp_path, "add-photo", photo)).record
        assert [] == [e for e in box.journal.requests if e.path == "/sandbox-photo"]
    assert (Verdict.INCONCLUSIVE, Reason.PAGE_CHANGED, 4) == (record.verdict, record.reason, exit_code(record))
    assert Outcome.NOT_ATTEMPTED is record.outcome
    assert "nothing was sent" in next(s.note.text for s in record.steps if s.status is StepStatus.FAILED)


@pytest.mark.run
async def test_a_late_photo_is_pending_and_looked_for_again(photo, tmp_path):
    """A photo that is not seen in time is pending; a second run finds it and does not send it again."""
    with sandbox("upload-late") as box:
        first = (await do(box, tmp_path, "add-photo", photo, timeout=8)).record
        assert (Outcome.PENDING, 4) == (first.outcome, exit_code(first))
        assert first.outcome_recheck_after is not None
        box.advance(30 * 60)
        second = await do(box, tmp_path, "add-photo", photo, first, sent_before=True)
        assert 1 == len([e for e in box.journal.requests if e.path == "/sandbox-photo"])
    assert (Outcome.PHOTO_ADDED, first.id) == (second.record.outcome, second.record.previous.run)
    assert {"outcome", "surface"} <= {c.what for c in second.record.changes}


@pytest.mark.run
async def test_a_panel_photo_from_sharepoint_is_seen_when_the_panel_opens(photo, tmp_path):
    """A panel that requests its photo from SharePoint when it opens gets it after the properties were read."""
    with sandbox("panel-from-sharepoint") as box:
        record = (await do(box, tmp_path, "add-photo", photo, timeout=6)).record
    assert Kind.PHOTO is record.replaced.kind
    assert record.properties[0].read_at <= record.own_photo_requested
    assert {"passed"} == {step.status for step in record.steps}
    # The panel shows SharePoint's copy, which gets the photo a day later.
    assert Outcome.PENDING is record.outcome


@pytest.mark.run
async def test_one_photo_through_all_stores_told_by_its_reports(photo, tmp_path):
    """Reports follow a photo that is added, still old in SharePoint, copied by a visit after a day, then in sync."""
    with sandbox("healthy") as box:
        added = (await do(box, tmp_path, "add-photo", photo)).record
        assert Outcome.PHOTO_ADDED is added.outcome
        box.advance(6 * 60)  # until the mailbox has the photo

        old = await do(box, tmp_path, "photo-differs", account="helpdesk")
        assert (Verdict.OUT_OF_SYNC, "C1") == (old.record.verdict, old.record.diagnoses[0].cause)
        assert f"troubleshooter recheck {old.folder.path}" in render(old.record, old.folder.path)

        box.advance(25 * 3600)

        def lands(step) -> None:
            if step.id == "onedrive-tile":
                box.advance(11 * 60)

        copied = (await do(box, tmp_path, "resync-photo", done=lands)).record
        assert (Outcome.COPIED, 0) == (copied.outcome, exit_code(copied))
        assert copied.properties[0].read_at < copied.own_photo_requested
        assert copied.clock - copied.started > timedelta(hours=25)  # the tenant's own time, not this computer's
        assert copied.properties[0].timestamp < copied.properties[-1].timestamp

        box.advance(24 * 3600)
        again = await do(box, tmp_path, "photo-differs", account="helpdesk", earlier=old.record)
    assert Verdict.IN_SYNC is again.record.verdict
    changed = {(c.what, c.surface) for c in again.record.changes}
    assert {("verdict", None), ("surface", Surface.USERPHOTO_L), ("surface", Surface.PEOPLE_WEB_PART)} <= changed
    stamp = next(c for c in again.record.changes if c.what == "property")
    assert copied.properties[-1].timestamp == stamp.at
    for lang, words in (("en", "Since the previous check"), ("ro", "față de verificarea anterioară")):
        assert words in render(again.record, again.folder.path, lang=lang)


@pytest.mark.run
async def test_a_colleague_cannot_make_sharepoint_copy(tmp_path):
    """A run in a colleague's session triggers no copy, and says so."""
    with sandbox("never-visited") as box:
        record = (await do(box, tmp_path, "resync-photo", account="helpdesk", timeout=10)).record
        box.advance(3600)
        assert box.state.copy_of(ANA).copied is None
    assert (Outcome.CANNOT_TRIGGER, 4) == (record.outcome, exit_code(record))


def test_nothing_is_prepared_without_permission(photo, tmp_path):
    """Adding a photo without `--allow-changes`, without a file or for somebody else is refused before anything runs."""
    with sandbox("healthy") as box:
        where = tenant_of(box)
        for option, advice, wanted in (
            ("--allow-changes", "add --allow-changes", {"photo": photo}),
            ("--photo", "name a picture file", {"allow_changes": True}),
            (
                "--subject",
                "leave out --subject",
                {"photo": photo, "allow_changes": True, "account": "helpdesk", "subject": ANA},
            ),
        ):
            with pytest.raises(InputError, match=f"^{option}: ") as refused:
                prepare(RunRequest(scenario="add-photo", tenant="sandbox", out=tmp_path, **wanted), where, SCENARIOS)
            assert advice in str(refused.value)
        with pytest.raises(InputError, match=r"^--photo: photo-differs adds no photo"):
            prepare(RunRequest(scenario="photo-differs", tenant="sandbox", out=tmp_path, photo=photo), where, SCENARIOS)
        assert [] == box.journal.requests
    assert [] == list(tmp_path.iterdir())
