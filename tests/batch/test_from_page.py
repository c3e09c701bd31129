"""The users of a run may be those whom a page names; the list is in the journal before anybody is checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from troubleshooter.batch.from_page import check_from_page, page_list
from troubleshooter.batch.people_of_page import PeopleOfPage
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.errors import CannotTell, InputError
from troubleshooter.identity.named_people import NamedPeople
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import as_toml, sandbox, tenant_of

from .lists import TENANT
from .made import resumed
from .verified import ran

PAGE = "https://contoso.sharepoint.com/sites/communications/SitePages/Leadership.aspx"
THREE = ["lars.hansen@contoso.com", "amara.okafor@contoso.com", "elena.dragan@contoso.com"]


def people(*upns: str, **fields: int) -> PeopleOfPage:
    """Return what a page shows."""
    counts = {name: fields.pop(name) for name in ("unnamed", "groups") if name in fields}
    return PeopleOfPage(NamedPeople(upns, **counts), **{"parts": 1, **fields})


def test_each_user_is_checked_on_the_page():
    """Users have the page's order; the line before the start counts them."""
    found = page_list(PAGE, people(*THREE))
    assert [(n, upn, (PAGE,)) for n, upn in enumerate(THREE, 1)] == [(r.number, r.upn, r.pages) for r in found.rows]
    assert (f"{PAGE}: 3 users in 1 People web part",) == found.notes


def test_who_is_not_in_the_list_is_said():
    """Cards without a user name, groups, and people who are not shown are counted."""
    shown = people("ana@contoso.com", "not a name@contoso.com", parts=2, unnamed=2, groups=1, not_shown=4, complete=0)
    found = page_list(PAGE, shown)
    assert ["ana@contoso.com"] == [row.upn for row in found.rows]
    said = "\n".join(found.notes)
    for part in ("1 user in 2 People", "3 cards on the page do not say who they show", "1 card on the page shows a gr"):
        assert part in said
    assert "4 more people" in said
    assert "may lack people" in said


@pytest.mark.parametrize("shown", [people(parts=0), people(unnamed=3)], ids=["no web part", "no user name"])
def test_a_page_without_anybody_is_said(shown: PeopleOfPage):
    """It is not an empty list, and not in sync."""
    with pytest.raises(CannotTell, match="Leadership"):
        page_list(PAGE, shown)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"from_page": "https://evil.example/SitePages/a.aspx"}, "--from-page"),
        ({"from_page": PAGE.removeprefix("https://")}, "--from-page"),
        ({"from_page": PAGE, "users": Path("users.csv")}, "--from-page"),
        ({"from_page": PAGE, "shard": "1/2"}, "--shard"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, object], where: str):
    """Another tenant's page, a list besides, and a part of a list that nobody knows yet; the page alone is fine."""
    with pytest.raises(InputError, match=where):
        check_from_page(VerifyRequest(**given), TENANT)
    check_from_page(VerifyRequest(from_page=PAGE), TENANT)


@pytest.fixture(scope="module")
def box() -> Iterator[Running]:
    """Keep a sandbox."""
    with sandbox("healthy") as running:
        yield running


@pytest.fixture
def options(box: Running, tmp_path: Path) -> list[str]:
    """Return the options that each command needs."""
    (tmp_path / "tenant.toml").write_text(as_toml(tenant_of(box)), encoding="utf-8")
    return ["--tenant", str(tmp_path / "tenant.toml"), "--as", "helpdesk", "--workers", "1", "--no-confirm"]


@pytest.mark.run
def test_the_users_of_a_page_are_checked(box: Running, options: list[str], tmp_path: Path):
    """One sign-in reads the page and checks its users, who are in the journal, so that a resumed run has the same."""
    run = tmp_path / "run"
    more = ["--depth", "quick", "--run-dir", str(run)]
    code, summary, said = ran("--from-page", PAGE, *options, *more, password=box.password)
    assert (0, "done", 3) == (code, summary["ended_by"], summary["total"]), said
    lines = map(json.loads, (run / "results.jsonl").read_text(encoding="utf-8").splitlines())
    assert [(upn, "in-sync", [PAGE]) for upn in THREE] == [(row["upn"], row["verdict"], row["pages"]) for row in lines]
    assert f"{PAGE}: 3 users in 1 People web part" in said
    assert [] == list((run / "evidence").iterdir())
    with resumed(run) as kept:
        assert ["passed"] == [attempt.outcome for attempt in kept.sign_ins.all()]
        assert THREE == [row.upn for row in kept.users()]


@pytest.mark.parametrize(
    "wrong", [["--deadline", "tomorrow"], ["--from-page", "https://evil.example"], ["--shard=1/2"]]
)
def test_mistakes_end_it_before_anything_runs(wrong: list[str], box: Running, options: list[str], tmp_path: Path):
    """The exit code is 2, one line names the option, nobody has signed in, and no folder is left."""
    before = len(box.journal.requests)
    code, _, said = ran("--from-page", PAGE, *options, "--out", str(tmp_path / "out"), *wrong, password=box.password)
    assert (2, 1, before) == (code, len(said.splitlines()), len(box.journal.requests)), said
    assert wrong[0].partition("=")[0] in said
    assert not (tmp_path / "out").exists()


@pytest.mark.run
def test_a_page_that_is_missing_leaves_nothing(box: Running, options: list[str], tmp_path: Path):
    """One line says which page it is; the exit code is that of a page that cannot be read, and no folder is left."""
    missing = PAGE.replace("Leadership", "Nowhere")
    code, summary, said = ran("--from-page", missing, *options, "--out", str(tmp_path / "out"), password=box.password)
    assert (4, {}) == (code, summary)
    assert "Nowhere.aspx" in said
    assert "Traceback" not in said
    assert [] == [*(tmp_path / "out").iterdir()]


@pytest.mark.run
def test_a_refused_password_is_not_sent_again(box: Running, options: list[str], tmp_path: Path):
    """Nobody is listed and the exit code is 3; the resumed run does not type the password, and makes the list later."""
    run = ["--run-dir", str(tmp_path / "run")]
    code, summary, _ = ran("--from-page", PAGE, *options, *run, password="wrong")
    assert (3, "not-let-in", 0) == (code, summary["ended_by"], summary["total"])
    code, _, said = ran("--resume", str(tmp_path / "run"), password=box.password)
    assert 3 == code
    assert "--sign-in-again" in said
    again = ["--resume", str(tmp_path / "run"), "--sign-in-again", "--deadline", "2h"]
    code, summary, said = ran(*again, password=box.password)
    assert (0, "done", 3) == (code, summary["ended_by"], summary["total"]), said
