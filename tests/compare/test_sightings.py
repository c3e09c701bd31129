"""A run's sightings get their kind, their reference and exactly the comparisons that a verdict needs."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from troubleshooter.compare import sightings as stage
from troubleshooter.compare.match import LIMIT
from troubleshooter.compare.sightings import PictureCache, compared
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Kind, MatchVerdict, Source, Surface
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Comparison, Expected, PhotoFile, Placeholder, Record, Response, Sighting
from troubleshooter.model.reference import reference_of, source_index

ANA, RADU, HELPDESK = "ana@contoso.com", "radu@contoso.com", "helpdesk@contoso.com"
NOW = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
NEW, OLD = 1, 2
SAME, DIFFERENT, UNDETERMINED = MatchVerdict.SAME, MatchVerdict.DIFFERENT, MatchVerdict.UNDETERMINED
SOURCES = {
    Surface.HOME_HEADER: Source.PEOPLE_SERVICE,
    Surface.ACCOUNT_PANEL: Source.PEOPLE_SERVICE,
    Surface.PROFILE_CARD: Source.PEOPLE_SERVICE,
    Surface.GRAPH_PHOTO: Source.PEOPLE_SERVICE,
    Surface.OUTLOOK_PHOTO: Source.MAILBOX_COPY,
    Surface.SHAREPOINT_HEADER: Source.MAILBOX_COPY,
}


def photo(seed: int, side: int = 96) -> Image.Image:
    """Return a colorful picture; the same seed gives the same picture in any size."""
    lots = np.random.default_rng(seed).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    return Image.fromarray(lots).resize((side, side), Image.Resampling.BICUBIC)


def letters() -> Image.Image:
    """Return white letters on a colored background."""
    image = Image.new("RGB", (96, 96), "#4f6bed")
    pen = ImageDraw.Draw(image)
    for box in ((30, 34, 34, 62), (50, 34, 54, 62), (34, 44, 44, 48)):
        pen.rectangle(box, fill="white")
    return image


@pytest.fixture
def folder(tmp_path) -> RunFolder:
    return RunFolder.new(tmp_path, "photo-differs", NOW)


@pytest.fixture
def seen(folder):
    """Return a function that makes a sighting; its picture is given by a seed, an image, or None for no picture."""

    def make(surface: Surface, picture: int | Image.Image | None = NEW, **fields) -> Sighting:
        image = photo(picture) if isinstance(picture, int) else picture
        shot = None
        if image:
            data = BytesIO()
            image.save(data, "PNG")
            shot, _ = folder.keep(data.getvalue(), ".png")
        usual = {
            "surface": surface,
            "step": "s",
            "subject": ANA,
            "identified_by": "session",
            "kind": Kind.PHOTO,
            "source": SOURCES.get(surface, Source.SHAREPOINT_COPY),
            "shot": shot,
            "seen_at": NOW,
        }
        return Sighting(**{**usual, **fields})

    return make


def record(*sightings: Sighting, own: bool = True, **fields) -> Record:
    usual = {
        "id": "r",
        "scenario": "photo-differs",
        "tenant": "Contoso",
        "subject": ANA,
        "account": "ana",
        "signed_in_as": ANA if own else HELPDESK,
        "started": NOW,
        "sightings": sightings,
    }
    return Record(**{**usual, **fields})


def rows(made: Record) -> list[tuple[int | str, int | str, MatchVerdict, str]]:
    return [(c.a, c.b, c.verdict, c.code) for c in made.comparisons]


@pytest.mark.parametrize(
    ("suffix", "picture", "status", "expected"),
    [
        (".mcas.ms", "contoso-my.sharepoint.com", 401, Kind.BROKEN),
        (".mcas.ms", "contoso-my.sharepoint.com.mcas.ms", 401, Kind.INITIALS),
        (".mcas.ms", "eur.loki.delve.office.com", 404, Kind.INITIALS),
        ("", "contoso-my.sharepoint.com", 401, Kind.INITIALS),
    ],
)
def test_initials_for_a_picture_that_session_control_kept_out(seen, suffix, picture, status, expected):
    """Only what the page's own session could not get is no proof that SharePoint has no photo."""
    shown = seen(
        Surface.PEOPLE_WEB_PART,
        letters(),
        kind=Kind.INITIALS,
        page_url=f"https://contoso.sharepoint.com{suffix}/x",
        url=f"https://{picture}/p.jpg",
        response=Response(status=status),
    )
    made = compared(record(seen(Surface.ACCOUNT_PANEL, None), shown), Path())
    assert expected is made.sightings[1].kind
    (row,) = made.comparisons
    assert (UNDETERMINED if expected is Kind.BROKEN else DIFFERENT) is row.verdict


def test_what_a_sighting_shows_is_recognized_by_its_pixels(folder, seen):
    """A sighting that the document took for a photo gets the kind that its pixels show."""
    nobody = seen(Surface.USERPHOTO_M, 7)
    placeholder = Placeholder(surface=Surface.USERPHOTO_M, shot=nobody.shot, sha256="x")
    plain = Image.new("RGB", (96, 96), "#dddddd")
    made = compared(
        record(
            seen(Surface.ACCOUNT_PANEL),
            seen(Surface.HOME_HEADER, letters()),
            seen(Surface.USERPHOTO_S, plain),
            nobody,
            placeholders=(placeholder,),
        ),
        folder.path,
    )
    assert [Kind.PHOTO, Kind.INITIALS, Kind.BLANK, Kind.SILHOUETTE] == [s.kind for s in made.sightings]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://eur.loki.delve.office.com/api/v2/personaphoto", Kind.PHOTO),
        ("blob:https://contoso.sharepoint.com/0f4c1f6e", Kind.PHOTO),
        ("data:image/jpeg;base64", Kind.PHOTO),
        ("data:image/svg+xml", Kind.INITIALS),
        (None, Kind.INITIALS),
    ],
)
def test_a_logo_of_letters_is_a_photo_if_a_service_sent_it(url, kind, folder, seen):
    """Letters that a service sent, also through a script, are a photo; those that a page draws are initials."""
    assert [kind] == [
        s.kind for s in compared(record(seen(Surface.ACCOUNT_PANEL, letters(), url=url)), folder.path).sightings
    ]


def test_the_photo_that_was_sent_is_a_photo_whatever_it_looks_like(folder, seen):
    """A drawing that looks like a placeholder counts as a photo if it is the file that was sent."""
    drawn = Image.new("RGB", (96, 96), "#e1dfdd")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((30, 18, 66, 54), fill="white")
    pen.ellipse((12, 60, 84, 124), fill="white")
    sight = seen(Surface.ACCOUNT_PANEL, drawn)
    sent = PhotoFile(name="a.png", shot=sight.shot, sha256="x", format="PNG", bytes=1, natural_px=(96, 96))
    kinds = [compared(record(sight, photo=one), folder.path).sightings[0].kind for one in (None, sent)]
    assert [Kind.SILHOUETTE, Kind.PHOTO] == kinds


@pytest.mark.parametrize("kind", [Kind.LOADING, Kind.BROKEN, Kind.INITIALS, Kind.BLANK])
def test_what_the_document_knows_is_kept(folder, seen, kind):
    """A kind that the document already determined, such as loading or broken, is kept."""
    made = compared(record(seen(Surface.ACCOUNT_PANEL, NEW, kind=kind)), folder.path)
    assert kind is made.sightings[0].kind


def test_a_colleagues_picture_has_no_shot_and_keeps_its_kind(folder, seen):
    """A colleague's sighting has no screenshot, so no picture is read and its kind is kept."""
    made = compared(record(seen(Surface.PEOPLE_WEB_PART, None, subject=RADU)), folder.path)
    assert (Kind.PHOTO, None) == (made.sightings[0].kind, made.reference)


OWN = [Surface.ACCOUNT_PANEL, Surface.HOME_HEADER]
OTHERS = [Surface.PROFILE_CARD, Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO]


@pytest.mark.parametrize(
    ("own", "first", "second"),
    [(True, *OWN), *((False, a, b) for a, b in combinations(OTHERS, 2))],
)
def test_the_reference_is_the_first_in_the_contracts_order(seen, own, first, second):
    """The reference is the most preferred of the source surfaces, in whatever order they were seen."""
    assert 1 == reference_of(record(seen(second), seen(first), own=own))
    assert 0 == reference_of(record(seen(first), seen(second), own=own))
    assert 0 == reference_of(record(seen(second), own=own))


@pytest.mark.parametrize(("own", "surfaces"), [(True, OTHERS), (False, OWN)])
def test_the_other_sessions_surfaces_are_no_reference(seen, own, surfaces):
    """The source surfaces of a colleague's session are not a reference in the subject's own session, and vice versa."""
    assert reference_of(record(*map(seen, surfaces), own=own)) is None


def test_an_unknown_session_is_not_the_subjects(seen):
    """If the account panel did not say who is signed in, the session is not taken to be the subject's."""
    made = record(seen(Surface.ACCOUNT_PANEL), seen(Surface.GRAPH_PHOTO), signed_in_as=None)
    assert 1 == reference_of(made)


@pytest.mark.parametrize("kind", [Kind.LOADING, Kind.BROKEN])
def test_only_a_settled_sighting_is_the_reference(seen, kind):
    """A source that did not load is skipped in favor of the next, even if there is no other source."""
    assert 1 == reference_of(record(seen(Surface.ACCOUNT_PANEL, kind=kind), seen(Surface.HOME_HEADER)))
    assert reference_of(record(seen(Surface.ACCOUNT_PANEL, kind=kind))) is None


@pytest.mark.parametrize("source", [Source.UNKNOWN, Source.SHAREPOINT_COPY])
def test_only_what_is_certainly_no_copy_is_the_reference(seen, source):
    """A card whose picture came from SharePoint's copy, or may have, is no reference, even if there is no other."""
    card = seen(Surface.PROFILE_CARD, source=source)
    assert 1 == reference_of(record(card, seen(Surface.GRAPH_PHOTO), own=False))
    assert reference_of(record(card, own=False)) is None


@pytest.mark.parametrize("kind", [Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK])
def test_no_photo_at_the_source_is_a_reference_too(seen, kind):
    """A source that shows no photo is the reference too, so the other sightings are compared with it."""
    assert 0 == reference_of(record(seen(Surface.ACCOUNT_PANEL, kind=kind), seen(Surface.HOME_HEADER)))


@pytest.mark.parametrize(
    ("card", "graph", "expected"),
    [(False, Kind.PHOTO, 1), (False, Kind.BLANK, 0), (True, Kind.PHOTO, 2)],
    ids=["Graph has a photo", "Graph has none", "a profile card shows none"],
)
def test_a_user_without_a_mailbox_may_have_a_photo(seen, card: bool, graph: Kind, expected: int):
    """Graph's photo comes before Outlook's empty picture, which a user without a mailbox has, too."""
    sources = [seen(Surface.OUTLOOK_PHOTO, kind=Kind.BLANK), seen(Surface.GRAPH_PHOTO, kind=graph)]
    cards = [seen(Surface.PROFILE_CARD, kind=Kind.INITIALS)] if card else []
    assert expected == reference_of(record(*sources, *cards, own=False))


@pytest.mark.parametrize("subject", [RADU, None])
def test_only_the_subject_is_the_reference(seen, subject):
    """A sighting of another or an unknown person is not the reference."""
    assert reference_of(record(seen(Surface.ACCOUNT_PANEL, subject=subject))) is None


@pytest.mark.parametrize("own", [True, False])
def test_what_shows_sharepoints_copy_is_no_reference(seen, own):
    """No surface that shows SharePoint's copy is ever the reference."""
    copies = [Surface.SHAREPOINT_HEADER, Surface.PEOPLE_WEB_PART, Surface.USERPHOTO_L, Surface.STORED_THUMBNAIL]
    assert reference_of(record(*map(seen, copies), own=own)) is None


@pytest.mark.parametrize(("own", "surface"), [*((True, s) for s in OWN), *((False, s) for s in OTHERS)])
def test_a_source_surface_that_draws_sharepoints_copy_is_no_reference(seen, own, surface):
    """A source surface that shows SharePoint's copy is not a reference, because it proves nothing about the source."""
    for source in (Source.SHAREPOINT_COPY, Source.SITE_COPY, Source.SEARCH_INDEX):
        assert reference_of(record(seen(surface, source=source), own=own)) is None


def test_the_expected_photo_is_the_reference(folder, seen):
    """An expected photo is the reference for every sighting, and the source is still found."""
    original = seen(Surface.HOME_HEADER, photo(NEW, 400)).shot
    made = record(seen(Surface.ACCOUNT_PANEL), expected=Expected(name="a.png", shot=original, sha256="x"))
    assert ("expected", 0) == (reference_of(made), source_index(RecordView(made)))
    assert [(0, "expected", SAME, "same")] == rows(compared(made, folder.path))


def test_everything_of_the_subject_is_compared_once(folder, seen):
    """Each of the subject's sightings is compared with the reference, in order; nobody else's is."""
    made = compared(
        record(
            seen(Surface.HOME_HEADER, photo(NEW, 72)),
            seen(Surface.ACCOUNT_PANEL),
            seen(Surface.PEOPLE_WEB_PART, OLD),
            seen(Surface.PEOPLE_WEB_PART, OLD, subject=RADU),
            seen(Surface.PEOPLE_WEB_PART, OLD, subject=None),
            seen(Surface.USERPHOTO_M),
        ),
        folder.path,
    )
    assert 1 == made.reference
    assert [(0, 1, SAME, "same"), (2, 1, DIFFERENT, "other-photo"), (5, 1, SAME, "same")] == rows(made)
    assert [LIMIT] * 3 == [c.limit for c in made.comparisons]
    assert [True, False, True] == [c.score <= c.limit for c in made.comparisons]


def test_without_a_reference_nothing_is_compared(folder, seen):
    """Without a reference no sighting is compared."""
    made = compared(record(seen(Surface.PEOPLE_WEB_PART), seen(Surface.USERPHOTO_M, OLD)), folder.path)
    assert (None, ()) == (made.reference, made.comparisons)


def test_what_was_loading_is_not_compared(folder, seen):
    """A picture that was still loading is not compared."""
    made = compared(record(seen(Surface.ACCOUNT_PANEL), seen(Surface.USERPHOTO_M, OLD, kind=Kind.LOADING)), folder.path)
    assert [] == rows(made)


@pytest.mark.parametrize("kind", [Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK])
@pytest.mark.parametrize("photo_at_source", [True, False])
def test_a_photo_and_none_differ(folder, seen, kind, photo_at_source):
    """If only one of the two is a photo, they certainly differ, whatever the pixels."""
    kinds = [Kind.PHOTO, kind] if photo_at_source else [kind, Kind.PHOTO]
    made = compared(
        record(seen(Surface.ACCOUNT_PANEL, kind=kinds[0]), seen(Surface.USERPHOTO_M, kind=kinds[1])), folder.path
    )
    assert [(1, 0, DIFFERENT, "placeholder")] == rows(made)
    words = "no photo here" if photo_at_source else "a photo, although the source has none"
    assert (1.0, words, words) == (made.comparisons[0].score, made.comparisons[0].reason, made.comparisons[0].said.text)


def test_none_and_none_do_not_differ(folder, seen):
    """Initials and a silhouette are not compared, because neither is a photo."""
    made = compared(
        record(seen(Surface.ACCOUNT_PANEL, kind=Kind.INITIALS), seen(Surface.USERPHOTO_M, kind=Kind.SILHOUETTE)),
        folder.path,
    )
    assert (0, []) == (made.reference, rows(made))


def test_a_broken_picture_cannot_be_compared(folder, seen):
    """A picture that did not load is neither the same nor different, and has no score."""
    made = compared(record(seen(Surface.ACCOUNT_PANEL), seen(Surface.USERPHOTO_M, None, kind=Kind.BROKEN)), folder.path)
    assert [(1, 0, UNDETERMINED, "not-a-photo")] == rows(made)
    assert (None, LIMIT) == (made.comparisons[0].score, made.comparisons[0].limit)


@pytest.mark.parametrize("lost", ["missing", "empty", "no picture", "never stored"])
def test_a_picture_that_cannot_be_read_cannot_be_compared(folder, seen, lost):
    """Missing or damaged evidence leaves the comparison undetermined."""
    old = seen(Surface.USERPHOTO_M, None if lost == "never stored" else OLD)
    if old.shot:
        path = folder.path / old.shot
        path.unlink() if lost == "missing" else path.write_bytes(b"" if lost == "empty" else b"<html>")
    made = compared(record(seen(Surface.ACCOUNT_PANEL), old), folder.path)
    assert [(1, 0, UNDETERMINED, "unreadable")] == rows(made)
    assert made.comparisons[0].score is None


@pytest.mark.parametrize(("side", "verdict"), [(18, UNDETERMINED), (24, SAME)])
def test_a_tiny_picture_is_too_small(folder, seen, side, verdict):
    """A picture below the smallest size is undetermined; at a larger size the photo is recognized."""
    made = compared(record(seen(Surface.ACCOUNT_PANEL), seen(Surface.USERPHOTO_S, photo(NEW, side))), folder.path)
    assert [(1, 0, verdict, "too-small" if verdict is UNDETERMINED else "same")] == rows(made)


def test_with_an_expected_photo_the_sightings_are_compared_with_each_other(folder, seen):
    """Photos are compared with the expected photo and with each other; placeholders only with the expected photo."""
    original = seen(Surface.HOME_HEADER, photo(NEW, 400)).shot
    made = compared(
        record(
            seen(Surface.ACCOUNT_PANEL),
            seen(Surface.PEOPLE_WEB_PART, OLD),
            seen(Surface.USERPHOTO_M),
            seen(Surface.USERPHOTO_L, kind=Kind.INITIALS),
            seen(Surface.PEOPLE_WEB_PART, subject=RADU),
            expected=Expected(name="a.png", shot=original, sha256="x"),
        ),
        folder.path,
    )
    assert "expected" == made.reference
    assert [
        (0, "expected", SAME, "same"),
        (1, "expected", DIFFERENT, "other-photo"),
        (2, "expected", SAME, "same"),
        (3, "expected", DIFFERENT, "placeholder"),
        (0, 1, DIFFERENT, "other-photo"),
        (0, 2, SAME, "same"),
        (1, 2, DIFFERENT, "other-photo"),
    ] == rows(made)


def test_comparing_changes_nothing_else_and_is_the_same_again(folder, seen):
    """Comparing a stored record again, with its pictures, gives the same result and changes nothing else."""
    made = record(seen(Surface.ACCOUNT_PANEL), seen(Surface.USERPHOTO_M, OLD), seen(Surface.HOME_HEADER, letters()))
    found = compared(made, folder.path)
    assert found == compared(Record.model_validate_json(found.model_dump_json(by_alias=True)), folder.path)
    assert made.model_copy(update={"sightings": (), "comparisons": (), "reference": None}) == found.model_copy(
        update={"sightings": (), "comparisons": (), "reference": None}
    )
    assert all(isinstance(row, Comparison) for row in found.comparisons)


def test_each_picture_is_read_once(folder, seen, monkeypatch):
    """A picture in several sightings is decoded once, and an unreadable picture is not tried again."""
    read = []
    load = stage.load
    monkeypatch.setattr(stage, "load", lambda path: read.append(path.name) or load(path))
    album = PictureCache(folder.path)
    shot = seen(Surface.ACCOUNT_PANEL).shot
    assert album.get(shot) is album.get(shot)
    assert album.get(None) is None
    assert [None, None] == [album.get("evidence/gone.png"), album.get("evidence/gone.png")]
    assert [shot.removeprefix("evidence/"), "gone.png"] == read
