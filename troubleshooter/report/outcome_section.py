"""Builds the sections on what a run achieved and sent, what has changed since the last run, and how to check again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.locale import fill
from troubleshooter.model.enums import Kind, Surface, Verdict
from troubleshooter.model.message import message
from troubleshooter.report.anchors import Link
from troubleshooter.report.context import ReportContext
from troubleshooter.report.diagnoses import LinkedSentence
from troubleshooter.report.headline import last_known
from troubleshooter.report.picture_files import ShownPicture
from troubleshooter.report.recheck_matrix import is_of_place
from troubleshooter.report.wording import Moment, sentence


@dataclass(frozen=True)
class CaptionedPicture:
    """A picture with its caption."""

    picture: ShownPicture | None
    name: str
    caption: str


@dataclass(frozen=True)
class OutcomeSection:
    """The evidence for what the run did, with pictures from before and after."""

    why: tuple[LinkedSentence, ...]
    pictures: tuple[CaptionedPicture, ...]


@dataclass(frozen=True)
class ChangeLine:
    """One change since the previous run."""

    text: str
    at: Moment
    link: Link | None


@dataclass(frozen=True)
class ChangesSection:
    """The run that this one is compared with, and what has changed since."""

    run: str
    at: Moment
    changes: tuple[ChangeLine, ...]
    sentences: tuple[str, ...]
    """What there is to say where no change is listed."""


@dataclass(frozen=True)
class RecheckHint:
    """The command that checks again, with a sentence about it."""

    said: str
    command: str


def outcome_section(context: ReportContext) -> OutcomeSection | None:
    """Return what the run did; None for a run that only looked and sent nothing."""
    record, wording, anchors = context.record, context.wording, context.anchors
    pictures = _pictures(context)
    if record.outcome is None and not pictures:
        return None
    why = tuple(LinkedSentence(sentence(wording.say(e)), anchors.link(e.ref)) for e in record.outcome_why)
    return OutcomeSection(why, tuple(pictures))


def _pictures(context: ReportContext) -> list[CaptionedPicture]:
    """Return the picture before, the file that was sent, and the picture after."""
    record, wording, pictures = context.record, context.wording, []
    if record.replaced:
        before = message("Before")
        if record.replaced.surface is Surface.ACCOUNT_PANEL:
            before = message("Before: {kind}", kind=record.replaced.kind.value)
        pictures.append(_picture(context, record.replaced.shot, wording.say(before)))
    if record.photo:
        caption = fill(wording.gettext("The file {name}"), {"name": record.photo.name})
        pictures.append(_picture(context, record.photo.shot, caption))
    result = record.scenario_details.result if record.scenario_details else None
    for _, sighting in context.view.of_subject:
        if sighting.surface is result and sighting.shot and sighting.kind is Kind.PHOTO:
            caption = fill(wording.gettext("After: {place}"), {"place": wording.surface(sighting.surface)})
            pictures.append(_picture(context, sighting.preview or sighting.shot, caption))
    return pictures


def _picture(context: ReportContext, path: str | None, caption: str) -> CaptionedPicture:
    return CaptionedPicture(context.pictures.show(path), (path or "").rsplit("/", 1)[-1], sentence(caption))


def changes_section(context: ReportContext) -> ChangesSection | None:
    """Return what has changed since the previous run; None if there is no previous run."""
    record, wording, anchors = context.record, context.wording, context.anchors
    if record.previous is None:
        return None
    known = record.last_known
    run, at = (known.run, known.finished) if known else (record.previous.run, record.previous.finished)
    listed = record.changes if context.view.tells else ()  # older versions listed what was not seen as well
    rest = [change for change in listed if not (known and is_of_place(change))]  # changes of places are in the table
    changes = tuple(ChangeLine(sentence(wording.say(c)), wording.moment(c.at), anchors.link(c.ref)) for c in rest)
    return ChangesSection(run, wording.moment(at), changes, () if listed else tuple(_unchanged(context)))


def _unchanged(context: ReportContext) -> Iterator[str]:
    """Yield what there is to say where no change is listed."""
    known, _ = context.record.last_known, context.wording.gettext
    if context.view.tells:
        yield _("Nothing has changed.") if known else _("No change is known.")
        return
    yield _("This check was not conclusive, so nothing is compared.")
    if known:
        yield last_known(context, known)
        if known.title:
            yield fill(_("Most likely: {title}."), {"title": _(known.title).rstrip(".")})


def recheck_hint(context: ReportContext, folder: Path) -> RecheckHint | None:
    """Return the command that checks again; None if there is no need to."""
    record, _, outcome = context.record, context.wording.gettext, context.view.outcome_details
    check_with = outcome.check_with if outcome else ""
    due = record.outcome_recheck_after or any(d.recheck_after for d in record.diagnoses)
    unanswered = record.verdict in (Verdict.INCONCLUSIVE, Verdict.STOPPED) and record.outcome is None
    if not (check_with or due or unanswered):
        return None
    spec = str(record.inputs.get("tenant") or "FILE")
    if record.sandbox and spec.partition(":")[0] == "sandbox":
        said = _("The sandbox of this check no longer exists. To keep one running and advance its clock")
        return RecheckHint(said, f"troubleshooter sandbox serve --fault {shlex.quote(record.sandbox)}")
    command = f"troubleshooter recheck {shlex.quote(str(folder.absolute()))}"
    if check_with:
        tenant, account = shlex.quote(spec), shlex.quote(record.account)
        command = f"troubleshooter run {check_with} --tenant {tenant} --as {account}"
    return RecheckHint(_("To check again"), command)
