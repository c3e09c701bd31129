"""Writes the causes into docs/helpdesk.md: `python tools/helpdesk_page.py`."""

from collections.abc import Iterator
from pathlib import Path

from troubleshooter.diagnose.causes import CAUSES, CauseDefinition
from troubleshooter.diagnose.complaints import COMPLAINTS
from troubleshooter.report.user_actions import ACTIONS

PAGE = Path(__file__).parents[1] / "docs" / "helpdesk.md"
START, END = "<!-- the causes: python tools/helpdesk_page.py -->\n", "<!-- end of the causes -->\n"


def sections() -> str:
    """Return a section for each cause, after a table that leads to them."""
    table = ["| Cause | Who | How long |", "| --- | --- | --- |"]
    table += [
        f"| [{id_}](#{id_.lower()}): {row.title.text} | {row.who.text} | {row.wait.text} |"
        for id_, row in CAUSES.items()
    ]
    return "\n".join(table) + "\n" + "".join("\n".join(_section(id_, row)) for id_, row in CAUSES.items())


def _section(id_: str, row: CauseDefinition) -> Iterator[str]:
    yield f"\n## {id_}\n"
    yield f"{row.title.text}.\n"
    yield f"- What users say: {COMPLAINTS[id_]}"
    yield f"- What to do: {row.remedy.text}"
    yield f"- Who: {row.who.text}"
    yield f"- How long it takes: {row.wait.text}"
    yield f"- What would confirm it: {row.confirm.text}"
    if steps := ACTIONS.get(id_):
        yield "- What to tell the user:"
        for number, step in enumerate(steps, 1):
            yield f"  {number}. {step.format(page='*the page*', user='*yourself*')}"
    yield ""


def renewed(text: str) -> str:
    """Return the page `text` with the current causes."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{sections()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
