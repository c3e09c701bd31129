"""The `troubleshooter schema` command."""

from __future__ import annotations

import json

import typer

from troubleshooter.cli.console import answer, guarded


@guarded
def schema() -> None:
    """Print the JSON Schema of record.json, with all causes, reasons, surfaces and kinds."""
    from troubleshooter.diagnose.causes import CAUSES  # noqa: PLC0415
    from troubleshooter.model.records import Record  # noqa: PLC0415

    document = Record.model_json_schema(by_alias=True)
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    document["$defs"]["Diagnosis"]["properties"]["cause"]["enum"] = list(CAUSES)
    for line in json.dumps(document, indent=1, ensure_ascii=False).split("\n"):
        answer(line)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("schema")(schema)
