"""Records for the tests of the rules: for each cause, runs that show it."""

from datetime import timedelta

from troubleshooter.model.enums import Confidence, Kind, Reason, Source, StepStatus, Surface
from troubleshooter.model.records import Properties, Record, Response

from .records import (
    ANA,
    BYLINE,
    CARD,
    HOME,
    LARGE,
    MEDIUM,
    OTHERS,
    OWN,
    PANEL,
    SMALL,
    START,
    STEPS,
    but,
    colleague,
    differs,
    instead,
    properties,
    record,
    seen,
    stale,
    step,
    undecided,
)

HIGH, MEDIUM_, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW
DAY, SECOND = timedelta(hours=24), timedelta(seconds=1)
COPIES = (CARD, BYLINE, SMALL, MEDIUM, LARGE)
UNREADABLE = Properties(of=ANA, read_at=START, url="https://contoso.sharepoint.com/_api/x", status=403)
NEVER = properties(
    None,
    PictureURL="",
    PictureUrl=None,
    SPS_PicturePlaceholderState="",
    SPS_PictureExchangeSyncState="",
)


def shows(kind: Kind, *indexes: int, sightings=OWN, **changes):
    for index in indexes:
        sightings = but(index, sightings, kind=kind, **changes)
    return sightings


def old(*read: Properties, **fields) -> Record:
    """Return a run in which SharePoint shows a different photo, with the properties that were `read`."""
    return record(rows=stale(*COPIES), properties=read, **fields)


def blank(*read: Properties, kind: Kind = Kind.SILHOUETTE, **fields) -> Record:
    """Return a run in which SharePoint shows no photo."""
    return record(shows(kind, *COPIES), properties=read, **fields)


def refused(*indexes: int, kind: Kind = Kind.BROKEN, status: int = 403, **fields) -> Record:
    """Return a run in which requests for SharePoint's pictures got `status`."""
    answer = Response(status=status, content_type="text/html")
    return record(shows(kind, *indexes, response=answer), **fields)


THUMBNAIL = "https://contoso-my.sharepoint.com/User%20Photos/Profile%20Pictures/ana_contoso_com_MThumb.jpg"

DELIVERED = "https://contoso.sharepoint.com/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?size=M&accountname=x"

CASES = {
    "C1: copied within the window": (old(properties()), [("C1", HIGH)]),
    "C1: copied just now": (old(properties(timedelta())), [("C1", HIGH)]),
    "C1: last second of the window": (old(properties(DAY - SECOND)), [("C1", HIGH)]),
    "C1 or C3: the window is over": (old(properties(DAY)), [("C1", MEDIUM_), ("C3", LOW), ("C4", LOW)]),
    "C1 or C3: long ago": (old(properties(30 * DAY)), [("C1", MEDIUM_), ("C3", LOW), ("C4", LOW)]),
    "C1: properties without a time": (old(properties(None)), [("C1", MEDIUM_)]),
    "C1 or C5: properties not readable": (old(UNREADABLE), [("C1", MEDIUM_), ("C5", LOW)]),
    "C1 or C5: properties never asked for": (old(), [("C1", MEDIUM_), ("C5", LOW)]),
    "C1: readable at the second time": (old(UNREADABLE, properties()), [("C1", HIGH)]),
    "C13: only on the page, and its own address is right": (record(rows=stale(CARD)), [("C13", LOW)]),
    "C13 not: a file of the site, which no delivery network keeps": (
        record(but(CARD, url="https://contoso.sharepoint.com/sites/hr/SiteAssets/ana.jpg"), rows=stale(CARD)),
        [],
    ),
    "C13: requested from the direct address": (
        record(but(CARD, url="https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=M"), rows=stale(CARD)),
        [("C13", LOW)],
    ),
    "C13: the delivery network's own address": (
        record(but(CARD, url=DELIVERED), rows=stale(CARD)),
        [("C13", HIGH)],
    ),
    "C13 not: the earlier photo is no mirror image of the new one": (
        record(rows={CARD: differs(CARD, PANEL, "mirrored")}),
        [],
    ),
    "C14: a placeholder on the page alone": (
        record(but(CARD, kind=Kind.SILHOUETTE)),
        [("C14", LOW)],
    ),
    "C1: only by its own address": (record(rows=stale(MEDIUM)), [("C1", HIGH)]),
    "C1: against the expected photo": (
        record(reference="expected", rows=stale(*COPIES, reference="expected")),
        [("C1", HIGH)],
    ),
    "C1: seen by a colleague": (colleague(rows=stale(1, 3, 4, 5, reference=2)), [("C1", HIGH)]),
    "C2: never fetched": (blank(NEVER), [("C2", HIGH)]),
    "C2: initials are no photo either": (blank(NEVER, kind=Kind.INITIALS), [("C2", HIGH)]),
    "C2: blank is no photo either": (blank(NEVER, kind=Kind.BLANK), [("C2", HIGH)]),
    "C2: properties not readable": (blank(UNREADABLE), [("C2", LOW)]),
    "C2: properties never asked for": (blank(), [("C2", LOW)]),
    "C2 not: a time is set": (
        blank(properties(PictureURL="", PictureUrl=None, SPS_PicturePlaceholderState="")),
        [],
    ),
    "C2 not: an address is set": (
        blank(properties(None, SPS_PicturePlaceholderState="", SPS_PictureExchangeSyncState="")),
        [],
    ),
    "C5: not from Exchange": (old(properties(SPS_PictureExchangeSyncState="0")), [("C5", HIGH)]),
    "C5: however old": (old(properties(90 * DAY, SPS_PictureExchangeSyncState="0")), [("C5", HIGH)]),
    "C5 not: state never evaluated": (old(properties(SPS_PictureExchangeSyncState="")), [("C1", HIGH)]),
    "C5: the placeholder state was never set": (
        old(properties(SPS_PictureExchangeSyncState="0", SPS_PicturePlaceholderState="")),
        [("C5", MEDIUM_)],
    ),
    "C5 not: no photo shown": (blank(properties(None, SPS_PictureExchangeSyncState="0")), []),
    "C6: set to hide": (blank(properties(SPS_PicturePlaceholderState="1", PictureUrl=None)), [("C6", HIGH)]),
    "C6 not: no picture stored": (blank(properties(SPS_PicturePlaceholderState="1", PictureURL="")), []),
    "C6 not: set to show": (blank(properties(None)), []),
    "C6 not: properties not readable": (blank(UNREADABLE), [("C2", LOW)]),
    "C7: initials": (record(shows(Kind.INITIALS, *range(8))), [("C7", HIGH)]),
    "C7: silhouette": (record(shows(Kind.SILHOUETTE, *range(8))), [("C7", HIGH)]),
    "C7: blank": (record(shows(Kind.BLANK, *range(8))), [("C7", HIGH)]),
    "C7: only the mailbox was asked": (
        colleague(
            instead(2, seen(Surface.OUTLOOK_PHOTO, kind=Kind.BLANK), shows(Kind.BLANK, *range(1, 6), sightings=OTHERS))
        ),
        [("C7", MEDIUM_)],
    ),
    "C7: an old photo still shows": (
        record(shows(Kind.INITIALS, HOME, PANEL, 2)),
        [("C27", HIGH), ("C7", MEDIUM_)],
    ),
    "C7 and C27, hardly: the home page's circle still shows a photo": (
        record(shows(Kind.INITIALS, PANEL, 2)),
        [("C27", LOW), ("C7", LOW)],
    ),
    "C7 not: a photo was sent a moment ago": (
        record(shows(Kind.INITIALS, *range(8)), reference="expected", sent=START),
        [("C8", LOW)],
    ),
    "C7 and C27 not: a photo was sent a moment ago, and SharePoint has the one before": (
        record(shows(Kind.INITIALS, HOME, PANEL, 2), sent=START),
        [("C8", LOW)],
    ),
    "C7: a photo that was sent a day ago never arrived": (
        record(shows(Kind.INITIALS, *range(8)), reference="expected", sent=START - DAY),
        [("C7", HIGH)],
    ),
    "C7: seen by a colleague": (
        colleague(shows(Kind.INITIALS, *range(1, 6), sightings=OTHERS)),
        [("C7", HIGH)],
    ),
    "C7 not: loading at the source": (
        record(shows(Kind.LOADING, HOME, PANEL, 2), reference=None),
        [],
    ),
    "C14: two refused": (refused(MEDIUM, LARGE), [("C14", HIGH)]),
    "C14: one refused": (refused(MEDIUM), [("C14", MEDIUM_)]),
    "C14: the first refusal": (
        refused(*COPIES, kind=Kind.INITIALS, status=400, properties=(NEVER,)),
        [("C14", HIGH)],
    ),
    "C2: the last answer that is no refusal": (
        refused(*COPIES, kind=Kind.INITIALS, status=399, properties=(NEVER,)),
        [("C2", HIGH)],
    ),
    "C14: the service fails": (refused(MEDIUM, LARGE, status=503), [("C14", HIGH)]),
    "C14: refused, and initials stand in": (
        refused(*COPIES, kind=Kind.INITIALS, properties=(NEVER,)),
        [("C14", HIGH)],
    ),
    "C14: broken although answered": (refused(MEDIUM, LARGE, status=200), [("C14", HIGH)]),
    "C14: broken without an answer": (
        record(shows(Kind.BROKEN, MEDIUM, LARGE, response=None)),
        [("C14", HIGH)],
    ),
    "C14: a placeholder, although there is a picture to show": (blank(properties()), [("C14", MEDIUM_)]),
    "C14: the same, however the picture came there": (
        blank(properties(90 * DAY, SPS_PictureExchangeSyncState="0")),
        [("C14", MEDIUM_)],
    ),
    "C14 not: nobody says that there is a picture": (
        blank(properties(SPS_PicturePlaceholderState="")),
        [],
    ),
    "C14 not: an answer that is no refusal": (
        refused(*COPIES, kind=Kind.SILHOUETTE, status=399, properties=(properties(None),)),
        [],
    ),
    "C18: pictures of the -my host alone are broken": (
        record(shows(Kind.BROKEN, CARD, url=THUMBNAIL, response=None)),
        [("C18", HIGH)],
    ),
    "C18 not: SharePoint's own address gives nothing either": (
        record(shows(Kind.BROKEN, CARD, SMALL, MEDIUM, LARGE, url=THUMBNAIL, response=None)),
        [("C14", HIGH)],
    ),
    "C11: only the mailbox has none": (
        colleague((*OTHERS, seen(Surface.OUTLOOK_PHOTO, kind=Kind.BLANK))),
        [("C11", LOW)],
    ),
    "C13: found without a source as well": (
        record(
            tuple(s for s in OWN if s.source is not Source.PEOPLE_SERVICE and s.source is not Source.MAILBOX_COPY),
            "expected",
            stale(0, reference="expected"),
        ),
        [("C13", LOW)],
    ),
    "only the home header differs": (record(rows=stale(HOME)), []),
    "nothing but doubt": (record(rows={CARD: undecided(CARD, PANEL)}), []),
    "nothing but a missing page": (record(steps=(*STEPS, step("x", StepStatus.FAILED, Reason.PAGE_MISSING))), []),
}
"""Records with the causes expected for each and their confidence, most likely first."""
