"""Builds the groups of avatars: the reference, SharePoint's copies, and every other place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troubleshooter.model.enums import COPIES, SOURCE_SIDE
from troubleshooter.report.anchors import EXPECTED
from troubleshooter.report.avatar_figures import AvatarFigure, avatar_figure
from troubleshooter.report.clusters import AvatarCluster, clusters
from troubleshooter.report.context import ReportContext
from troubleshooter.report.wording import sentence


@dataclass(frozen=True)
class AvatarGroup:
    """Avatars served by one kind of store."""

    id: str
    title: str
    figures: tuple[AvatarFigure, ...]
    clusters: tuple[AvatarCluster, ...]
    """The same avatars, those that show the same thing together."""


def avatar_groups(context: ReportContext) -> tuple[AvatarGroup, ...]:
    """Return the groups of avatars: the reference first, and in each group what differs before what agrees."""
    record, anchors, _ = context.record, context.anchors, context.wording.gettext
    if not record.sightings and record.expected is None:
        return ()
    figures = {i: avatar_figure(i, s, context) for i, s in enumerate(record.sightings) if anchors.among_avatars(i)}
    profile = [i for i in figures if not record.sightings[i].in_private_session]
    others = [i for i in figures if i not in (record.reference, *profile)]
    copies = [i for i in others if record.sightings[i].source in COPIES]
    elsewhere = [i for i in others if i not in copies]
    elsewhere.sort(key=lambda i: record.sightings[i].source not in SOURCE_SIDE)
    groups = (
        _group("reference", _("Reference"), [_reference(figures, context)], context),
        _group("sharepoint", _("SharePoint’s copies"), (figures[i] for i in copies), context),
        _group("elsewhere", _("Other places"), (figures[i] for i in elsewhere), context),
        _group("profile", _("In the browser profile"), (figures[i] for i in profile), context),
    )
    return tuple(group for group in groups if group.figures)


def unidentified_avatars(context: ReportContext) -> tuple[AvatarFigure, ...]:
    """Return the avatars that are not proven to show the subject."""
    sightings, anchors = enumerate(context.record.sightings), context.anchors
    return tuple(avatar_figure(i, s, context) for i, s in sightings if not anchors.among_avatars(i))


def _group(id: str, title: str, figures: Iterable[AvatarFigure], context: ReportContext) -> AvatarGroup:
    ordered = _worst_first(figures)
    return AvatarGroup(id, title, ordered, clusters(ordered, context.wording.catalogue))


def _worst_first(figures: Iterable[AvatarFigure]) -> tuple[AvatarFigure, ...]:
    order = {"bad": 0, "open": 1, "": 2, "good": 3}
    return tuple(sorted(figures, key=lambda figure: order[figure.match.tone if figure.match else ""]))


def _reference(figures: dict[int, AvatarFigure], context: ReportContext) -> AvatarFigure:
    record, wording, _ = context.record, context.wording, context.wording.gettext
    reference = record.reference
    if isinstance(reference, int) and reference in figures:
        return figures[reference]
    if reference == EXPECTED and record.expected is not None:
        picture = context.pictures.show(record.expected.shot)
        return AvatarFigure(
            id=EXPECTED,
            shows="this",
            name=sentence(_("the expected photo")),
            technical=record.expected.name,
            picture=picture,
            alt=_("the expected photo"),
            tile=_("picture file missing"),
            size=wording.size(record.expected.natural_px),
            store=_("given with --photo") if record.photo else _("given with --expect"),
            choice=sentence(_("the expected photo")) if picture else "",
        )
    return AvatarFigure(
        id="no-reference",
        shows="open",
        name=sentence(_("no reference")),
        technical="",
        picture=None,
        alt="",
        tile=_("none"),
        store=_("nothing was compared"),
    )
