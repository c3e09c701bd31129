"""Records are immutable, keep their closed lists and field names, and survive a round trip through JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from troubleshooter.model.enums import (
    INCONCLUSIVE_REASONS,
    PAGE_CONTENT,
    STOPPED_REASONS,
    USERPHOTO,
    Kind,
    MatchVerdict,
    Reason,
    SessionKind,
    Source,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.message import message
from troubleshooter.model.records import SCHEMA, Picture, Record, Sighting, Step, rfc3339
from troubleshooter.model.scalars import picture_time

MOMENT = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)

INCONCLUSIVE = [
    "no-reference",
    "subject-not-on-page",
    "subject-not-identified",
    "page-missing",
    "page-forbidden",
    "page-changed",
    "images-not-settled",
    "too-small",
    "too-few-sightings",
    "signed-out",
    "throttled",
    "interrupted",
    "time-limit",
    "crashed",
    "not-saved",
    "user-not-found",
    "user-not-confirmed",
]
STOPPED = [
    "host-unreachable",
    "browser-missing",
    "unexpected-host",
    "wrong-password",
    "unknown-user",
    "account-locked",
    "password-expired",
    "mfa-needed",
    "mfa-denied",
    "mfa-timeout",
    "registration-needed",
    "blocked-by-policy",
    "consent-needed",
    "wrong-account",
    "unknown-sign-in-screen",
    "sign-in-error",
]
SURFACES = [
    "home-header",
    "account-panel",
    "account-page",
    "sharepoint-header",
    "onedrive-header",
    "people-web-part",
    "page-byline",
    "page-comment",
    "profile-card",
    "list-author",
    "people-search",
    "userphoto-s",
    "userphoto-m",
    "userphoto-l",
    "stored-thumbnail",
    "outlook-photo",
    "graph-photo",
    "outlook-header",
    "teams-header",
]
RECORD_FIELDS = [
    "schema",
    "scenario",
    "tenant",
    "subject",
    "account",
    "signed_in_as",
    "sandbox",
    "inputs",
    "versions",
    "verdict",
    "reason",
    "diagnoses",
    "findings",
    "steps",
    "sightings",
    "comparisons",
    "own_photo_requested",
]
STEP_FIELDS = [
    "id",
    "article_step",
    "title",
    "status",
    "reason",
    "started",
    "finished",
    "shots",
]
SIGHTING_FIELDS = [
    "surface",
    "step",
    "subject",
    "identified_by",
    "kind",
    "source",
    "url",
    "page_url",
    "locator",
    "natural_px",
    "rendered_px",
    "dpr",
    "sha256",
    "body_sha256",
    "shot",
    "seen_at",
]


def record(**fields) -> Record:
    usual = {
        "id": "20261122T104100Z-photo-differs",
        "scenario": "photo-differs",
        "tenant": "Contoso",
        "subject": "ana@contoso.com",
        "account": "ana",
        "started": MOMENT,
    }
    return Record(**{**usual, **fields})


def sighting(**fields) -> Sighting:
    usual = {
        "surface": Surface.ACCOUNT_PANEL,
        "step": "sign-in",
        "subject": "ana@contoso.com",
        "identified_by": "session",
        "kind": Kind.PHOTO,
        "source": Source.PEOPLE_SERVICE,
        "seen_at": MOMENT,
    }
    return Sighting(**{**usual, **fields})


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (Verdict, ["in-sync", "out-of-sync", "no-photo", "inconclusive", "stopped"]),
        (StepStatus, ["passed", "failed", "skipped"]),
        (MatchVerdict, ["same", "different", "undetermined"]),
        (Kind, ["photo", "initials", "silhouette", "blank", "broken", "loading"]),
        (
            Source,
            ["people-service", "mailbox-copy", "sharepoint-copy", "site-copy", "search-index", "own-cache", "unknown"],
        ),
        (Surface, SURFACES),
    ],
)
def test_closed_lists_are_the_contracts(listed, expected):
    """A closed list that other programs rely on has exactly the agreed values, in the agreed order."""
    assert expected == [member.value for member in listed]


@pytest.mark.parametrize(("reasons", "expected"), [(INCONCLUSIVE_REASONS, INCONCLUSIVE), (STOPPED_REASONS, STOPPED)])
def test_no_reason_was_renamed(reasons, expected):
    """Every agreed reason still exists, and still means inconclusive or stopped; new reasons may have been added."""
    assert set() == set(expected) - {reason.value for reason in reasons}


def test_each_reason_is_on_one_side():
    """A reason means either that a run is inconclusive or that it was stopped, never both."""
    assert set(Reason) == INCONCLUSIVE_REASONS | STOPPED_REASONS
    assert set() == INCONCLUSIVE_REASONS & STOPPED_REASONS


def test_a_header_or_a_card_is_not_page_content():
    """Headers, cards and pictures from direct URLs are not page content."""
    floating = {Surface.SHAREPOINT_HEADER, Surface.HOME_HEADER, Surface.PROFILE_CARD, Surface.ACCOUNT_PANEL}
    assert set() == set(PAGE_CONTENT) & (floating | set(USERPHOTO))
    assert {Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE} <= set(PAGE_CONTENT)


@pytest.mark.parametrize(
    ("model", "expected"), [(Record, RECORD_FIELDS), (Step, STEP_FIELDS), (Sighting, SIGHTING_FIELDS)]
)
def test_fields_that_others_rely_on_are_there(model, expected):
    """Each record has the fields that other programs rely on, under the agreed names."""
    names = {field.alias or name for name, field in model.model_fields.items()}
    assert [] == [name for name in expected if name not in names]


def test_a_record_that_nobody_judged_says_that_it_crashed():
    """A record that was not judged is inconclusive because the run crashed."""
    fresh = record()
    assert (Verdict.INCONCLUSIVE, Reason.CRASHED) == (fresh.verdict, fresh.reason)


def test_records_are_frozen():
    """A record cannot be changed after it was created."""
    with pytest.raises(ValidationError, match="frozen"):
        record().verdict = Verdict.IN_SYNC


def test_readers_ignore_what_they_dont_know():
    """A field from a later version is ignored."""
    assert record() == Record.model_validate({**record().model_dump(), "mood": "sunny"})


def test_a_record_comes_back_from_json():
    """A stored record is read back as the same record, with the version under `schema`."""
    step = Step(id="sign-in", article_step="B2", title="Signed in", status=StepStatus.PASSED, started=MOMENT)
    made = record(sightings=(sighting(natural_px=(96, 96)),), steps=(step,), properties=(), inputs={"pages": ["x"]})
    text = made.model_dump_json(by_alias=True)
    assert made == Record.model_validate_json(text)
    data = json.loads(text)
    assert SCHEMA == data["schema"]
    assert [96, 96] == data["sightings"][0]["natural_px"]
    assert data["sightings"][0]["rendered_px"] is None
    assert "2026-11-22T10:41:00.000Z" == data["sightings"][0]["seen_at"]


def test_the_session_is_stored_by_its_name():
    """JSON contains the session by its name; an older record without a session belongs to the private session."""
    kept = sighting(session=SessionKind.PROFILE)
    assert "profile" == json.loads(kept.model_dump_json())["session"]
    assert kept == Sighting.model_validate_json(kept.model_dump_json())
    older = sighting().model_dump()
    del older["session"]
    assert [True, False] == [s.in_private_session for s in (Sighting.model_validate(older), kept)]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (MOMENT, "2026-11-22T10:41:00.000Z"),
        (MOMENT + timedelta(microseconds=250_900), "2026-11-22T10:41:00.250Z"),
        (MOMENT.astimezone(timezone(timedelta(hours=2))), "2026-11-22T10:41:00.000Z"),
        (MOMENT.astimezone(timezone(-timedelta(hours=11))), "2026-11-22T10:41:00.000Z"),
    ],
)
def test_times_are_written_in_utc(moment, expected):
    """A time in any zone is written in UTC with milliseconds and `Z`."""
    assert expected == rfc3339(moment)
    assert expected == json.loads(record(started=moment).model_dump_json())["started"]


def test_a_time_without_a_zone_is_refused():
    """A time without a zone is refused, because the zone is not guessed."""
    with pytest.raises(ValidationError, match="a time needs its zone"):
        record(started=MOMENT.replace(tzinfo=None))


def test_a_sentence_keeps_its_template():
    """A message keeps its template and arguments, so that it can be translated later."""
    said = message("{place} shows {count} people", place="the page", count=3)
    assert "the page shows 3 people" == said.text
    assert "{place} shows {count} people" == said.template
    assert {"place": "the page", "count": "3"} == said.args


def test_arguments_with_braces_are_not_templates():
    """An argument is never used as a template itself."""
    assert "{b} and {a}" == message("{a} and {b}", a="{b}", b="{a}").text


def test_a_picture_masks_nobody_unless_it_says_so():
    """A picture has no masked areas and no marks by default."""
    picture = Picture(path="evidence/x.png", taken_at=MOMENT, caption=message("the page"))
    assert (0, ()) == (picture.masked, picture.marks)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("63783110969", "2022-03-17T10:49:29+00:00"),
        ("63775083296", "2021-12-14T12:54:56+00:00"),
        (" 63783110969 ", "2022-03-17T10:49:29+00:00"),
        ("63783110969.5", "2022-03-17T10:49:29.500000+00:00"),
        ("", None),
        (None, None),
        ("-1", None),
        ("1e10", None),
        ("nan", None),
        ("inf", None),
        ("never", None),
        ("9" * 30, None),
    ],
)
def test_the_timestamp_counts_seconds_since_the_year_one(value, expected):
    """A timestamp counts seconds since the year one and may have a fraction; any other text gives no time."""
    stamp = picture_time(value)
    assert expected == (stamp and stamp.isoformat())
