"""In Chromium the report of many users can be searched, by keyboard as well, and needs nothing but its folder."""

import re
from contextlib import asynccontextmanager
from urllib.parse import quote

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect
from support.many_results import PAGES, START, Made, made, summary_of

from troubleshooter.model.batch_records import Depth, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import Message
from troubleshooter.report.many import render, user_pages

from ...hostile.payloads import SHORT

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROWS = "tr.row"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Write the reports of runs of several sizes; return the folder of each, and the run."""
    made_runs = {}
    for count in (0, 1, 25, 1000):
        folder = tmp_path_factory.mktemp(f"users-{count}")
        run = made(count, folder=folder)
        for lang in ("en", "ro"):
            (folder / f"{lang}.html").write_text(render(run.summary, run.results, folder, lang=lang), encoding="utf-8")
        made_runs[count] = (folder, run)
    return made_runs


def address(folders, count: int, lang: str = "en") -> str:
    return (folders[count][0] / f"{lang}.html").as_uri()


@asynccontextmanager
async def opened(browser, url, **options):
    """Open a report offline, and collect errors, and requests that are not of its folder, in `page.trouble`."""
    usual = {"viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/Bucharest", "offline": True}
    context = await browser.new_context(**{**usual, **options})
    page = await context.new_page()
    folder = url.split("#")[0].rsplit("/", 1)[0]
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("dialog", lambda dialog: page.trouble.append(dialog.message))
    page.on("requestfailed", lambda asked: page.trouble.append(asked.url))
    page.on("request", lambda asked: None if asked.url.startswith(folder) else page.trouble.append(asked.url))
    await page.goto(url)
    yield page
    await context.close()


async def shown(page) -> list[str]:
    """Return the addresses of the users on the table's page."""
    return await page.locator(f"{ROWS} .upn").all_inner_texts()


async def found(page) -> str:
    return await page.locator(".found").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("count", [0, 1, 25, 1000])
async def test_accessible_and_never_too_wide(folders, browser, count, width, scheme):
    """Axe finds no violation with a row open, nothing is wider than the window, and nothing is wrong on the console."""
    lang = "ro" if scheme == "dark" else "en"
    viewport = {"width": width, "height": 800}
    async with opened(browser, address(folders, count, lang), viewport=viewport, color_scheme=scheme) as page:
        if count:
            await page.locator(f"{ROWS} .opener").first.click()
        await page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        result = await Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result.response["violations"]] == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.trouble == []


async def test_the_same_with_and_without_scripts(folders, browser):
    """The rows that the script makes say what the static ones say, and have the same links and pictures."""
    texts = """rows => rows.slice(0, 100).map(row => [
      ...[...row.cells].map(cell => cell.innerText.replace(/\\s+/g, ' ').trim()),
      ...[...row.querySelectorAll('a')].map(link => link.getAttribute('href')),
      ...[...row.querySelectorAll('img')].map(image => image.alt),
    ])"""
    async with opened(browser, address(folders, 1000), java_script_enabled=False) as page:
        assert await page.locator(ROWS).count() == 200
        static = await page.eval_on_selector_all(ROWS, texts)
        assert await page.locator(".remaining").is_visible()
        assert not await page.locator(".filters").is_visible()
        assert not await page.locator(".pager").is_visible()
        assert not await page.locator("button").first.is_visible()
        assert await page.locator("h1").is_visible()
        assert page.trouble == []
    async with opened(browser, address(folders, 1000)) as page:
        assert static == await page.eval_on_selector_all(ROWS, texts)
        assert not await page.locator(".remaining").is_visible()


async def test_search(folders, browser):
    """Typing finds users by address, by name without its accents, and by cause, and says how many."""
    _, run = folders[1000]
    async with opened(browser, address(folders, 1000)) as page:
        box = page.locator("input[type=search]")
        assert await found(page) == "1,000 users, rows 1 to 100"
        await box.fill("user00777")
        assert await shown(page) == ["user00777@contoso.com"]
        assert await found(page) == "1 of 1,000 users"
        await box.fill("stefan turcanu")
        named = [r.upn for r in run.results if r.name == "Ștefan Țurcanu"]
        assert named
        assert sorted(await shown(page)) == sorted(named)
        await box.fill("C20 linked to somebody else")
        assert len(await shown(page)) == sum("C20" in r.causes for r in run.results) > 0
        await box.fill("nobody@nowhere")
        assert await shown(page) == []
        assert await found(page) == "0 of 1,000 users"
        await page.get_by_role("button", name="Clear").click()
        await page.get_by_text("1,000 users, rows 1 to 100").wait_for()


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("result", "no-photo", lambda r: r.verdict is Verdict.NO_PHOTO and not r.accepted and not r.set_aside),
        ("result", "accepted", lambda r: r.accepted),
        ("result", "set-aside", lambda r: r.set_aside),
        ("cause", "C1", lambda r: r.causes[:1] == ("C1",) and not r.good),
        ("change", "new", lambda r: r.changed == "new"),
        ("change", "fixed", lambda r: r.changed == "fixed"),
        ("mark", "flaky", lambda r: r.flaky),
        ("mark", "expired", lambda r: r.acceptance is not None and r.acceptance.expired),
    ],
)
async def test_filter(folders, browser, field, value, wanted):
    """The table can be filtered by result, cause, change and mark; the choice says how many it will find."""
    _, run = folders[1000]
    expected = sorted(r.upn for r in run.results if wanted(r))
    assert expected
    async with opened(browser, address(folders, 1000)) as page:
        await page.locator(f"select[name={field}]").select_option(value)
        assert sorted(await shown(page)) == expected
        assert (await page.locator(f"select[name={field}] option:checked").inner_text()).endswith(f"({len(expected)})")


async def test_filters_combine_and_survive_in_the_address(folders, browser):
    """Two filters narrow each other down, and the address leads another reader to the same rows."""
    async with opened(browser, address(folders, 1000)) as page:
        await page.locator("select[name=result]").select_option("out-of-sync")
        await page.locator("select[name=change]").select_option("new")
        rows = await shown(page)
        assert rows
        await expect(page).to_have_url(re.compile("#.*change=new"))
        link = page.url
    async with opened(browser, link) as page:
        assert await shown(page) == rows
        assert await page.locator("select[name=change]").input_value() == "new"


async def test_causes_lead_to_their_users(folders, browser):
    """The link at a cause shows its users in the table."""
    _, run = folders[1000]
    async with opened(browser, address(folders, 1000)) as page:
        await page.locator("a[href='#cause=C2']").click()
        await expect(page.locator("select[name=cause]")).to_have_value("C2")
        assert len(await shown(page)) == run.summary.causes["C2"]


async def test_sort(folders, browser):
    """A column sorts by its heading, up and down, and says which way."""
    async with opened(browser, address(folders, 1000)) as page:
        head = page.locator("th[data-sort=user]")
        names = "rows => rows.map(row => (row.querySelector('b') ?? row.querySelector('.upn')).innerText)"
        await head.locator("button").click()
        first = await page.eval_on_selector_all(ROWS, names)
        assert await head.get_attribute("aria-sort") == "ascending"
        await head.locator("button").click()
        last = await page.eval_on_selector_all(ROWS, names)
        assert await head.get_attribute("aria-sort") == "descending"
        assert first[0].startswith("Ana")
        assert first != last
        await page.locator("th[data-sort=result] button").click()
        assert "Out of sync" in await page.locator(f"{ROWS} .result").first.inner_text()


async def test_pages(folders, browser):
    """Every user is on exactly one page of the table."""
    async with opened(browser, address(folders, 1000)) as page:
        users = await shown(page)
        for number in range(2, 11):
            await page.locator("[data-go=next]").click()
            assert await page.locator(".where").inner_text() == f"rows {100 * number - 99:,} to {100 * number:,}"
            users += await shown(page)
        assert len(set(users)) == 1000
        assert await page.locator("[data-go=next]").is_disabled()
        await page.locator("[data-go=first]").click()
        assert await shown(page) == users[:100]


async def test_a_row_opens_its_evidence(folders, browser):
    """Opening a row shows the two pictures side by side, what was seen, what to do, and the link to its own report."""
    folder, run = folders[1000]
    result = next(r for r in run.results if r.reference_shot and r.note and r.limit and not r.accepted)
    async with opened(browser, f"{address(folders, 1000)}#user={result.upn}") as page:
        inside = page.locator("tr.inside")
        await inside.wait_for()
        widths = await inside.locator("img").evaluate_all(
            "images => Promise.all(images.map(i => i.decode().then(() => i.naturalWidth)))"
        )
        assert widths == [96, 96]
        captions = await inside.locator("figcaption").all_inner_texts()
        assert captions == ["Photo at the source", "Photo in SharePoint"]
        text = await inside.inner_text()
        for part in (result.note.text, "the same", result.account, *result.causes):
            assert part in text
        await inside.get_by_role("link", name="Report of this user’s check").click()
        assert await page.title() == result.upn
        assert page.url == (folder / result.run / "index.html").as_uri()
        await page.go_back()
        await page.locator("tr.inside").wait_for()
        assert page.trouble == []


@pytest.mark.parametrize("upn", ["user00999@contoso.com", "USER00999@CONTOSO.COM"])
async def test_a_link_to_one_user(folders, browser, upn):
    """The link opens this user's row, on whichever page, in either case, and puts the focus there."""
    async with opened(browser, f"{address(folders, 1000)}#user={quote(upn)}") as page:
        assert await page.evaluate("document.activeElement.querySelector('.upn').textContent") == upn.lower()
        assert await page.locator("tr.inside").count() == 1
        assert await page.evaluate("document.activeElement.getBoundingClientRect().top") < 900
        assert page.trouble == []


async def test_a_link_to_a_user_who_is_not_there(folders, browser):
    """A link to somebody else, or one that cannot be read, is said and breaks nothing."""
    async with opened(browser, f"{address(folders, 1000)}#user=zoe%40contoso.com") as page:
        assert await found(page) == "This report has no user zoe@contoso.com."
    async with opened(browser, f"{address(folders, 1000)}#user=%E0%A4%A") as page:
        assert "no user" in await found(page)
        assert len(await shown(page)) == 100
        assert page.trouble == []


async def test_addresses_with_special_characters(browser, tmp_path):
    """A plus sign, an ampersand, a percent sign and letters of any script in an address lead to their user."""
    upns = [
        "ana+x@contoso.com",
        "a&b=c@contoso.com",
        "50%25@contoso.com",
        "ștefan@contoso.com",
        "o'brien#1@contoso.com",
    ]
    common = {"verdict": Verdict.IN_SYNC, "depth": Depth.FULL, "pages": PAGES, "finished": START}
    results = [UserResult(number=number, upn=upn, **common) for number, upn in enumerate(upns, 1)]
    (tmp_path / "index.html").write_text(render(summary_of(results), results, tmp_path), encoding="utf-8")
    for upn in upns:
        async with opened(browser, f"{(tmp_path / 'index.html').as_uri()}#user={quote(upn)}") as page:
            assert await page.evaluate("document.activeElement.querySelector('.upn').textContent") == upn
            link = await page.locator("tr.inside a[href^='#user=']").get_attribute("href")
            assert link == f"#user={quote(upn, safe=chr(39))}"
            assert page.trouble == []
    async with opened(
        browser, f"{(tmp_path / 'index.html').as_uri()}#user=ana+x@contoso.com", java_script_enabled=False
    ) as page:
        assert await page.locator("tr.row:target .upn").inner_text() == "ana+x@contoso.com"


async def test_by_keyboard_alone(folders, browser):
    """A reader without a mouse searches, goes down the rows, opens and closes one, and turns the page."""
    async with opened(browser, address(folders, 1000)) as page:
        await page.keyboard.press("/")
        assert await page.evaluate("document.activeElement.name") == "q"
        await page.keyboard.type("/ popescu")
        await page.locator("input[type=search]").fill("popescu")
        await page.locator(f"{ROWS} .opener").first.focus()
        users = await shown(page)
        focused = "document.activeElement.querySelector('.upn').textContent"
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        assert await page.evaluate(focused) == users[2]
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        opener = page.locator(".opener[aria-expanded=true]")
        assert await opener.locator(".upn").inner_text() == users[1]
        await page.keyboard.press("Tab")
        await page.keyboard.press("Escape")
        assert await opener.count() == 0
        assert await page.evaluate(focused) == users[1]
        await page.keyboard.press("End")
        assert await page.evaluate(focused) == users[-1]
        await page.locator("input[type=search]").fill("")
        await page.locator("[data-go=next]").press("Enter")
        assert await page.evaluate(focused) == (await shown(page))[0]
        assert page.trouble == []


async def test_on_paper(folders, browser):
    """On paper the sandbox is named on every page, controls are not printed, and what is folded is."""
    async with opened(browser, address(folders, 1000)) as page:
        await page.emulate_media(media="print")
        assert "sandbox: lab" in await page.locator(".print-label").inner_text()
        for control in (".filters", ".pager", ".keys"):
            assert not await page.locator(control).is_visible()
        assert "rows 1 to 100" in await found(page)
        await page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert await page.locator("details:not([open])").count() == 0


async def test_dark_is_dark(folders, browser):
    """The report follows the reader's color scheme."""
    colours = []
    for scheme in ("light", "dark"):
        async with opened(browser, address(folders, 25), color_scheme=scheme) as page:
            colours.append(await page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]


async def test_hostile_names_stay_text(browser, tmp_path):
    """No name, note or cause becomes an element, a request or a script, also in rows that the script makes."""
    common = {"verdict": Verdict.OUT_OF_SYNC, "depth": Depth.FULL, "finished": START}
    results = [
        UserResult(number=number, upn=text, name=text, note=Message(text=text), causes=(text,), pages=(text,), **common)
        for number, text in enumerate(SHORT.values(), 1)
    ]
    (tmp_path / "index.html").write_text(render(summary_of(results), results, tmp_path), encoding="utf-8")
    async with opened(browser, (tmp_path / "index.html").as_uri()) as page:
        await page.evaluate("document.querySelectorAll('.opener').forEach(button => button.click())")
        assert await page.locator("tr.inside").count() == len(results)
        await page.locator("input[type=search]").fill("<script>")
        assert 0 < len(await shown(page)) < len(results)
        assert await page.locator("main script, main iframe, [onerror], .people img, [onclick]").count() == 0
        assert "<script>alert(1)</script>" in await page.locator(".people").inner_text()
        assert page.trouble == []


async def test_pages_about_single_users(browser, tmp_path):
    """A report that is split leads to a page per user, with the pictures, and back to the row."""
    run: Made = made(300, folder=tmp_path)
    limit = {"largest": 30_000}
    (tmp_path / "index.html").write_text(render(run.summary, run.results, tmp_path, **limit), encoding="utf-8")
    (tmp_path / "users").mkdir()
    for path, html in user_pages(run.summary, run.results, tmp_path, **limit):
        (tmp_path / path).write_text(html, encoding="utf-8")
    result = next(r for r in run.results if r.reference_shot and not r.accepted)
    async with opened(browser, f"{(tmp_path / 'index.html').as_uri()}#user={result.upn}") as page:
        await page.locator("tr.inside").get_by_role("link", name="Details").click()
        assert await page.locator("h1").inner_text()
        widths = await page.locator("img").evaluate_all("images => images.map(i => i.naturalWidth)")
        assert widths == [96, 96]
        axe = await Axe().run(page)
        assert [v["id"] for v in axe.response["violations"]] == []
        await page.get_by_role("link", name="All users").click()
        assert await page.evaluate("document.activeElement.querySelector('.upn').textContent") == result.upn
        assert page.trouble == []
