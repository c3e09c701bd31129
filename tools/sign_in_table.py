"""Writes the table in docs/sign-in.md from the rows of `signin/screens.py`: `python tools/sign_in_table.py`."""

from pathlib import Path

from troubleshooter.signin.screens import ALL_ROWS

PAGE = Path(__file__).parents[1] / "docs" / "sign-in.md"
START, END = "<!-- the table: python tools/sign_in_table.py -->\n", "<!-- end of the table -->\n"


def table() -> str:
    """Return a Markdown table of every screen, how it is recognized and what happens."""
    rows = [f"| {row.id} | {row.recognized_by} | {row.result} |" for row in ALL_ROWS]
    return "\n".join(["| screen | recognized by | what happens |", "| --- | --- | --- |", *rows]) + "\n"


def renewed(text: str) -> str:
    """Return the page `text` with the current table."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
