"""The `troubleshooter locators` command."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from troubleshooter.cli.console import answer, guarded


@guarded
def locators(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
) -> None:
    """List what the product looks for on each page, by which selectors, and the facts that they are based on.

    An id and a selector of your own in locators.toml, beside the tenant file, repair a page that has changed.
    """
    from troubleshooter.model.locators import catalogue_rows  # noqa: PLC0415
    from troubleshooter.steps.locator_catalogue import CATALOGUE  # noqa: PLC0415

    if as_json:
        answer(json.dumps(list(catalogue_rows(CATALOGUE)), ensure_ascii=False))
        return
    pages = list(dict.fromkeys(row.page for row in CATALOGUE.values()))
    for page in pages:
        answer(page)
        rows = [row for row in CATALOGUE.values() if row.page == page]
        for row in rows:
            answer(f"  {row.id}: {row.use}")
            answer(f"    fact: {row.fact} ({row.confidence})")
            for selector in row.selectors:
                answer(f"    {selector}")
            for selector in row.by_structure:
                answer(f"    {selector}    by structure")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("locators")(locators)
