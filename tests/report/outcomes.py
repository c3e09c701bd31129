"""Sample records of every outcome with their pictures, as a run would leave them."""

from collections.abc import Callable
from datetime import timedelta

from troubleshooter.model.enums import Confidence, Kind, Reason, Source, StepStatus, Surface, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import Diagnosis, Evidence, Expected, Finding, Mark, Record, Stop, Unseen

from .drawing import initials, portrait, window
from .samples import ANA, NEW, OLD, OTHER, PAGE, START, Folder, compared, properties, record, seen, step, steps


def in_sync(folder: Folder) -> Record:
    """Return the record of a healthy run in the sandbox."""
    return record(folder)


def out_of_sync(folder: Folder) -> Record:
    """Return the record of a run with a stale copy and its cause."""
    differ = (None, 0.012, 0.019, 0.41, 0.40, 0.43, 0.42)
    cause = Diagnosis(
        cause="C1",
        title="The copy in SharePoint is older than the change",
        confidence=Confidence.HIGH,
        evidence=(
            Evidence(
                **message(
                    "SharePoint last stored the picture at {time}, before the change.", time="2026-11-22T04:40:00Z"
                ).model_dump(),
                ref="properties/0",
            ),
            Evidence(
                **message(
                    "{place} shows the photo of before, {score} away.", place="people-web-part", score=0.41
                ).model_dump(),
                ref="comparisons/2",
            ),
            Evidence(**message("The new photo is in Microsoft 365.").model_dump(), ref="sightings/0"),
        ),
        remedy="Open SharePoint once in a private window and go to a page that shows the person.",
        who="the user",
        wait="up to 24 hours",
        recheck_after=START + timedelta(hours=24),
    )
    likely = Diagnosis(
        cause="C3",
        title="The copy is stuck although SharePoint was visited",
        confidence=Confidence.LOW,
        evidence=(Evidence(**message("One visit alone cannot tell.").model_dump(), ref="steps/page-1"),),
        remedy="Run the Picture Sync diagnostic in the admin centre.",
        who="the administrator of Microsoft 365",
        wait="typically days",
    )
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
                **message("The photo at the source is only {size} wide.", size="96 px").model_dump(),
                id="blurry-source",
                ref="sightings/0",
            ),
        ),
    )


def recropped(folder: Folder) -> Record:
    """Return the record of a run on a real tenant that shows the expected photo cropped closer."""
    shot, digest = folder.keep(portrait(NEW, 360))
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
    )


def no_photo(folder: Folder) -> Record:
    """Return the record of a run for a user who never uploaded a photo."""
    cause = Diagnosis(
        cause="C7",
        title="There is no photo at the source",
        confidence=Confidence.HIGH,
        evidence=(Evidence(**message("The account panel shows initials.").model_dump(), ref="sightings/0"),),
        remedy="Add a photo in the account panel.",
        who="the user",
        wait="typically hours",
    )
    return record(
        folder,
        sandbox="no-photo",
        verdict=Verdict.NO_PHOTO,
        reference=None,
        sightings=seen(folder, None, None),
        comparisons=(),
        steps=steps(folder, initials("AI"), initials("AI")),
        diagnoses=(cause,),
    )


def unsettled(folder: Folder) -> Record:
    """Return the record of a run in which the page's pictures never finished loading."""
    whole = steps(folder, portrait(NEW, 96), initials("AI"))
    late = step(
        "page-1",
        "B4",
        message("Went to {page}", page="Team.aspx"),
        (5.6, 35.6),
        *whole[3].pictures,
        status=StepStatus.FAILED,
        reason=Reason.IMAGES_NOT_SETTLED,
        note=message("{count} of {total} pictures on {page} were still loading.", count=3, total=4, page="Team.aspx"),
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
                why=message("its picture was still loading after {limit}", limit="30 s"),
            ),
        ),
    )


def refused(folder: Folder) -> Record:
    """Return the record of a run that was stopped by a wrong password."""
    marked = Mark(number=1, box=(0.36, 0.4, 0.28, 0.07), label=message("the password field"))
    failed = step(
        "sign-in",
        "B2",
        message("Went to {host} and signed in as {account}", host="www.office.com", account=ANA),
        (0.4, 2.7),
        folder.picture(window("Enter password", form=True), message("what the sign-in showed"), marked, after=2.6),
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
            what=message("Microsoft 365 refused the password of {account}.", account=ANA),
            help=message("Correct the password of the account {account}, and run the check again.", account="ana"),
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
    return record(
        folder,
        sandbox="placeholder",
        account="helpdesk",
        signed_in_as="helpdesk@contoso.com",
        verdict=Verdict.OUT_OF_SYNC,
        sightings=(
            sightings[0].model_copy(update={"surface": Surface.PROFILE_CARD, "identified_by": "profile-card"}),
            *sightings[3:7],
            folder.sighting(Surface.PEOPLE_WEB_PART, portrait(51, 72), Source.SHAREPOINT_COPY, subject=None, page=0),
        ),
        comparisons=tuple(compared(None, number, "placeholder") for number in range(1, 5)),
        properties=(properties(placeholder="1"),),
        own_photo_requested=None,
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
}
