"""In Chromium the report is a single file that works offline and is accessible."""

import re
from contextlib import asynccontextmanager

import pytest
from axe_playwright_python.async_playwright import Axe

from troubleshooter.locale import LANGUAGES, catalogue

from ..locale.extraction import texts
from .outcomes import SAMPLES

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNFOLD = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
OPEN_COMPARE = "document.querySelector('#compare').open = true"
VISIBLE_TEXTS = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest('script, style')) texts.push(walker.currentNode.textContent);
  }
  for (const element of document.querySelectorAll('*')) {
    for (const name of ['title', 'alt', 'aria-label', 'data-done', 'data-manual', 'data-large', 'data-close']) {
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
    }
  }
  return texts.map(text => text.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""

HEAD_LINES = """() => {
  const lefts = new Map();
  for (const part of document.querySelectorAll('.line p > *')) {
    const range = document.createRange();
    range.selectNodeContents(part);
    for (const box of range.getClientRects()) {
      const line = Math.round(box.bottom / 8);
      lefts.set(line, Math.min(lefts.get(line) ?? Infinity, box.left));
    }
  }
  return [...lefts.values()];
}"""
"""Where each line of the head begins."""

PAINTED_ABOVE = """() => {
  const above = [];
  for (const box of document.querySelectorAll('.shot, .face, .cluster > summary, .window')) {
    const top = box.getBoundingClientRect().top;
    for (const element of box.querySelectorAll('*')) {
      if (!element.getClientRects().length) continue;
      const style = getComputedStyle(element);
      const spreads = [...style.boxShadow.matchAll(/([\\d.]+)px(?=,|$| inset)/g)].map(found => Number(found[1]));
      const drawn = element instanceof SVGGeometryElement && style.stroke !== 'none';
      const stroke = drawn ? parseFloat(style.strokeWidth) / 2 : 0;
      const painted = element.getBoundingClientRect().top - Math.max(stroke, ...spreads);
      if (painted < top - 0.1) above.push(element.outerHTML.slice(0, 60));
    }
  }
  return above;
}"""
"""What is painted above the boxes that begin a page when they do not fit on the one before."""


@asynccontextmanager
async def opened(browser, address, **options):
    """Open a report offline as a reader in Bucharest, and collect errors and requests in `page.trouble`."""
    usual = {"viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/Bucharest", "offline": True}
    context = await browser.new_context(**{**usual, **options})
    page = await context.new_page()
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("dialog", lambda dialog: page.trouble.append(dialog.message))
    page.on("request", lambda asked: page.trouble.append(asked.url) if not _own(asked.url, address) else None)
    await page.goto(address)
    yield page
    await context.close()


def _own(url, address):
    """Return whether a request stays within the report's folder."""
    return url.startswith((address.rpartition("/")[0] + "/", "data:"))


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("name", SAMPLES)
async def test_one_quiet_file(samples, browser, name, lang):
    """The report requests nothing outside its folder, writes nothing to the console, and loads every picture."""
    async with opened(browser, samples[name].open_at(lang)) as page:
        await page.evaluate(UNFOLD)
        widths = await page.evaluate(
            "Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))"
        )
        assert page.trouble == []
        assert all(widths)
        assert await page.evaluate("document.documentElement.lang.slice(0, 2)") == lang


async def test_pictures_are_there(samples, browser):
    """The report shows seven same-sized avatars, four of them folded because they agree, and four screenshots."""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        assert await page.locator(".avatars .face img").count() == 7
        folded = page.locator(".cluster .face img")
        assert [await folded.count(), await folded.first.is_visible()] == [4, False]
        await page.locator(".cluster > summary").click()
        sizes = await page.evaluate("[...document.querySelectorAll('.face img')].map(i => i.offsetWidth)")
        assert [len(sizes), len(set(sizes))] == [7, 1]
        assert await page.locator(".shot img").count() == 4


async def test_an_empty_window_is_a_line(samples, browser):
    """The picture of a window that shows nothing is not shown; a line says so."""
    async with opened(browser, samples["empty-window"].open_at()) as page:
        assert await page.locator("#steps-0 .empty").inner_text() == "A new private window: an empty window12:41:00"
        assert await page.locator("#steps-0 img").count() == 0
        assert await page.locator("#steps-1 img").count() == 2


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", SAMPLES)
async def test_nothing_is_wider_than_the_page(samples, browser, name, width):
    """The report is never wider than the window, even if it is unfolded and has the longest names."""
    for lang in ("en", "ro"):
        address = samples[name].open_at(lang)
        async with opened(browser, address, viewport={"width": width, "height": 800}) as page:
            await page.evaluate(UNFOLD)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SAMPLES)
async def test_accessible(samples, browser, name, scheme):
    """Axe finds no violation with everything unfolded, in both color schemes."""
    async with opened(browser, samples[name].open_at(), color_scheme=scheme) as page:
        await page.evaluate(UNFOLD)
        found = await Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]] == []


async def test_dark_is_dark(samples, browser):
    """The report follows the reader's color scheme."""
    colours = []
    for scheme in ("light", "dark"):
        async with opened(browser, samples["in-sync"].open_at(), color_scheme=scheme) as page:
            colours.append(await page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert [sum(map(int, re.findall(r"\d+", colour)[:3])) > 380 for colour in colours] == [True, False]


async def test_modes_of_comparing(samples, browser):
    """By keyboard alone, the two pictures of the first screen can be compared in every mode."""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        await page.locator(".closer a").press("Enter")
        assert await page.locator("select[name=a]").input_value() == "sightings-0"
        assert await page.locator("select[name=b]").input_value() == "sightings-3"
        first, second = page.locator(".pane.first img"), page.locator(".pane.second img")
        original = await page.locator("#sightings-3 img").get_attribute("src")
        assert await second.get_attribute("src") == original
        assert await first.is_visible()

        await page.locator("input[value=side]").press("ArrowRight")
        await page.locator("input[name=share]").press("ArrowRight")
        opacity = "getComputedStyle(document.querySelector('.pane.second')).opacity"
        assert await page.evaluate(opacity) == "0.51"

        await page.locator("input[value=overlay]").press("ArrowRight")
        assert await page.locator(".stage canvas").is_visible()
        await page.locator("canvas[data-drawn='sightings-0 sightings-3']").wait_for()
        assert await _brightest(page) > 60
        await page.locator("select[name=b]").select_option("sightings-0")
        await page.locator("canvas[data-drawn='sightings-0 sightings-0']").wait_for()
        assert await _brightest(page) == 0
        await page.locator("select[name=b]").select_option("sightings-3")

        await page.locator("input[value=difference]").press("ArrowRight")
        clip = "getComputedStyle(document.querySelector('.pane.second')).clipPath"
        assert await page.evaluate(clip) == "inset(0px 0px 0px 49%)"
        await page.locator("input[value=slider]").press("b")
        assert await page.locator("input[value=blink]").is_checked()
        assert [await first.is_visible(), await second.is_visible()] == [True, False]
        await page.keyboard.press("b")
        assert [await first.is_visible(), await second.is_visible()] == [False, True]
        await page.locator(".flip").press("Enter")
        assert await first.is_visible()
        assert page.trouble == []


async def test_both_compared_pictures_are_zoomed_together(samples, browser):
    """A click on one picture enlarges the same part of both; the button does so for the keyboard."""
    size = """[...document.querySelectorAll('.pane img')].map(
      picture => Math.round(picture.getBoundingClientRect().width / picture.offsetWidth))"""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        await page.locator("#compare > summary").click()
        await page.locator(".pane.first .lens").click(position={"x": 20, "y": 30})
        assert await page.evaluate(size) == [3, 3]
        assert await page.locator(".zoom").get_attribute("aria-pressed") == "true"
        await page.locator(".zoom").press("Enter")
        assert await page.evaluate(size) == [1, 1]


async def _brightest(page):
    return await page.evaluate(
        """() => {
          const canvas = document.querySelector('.stage canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return pixels.reduce((most, value, at) => at % 4 === 3 ? most : Math.max(most, value), 0);
        }"""
    )


async def test_the_marked_element_is_where_the_record_says(samples, browser):
    """The mark is over the account button, and its number is explained."""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        image = await page.locator("#steps-1 .shot").nth(1).locator("img").bounding_box()
        ring = await page.locator("#steps-1 .ring").bounding_box()
        share = [(ring["x"] - image["x"]) / image["width"], ring["width"] / image["width"]]
        assert share == pytest.approx([0.953, 0.03], abs=0.01)
        assert await page.locator("#steps-1 .legend").inner_text() == "1the account button"


async def test_a_picture_can_be_enlarged(samples, browser):
    """A picture can be enlarged and closed again by keyboard."""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        frame = page.locator("#steps-1 .frame").nth(1)
        small = await frame.bounding_box()
        await frame.press("Enter")
        large = await page.locator("dialog[open] .frame").bounding_box()
        assert large["width"] > 1.5 * small["width"]
        assert await page.locator("dialog .ring").count() == 1
        await page.keyboard.press("Escape")
        await page.locator("dialog").wait_for(state="detached")


async def test_the_viewer_goes_through_all_pictures(samples, browser):
    """Arrow keys lead through the steps' pictures, with their captions; closing returns to the last one."""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        await page.locator("#steps-1 .frame").first.press("Enter")
        count = page.locator("dialog [role=status]")
        assert await count.inner_text() == "1 / 4"
        await page.keyboard.press("ArrowLeft")
        assert await count.inner_text() == "4 / 4"
        assert "the user’s avatar" in await page.locator("dialog .about").inner_text()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("ArrowRight")
        assert await count.inner_text() == "2 / 4"
        narrow = (await page.locator("dialog .frame").bounding_box())["width"]
        await page.get_by_role("button", name="Zoom", exact=True).last.press("Enter")
        assert (await page.locator("dialog .frame").bounding_box())["width"] > 1.3 * narrow
        found = await Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]] == []
        await page.keyboard.press("Escape")
        await page.locator("dialog").wait_for(state="detached")
        assert await page.evaluate("document.activeElement === document.querySelectorAll('.shot .frame')[1]")


async def test_evidence_leads_into_what_is_folded(samples, browser):
    """A link to folded properties unfolds them."""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        await page.locator("a[href='#properties-0']").first.click()
        await page.locator("#properties-0").wait_for(state="visible")
        await page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = false)")
        await page.evaluate(
            "dispatchEvent(new Event('hashchange'))"
        )  # as in browsers that do not unfold the target by themselves
        assert await page.locator("#properties-0").is_visible()


async def test_times_are_the_readers_own(samples, browser):
    """Times are local with UTC on hover, but in UTC without scripts and on paper."""
    address = samples["out-of-sync"].open_at()
    async with opened(browser, address) as page:
        time = page.locator(".line time")
        assert await time.inner_text() == "22 Nov 2026, 12:41 EET"
        assert await time.get_attribute("title") == "22 Nov 2026, 10:41:00 UTC"
        assert await time.get_attribute("datetime") == "2026-11-22T10:41:00.000Z"
        assert await page.locator("#sightings-0 time").inner_text() == "12:41:03"
        await page.emulate_media(media="print")
        assert await time.inner_text() == "22 Nov 2026, 10:41 UTC"
    async with opened(browser, address, java_script_enabled=False) as page:
        assert await page.locator(".line time").inner_text() == "22 Nov 2026, 10:41 UTC"


async def test_all_is_readable_without_scripts(samples, browser):
    """Without scripts, pictures, causes, steps and the ticket text are visible, but not the controls."""
    async with opened(browser, samples["out-of-sync"].open_at(), java_script_enabled=False) as page:
        await page.locator("#compare > summary").click()
        assert (
            await page.locator("#compare noscript").inner_text()
            == "Comparing needs JavaScript. All pictures are shown above."
        )
        assert not await page.locator(".bench").is_visible()
        assert not await page.locator(".ticket-button .copy").is_visible()
        await page.locator("#ticket > summary").click()
        assert "[Out of sync]" in await page.locator("#ticket-text").input_value()
        await page.get_by_text("All sightings and comparisons").click()
        rows = page.locator(".folds tbody tr:not(.more)")
        assert await rows.count() == 8
        assert await rows.first.is_visible()


async def test_copying_for_the_ticket(samples, browser):
    """The copy button confirms that it copied; if copying is refused, the text is selected instead."""
    address = samples["out-of-sync"].open_at()
    async with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        await page.locator(".ticket-button .copy").click()
        await page.get_by_role("status").filter(has_text="Copied").wait_for()
        assert await page.evaluate("navigator.clipboard.readText()") == await page.locator("#ticket-text").input_value()
    async with opened(browser, address) as page:
        await page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        await page.evaluate("document.execCommand = () => false")
        await page.locator(".ticket-button .copy").click()
        await page.get_by_role("status").filter(has_text="press Ctrl+C").wait_for()
        selected = "(() => { const a = document.activeElement; return a.selectionEnd - a.selectionStart; })()"
        assert await page.evaluate(selected) == len(await page.locator("#ticket-text").input_value())


async def test_on_paper(samples, browser):
    """On paper, the sandbox is mentioned on every page, folded parts are printed and controls are not."""
    for name, scripts in (("out-of-sync", True), ("out-of-sync", False), ("recropped", True)):
        async with opened(browser, samples[name].open_at(), java_script_enabled=scripts) as page:
            await page.emulate_media(media="print")
            label = page.locator(".print-label")
            if name == "recropped":
                assert await label.count() == 0
                continue
            assert "sandbox: stale-copy" in await label.inner_text()
            assert not await page.locator(".ticket-button").is_visible()
            assert not await page.locator("#compare").is_visible()
            assert await page.locator("#properties-0").is_visible()
            assert (await page.locator(".folds tbody tr").first.bounding_box())["height"] > 10
            assert await page.locator(".cluster .face").first.is_visible()
            if scripts:
                style = "(e => [e.display, e.breakInside])(getComputedStyle(document.querySelector('.print-label')))"
                assert await page.evaluate(style) == ["table-header-group", "avoid"]


async def test_no_line_of_the_next_page_at_the_foot(samples, browser):
    """On paper, shadows and marks stay within their boxes; what is above a page is painted on the one before."""
    for name in ("out-of-sync", "refused"):
        async with opened(browser, samples[name].open_at()) as page:
            await page.evaluate(UNFOLD)
            assert len(await page.evaluate(PAINTED_ABOVE)) > 1  # on the screen, where there is no next page
            await page.emulate_media(media="print")
            assert await page.evaluate(PAINTED_ABOVE) == []


async def test_printing_unfolds_and_folds_again(samples, browser):
    """Printing unfolds everything and folds it again, for browsers that cannot do so by style."""
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        count = "document.querySelectorAll('details[open]').length"
        await page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert await page.evaluate(count) == await page.locator("details").count()
        await page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert await page.evaluate(count) == 0


async def test_hostile_strings_stay_text(samples, browser):
    """Nothing in the record becomes an element, an attribute or a script."""
    async with opened(browser, samples["hostile"].open_at()) as page:
        await page.evaluate(UNFOLD)
        assert page.trouble == []
        assert await page.locator("script").count() == 1
        assert await page.locator("[onerror], h1:has(*), i:not(.pips i), td h1, a[href^=javascript]").count() == 0
        shown = await page.evaluate("document.body.textContent")
        for text in (
            '<script>alert(1)</script>"onerror="alert(2)',
            "javascript:alert(4)",
            "</code></td></table><h1>x",
            "<i>lab</i>",
        ):
            assert text in shown
        assert "</textarea><script>alert(7)</script>" in shown
        assert "測試頁面-שלום-🙂.aspx" in shown
        assert await page.title() != ""


async def test_the_policy_forbids_what_is_not_ours(samples, browser):
    """The content security policy keeps an injected script from running and an injected picture from loading."""
    async with opened(browser, samples["in-sync"].open_at()) as page:
        await page.evaluate(
            """() => {
              const script = document.createElement('script');
              script.textContent = 'window.injected = true';
              document.body.append(script);
              const picture = new Image();
              picture.src = 'https://example.com/x.png';
              return new Promise(done => { picture.onerror = done; });
            }"""
        )
        assert await page.evaluate("window.injected") is None
        refused = [trouble for trouble in page.trouble if "Content Security Policy" in trouble]
        assert ["script" in refused[0], "https://example.com/x.png" in refused[1]] == [True, True]


@pytest.mark.parametrize("name", SAMPLES)
async def test_romanian_has_no_english_left(samples, browser, name):
    """A Romanian report contains no untranslated text from the package."""
    said = catalogue("ro").gettext
    english = {text for text in texts() if said(text) != text}
    fixed = {text for text in english if "{" not in text}
    varying = [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text))) for text in english - fixed]
    varying = [pattern for pattern in varying if len(pattern.pattern.replace(".+", "")) > 8]
    async with opened(browser, samples[name].open_at("ro")) as page:
        shown = await page.evaluate(VISIBLE_TEXTS)
    assert [text for text in shown if text in fixed or any(p.fullmatch(text) for p in varying)] == []
    assert len(shown) > 60


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["out-of-sync", "long-name"])
async def test_the_head_of_a_phone_s_page_is_whole(samples, browser, name, lang):
    """No letter of its first lines is cut off, on whichever line it is, and no line ends with the dot between parts."""
    sample = samples[name]
    file = sample.folder / f"phone-{lang}.html"
    file.write_text(sample.html(lang=lang), encoding="utf-8")
    async with opened(browser, file.as_uri(), viewport={"width": 390, "height": 844}) as page:
        lefts = await page.evaluate(HEAD_LINES)
        assert len(lefts) >= 4
        assert all(abs(left - lefts[0]) < 1 for left in lefts)
        assert await page.evaluate("getComputedStyle(document.querySelector('.line p')).clipPath") != "none"
