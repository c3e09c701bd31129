"""Turn a page that `capture-page` saved into a test: `tests/pages/test_saved_pages.py` checks which locators find what.

    python tools/page_fixture.py reports/20261126T094012Z-capture-page/home.html home-june-2026

This copies the page to tests/data/pages/, opens it in a browser, and adds its row to tests/data/pages/matches.json: for
each locator of the catalogue the first selector that matches, and how many elements. Read the row before you commit it:
a locator that is missing is one to repair.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.saved_pages import FOLDER, MATCHES, matches_in  # noqa: E402

from troubleshooter.browser import launch  # noqa: E402
from troubleshooter.capture.page import is_saved_page  # noqa: E402
from troubleshooter.tenant.hosts import host_policy  # noqa: E402


def main() -> int:
    """Add a page."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path, help="what capture-page wrote")
    arguments.add_argument("name", help="what the page shows, such as home-june-2026")
    given = arguments.parse_args()
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given.name):
        arguments.error(f"{given.name!r}: expected words in lower case, joined by hyphens")
    if not given.file.is_file() or not is_saved_page(given.file.read_bytes()):
        arguments.error(f"{given.file} is not a saved page; expected a file that capture-page wrote")
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = FOLDER / f"{given.name}.html"
    if given.file.resolve() != page.resolve():
        shutil.copyfile(given.file, page)
    rows = json.loads(MATCHES.read_text(encoding="utf-8")) if MATCHES.exists() else {}
    rows[given.name] = asyncio.run(_matches(page.read_text(encoding="utf-8")))
    MATCHES.write_text(json.dumps(dict(sorted(rows.items())), indent=1) + "\n", encoding="utf-8")
    for locator, found in rows[given.name].items():
        print(f"{locator}: {found}")
    print(f"{page.relative_to(ROOT)} and its row in {MATCHES.relative_to(ROOT)} are written.")
    return 0


async def _matches(page: str) -> dict[str, str]:
    async with launch.opened(launch.Options(), host_policy("worldwide", ())) as (session, _):
        return await matches_in(await session.tab(), page)


if __name__ == "__main__":
    sys.exit(main())
