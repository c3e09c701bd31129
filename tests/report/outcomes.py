"""Sample records of every outcome with their pictures, as a run would leave them."""

from collections.abc import Callable
from datetime import timedelta

from PIL import Image

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.model.enums import Confidence, Kind, Reason, Source, StepStatus, Surface, Verdict
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Diagnosis, Evidence, Expected, Finding, Mark, Record, Stop, Unseen

from .drawing import initials, portrait, window
from .samples import ANA, NEW, OLD, OTHER, PAGE, START, Folder, compared, properties, record, seen, step, steps


def cause_of(cause: str, confidence: Confidence, *parts: tuple[Message, str], visited: bool = False) -> Diagnosis:
    """Return the diagnosis of a cause with the texts of the table of causes; `parts` are sentences and their places.

    Args:
        visited: whether the run was itself the visit that the cause asks for.
    """
    row = CAUSES[cause]
    remedy, who = row.advice(visited=visited)
    return Diagnosis(
        cause=cause,
        title=row.title.text,
        confidence=confidence,
        evidence=tuple(Evidence.from_message(said, ref=ref) for said, ref in parts),
        remedy=remedy.text,
        who=who.text,
        wait=row.wait.text,
        recheck_after=START + row.recheck if row.recheck else None,
        confirm=row.confirm.text,
    )


def in_sync(folder: Folder) -> Record:
    """Return the record of a healthy run in the sandbox."""
    return record(folder)


def out_of_sync(folder: Folder) -> Record:
    """Return the record of a run with a stale copy and its cause."""
    differ = (None, 0.012, 0.019, 0.41, 0.40, 0.43, 0.42)
    copied = message(
        "SharePoint last copied the photo at {time}, {hours} h before this check", time="2026-11-22T04:40:00Z", hours=6
    )
    differs = message("{place} differs from the reference: {what}", place="people-web-part", what="another photo")
    changed = message("The photo was changed {hours} h before this check, after that copy", hours=2)
    profile = "properties/0"
    cause = cause_of(
        "C1", Confidence.HIGH, (copied, profile), (changed, profile), (differs, "comparisons/2"), visited=True
    )
    likely = cause_of("C3", Confidence.LOW, (copied, "properties/0"))
    return record(
        folder,
        sandbox="stale-copy",
        verdict=Verdict.OUT_OF_SYNC,
        sightings=seen(folder, NEW, OLD),
        steps=steps(folder, portrait(NEW, 96), portrait(OLD, 72)),
        comparisons=tuple(
            compared(score, number, "other-photo" if score > 0.07 else "")
            for number, score in enumerate(differ)
            if score is not None
        ),
        diagnoses=(cause, likely),
        findings=(
            Finding(
                **message("The photo at the source is only {px} × {px} pixels and looks blurry", px=96).model_dump(),
                id="blurry-source",
                ref="sightings/0",
            ),
        ),
    )


def recropped(folder: Folder) -> Record:
    """Return the record of a run on a real tenant that shows the expected photo cropped closer."""
    shot, digest = folder.keep(portrait(NEW, 360))
    differs = message("{place} differs from the reference: {what}", place="people-web-part", what="cropped differently")
    verdicts = (0.01, 0.012, 0.02, 0.19, None, 0.21, 0.2)
    return record(
        folder,
        sandbox=None,
        ticket=None,
        verdict=Verdict.OUT_OF_SYNC,
        reference="expected",
        expected=Expected(name="ana-2026.jpg", shot=shot, sha256=digest, natural_px=(360, 360)),
        sightings=seen(folder, NEW, NEW, zoom=1.35),
        comparisons=tuple(
            compared(score, number, "too-small" if score is None else "recropped" if score > 0.07 else "", "expected")
            for number, score in enumerate(verdicts)
        ),
        diagnoses=(cause_of("C1", Confidence.MEDIUM, (differs, "comparisons/3"), visited=True),),
    )


def no_photo(folder: Folder) -> Record:
    """Return the record of a run for a user who never uploaded a photo."""
    said = message("{place} shows {kind}, so there is no photo at the source", place="account-panel", kind="initials")
    cause = cause_of("C7", Confidence.HIGH, (said, "sightings/0"))
    return record(
        folder,
        sandbox="no-photo",
        verdict=Verdict.NO_PHOTO,
        sightings=seen(folder, None, None),
        comparisons=(),
        steps=steps(folder, initials("AI"), initials("AI")),
        diagnoses=(cause,),
    )


def unsettled(folder: Folder) -> Record:
    """Return the record of a run in which the page's pictures never finished loading."""
    whole = steps(folder, portrait(NEW, 96), Image.new("RGB", (72, 72), "#eceeef"))
    late = step(
        "page-1",
        "B4",
        message("Go to {page}", page="Team.aspx"),
        (5.6, 35.6),
        *whole[3].pictures,
        status=StepStatus.FAILED,
        reason=Reason.IMAGES_NOT_SETTLED,
        note=message("Pictures on {url} were still loading at the time limit.", url=PAGE),
    )
    loading = folder.sighting(Surface.PEOPLE_WEB_PART, None, Source.UNKNOWN, kind=Kind.LOADING, page=0, after=35)
    return record(
        folder,
        sandbox="slow-images",
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.IMAGES_NOT_SETTLED,
        finished=START + timedelta(seconds=35.9),
        sightings=(*seen(folder, NEW, NEW)[:3], loading),
        comparisons=(compared(0.012, 1), compared(0.02, 2)),
        steps=(*whole[:3], late),
        unseen=(
            Unseen(
                surface=Surface.PEOPLE_WEB_PART,
                page_url=PAGE,
                reason=Reason.IMAGES_NOT_SETTLED,
                why=message("Pictures on {url} were still loading at the time limit.", url=PAGE),
            ),
        ),
    )


def refused(folder: Folder) -> Record:
    """Return the record of a run that was stopped by a wrong password."""
    marked = Mark(number=1, box=(0.36, 0.4, 0.28, 0.07), label=message("the password and Sign in"))
    failed = step(
        "sign-in",
        "B2",
        message("Go to {home} and sign in as {account}", home="www.office.com", account=ANA),
        (0.4, 2.7),
        folder.picture(window("Enter password", form=True), message("Sign-in"), marked, after=2.6),
        status=StepStatus.FAILED,
        reason=Reason.WRONG_PASSWORD,
    )
    whole = steps(folder, portrait(NEW, 96), portrait(NEW, 96))
    left = tuple(
        step(old.id, old.article_step, old.said or message(""), None, status=StepStatus.SKIPPED) for old in whole[2:]
    )
    return record(
        folder,
        sandbox="wrong-password",
        verdict=Verdict.STOPPED,
        reason=Reason.WRONG_PASSWORD,
        subject_name=None,
        signed_in_as=None,
        reference=None,
        finished=START + timedelta(seconds=2.9),
        stop=Stop(
            step="sign-in",
            what=message("Sign-in refused the password. It was sent once and not tried again."),
            help=message(
                "Correct the account’s stored password (the tenant file says where it is stored), then try again."
            ),
            code="AADSTS50126",
        ),
        steps=(whole[0], failed, *left),
        sightings=(),
        comparisons=(),
        properties=(),
        own_photo_requested=None,
        unseen=(),
    )


def crashed(folder: Folder) -> Record:
    """Return the record of a run that was killed while it read the SharePoint start page."""
    return record(
        folder,
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.CRASHED,
        reference=None,
        finished=None,
        sightings=seen(folder, NEW, NEW)[:2],
        comparisons=(),
        steps=steps(folder, portrait(NEW, 96), portrait(NEW, 96))[:3],
        unseen=(),
    )


def hostile(folder: Folder) -> Record:
    """Return a record in which every string tries to be markup."""
    nasty = '<script>alert(1)</script>"onerror="alert(2)'
    upn = "a" * 90 + "." + "b" * 60 + "@" + "very-long-tenant-name." * 5 + "onmicrosoft.com"
    whole = steps(folder, portrait(NEW, 96), portrait(OTHER, 96))
    titled = whole[1].model_copy(update={"title": nasty, "said": None, "id": '"><img src=x onerror=alert(3)>'})
    first = folder.sighting(Surface.ACCOUNT_PANEL, portrait(NEW, 96), Source.PEOPLE_SERVICE, subject=upn)
    lost = folder.sighting(Surface.PEOPLE_WEB_PART, portrait(OTHER, 72), Source.UNKNOWN, subject=upn, page=0)
    lost = lost.model_copy(
        update={
            "shot": "../../../etc/passwd",
            "url": "javascript:alert(4)",
            "page_url": "https://contoso.sharepoint.com/<b>x</b>/測試頁面-שלום-🙂.aspx",
            "locator": "</code></td></table><h1>x",
        }
    )
    gone = first.model_copy(update={"shot": "evidence/gone.png", "surface": Surface.HOME_HEADER})
    cause = Diagnosis(
        cause="C<5>",
        title=nasty,
        confidence=Confidence.MEDIUM,
        evidence=(
            Evidence(text=nasty, ref="steps/" + titled.id),
            Evidence(text="{places} {{that}} stay", template="{places} {{that}} stay", ref="sightings/999"),
            Evidence(**message("שלום {name}", name="ليلى").model_dump(), ref='"><b>'),
        ),
        remedy=nasty,
        who="測試",
        wait="",
    )
    return record(
        folder,
        sandbox="<i>lab</i>",
        tenant="Contoso & <b>Söhne</b> 株式会社",
        subject=upn,
        subject_name='ليلى "<img src=x onerror=alert(5)>" 李小龍 🙂' + "W" * 120,
        ticket="</title><script>alert(6)</script>",
        verdict=Verdict.OUT_OF_SYNC,
        sightings=(first, lost, gone),
        comparisons=(compared(0.5, 1, "other-photo"), compared(0.01, 2)),
        diagnoses=(cause,),
        steps=(whole[0], titled, *whole[2:]),
        inputs={"</script>": ["<!--", "]]>"], "note": "</textarea><script>alert(7)</script>"},
    )


def colleague(folder: Folder) -> Record:
    """Return the record of a helpdesk's run in which SharePoint shows initials and one card's owner is unknown."""
    sightings = seen(folder, NEW, None)
    state = message("SPS-PicturePlaceholderState is 1 although a picture is stored")
    return record(
        folder,
        sandbox="placeholder",
        account="helpdesk",
        signed_in_as="helpdesk@contoso.com",
        verdict=Verdict.OUT_OF_SYNC,
        sightings=(
            sightings[0].model_copy(update={"surface": Surface.PROFILE_CARD, "identified_by": "profile-card"}),
            *sightings[3:7],
            folder.sighting(Surface.PEOPLE_WEB_PART, None, Source.SHAREPOINT_COPY, subject=None, page=0),
        ),
        comparisons=tuple(compared(None, number, "placeholder") for number in range(1, 5)),
        properties=(properties(placeholder="1"),),
        own_photo_requested=None,
        diagnoses=(cause_of("C6", Confidence.HIGH, (state, "properties/0")),),
    )


def empty_window(folder: Folder) -> Record:
    """Return the record of a run whose first picture shows a window in which nothing has been opened yet."""
    whole = steps(folder, portrait(NEW, 96), portrait(NEW, 96))
    blank = folder.picture(Image.new("RGB", (1280, 800), "#ffffff"), message("A new private window"), after=0.3)
    return record(
        folder, steps=(whole[0].model_copy(update={"pictures": (blank,), "shots": (blank.path,)}), *whole[1:])
    )


SAMPLES: dict[str, Callable[[Folder], Record]] = {
    "in-sync": in_sync,
    "out-of-sync": out_of_sync,
    "recropped": recropped,
    "no-photo": no_photo,
    "unsettled": unsettled,
    "refused": refused,
    "crashed": crashed,
    "hostile": hostile,
    "colleague": colleague,
    "empty-window": empty_window,
}
