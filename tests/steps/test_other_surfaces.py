"""Every surface is seen in one run, in a real browser, or reported with a reason if it cannot be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.cli.progress import conclude
from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.records import Record
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.tenant.sandbox import sandbox, tenant_of


async def seen_everywhere(fault: str, out: Path, *surfaces: str) -> Record:
    """Run as the subject, on every page if `all` is requested, or else on the page with every kind of surface."""
    with sandbox(fault) as box:
        where = tenant_of(box)
        pages = where.default_pages if "all" in surfaces else where.default_pages[1:]
        wanted = RunRequest(
            scenario="photo-differs", tenant="sandbox", account="ana", pages=pages, surfaces=surfaces, out=out,
            timeout=20,
        )  # fmt: skip
        return (await execute.run(prepare(wanted, where, SCENARIOS))).record


def report_in(out: Path) -> str:
    """Return the text of the one report in `out`."""
    return next(out.glob("*/index.html")).read_text(encoding="utf-8")


@pytest.mark.run
async def test_all_surfaces_are_seen_and_agree(tmp_path: Path):
    """With `all`, every surface gives a sighting from its own store, with the evidence behind it, and all agree."""
    record = await seen_everywhere("healthy", tmp_path, "all")
    mine = [s for s in record.sightings if s.subject == record.subject]
    assert set(Surface) == {s.surface for s in mine}
    assert ("in-sync", ()) == (record.verdict, record.unseen)
    stores = {s.surface: s.source for s in mine}
    assert (Source.SEARCH_INDEX, Source.SITE_COPY) == (stores[Surface.PEOPLE_SEARCH], stores[Surface.LIST_AUTHOR])
    assert {Source.OWN_CACHE} == {stores[Surface.OUTLOOK_HEADER], stores[Surface.TEAMS_HEADER]}
    asked = next(s for s in mine if s.surface is Surface.USERPHOTO_L)
    assert asked.response
    assert "afdcache.ashx" in (asked.response.url or "")
    assert "_oat_=•••" in (asked.response.url or "")
    assert [302] == [hop.status for hop in asked.response.hops]
    assert {"x-cache", "etag", "cache-control", "date"} <= set(asked.response.headers)
    assert asked.response.at and asked.response.bytes and asked.natural_px
    assert 3 == sum(s.surface is Surface.STORED_THUMBNAIL for s in mine)
    site = record.site_properties[0]
    assert ("site", "0") == (site.moment, site.values["SPSPicturePlaceholderState"])
    assert site.timestamp is not None
    html = report_in(tmp_path)
    for part in ("afdcache.ashx", "People in the pages’ own data", "x-cache", "descriptive", "the site’s own copy"):
        assert part in html


@pytest.mark.run
@pytest.mark.parametrize(
    ("fault", "surfaces", "cause"),
    [
        ("stale-client-caches", ("default", "outlook-header", "teams-header"), "C17"),
        ("stale-search", ("default", "people-search"), "C16"),
    ],
)
async def test_a_copy_of_its_own_is_told(fault: str, surfaces: tuple[str, ...], cause: str, tmp_path: Path):
    """A stale copy in one store only is seen on that store's surfaces only, and has its own cause."""
    record = await seen_everywhere(fault, tmp_path, *surfaces)
    assert ("out-of-sync", cause) == (record.verdict, record.diagnoses[0].cause)
    wrong = {record.sightings[c.a].surface.value for c in record.comparisons if c.verdict == "different"}
    assert set(surfaces) - {"default"} == wrong


@pytest.mark.run
async def test_several_causes_at_once_are_told_beside_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A difference that the stale copy cannot explain has its own cause; search, which copies from it, has none."""
    record = await seen_everywhere(
        "stale-copy+stale-search+stale-client-caches", tmp_path, "default", "people-search", "teams-header"
    )
    assert ["C1", "C17"] == [d.cause for d in record.diagnoses]
    assert record.diagnoses[1:] == record.beside
    conclude(record, verbose=False)
    assert re.search(r"^Why: C1 .*\nWhat to do: .*\nAlso: C17 .*\nWhat to do: ", capsys.readouterr().err, re.MULTILINE)
    html = report_in(tmp_path)
    assert "Also: Outlook or Teams shows" in html


@pytest.mark.run
async def test_the_photo_in_a_web_part_of_another_kind_counts(tmp_path: Path):
    """If the user is nowhere else on a page, a picture whose URL requests the user's photo counts as the user's."""
    record = await seen_everywhere("stale-copy+subject-not-on-page+other-part", tmp_path, "default")
    assert "out-of-sync" == record.verdict
    place = [s for s in record.sightings if s.surface is Surface.PEOPLE_WEB_PART]
    assert [("photo-address", "#spPageCanvasContent")] == [(s.identified_by, s.locator) for s in place]


@pytest.mark.run
async def test_what_cannot_be_reached_is_a_reason_and_denies_in_sync(tmp_path: Path):
    """A requested surface that cannot be reached is reported with its reason; the run continues, but is not in sync."""
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    from troubleshooter.sandbox.hosts import teams  # noqa: PLC0415

    async def slow_down(_request: object) -> Response:
        return Response("Too many requests.", status_code=429)

    teams.ROUTES.insert(0, Route("/", slow_down))
    try:
        record = await seen_everywhere("healthy", tmp_path, "default", "teams-header")
    finally:
        teams.ROUTES.pop(0)
    assert [("teams-header", "throttled")] == [(u.surface, u.reason) for u in record.unseen]
    assert ("inconclusive", "throttled") == (record.verdict, record.reason)
    assert all(s.status == "passed" for s in record.steps)
