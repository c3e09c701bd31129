"""Records of runs with each cause, as seen by a web session, and the expected diagnoses."""

from datetime import timedelta

from troubleshooter.model.enums import Kind, SessionKind, Source, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Comparison, Mixup, Properties, Record, Response, Unseen

from .records import (
    ANA,
    BYLINE,
    CARD,
    HEADER,
    HELPDESK,
    HOME,
    LARGE,
    MEDIUM,
    OTHERS,
    OWN,
    PAGE,
    PANEL,
    SMALL,
    START,
    THUMB,
    but,
    colleague,
    differs,
    properties,
    record,
    same,
    seen,
    stale,
)

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
COPIES = (CARD, BYLINE, SMALL, MEDIUM, LARGE)
ASKED = (SMALL, MEDIUM, LARGE)
PHOTO = "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=M&accountname="
GRAPH = "https://eur.loki.delve.office.com/api/v2/personaphoto?size=HR96x96"
CDN = "https://contoso.sharepoint.com/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?accountname=ana@contoso.com"
NEVER = properties(
    None, PictureURL="", PictureUrl=None, SPS_PicturePlaceholderState="", SPS_PictureExchangeSyncState=""
)
STUB = Properties(
    of=ANA,
    read_at=START,
    url="https://contoso.sharepoint.com/_api/x",
    status=200,
    values={"PictureUrl": None, "PersonalSiteHostUrl": None, "DisplayName": None, "Email": None},
)


CONTROLLED = PAGE.replace(".com/", ".com.mcas.ms/")


def files_at(my: str, *, asked: str = "contoso", end: str = "", url: str = "") -> Properties:
    """Return properties, read at the host `asked`, of a user whose files are on the OneDrive host `my`."""
    values = NEVER.values | {"PersonalSiteHostUrl": f"https://{my}.sharepoint.com:443/"}
    return NEVER.model_copy(update={"values": values, "url": url or f"https://{asked}.sharepoint.com{end}/_api/x"})


def without(*indexes: int, sightings=OWN, kind: Kind = Kind.SILHOUETTE, **changes):
    """Return the sightings with no photo at `indexes`."""
    for index in indexes:
        sightings = but(index, sightings, kind=kind, **changes)
    return sightings


def changed(ago: timedelta, *rows: int, **fields) -> Record:
    """Return a run with `--changed-at` in which SharePoint shows a different photo."""
    inputs = {"pages": [PAGE], "changed_at": (START - ago).isoformat()}
    return record(fields.pop("sightings", OWN), rows=stale(*(rows or COPIES)), inputs=inputs, **fields)


def expected(*right: int) -> Record:
    """Return a run in which only the sightings at `right` show the expected photo."""
    rows: dict[int, Comparison] = stale(*(i for i in range(8) if i not in right), reference="expected")
    rows |= {i: same(i, "expected") for i in right}
    return record(reference="expected", rows=rows)


def drawn(*indexes: int, sightings=OWN, **changes):
    """Return the sightings with changed fields at `indexes`."""
    for index in indexes:
        sightings = but(index, sightings, **changes)
    return sightings


GRAPH_PAGES = drawn(CARD, BYLINE, source=Source.PEOPLE_SERVICE, url=GRAPH)
SEARCH = (*OWN, seen(Surface.PEOPLE_SEARCH, source=Source.SEARCH_INDEX))
TEAMS = (*OWN, seen(Surface.TEAMS_HEADER, source=Source.OWN_CACHE))
LAST = len(OWN)
GUEST = "ana_fabrikam.com#ext#@contoso.com"

REDIRECTED = drawn(*ASKED, CARD, response=Response(status=200, content_type="image/jpeg", url=CDN))
"""Sightings whose pictures came from the delivery network, to which userphoto.aspx led."""
STORED = seen(Surface.STORED_THUMBNAIL)


def late(*more: int, sightings=(*REDIRECTED, STORED), **fields) -> Record:
    """Return a run in which the direct URL shows a different photo, and the stored picture is there, too."""
    return record(sightings, rows=stale(CARD, *ASKED, *more), properties=(properties(HOUR),), **fields)


CASES: dict[str, tuple[Record, list[str]]] = {
    "C1: changed since the copy, within the window": (changed(2 * HOUR, properties=(properties(6 * DAY),)), ["C1"]),
    "C3 or C4: changed long ago": (
        changed(5 * DAY, properties=(properties(10 * DAY),)),
        ["C3", "C4", "C1"],
    ),
    "C9: copied after the change": (changed(5 * HOUR, properties=(properties(2 * HOUR),)), ["C9"]),
    "C26: pages are right, the copy stands still": (
        changed(5 * DAY, *ASKED, sightings=GRAPH_PAGES, properties=(properties(40 * DAY),)),
        ["C3", "C26", "C4", "C1"],
    ),
    "C24: two services on one page": (
        record(drawn(CARD, source=Source.PEOPLE_SERVICE, url=GRAPH), rows=stale(BYLINE, *ASKED)),
        ["C24", "C1"],
    ),
    "C8 or C9: no store has the wanted photo": (expected(), ["C8", "C9"]),
    "C9: SharePoint has the wanted photo, the source does not": (expected(*COPIES, HEADER), ["C9"]),
    "C10: small wherever more was asked for": (
        record(drawn(HOME, PANEL, LARGE, url=f"{GRAPH[:-7]}HR240x240", natural_px=(96, 96))),
        ["C10"],
    ),
    "C10 first: what a user sees of it are pages without a photo": (
        record(
            (
                *without(
                    *COPIES, sightings=drawn(HOME, PANEL, HEADER, url=f"{GRAPH[:-7]}HR240x240", natural_px=(96, 96))
                ),
                seen(Surface.OUTLOOK_PHOTO, kind=Kind.BLANK),
            ),
            properties=(NEVER,),
        ),
        ["C10", "C11", "C2"],
    ),
    "C10 not: one picture is larger": (
        record(drawn(LARGE, sightings=drawn(PANEL, url=f"{GRAPH[:-7]}HR240x240"), natural_px=(648, 648))),
        [],
    ),
    "C11: not from Exchange, and nothing copied": (
        record(
            without(*COPIES, HEADER),
            properties=(properties(None, PictureURL="", PictureUrl=None, SPS_PictureExchangeSyncState="0"),),
        ),
        ["C11", "C2"],
    ),
    "C11 before C2: the mailbox has none either": (
        record(without(*COPIES, HEADER), properties=(NEVER,)),
        ["C11", "C2"],
    ),
    "C12: wrong in the profile's session only": (
        record((*OWN, seen(Surface.PEOPLE_WEB_PART, session=SessionKind.PROFILE)), rows=stale(LAST)),
        ["C12"],
    ),
    "C12: silent where the private session is wrong there too": (
        record((*OWN, seen(Surface.PEOPLE_WEB_PART, session=SessionKind.PROFILE)), rows=stale(*COPIES, LAST)),
        ["C1"],
    ),
    "C13: the delivery network is behind": (record(rows=stale(CARD)), ["C13"]),
    "C15 not C13: a comment comes by the network from a site that is behind": (
        record(
            (*OWN, seen(Surface.PAGE_COMMENT, url=CDN, source=Source.SHAREPOINT_COPY)),
            rows=stale(BYLINE, LAST),
            site_properties=(properties(timedelta(hours=9)),),
        ),
        ["C15"],
    ),
    "C13 not C15: the same of a site that is not": (
        record(
            (*OWN, seen(Surface.PAGE_COMMENT, url=CDN, source=Source.SHAREPOINT_COPY)),
            rows=stale(LAST),
            site_properties=(properties(timedelta(hours=3)),),
        ),
        ["C13"],
    ),
    "C15: the site is behind": (record(rows=stale(BYLINE)), ["C15"]),
    "C16: search is behind": (record(SEARCH, rows=stale(LAST)), ["C16"]),
    "C16 not: the copy is behind as well": (record(SEARCH, rows=stale(*COPIES, LAST)), ["C1"]),
    "C16: search is behind, and a site as well": (record(SEARCH, rows=stale(BYLINE, LAST)), ["C15", "C16"]),
    "C17: Teams is behind": (record(TEAMS, rows=stale(LAST)), ["C17"]),
    "C17: Teams is behind, and the copy as well": (record(TEAMS, rows=stale(*COPIES, LAST)), ["C1", "C17"]),
    "C17 not: the mailbox, which feeds it, is behind as well": (
        record((*TEAMS, seen(Surface.OUTLOOK_PHOTO, source=Source.MAILBOX_COPY)), rows=stale(*COPIES, LAST, LAST + 1)),
        ["C1"],
    ),
    "C17 not: initials, and the copy is behind": (
        record(
            (*OWN, seen(Surface.TEAMS_HEADER, source=Source.OWN_CACHE, kind=Kind.INITIALS)), rows=stale(*COPIES, LAST)
        ),
        ["C1"],
    ),
    "C19: by the page's address there is none": (
        record(without(CARD, url=f"{PHOTO}ana.old@contoso.com")),
        ["C19"],
    ),
    "C19: a guest, whose photo is everywhere, under a name that is cut at its #": (
        record(
            tuple(
                s.model_copy(update={"subject": GUEST} if s.subject == ANA else {})
                for s in without(CARD, BYLINE, url=f"{PHOTO}{GUEST}")
            ),
            subject=GUEST,
            signed_in_as=GUEST,
            comparisons=(
                *(differs(i, PANEL, "placeholder") for i in (CARD, BYLINE)),
                *(same(i, PANEL) for i in (HOME, HEADER, *ASKED)),
            ),
        ),
        ["C19"],
    ),
    "C19: a claims name that is cut at its #": (
        record(without(CARD, url=f"{PHOTO}i:0#.f|membership|{ANA}")),
        ["C19"],
    ),
    "C19 not: by the same address": (record(without(CARD, BYLINE, *ASKED, url=f"{PHOTO}{ANA}")), ["C14"]),
    "C19: found by the mail address only": (
        record(without(*ASKED, sightings=drawn(CARD, BYLINE, url=f"{PHOTO}ana.old@contoso.com"))),
        ["C19", "C14"],
    ),
    "C20: both accounts on one card": (
        record(
            tuple(s for s in OWN if s.page is None),
            PANEL,
            mixups=(Mixup(page=0, page_url=PAGE, surface=Surface.PEOPLE_WEB_PART, how="contradiction"),),
        ),
        ["C20"],
    ),
    "C20: the name over another account, and the subject nowhere": (
        record(
            tuple(s for s in OWN if s.page is None),
            PANEL,
            mixups=(Mixup(page=0, page_url=PAGE, surface=Surface.PEOPLE_WEB_PART, how="name"),),
        ),
        ["C20"],
    ),
    "C20: the name over an account of another name": (
        record(
            rows=stale(*COPIES),
            mixups=(Mixup(page=0, page_url=PAGE, surface=Surface.PEOPLE_WEB_PART, how="other-name"),),
        ),
        ["C20", "C1"],
    ),
    "C20 not: a namesake beside the subject": (
        record(
            rows=stale(*COPIES),
            mixups=(Mixup(page=0, page_url=PAGE, surface=Surface.PEOPLE_WEB_PART, how="name"),),
        ),
        ["C1"],
    ),
    "C21: a guest's profile": (
        record(without(*range(8), kind=Kind.INITIALS), properties=(properties(SPS_UserType="1"),)),
        ["C21", "C7"],
    ),
    "C21: a guest looks": (
        colleague(
            tuple(s for s in without(1, 3, 4, 5, sightings=OTHERS) if s.source is not Source.PEOPLE_SERVICE),
            None,
            signed_in_as=GUEST,
        ),
        ["C21"],
    ),
    "C21: the photo at the source is refused to who looks": (
        colleague(
            tuple(s for s in OTHERS if s.source is not Source.PEOPLE_SERVICE),
            None,
            unseen=(Unseen(surface=Surface.OUTLOOK_PHOTO, status=403, why=message("Refused.")),),
        ),
        ["C21"],
    ),
    "C21 not: it is not refused, and does not answer": (
        colleague(
            tuple(s for s in OTHERS if s.source is not Source.PEOPLE_SERVICE),
            None,
            unseen=(Unseen(surface=Surface.OUTLOOK_PHOTO, why=message("No answer.")),),
        ),
        [],
    ),
    "C29: the site has a photo that the profile never had": (
        record(without(CARD, *ASKED), rows=stale(BYLINE), properties=(NEVER,)),
        ["C29", "C2"],
    ),
    "C29 not: the profile had one, and SharePoint hides it": (
        record(
            without(CARD, *ASKED),
            rows=stale(BYLINE),
            properties=(properties(SPS_PicturePlaceholderState="1"),),
        ),
        ["C6"],
    ),
    "C29 not: the site shows none either": (record(without(*COPIES), properties=(NEVER,)), ["C2"]),
    "C28: the library refuses its pictures, also by themselves": (
        record(
            without(CARD, kind=Kind.BROKEN, url=THUMB, response=Response(status=403)),
            unseen=(Unseen(surface=Surface.STORED_THUMBNAIL, status=403, why=message("Refused.")),),
        ),
        ["C28"],
    ),
    "C18 not C28: by itself, the picture opens": (
        record(without(CARD, kind=Kind.BROKEN, url=THUMB, response=Response(status=403))),
        ["C18"],
    ),
    "C28: userphoto.aspx itself refuses": (
        record(without(*ASKED, kind=Kind.BROKEN, response=Response(status=403, url=f"{PHOTO}{ANA}"))),
        ["C28"],
    ),
    "C14 not C28: the delivery network refuses": (
        record(without(*ASKED, kind=Kind.BROKEN, response=Response(status=403, url=CDN))),
        ["C14"],
    ),
    "C27: the copies are left": (record(without(HOME, PANEL, HEADER)), ["C27", "C7"]),
    "C27: with the placeholder at the source": (record(without(HOME, PANEL, HEADER, kind=Kind.BLANK)), ["C27", "C7"]),
    "C27: only some sizes are left": (record(without(HOME, PANEL, HEADER, CARD, BYLINE, LARGE)), ["C27", "C7"]),
    "C27: only a site's copy is left": (record(without(HOME, PANEL, HEADER, CARD, *ASKED)), ["C27", "C7"]),
    "C27: a colleague looks": (colleague(without(2, sightings=OTHERS, kind=Kind.INITIALS), 2), ["C27", "C7"]),
    "C27: SharePoint's copy is gone as well, Outlook's is not": (
        colleague(
            (*without(*range(1, 6), sightings=OTHERS), seen(Surface.OUTLOOK_PHOTO, source=Source.MAILBOX_COPY)), 2
        ),
        ["C27", "C7"],
    ),
    "C27 after C5: uploaded in SharePoint, and there was perhaps never one at the source": (
        record(without(HOME, PANEL, HEADER), properties=(properties(SPS_PictureExchangeSyncState="0"),)),
        ["C5", "C27", "C7"],
    ),
    "C27 not: only the delivery network still has it": (
        record(without(HOME, PANEL, HEADER, BYLINE, *ASKED, sightings=drawn(CARD, url=CDN))),
        ["C13", "C7"],
    ),
    "C27 not: only Teams still shows it": (
        record((*without(*range(8)), seen(Surface.TEAMS_HEADER, source=Source.OWN_CACHE))),
        ["C17", "C7"],
    ),
    "C27 not: somebody else has a photo": (record(without(*range(8))), ["C7"]),
    "C21 not: a member without a photo": (record(without(*range(8), kind=Kind.INITIALS)), ["C7"]),
    "C22: the files are in another geo": (
        record(
            without(*COPIES),
            properties=(
                NEVER.model_copy(
                    update={
                        "values": NEVER.values | {"PersonalSiteHostUrl": "https://contosoeur-my.sharepoint.com:443/"}
                    }
                ),
            ),
        ),
        ["C22", "C2"],
    ),
    "C22 not: the tenant has a new name, which the page's does not show": (
        record(without(*COPIES), properties=(files_at("fabrikam-my", asked="fabrikam"),)),
        ["C2"],
    ),
    "C22 not: SharePoint answered through session control": (
        record(
            without(*COPIES),
            inputs={"pages": [CONTROLLED]},
            properties=(files_at("contoso-my", asked="contoso", end=".mcas.ms"),),
        ),
        ["C2"],
    ),
    "C22 not: a name on cloud.microsoft says nothing about the place": (
        record(
            without(*COPIES),
            inputs={"pages": ["https://contoso.cloud.microsoft/sites/hr/SitePages/Team.aspx"]},
            properties=(files_at("contoso-my", url="https://contoso.cloud.microsoft/_api/x"),),
        ),
        ["C2"],
    ),
    "C22: in another geo, through session control": (
        record(without(*COPIES), properties=(files_at("contosoeur-my", asked="contoso", end=".mcas.ms"),)),
        ["C22", "C2"],
    ),
    "none: session control refuses the picture": (
        record(without(CARD, kind=Kind.BROKEN, url=THUMB, page_url=CONTROLLED, response=Response(status=401))),
        [],
    ),
    "none: session control refuses userphoto.aspx": (
        record(
            without(CARD, kind=Kind.BROKEN, url=f"{PHOTO}{ANA}", page_url=CONTROLLED, response=Response(status=401))
        ),
        [],
    ),
    "C14 not excused: under its own name there": (
        record(
            without(
                CARD,
                kind=Kind.BROKEN,
                url=f"{PHOTO}{ANA}".replace(".com/", ".com.mcas.ms/"),
                page_url=CONTROLLED,
                response=Response(status=404),
            )
        ),
        ["C14"],
    ),
    "C22 not: the tenant's own host": (
        record(
            without(*COPIES),
            properties=(
                NEVER.model_copy(
                    update={"values": NEVER.values | {"PersonalSiteHostUrl": "https://contoso-my.sharepoint.com:443/"}}
                ),
            ),
        ),
        ["C2"],
    ),
    "C25: a stub of a profile": (record(without(*COPIES), properties=(STUB,)), ["C25", "C2"]),
    "C13: userphoto.aspx leads to the delivery network, and the stored picture is right": (late(), ["C13"]),
    "C13: the same, copied after the change": (
        late(inputs={"pages": [PAGE], "changed_at": (START - 5 * HOUR).isoformat()}),
        ["C13"],
    ),
    "C1: userphoto.aspx leads to the delivery network, and the stored picture is old, too": (late(LAST), ["C1"]),
    "C1: the stored picture is not known": (late(sightings=REDIRECTED), ["C1"]),
    "C1: the direct URL answers itself": (late(sightings=(*OWN, STORED)), ["C1"]),
    "C1: only one size comes from the delivery network": (
        late(sightings=(*but(LARGE, OWN, response=Response(status=200, url=CDN)), STORED)),
        ["C1"],
    ),
    "C14: refused, without a mailbox's doing": (
        record(without(*ASKED, kind=Kind.BROKEN, response=Response(status=403))),
        ["C14"],
    ),
}
"""Records with the causes expected for each, most likely first."""

BLURRY = record(
    drawn(
        CARD,
        url=f"{PHOTO.replace('size=M', 'size=S')}{ANA}",
        natural_px=(48, 48),
        rendered_px=(144, 144),
        dpr=2.0,
        sightings=drawn(LARGE, PANEL, natural_px=(648, 648)),
    )
)
"""A run in sync in which a page renders the smallest picture enlarged."""
CASES["C23: the smallest picture, drawn large"] = (BLURRY, ["C23"])

UNSURE = ("C4", "C8", "C26")
"""Causes that one user's evidence can't prove."""
VIEWER = HELPDESK
