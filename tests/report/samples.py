"""Builders of sample records: a run's folder, its pictures, steps, sightings and comparisons."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from PIL import Image

from troubleshooter.model.enums import Kind, MatchVerdict, Reason, ScenarioKind, Source, StepStatus, Surface, Verdict
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import (
    Comparison,
    Mark,
    Picture,
    Properties,
    Record,
    Response,
    ScenarioDetails,
    Sighting,
    Step,
    Unseen,
    Versions,
)

from .drawing import initials, png, portrait, window

ANA = "ana.ionescu@contoso.com"
START = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
PAGE = "https://contoso.sharepoint.com/sites/News/SitePages/Team.aspx"
NEW, OLD, OTHER = 11, 12, 35


class Folder:
    """A run's folder, which names pictures by their hash."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "evidence").mkdir(parents=True, exist_ok=True)

    def keep(self, image: Image.Image) -> tuple[str, str]:
        """Store `image`; return its path and its hash."""
        data = png(image)
        digest = sha256(data).hexdigest()
        (self.path / "evidence" / f"{digest}.png").write_bytes(data)
        return f"evidence/{digest}.png", digest

    def sighting(
        self,
        surface: Surface,
        image: Image.Image | None,
        source: Source,
        *,
        kind: Kind = Kind.PHOTO,
        subject: str | None = ANA,
        step: str = "page-1",
        page: int | None = None,
        after: float = 7.0,
    ) -> Sighting:
        """Return a sighting that was made `after` seconds into the run."""
        shot, digest = self.keep(image) if image else (None, None)
        own = source in (Source.PEOPLE_SERVICE, Source.MAILBOX_COPY)
        host = "m365.cloud.microsoft" if own else "contoso.sharepoint.com"
        return Sighting(
            surface=surface,
            step=step,
            subject=subject,
            identified_by="session" if step != "page-1" else "mail-link",
            kind=kind,
            source=source,
            url=f"https://{host}/_layouts/15/userphoto.aspx?size=L&accountname={subject}",
            page_url=PAGE if page is not None else f"https://{host}/",
            page=page,
            locator='[data-sp-web-part-id="7f718435-ee4d-431c-bdbf-9c4ff326f46e"] img',
            natural_px=image.size if image else None,
            rendered_px=(72, 72),
            dpr=1.0,
            sha256=digest,
            body_sha256=digest,
            shot=shot,
            seen_at=START + timedelta(seconds=after),
            response=Response(
                status=200,
                content_type="image/png",
                bytes=20481,
                headers={"cache-control": "private, max-age=86400", "etag": '"3f2"'},
                at=START + timedelta(seconds=after - 0.4),
            ),
        )

    def picture(self, image: Image.Image, caption: Message, *marks: Mark, after: float = 3, masked: int = 0) -> Picture:
        """Store a screenshot, and return its entry for the record."""
        path, _digest = self.keep(image)
        at = START + timedelta(seconds=after)
        return Picture(path=path, px=image.size, taken_at=at, caption=caption, marks=marks, masked=masked)


def step(
    id: str,
    article: str | None,
    said: Message,
    span: tuple[float, float] | None,
    *pictures: Picture,
    status: StepStatus = StepStatus.PASSED,
    reason: Reason | None = None,
    note: Message | None = None,
) -> Step:
    """Return a step that lasted for `span`, given in seconds since the start of the run."""
    moments = [START + timedelta(seconds=second) for second in span] if span else [None, None]
    return Step(
        id=id,
        article_step=article,
        title=said.text,
        said=said,
        status=status,
        reason=reason,
        note=note,
        started=moments[0],
        finished=moments[1],
        shots=tuple(picture.path for picture in pictures),
        pictures=pictures,
    )


def steps(folder: Folder, face: Image.Image, card: Image.Image, others: tuple[int, ...] = (51, 52)) -> tuple[Step, ...]:
    """Return the article's four steps with their screenshots."""
    circle = Mark(number=1, box=(0.953, 0.009, 0.03, 0.048), label=message("the account button"))
    shown = Mark(number=1, box=(0.07, 0.65, 0.196, 0.125), label=message("the user’s avatar"))
    crowd = tuple(portrait(seed, 72).resize((4, 4)).resize((72, 72)) for seed in others)
    return (
        step("private", "B1", message("Open a private browser session"), (0, 0.4)),
        step(
            "sign-in",
            "B2",
            message("Go to {home} and sign in as {account}", home="www.office.com", account=ANA),
            (0.4, 3.3),
            folder.picture(window("Enter password", form=True), message("Sign-in"), after=1.8),
            folder.picture(window("Welcome", (face,)), message("The home page"), circle, after=3.2),
        ),
        step(
            "sharepoint",
            "B3",
            message("Select the SharePoint icon"),
            (3.3, 5.6),
            folder.picture(
                window("SharePoint", (face,)), message("The first page of {app}", app="SharePoint"), after=5.5
            ),
        ),
        step(
            "page-1",
            "B4",
            message("Go to {page}", page="Team.aspx"),
            (5.6, 9.8),
            folder.picture(
                window("Our team", (card, *crowd), account=face),
                message("The user on the page"),
                shown,
                after=9.4,
                masked=2,
            ),
        ),
    )


def properties(stamp: str = "63930919200", placeholder: str = "0") -> Properties:
    """Return the picture properties of a profile, as read before the visit."""
    base = "https://contoso-my.sharepoint.com:443/User%20Photos/Profile%20Pictures/ana_MThumb.jpg"
    return Properties(
        of=ANA,
        read_at=START + timedelta(seconds=4),
        url="https://contoso.sharepoint.com/_api/SP.UserProfiles.PeopleManager/GetMyProperties",
        status=200,
        values={
            "PictureURL": base,
            "PictureUrl": f"{base}?t={stamp}",
            "SPS-PictureTimestamp": stamp,
            "SPS-PicturePlaceholderState": placeholder,
            "SPS-PictureExchangeSyncState": "1",
        },
    )


def compared(score: float | None, number: int, code: str = "", reference: int | str = 0) -> Comparison:
    """Return the comparison of a sighting with the reference."""
    if score is None:
        verdict = MatchVerdict.DIFFERENT if code == "placeholder" else MatchVerdict.UNDETERMINED
    else:
        verdict = MatchVerdict.SAME if score <= 0.07 else MatchVerdict.DIFFERENT
    return Comparison(a=reference, b=number, verdict=verdict, score=score, limit=0.07, code=code or "same")


def seen(folder: Folder, at_source: int | None, in_sharepoint: int | None, zoom: float = 1.0) -> tuple[Sighting, ...]:
    """Return sightings of every store with the people `at_source` and `in_sharepoint`, or initials for None."""

    def face(seed: int | None, side: int, zoom: float = 1.0) -> tuple[Image.Image, Kind]:
        if seed is None:
            return initials("AI", side), Kind.INITIALS
        return portrait(seed, side, zoom=zoom), Kind.PHOTO

    def one(
        surface: Surface, source: Source, side: int, step: str, after: float, *, page: int | None = None
    ) -> Sighting:
        own = source in (Source.PEOPLE_SERVICE, Source.MAILBOX_COPY)
        image, kind = face(at_source, side) if own else face(in_sharepoint, side, zoom)
        return folder.sighting(surface, image, source, kind=kind, step=step, after=after, page=page)

    return (
        one(Surface.ACCOUNT_PANEL, Source.PEOPLE_SERVICE, 96, "sign-in", 3.1),
        one(Surface.HOME_HEADER, Source.PEOPLE_SERVICE, 64, "sign-in", 2.9),
        one(Surface.SHAREPOINT_HEADER, Source.MAILBOX_COPY, 64, "sharepoint", 5.2),
        one(Surface.PEOPLE_WEB_PART, Source.SHAREPOINT_COPY, 72, "page-1", 8.4, page=0),
        one(Surface.PAGE_BYLINE, Source.SITE_COPY, 48, "page-1", 8.1, page=0),
        one(Surface.USERPHOTO_M, Source.SHAREPOINT_COPY, 96, "page-1", 9.1),
        one(Surface.USERPHOTO_L, Source.SHAREPOINT_COPY, 192, "page-1", 9.3),
        folder.sighting(
            Surface.PEOPLE_WEB_PART, None, Source.SHAREPOINT_COPY, subject="radu.pop@contoso.com", after=8.4, page=0
        ),
    )


def record(folder: Folder, **fields: object) -> Record:
    """Return the record of a successful run, with `fields` overridden."""
    face = portrait(NEW, 96)
    usual: dict[str, object] = {
        "id": "20261122T104100Z-photo-differs",
        "scenario": "photo-differs",
        "scenario_details": ScenarioDetails(kind=ScenarioKind.COMPARES, heading="Profile photo check"),
        "tenant": "Contoso",
        "subject": ANA,
        "subject_name": "Ana Ionescu",
        "account": "ana",
        "signed_in_as": ANA,
        "sandbox": "healthy",
        "ticket": "INC-4711",
        "started": START,
        "finished": START + timedelta(seconds=9.8),
        "inputs": {"pages": [PAGE], "timeout": 30, "expect": None},
        "versions": Versions(product="0.1.0", playwright="1.55.0", browser="Chromium 141.0", system="Linux 6.8"),
        "verdict": Verdict.IN_SYNC,
        "reason": None,
        "reference": 0,
        "sightings": (sightings := seen(folder, NEW, NEW)),
        "comparisons": tuple(compared(0.008 + number / 400, number) for number in range(1, len(sightings) - 1)),
        "properties": (properties(),),
        "own_photo_requested": START + timedelta(seconds=8),
        "steps": steps(folder, face, face),
        "unseen": (
            Unseen(
                surface=Surface.TEAMS_HEADER,
                why=message(
                    "The page shows no account picture: perhaps it was redesigned, or the account has no "
                    "license for it."
                ),
            ),
            Unseen(surface=Surface.STORED_THUMBNAIL, why=message("The profile names no stored picture.")),
        ),
    }
    return Record(**{**usual, **fields})
