"""Sample records that try the layout: names of other scripts and lengths, many places, later checks, actions."""

from collections.abc import Callable
from datetime import timedelta

from scenarios import SCENARIOS
from troubleshooter.model.enums import Confidence, Kind, Outcome, Reason, Source, Surface, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import (
    Change,
    Diagnosis,
    Evidence,
    LastKnown,
    Mark,
    PhotoFile,
    Previous,
    Record,
    Replaced,
    Sighting,
    Unseen,
)
from troubleshooter.scenario import with_details

from .drawing import portrait, window
from .outcomes import cause_of, out_of_sync
from .samples import NEW, OLD, START, Folder, compared, record, seen, step, steps

THIRTY = 30


def right_to_left(folder: Folder) -> Record:
    """Return the record of a run for a user with an Arabic name, which tries to turn the sentence around."""
    return out_of_sync(folder).model_copy(update={"subject_name": "ليلى الأحمد\u202e", "ticket": "طلب ٤٧١١"})


def long_name(folder: Folder) -> Record:
    """Return the record of a run for a user with a name of 300 characters."""
    name = ("Ana-Maria Alexandrescu-Ionescu von Hohenlohe-Waldenburg " * 6)[:300]
    return out_of_sync(folder).model_copy(update={"subject_name": name, "tenant": "Contoso " * 30})


def thirty_places(folder: Folder) -> Record:
    """Return the record of a run over thirty pages, each with a card of its own size."""
    source = seen(folder, NEW, OLD)[:2]
    cards = [
        folder.sighting(Surface.PEOPLE_WEB_PART, portrait(OLD, 90 + number), Source.SHAREPOINT_COPY, page=number)
        for number in range(THIRTY)
    ]
    cards = [
        card.model_copy(update={"page_url": f"https://contoso.sharepoint.com/sites/News/SitePages/Page-{number}.aspx"})
        for number, card in enumerate(cards)
    ]
    rows = tuple(compared(0.4, number, "other-photo") for number in range(2, THIRTY + 2))
    return record(
        folder,
        sandbox="stale-copy",
        verdict=Verdict.OUT_OF_SYNC,
        sightings=(*source, *cards),
        comparisons=(compared(0.01, 1), *rows),
        diagnoses=(_stale(),),
        steps=steps(folder, portrait(NEW, 96), portrait(OLD, 72)),
    )


_BYLINE = message("{place} differs from the reference: {what}", place="page-byline", what="another photo")


def rechecked(folder: Folder) -> Record:
    """Return the record of a later check, which finds the photo fixed everywhere but at one place."""
    before = START - timedelta(hours=24)
    sightings = seen(folder, NEW, NEW)
    old = folder.sighting(Surface.PAGE_BYLINE, portrait(OLD, 48), Source.SITE_COPY, page=0)
    sightings = (*sightings[:4], old, *sightings[5:])
    byline = window("Our team", (portrait(NEW, 96),))
    byline.paste(portrait(OLD, 40), (90, 165))
    mark = Mark(number=1, box=(90 / 1280, 165 / 800, 40 / 1280, 40 / 800), label=message("the user’s avatar"))
    shown = folder.picture(byline, message("The user on the page"), mark, after=9.4)
    visits = steps(folder, portrait(NEW, 96), portrait(NEW, 96))
    fixed = [
        Change.from_message(
            message("{place}: before {before}, now {after}", place=surface.value, before=_DIFFERENT, after=_RIGHT),
            what="surface",
            surface=surface,
            page_url=sightings[index].page_url if sightings[index].page is not None else None,
            before=_DIFFERENT,
            after=_RIGHT,
            at=START,
            ref=f"sightings/{index}",
        )
        for index, surface in ((3, Surface.PEOPLE_WEB_PART), (5, Surface.USERPHOTO_M), (6, Surface.USERPHOTO_L))
    ]
    return record(
        folder,
        sandbox="stale-copy",
        verdict=Verdict.OUT_OF_SYNC,
        sightings=sightings,
        comparisons=tuple(compared(0.4 if n == 4 else 0.01, n, "other-photo" if n == 4 else "") for n in range(1, 7)),
        diagnoses=(cause_of("C15", Confidence.MEDIUM, (_BYLINE, "comparisons/3"), visited=True),),
        previous=Previous(
            run="20261121T104100Z-photo-differs", first="20261121T104100Z-photo-differs", finished=before
        ),
        last_known=LastKnown(
            run="20261121T104100Z-photo-differs", finished=before, verdict=Verdict.OUT_OF_SYNC, cause="C1"
        ),
        changes=tuple(fixed),
        steps=(*visits[:3], visits[3].model_copy(update={"pictures": (shown,), "shots": (shown.path,)})),
    )


def photo_added(folder: Folder) -> Record:
    """Return the record of an added photo, with the pictures before and after."""
    sent, digest = folder.keep(portrait(NEW, 360))
    before, before_digest = folder.keep(portrait(OLD, 96))
    panel: Sighting = seen(folder, NEW, NEW)[0].model_copy(
        update={"step": "photo-shown", "seen_at": START + timedelta(seconds=9.6)}
    )
    dialog = folder.picture(
        window("Change photo", (portrait(NEW, 96),)), message("The photo before it is saved"), after=5.6
    )
    whole = steps(folder, portrait(OLD, 96), portrait(OLD, 96))
    made = record(
        folder,
        scenario="add-photo",
        scenario_details=None,
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.TOO_FEW_SIGHTINGS,
        outcome=Outcome.PHOTO_ADDED,
        outcome_why=(
            Evidence(**message("The account panel shows the photo that was sent").model_dump(), ref="sightings/0"),
        ),
        photo=PhotoFile(name="ana.png", shot=sent, sha256=digest, format="PNG", bytes=52_000, natural_px=(360, 360)),
        replaced=Replaced(
            surface=Surface.ACCOUNT_PANEL, kind=Kind.PHOTO, shot=before, sha256=before_digest, seen_at=START
        ),
        sent=START + timedelta(seconds=5.8),
        sightings=(panel,),
        comparisons=(),
        unseen=(),
        properties=(),
        own_photo_requested=None,
        steps=(
            step("choose-photo", "A1", message("Choose the photo and check it"), (0, 0.1)),
            whole[1].model_copy(update={"id": "office-com", "article_step": "A2"}),
            step("circle", "A3", message("Select the circle at the top right"), (3.3, 4.1)),
            step("change-photo", "A4", message("Select the circle again and change the photo"), (4.1, 6), dialog),
            step("photo-shown", None, message("Check whether the account panel shows the photo"), (6, 9.8)),
        ),
    )
    return with_details(made, SCENARIOS)


def nothing_seen(folder: Folder) -> Record:
    """Return the record of a check without any picture: neither an avatar nor a window."""
    bare = tuple(
        step.model_copy(update={"pictures": (), "shots": ()}) for step in steps(folder, portrait(NEW), portrait(NEW))
    )
    return record(
        folder,
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.NO_REFERENCE,
        reference=None,
        sightings=(),
        comparisons=(),
        properties=(),
        own_photo_requested=None,
        steps=bare,
        unseen=tuple(
            Unseen(surface=surface, why=message("The page shows no picture of this person."))
            for surface in (Surface.ACCOUNT_PANEL, Surface.SHAREPOINT_HEADER, Surface.PEOPLE_WEB_PART)
        ),
    )


_RIGHT, _DIFFERENT = "the right photo", "a different picture"


def _stale() -> Diagnosis:
    """Return a diagnosis with as many equal pieces of evidence as a real one has."""
    same = message("{place} differs from the reference: {what}", place="people-web-part", what="another photo")
    return cause_of("C1", Confidence.HIGH, *((same, f"comparisons/{number}") for number in (2, 3, 4)), visited=True)


UNUSUAL: dict[str, Callable[[Folder], Record]] = {
    "right-to-left": right_to_left,
    "long-name": long_name,
    "thirty-places": thirty_places,
    "rechecked": rechecked,
    "photo-added": photo_added,
    "nothing-seen": nothing_seen,
}
