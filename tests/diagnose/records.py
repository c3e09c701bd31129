"""Builders of compared records: sightings of Ana, compared with a reference, in successful runs."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from troubleshooter.model.enums import Kind, MatchVerdict, Reason, Source, StepStatus, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Comparison, Expected, Properties, Record, Response, Sighting, Step, Stop

ANA, RADU, HELPDESK = "ana@contoso.com", "radu@contoso.com", "helpdesk@contoso.com"
START = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
PAGE, SECOND = (f"https://contoso.sharepoint.com/sites/News/SitePages/{name}.aspx" for name in ("Team", "Board"))
LIMIT = 0.03
THUMB = "https://contoso-my.sharepoint.com:443/User%20Photos/Profile%20Pictures/ana_contoso_com_MThumb.jpg"

_SOURCES = {
    Surface.HOME_HEADER: Source.PEOPLE_SERVICE,
    Surface.ACCOUNT_PANEL: Source.PEOPLE_SERVICE,
    Surface.PROFILE_CARD: Source.PEOPLE_SERVICE,
    Surface.GRAPH_PHOTO: Source.PEOPLE_SERVICE,
    Surface.OUTLOOK_PHOTO: Source.MAILBOX_COPY,
    Surface.SHAREPOINT_HEADER: Source.MAILBOX_COPY,
    Surface.PAGE_BYLINE: Source.SITE_COPY,
}
_NO_PHOTO = (Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK)

EXPECTED = Expected(name="ana.jpg", shot="evidence/e.jpg", sha256="e", natural_px=(648, 648))
STOP = Stop(
    step="sign-in", what=message("Sign-in refused the password."), help=message("Check it."), code="AADSTS50126"
)


def seen(surface: Surface, **fields: object) -> Sighting:
    """Return a settled sighting of Ana's photo; on a page's surfaces, the page is the first one."""
    content = surface in (Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE, Surface.PAGE_COMMENT)
    usual: dict[str, object] = {
        "surface": surface,
        "step": "page-1" if content else "sign-in",
        "subject": ANA,
        "identified_by": "mail-link" if content else "session",
        "kind": Kind.PHOTO,
        "source": _SOURCES.get(surface, Source.SHAREPOINT_COPY),
        "page": 0 if content else None,
        "natural_px": (648, 648) if surface is Surface.USERPHOTO_L else (96, 96),
        "rendered_px": (72, 72),
        "response": Response(status=200, content_type="image/jpeg"),
        "seen_at": START + timedelta(seconds=5),
    }
    return Sighting.model_validate({**usual, **fields})


OWN = (
    seen(Surface.HOME_HEADER),
    seen(Surface.ACCOUNT_PANEL),
    seen(Surface.SHAREPOINT_HEADER),
    seen(Surface.PEOPLE_WEB_PART),
    seen(Surface.PAGE_BYLINE),
    seen(Surface.USERPHOTO_S),
    seen(Surface.USERPHOTO_M),
    seen(Surface.USERPHOTO_L),
    seen(Surface.PEOPLE_WEB_PART, subject=RADU),
)
"""Sightings of the subject's own session, in which the account panel is the reference."""
HOME, PANEL, HEADER, CARD, BYLINE, SMALL, MEDIUM, LARGE, COLLEAGUE = range(len(OWN))

OTHERS = (
    seen(Surface.HOME_HEADER, subject=HELPDESK),
    seen(Surface.PEOPLE_WEB_PART),
    seen(Surface.PROFILE_CARD),
    seen(Surface.USERPHOTO_S),
    seen(Surface.USERPHOTO_M),
    seen(Surface.USERPHOTO_L),
)
"""Sightings of a colleague's session, in which the profile card is the reference."""


def same(a: int | str, b: int | str) -> Comparison:
    """Return a comparison within the limit."""
    return Comparison(
        a=a, b=b, verdict=MatchVerdict.SAME, score=0.01, limit=LIMIT, reason="the same photo", code="same"
    )


def differs(a: int | str, b: int | str, code: str = "other-photo") -> Comparison:
    """Return a comparison beyond the limit."""
    verdict = MatchVerdict.DIFFERENT
    return Comparison(a=a, b=b, verdict=verdict, score=0.4, limit=LIMIT, reason=f"differs: {code}", code=code)


def undecided(a: int | str, b: int | str, code: str = "too-small") -> Comparison:
    """Return a comparison that could not be made."""
    verdict = MatchVerdict.UNDETERMINED
    return Comparison(a=a, b=b, verdict=verdict, score=None, limit=LIMIT, reason=f"undecided: {code}", code=code)


def compared(sightings: tuple[Sighting, ...], reference: int | str | None) -> list[Comparison]:
    """Return the comparisons that `sightings` need, according to their kinds."""
    if reference is None:
        return []
    mine = [i for i, s in enumerate(sightings) if s.subject == ANA and s.kind is not Kind.LOADING]
    rows = [_row(sightings, i, reference) for i in mine if i != reference]
    if reference == "expected":
        photos = [i for i in mine if sightings[i].kind is Kind.PHOTO]
        rows += [same(a, b) for n, a in enumerate(photos) for b in photos[n + 1 :]]
    return [row for row in rows if row]


def _row(sightings: tuple[Sighting, ...], a: int, b: int | str) -> Comparison | None:
    kinds = [Kind.PHOTO if isinstance(i, str) else sightings[i].kind for i in (a, b)]
    blank = [kind in _NO_PHOTO for kind in kinds]
    if Kind.BROKEN in kinds:
        return undecided(a, b, "not-a-photo")
    if all(blank):
        return None
    return differs(a, b, "placeholder") if any(blank) else same(a, b)


def step(id_: str, status: StepStatus = StepStatus.PASSED, reason: Reason | None = None) -> Step:
    """Return a step with the given status and reason."""
    return Step(id=id_, article_step=None, title=id_, status=status, reason=reason)


STEPS = tuple(step(name) for name in ("private", "sign-in", "sharepoint", "page-1"))


def properties(age: timedelta | None = timedelta(hours=3), **values: str | None) -> Properties:
    """Return the properties of a profile whose picture was copied `age` before the run; None for never."""
    usual: dict[str, str | None] = {
        "PictureURL": THUMB,
        "PictureUrl": f"{THUMB}?t=1",
        "SPS-PictureTimestamp": "63930919200" if age is not None else "",
        "SPS-PicturePlaceholderState": "0",
        "SPS-PictureExchangeSyncState": "1",
    }
    return Properties(
        of=ANA,
        read_at=START,
        url="https://contoso.sharepoint.com/_api/SP.UserProfiles.PeopleManager/GetMyProperties",
        status=200,
        values={**usual, **{key.replace("_", "-", 1): value for key, value in values.items()}},
        timestamp=START - age if age is not None else None,
    )


def record(
    sightings: tuple[Sighting, ...] = OWN,
    reference: int | str | None = PANEL,
    rows: Mapping[int, Comparison] | None = None,
    **fields: object,
) -> Record:
    """Return the record of a run that was compared but not yet judged.

    Args:
        rows: comparisons that replace the usual ones, by the index of their sighting.
    """
    made = compared(sightings, reference)
    comparisons = [(rows or {}).get(c.a, c) if isinstance(c.a, int) and c.b == reference else c for c in made]
    usual: dict[str, object] = {
        "id": "20261122T104100Z-photo-differs",
        "scenario": "photo-differs",
        "tenant": "Contoso",
        "subject": ANA,
        "account": "ana",
        "signed_in_as": ANA,
        "sandbox": "healthy",
        "started": START,
        "inputs": {"pages": [PAGE]},
        "reference": reference,
        "expected": EXPECTED if reference == "expected" else None,
        "sightings": sightings,
        "comparisons": tuple(comparisons),
        "properties": (properties(),),
        "steps": STEPS,
    }
    return Record.model_validate({**usual, **fields})


def colleague(sightings: tuple[Sighting, ...] = OTHERS, reference: int | None = 2, **fields: object) -> Record:
    """Return the record of a compared run in a colleague's session."""
    return record(sightings, reference, **{"account": "helpdesk", "signed_in_as": HELPDESK, **fields})


def but(index: int, sightings: tuple[Sighting, ...] = OWN, **changes: object) -> tuple[Sighting, ...]:
    """Return `sightings` with the one at `index` changed."""
    return (*sightings[:index], sightings[index].model_copy(update=changes), *sightings[index + 1 :])


def instead(index: int, sighting: Sighting, sightings: tuple[Sighting, ...] = OWN) -> tuple[Sighting, ...]:
    """Return `sightings` with `sighting` at `index`."""
    return (*sightings[:index], sighting, *sightings[index + 1 :])


def stale(*indexes: int, reference: int | str = PANEL, code: str = "other-photo") -> dict[int, Comparison]:
    """Return the comparisons of a run in which the sightings at `indexes` show a different photo."""
    return {index: differs(index, reference, code) for index in indexes}
