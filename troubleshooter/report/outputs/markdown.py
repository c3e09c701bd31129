"""Writes the report of one run in Markdown, for a CI job's page, a wiki or a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from troubleshooter.model.records import Record
from troubleshooter.report.formats.markdown import escaped
from troubleshooter.report.outputs.digest import Digest, digest

PLACES = 100
"""How many places are listed."""
_CAUSES = 10


def markdown(record: Record, folder: Path, *, lang: str = "en") -> str:
    """Return the run as Markdown; its first line says the result or what changed.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    said = digest(record, folder, lang)
    lines = [f"# {escaped(said.first_line)}", "", escaped(f"{said.page.heading} · {said.where}"), ""]
    lines += [line for detail in said.page.head.details for line in (escaped(detail), "")]
    lines += [*_facts(said), *_causes(said), *_unseen(said), *_places(said)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _facts(said: Digest) -> Iterator[str]:
    yield from (f"- **{escaped(label)}:** {escaped(text)}" for label, text in said.facts)
    yield ""


def _causes(said: Digest) -> Iterator[str]:
    if said.causes:
        yield from (f"## {escaped(said.catalogue.gettext('Why'))}", "")
    for cause in said.causes[:_CAUSES]:
        yield f"- **{escaped(f'{cause.id} {cause.title}')}** ({escaped(cause.confidence)})"
        yield from (f"  - {escaped(point.text)}" for point in cause.evidence)
    if said.causes:
        yield ""


def _unseen(said: Digest) -> Iterator[str]:
    unseen = said.page.unseen
    if unseen:
        yield from (f"## {escaped(said.catalogue.gettext('What this check could not see'))}", "")
        yield from (f"- {escaped(f'{place.text}: {place.more}' if place.more else place.text)}" for place in unseen)
        yield ""


def _places(said: Digest) -> Iterator[str]:
    _ = said.catalogue.gettext
    if not said.places:
        return
    yield from (f"## {escaped(_('What each place shows'))}", "")
    if said.agreement:
        yield from (escaped(said.agreement), "")
    yield _row(_("place"), _("page"), _("store"), _("Result"), _("distance"))
    yield "| --- | --- | --- | --- | --- |"
    yield from (_row(p.name, p.page, p.store, p.result, p.numbers) for p in said.places[:PLACES])


def _row(*cells: str) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"
