"""Writes the table of options in docs/tenant-file.md: `python tools/tenant_file_options.py`."""

from pathlib import Path

from troubleshooter.cli.options import COMMON

PAGE = Path(__file__).parents[1] / "docs" / "tenant-file.md"
START, END = "<!-- the options: python tools/tenant_file_options.py -->\n", "<!-- end of the options -->\n"


def table() -> str:
    """Return a Markdown table of every option that a tenant file may set."""
    rows = [f"| `{option.key}` | {option.option.help} |" for option in COMMON]
    return "\n".join(["| Key | Meaning |", "| --- | --- |", *rows]) + "\n"


def renewed(text: str) -> str:
    """Return the page `text` with the current table."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
