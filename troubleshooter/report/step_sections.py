"""Builds the section of each step, with its screenshots and marks on the elements that it acted on."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import fill
from troubleshooter.model.enums import StepStatus
from troubleshooter.model.records import Mark, Picture, Step
from troubleshooter.report.context import ReportContext
from troubleshooter.report.headline import step_title
from troubleshooter.report.labels import STATUSES
from troubleshooter.report.picture_files import ShownPicture
from troubleshooter.report.wording import Moment, Wording, is_address, sentence

_TONES = {StepStatus.PASSED: "good", StepStatus.FAILED: "bad", StepStatus.SKIPPED: "skip"}
_WINDOW = (1280, 800)
"""Assumed size of a screenshot whose size is not known."""


@dataclass(frozen=True)
class MarkedArea:
    """A marked element, in percent of its screenshot."""

    number: int
    left: str
    top: str
    width: str
    height: str
    badge_left: str
    badge_top: str
    label: str


@dataclass(frozen=True)
class StepPicture:
    """A screenshot of a window."""

    picture: ShownPicture | None
    name: str
    """Name of the file."""
    width: int
    height: int
    caption: str
    marks: tuple[MarkedArea, ...] = ()
    taken: Moment | None = None
    masked: str = ""
    empty: bool = False
    """Whether the window shows nothing, so that a line says it instead of a picture."""


@dataclass(frozen=True)
class StepSection:
    """One step as the report shows it."""

    id: str
    label: str
    """The article's number of the step, such as `B2`; empty for a step that is not in the article."""
    title: str
    tone: str
    status: str
    duration: str
    started: Moment | None
    addresses: tuple[str, ...]
    """URLs of the pages that the title mentions."""
    reason: str
    explain: str
    note: str
    pictures: tuple[StepPicture, ...]


def step_sections(context: ReportContext) -> tuple[StepSection, ...]:
    """Return the steps in their order."""
    return tuple(_section(step, context) for step in context.record.steps)


def total_duration(context: ReportContext) -> str:
    """Return how long the run took; empty if it did not finish."""
    record = context.record
    if record.finished is None:
        return ""
    return context.wording.catalogue.duration((record.finished - record.started).total_seconds())


def _section(step: Step, context: ReportContext) -> StepSection:
    wording, duration = context.wording, ""
    if step.started and step.finished:
        duration = wording.catalogue.duration((step.finished - step.started).total_seconds())
    texts = wording.reason(step.reason) if step.reason else None
    return StepSection(
        id=context.anchors.step(step.id),
        label=step.article_step or "",
        title=step_title(step, wording),
        tone=_TONES[step.status],
        status=wording.gettext(STATUSES[step.status]),
        duration=duration,
        started=wording.clock(step.started) if step.started else None,
        addresses=_addresses(step),
        reason=sentence(texts.name) if texts else "",
        explain=texts.explain if texts else "",
        note=wording.say(step.note) if step.note else "",
        pictures=_pictures(step, context),
    )


def _pictures(step: Step, context: ReportContext) -> tuple[StepPicture, ...]:
    """Return the step's screenshots, those without a caption last."""
    captioned = {picture.path for picture in step.pictures}
    caption = context.wording.gettext("picture of the window")
    bare = [
        StepPicture(context.pictures.show(path), path, *_WINDOW, caption)
        for path in step.shots
        if path not in captioned
    ]
    return (*(_picture(picture, context) for picture in step.pictures), *bare)


def _addresses(step: Step) -> tuple[str, ...]:
    """Return the URLs of the pages that the title shows by their names."""
    if step.said is None:
        return ()
    named = {name: value for name, value in step.said.args.items() if f"{{{name}}}" in step.said.template}
    return tuple(value for value in named.values() if is_address(value))


def _picture(picture: Picture, context: ReportContext) -> StepPicture:
    wording = context.wording
    width, height = picture.px or _WINDOW
    empty = not picture.marks and context.pictures.is_empty(picture.path)
    return StepPicture(
        empty=empty,
        picture=None if empty else context.pictures.show(picture.path),
        name=picture.path.rsplit("/", 1)[-1],
        width=max(width, 1),
        height=max(height, 1),
        caption=wording.say(picture.caption),
        marks=tuple(_marked_area(mark, wording) for mark in picture.marks),
        taken=wording.clock(picture.taken_at),
        masked=_masked(picture.masked, wording),
    )


def _masked(count: int, wording: Wording) -> str:
    """Return how many areas of a screenshot are covered; empty if there are none."""
    if not count:
        return ""
    text = wording.catalogue.ngettext(
        "{count} area hidden because it shows another person",
        "{count} areas hidden because they show other people",
        count,
    )
    return fill(text, {"count": str(count)})


def _marked_area(mark: Mark, wording: Wording) -> MarkedArea:
    left, top, width, height = (min(max(share, 0.0), 1.0) for share in mark.box)
    width, height = min(width, 1 - left), min(height, 1 - top)
    return MarkedArea(
        number=mark.number,
        left=_percent(left),
        top=_percent(top),
        width=_percent(width),
        height=_percent(height),
        badge_left=_percent(min(left, 0.975)),
        badge_top=_percent(min(top, 0.96)),
        label=wording.say(mark.label),
    )


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
