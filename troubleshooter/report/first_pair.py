"""Chooses the first screen's pictures: the reference beside what SharePoint shows, or the window where a run ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.locale import fill
from troubleshooter.model.enums import PAGE_CONTENT, WITHOUT_PHOTO, Outcome
from troubleshooter.model.reference import reference_kind
from troubleshooter.report.anchors import EXPECTED
from troubleshooter.report.avatar_figures import AvatarFigure
from troubleshooter.report.avatars import AvatarGroup
from troubleshooter.report.clusters import AvatarCluster, how_many
from troubleshooter.report.context import ReportContext
from troubleshooter.report.headline import IN_SHAREPOINT
from troubleshooter.report.outcome_section import CaptionedPicture, OutcomeSection
from troubleshooter.report.picture_files import ShownPicture
from troubleshooter.report.step_sections import StepPicture, StepSection
from troubleshooter.report.wording import sentence

_TWO_SIDES = ("sharepoint", "elsewhere")
"""The groups with places in SharePoint: those that show its copies, and those that show other sources."""


@dataclass(frozen=True)
class FirstSide:
    """One of the two pictures of the first screen."""

    store: str
    picture: ShownPicture | None
    alt: str
    tile: str
    tone: str
    says: str
    """How many places show this; may be empty."""
    place: str
    """The place that the picture is from; may be empty."""
    href: str = ""
    """Where the page says more about it; may be empty."""


@dataclass(frozen=True)
class FirstWindow:
    """The window at the end of a run that saw no avatar."""

    picture: ShownPicture
    shot: StepPicture
    href: str


@dataclass(frozen=True)
class FirstPictures:
    """What the first screen shows beside its sentences: two pictures, or a window, or nothing."""

    sides: tuple[FirstSide, ...] = ()
    window: FirstWindow | None = None
    chosen: tuple[str, str] = ("", "")
    """The entries of the two in the picture comparison."""


def first_pictures(
    context: ReportContext,
    groups: Sequence[AvatarGroup],
    outcome: OutcomeSection | None,
    steps: Sequence[StepSection],
) -> FirstPictures:
    """Return the pictures of the first screen."""
    sent = [picture for picture in outcome.pictures if picture.picture] if outcome else []
    if len(sent) > 1:
        # While a photo is pending, before and after are equal: what was sent is what the reader misses.
        first = sent[-2] if context.record.outcome == Outcome.PENDING else sent[0]
        return FirstPictures(tuple(_of_outcome(picture) for picture in (first, sent[-1])))
    by_id = {group.id: group for group in groups}
    left = _source(context, by_id)
    right = _shown(by_id, left)
    if left is None and right is None:
        return FirstPictures(window=_window(steps))
    sides = [_left(context, left, by_id)] if left else []
    sides += [_right(context, *right, by_id)] if right else []
    figures = [left, _best(right[1])] if left and right else []
    return FirstPictures(tuple(sides), chosen=_chosen(figures))


def _chosen(figures: Sequence[AvatarFigure]) -> tuple[str, str]:
    """Return the ids of the two to compare, unless one has no picture or neither is a photo."""
    if len(figures) < 2 or not all(figure.choice for figure in figures) or {f.shows for f in figures} == {"none"}:
        return "", ""
    return figures[0].id, figures[1].id


def _of_outcome(picture: CaptionedPicture) -> FirstSide:
    return FirstSide(picture.caption, picture.picture, picture.caption, "", "", "", "")


def _source(context: ReportContext, groups: dict[str, AvatarGroup]) -> AvatarFigure | None:
    """Return the reference; without one, what another place outside SharePoint shows, if anything."""
    if "reference" in groups and context.record.reference is not None:
        return groups["reference"].figures[0]
    elsewhere = groups.get("elsewhere")
    return elsewhere.figures[0] if elsewhere else None


def _shown(groups: dict[str, AvatarGroup], left: AvatarFigure | None) -> tuple[AvatarGroup, AvatarCluster] | None:
    """Return the places to show beside the reference: those that differ, else those in SharePoint."""
    order = [groups[name] for name in ("sharepoint", "elsewhere", "profile") if name in groups]
    found = [(group, cluster) for group in order for cluster in group.clusters if left not in cluster.figures[:1]]
    wrong = [pair for pair in found if pair[1].tone == "bad"]
    return next(iter(wrong or found), None)


def _best(cluster: AvatarCluster) -> AvatarFigure:
    """Return the avatar that stands for those that show the same: on a page if possible, where a reader finds it."""
    return max(cluster.figures, key=lambda figure: (figure.picture is not None, figure.technical in PAGE_CONTENT))


def _left(context: ReportContext, figure: AvatarFigure, groups: dict[str, AvatarGroup]) -> FirstSide:
    _ = context.wording.gettext
    nobody = reference_kind(context.view) in WITHOUT_PHOTO or figure.shows == "none"
    alike = groups["elsewhere"].figures if "elsewhere" in groups else ()
    others = [one for one in alike if one is not figure and one.technical not in IN_SHAREPOINT]
    agree = sum(one.shows == ("none" if nobody else "same") for one in others)
    count = agree + (figure.id != EXPECTED)
    compared = count and context.record.reference is not None
    says = how_many("none" if nobody else "this", count, context.wording.catalogue) if compared else ""
    store = _("The expected photo") if figure.id == EXPECTED else _("Microsoft 365")
    return _side(figure, store, says, "")


def _right(
    context: ReportContext, group: AvatarGroup, cluster: AvatarCluster, groups: dict[str, AvatarGroup]
) -> FirstSide:
    _ = context.wording.gettext
    catalogue, figure = context.wording.catalogue, _best(cluster)
    in_sharepoint = _in_sharepoint(group, figure)
    if group.id in _TWO_SIDES:
        here = [(one, its) for name in _TWO_SIDES if (one := groups.get(name)) for its in one.figures]
        checked = [its for one, its in here if _in_sharepoint(one, its) is in_sharepoint]
    else:
        checked = [*group.figures]
    alike = sum(
        (its.match and its.match.tone, its.shows) == (figure.match and figure.match.tone, figure.shows)
        for its in checked
    )
    says = how_many(figure.shows, alike, catalogue)
    if len(checked) > alike:
        says = fill(_("{places} ({count} checked)"), {"places": says, "count": catalogue.number(len(checked), 0)})
    return _side(figure, _("SharePoint") if in_sharepoint else group.title, says, cluster.tone)


def _in_sharepoint(group: AvatarGroup, figure: AvatarFigure) -> bool:
    """Return whether a reader sees `figure` in SharePoint, or elsewhere, but from SharePoint's copies."""
    return group.id == "sharepoint" or (group.id == "elsewhere" and figure.technical in IN_SHAREPOINT)


def _side(figure: AvatarFigure, store: str, says: str, tone: str) -> FirstSide:
    place = " · ".join(part for part in (sentence(figure.name), figure.page) if part)
    return FirstSide(store, figure.picture, figure.alt, figure.tile, tone, says, place, f"#{figure.id}")


def _window(steps: Sequence[StepSection]) -> FirstWindow | None:
    """Return the last window of the step that failed, else of the run."""
    failed = [step for step in steps if step.tone == "bad"]
    for step in reversed(failed or steps):
        for shot in reversed(step.pictures):
            if shot.picture:
                return FirstWindow(shot.picture, shot, f"#{step.id}")
    return None
