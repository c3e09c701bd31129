"""Takes sightings: turns an avatar on a page into a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import Kind, Reason, Source, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.pages import find
from troubleshooter.pages.avatars import AvatarElement, avatars_in
from troubleshooter.pages.cover import reveal, uncover
from troubleshooter.pages.find import frame_of
from troubleshooter.pages.handles import held
from troubleshooter.redaction.patterns import redact_address, redact_picture_address
from troubleshooter.steps.clock import now
from troubleshooter.steps.late_photo import once_drawn, was_answered_without
from troubleshooter.steps.refused_photos import note_refusal, refused_photo_of, was_refused
from troubleshooter.steps.repaired import shows_account
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import SURFACES

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Page

    from troubleshooter.pages.handles import HeldElement

_MUTE = ("background", "canvas", "svg")
"""How avatars are shown whose elements do not say that their picture failed."""
_EMPTY_BUTTON = message("The account button contains no picture.")
_EMPTY = {Surface.ACCOUNT_PANEL: message("The account panel on the home page shows no picture.")}
"""What is said about a place of the account's avatar in which nothing is drawn."""


@dataclass(frozen=True)
class Place:
    """The place of an avatar, and whose avatar it is."""

    surface: Surface
    locator: str
    """The locator that matched."""
    subject: str | None
    """UPN of the person; None if nothing proved who it is."""
    identified_by: str | None
    """The evidence for `subject`."""


def kind_drawn(avatar: AvatarElement) -> Kind:
    """Return what the page renders, according to the document; `photo` is refined later, from the pixels."""
    if avatar.shown == "initials":
        # Initials may only stand in while a picture loads; in that case, nothing has been seen yet.
        return Kind.LOADING if avatar.state == "loading" or avatar.refused else Kind.INITIALS
    if avatar.shown == "hidden" or avatar.state == "loading":
        return Kind.LOADING
    return Kind.BROKEN if avatar.state == "broken" else Kind.PHOTO


async def take(step: StepRun, tab: Page, avatar: AvatarElement, place: Place) -> Sighting:
    """Take a screenshot of `avatar`, look up the response behind it, and record the sighting."""
    workspace, context = step.workspace, step.context
    traffic = workspace.traffic(tab)
    requested = avatar.url.partition("#")[0]  # what follows is not sent
    filled = await traffic.picture_response(avatar.url) or await traffic.picture_response(requested)
    is_subjects = place.subject == context.subject and place.identified_by != "session"
    if avatar.shown == "initials" and not avatar.url and is_subjects:
        who = step.who
        refused = await refused_photo_of(traffic, tab, who.addresses, who.object_ids, signed_in=False)
        avatar = replace(avatar, refused=refused)
    if requested and await was_refused(traffic, requested):
        avatar = _in_vain(avatar, requested)
    shot, kind = None, kind_drawn(avatar)
    if avatar.refused:
        late = traffic.is_awaiting(avatar.refused)
        filled = None if late else await traffic.picture_response(avatar.refused)
        note_refusal(step, place.surface, avatar.refused, filled, late=late)
    if kind is Kind.INITIALS and filled and filled.response.status in THROTTLED:
        kind = Kind.LOADING  # throttled: a later request would get the picture
    if place.subject == context.subject or context.show_others:
        shown = await reveal(avatar.held, avatar.held_card)
        if not shown.uncovered and not await _uncovered(avatar, context.short_wait):
            kind = Kind.LOADING  # otherwise, what covers it would be taken for the photo
            step.cannot_see(place.surface, message("Something on the page covers the picture, and does not go away."))
        at = shown.box if shown.uncovered else None  # it may have moved when the cover was closed
        shot = await workspace.camera.cut_out(avatar.held, avatar.frame, at)
    from troubleshooter.compare.picture import size_of  # noqa: PLC0415 - only a run loads what reads pixels

    # A page does not expose the size of a background picture.
    natural = avatar.natural or size_of(await traffic.body(requested))
    if kind is Kind.PHOTO and natural and min(natural) <= 1:
        kind = Kind.BLANK
    if kind is Kind.PHOTO and avatar.shown == "canvas" and traffic.is_awaiting(requested):
        kind = Kind.LOADING  # a canvas is blank until its picture has arrived
    sighting = Sighting(
        surface=place.surface,
        step=step.recorder.step,
        subject=place.subject,
        identified_by=place.identified_by,
        kind=kind,
        source=Source.UNKNOWN if avatar.ambiguous else SURFACES[place.surface].store(source_of(avatar.url)),
        url=kept_address(avatar.url),
        page_url=redact_address(tab.url),
        page=step.page,
        locator=place.locator,
        natural_px=natural,
        rendered_px=(round(avatar.size[0] * avatar.dpr), round(avatar.size[1] * avatar.dpr)),
        dpr=avatar.dpr,
        sha256=shot.sha256 if shot else None,
        body_sha256=filled.body_sha256 if filled else None,
        shot=shot.path if shot else None,
        preview=shot.preview if shot else None,
        seen_at=now(),
        response=filled.response if filled else None,
        session=workspace.kind,
    )
    step.recorder.add(sighting)
    return sighting


def _in_vain(avatar: AvatarElement, url: str) -> AvatarElement:
    """Return `avatar`, whose picture at `url` did not come, although only an `<img>` element says so itself."""
    if avatar.shown == "initials":
        return replace(avatar, refused=url)
    return replace(avatar, state="broken") if avatar.shown in _MUTE else avatar


async def _uncovered(avatar: AvatarElement, seconds: float) -> bool:
    """Close what covers `avatar`, or wait for `seconds` until it disappears; return whether `avatar` can be seen."""
    return await uncover(await avatar.held.element(), seconds, await avatar.held_card.element())


def kept_address(url: str) -> str | None:
    """Return a picture's URL as the record keeps it: redacted, and without the bytes if it embeds any."""
    if url.startswith(("data:", "blob:")):
        return url.split(",", 1)[0][:60]
    return redact_picture_address(url) or None


async def header(
    step: StepRun,
    tab: Page,
    button: find.FoundElement,
    surface: Surface,
    *,
    seconds: float | None = None,
    proved: bool = False,
) -> Sighting | None:
    """Take the sighting of the signed-in person's avatar in or on `button`; record it and return None if there is none.

    Args:
        seconds: how long to wait for the page to settle; default: the run's limit.
        proved: whether something proves that the avatar is that person's, if a repair found the button.
    """
    for last in (False, True):
        await step.workspace.traffic(tab).settle(seconds or step.context.timeout)
        try:
            with browser_failures():
                return await _header(step, tab, button, surface, seconds=seconds, proved=proved)
        except BrowserFailure as failure:
            if last or not failure.moved:
                raise
            # The page put another element in the avatar's place, as it does when a photo arrives.
    return None


async def _header(
    step: StepRun,
    tab: Page,
    button: find.FoundElement,
    surface: Surface,
    *,
    seconds: float | None,
    proved: bool,
) -> Sighting | None:
    frame = await frame_of(button)
    if frame is None:
        return None
    traffic = step.workspace.traffic(tab)

    async def find() -> HeldElement | None:
        return await held(button.locator) if await button.locator.count() else None

    async def visible_in(root: HeldElement | ElementHandle) -> list[AvatarElement]:
        avatars = await avatars_in(root, frame, itself=True)
        return [avatar for avatar in avatars if avatar.shown != "hidden"] or avatars

    visible = await once_drawn(
        await held(button.locator),
        find,
        visible_in,
        traffic,
        frame,
        seconds=(seconds or step.context.timeout) if step.context.as_subject else 0,
        has_answer=lambda: was_answered_without(traffic, step.who.addresses, traffic.opened_at, signed_in=True),
    )
    if not visible:
        step.missed(surface, _EMPTY.get(surface, _EMPTY_BUTTON), Reason.PAGE_CHANGED)
        return None
    is_own = shows_account(step, button, visible, surface, proved=proved)
    avatar, signed_in = visible[0], step.seen.signed_in_as if is_own else None
    if avatar.shown == "initials" and not avatar.url.startswith("https:"):
        mine = step.who.addresses if step.context.as_subject else {signed_in or step.context.username.lower()}
        ids = step.who.object_ids if step.context.as_subject else ()
        refused = await refused_photo_of(traffic, tab, mine, ids, signed_in=True)
        avatar = replace(avatar, refused=refused)
    return await take(step, tab, avatar, Place(surface, button.selector, signed_in, "session" if is_own else None))
