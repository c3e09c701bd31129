"""The `troubleshooter schema` command."""

from __future__ import annotations

import json

import typer

from troubleshooter.cli.console import answer, guarded


@guarded
def schema() -> None:
    """Print the JSON Schema of record.json, with all causes, reasons, surfaces and kinds."""
    from troubleshooter.diagnose.causes import CAUSES  # noqa: PLC0415
    from troubleshooter.model.json_schema import schema_of  # noqa: PLC0415
    from troubleshooter.model.records import SCHEMA, Record  # noqa: PLC0415

    document = schema_of(Record, f"urn:troubleshooter:record:{SCHEMA}")
    document["$defs"]["Diagnosis"]["properties"]["cause"]["enum"] = list(CAUSES)
    for line in json.dumps(document, indent=1, ensure_ascii=False).split("\n"):
        answer(line)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("schema")(schema)
