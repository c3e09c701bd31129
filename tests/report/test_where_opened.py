"""The report's meaning and pictures are there wherever people open it: alone, in a folder, in a frame, in Jenkins."""

import functools
import io
import re
import threading
from contextlib import asynccontextmanager, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image, ImageDraw

from troubleshooter.report import STYLE_FILE, style_file

JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';"
"""The policy that Jenkins sends with the files of a build."""
FRAMED = "<!doctype html><title>tab</title><iframe sandbox width=1270 height=790 src='index.html'></iframe>"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def run(samples) -> Path:
    """Return the folder of a run as it is written: the report, its style beside it, and the evidence."""
    sample = samples["out-of-sync"]
    (sample.folder / "index.html").write_text(sample.html(), encoding="utf-8")
    (sample.folder / STYLE_FILE).write_text(style_file(), encoding="utf-8")
    (sample.folder / "frame.html").write_text(FRAMED, encoding="utf-8")
    return sample.folder


class _Handler(SimpleHTTPRequestHandler):
    policy = ""

    def end_headers(self):
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_args):
        pass


class _Jenkins(_Handler):
    policy = JENKINS


@contextmanager
def served(folder: Path, handler: type[_Handler]):
    """Serve a folder on this computer only; yield its URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@asynccontextmanager
async def opened(browser, address: str, **options):
    """Open a page, and collect what it requests and what it complains about."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    page = await context.new_page()
    page.requested, page.trouble = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    await page.goto(address)
    yield page
    await context.close()


async def first_screen(frame) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the first screen's text, and the color in the middle of each of its two pictures."""
    colors = []
    for picture in await frame.locator(".pair .disc img").all():
        shot = Image.open(io.BytesIO(await picture.screenshot())).convert("RGB")
        colors.append(shot.resize((1, 1)).getpixel((0, 0)))
    return await frame.locator(".verdict").inner_text(), colors


def shows_all(text: str, colors: list[tuple[int, int, int]], expected: list[tuple[int, int, int]]) -> bool:
    """Return whether a first screen has its sentences and, in color, both its pictures."""
    said = all(
        words in text for words in ("Ana Ionescu’s photo is out of sync", "this check counted as a visit", "the user")
    )
    near = len(colors) == len(expected) and all(
        max(abs(a - b) for a, b in zip(one, other, strict=True)) < 12
        for one, other in zip(colors, expected, strict=True)
    )
    return said and near


@pytest.fixture(scope="module")
def colors(samples) -> list[tuple[int, int, int]]:
    """Return the mean colors of the two pictures of the first screen, as the evidence has them, on the page's white."""
    record, found = samples["out-of-sync"].record, []
    for index in (0, 3):
        with Image.open(samples["out-of-sync"].folder / record.sightings[index].shot) as image:
            round_ = Image.new("L", (176, 176), 0)
            ImageDraw.Draw(round_).ellipse((0, 0, 176, 176), fill=255)
            page = Image.new("RGB", (176, 176), "#fdfdfc")
            page.paste(image.convert("RGB").resize((176, 176)), (0, 0), round_)
        found.append(page.resize((1, 1)).getpixel((0, 0)))
    return found


async def test_in_its_folder_and_from_an_unpacked_zip(run, colors, browser, tmp_path):
    """Opened from its folder, or from a zip of it, it asks for nothing outside of the folder and has no complaint."""
    with ZipFile(tmp_path / "run.zip", "w") as packed:
        for file in run.rglob("*"):
            packed.write(file, file.relative_to(run))
    with ZipFile(tmp_path / "run.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    for folder in (run, tmp_path / "unpacked"):
        async with opened(browser, (folder / "index.html").as_uri(), offline=True) as page:
            assert shows_all(*await first_screen(page), colors)
            assert page.trouble == []
            assert [] == [u for u in page.requested if not u.startswith(("data:", folder.as_uri()))]


@pytest.mark.parametrize("scripts", [True, False])
async def test_alone_it_has_its_pictures(run, colors, browser, tmp_path, scripts):
    """Mailed without its folder, with or without scripts, it shows every picture."""
    (tmp_path / "mailed.html").write_bytes((run / "index.html").read_bytes())
    async with opened(browser, (tmp_path / "mailed.html").as_uri(), java_script_enabled=scripts) as page:
        assert shows_all(*await first_screen(page), colors)
        shot = Image.open(io.BytesIO(await page.locator("#steps-1 .shot img").first.screenshot())).convert("L")
        assert max(shot.histogram()) < 0.9 * shot.width * shot.height


async def test_in_a_sandboxed_frame(run, colors, browser):
    """In a frame without scripts and without an origin, as in a tab of Azure DevOps, it shows the same."""
    with served(run, _Handler) as url:
        async with opened(browser, url + "frame.html") as page:
            assert shows_all(*await first_screen(page.frames[1]), colors)
            assert not await page.frames[1].locator(".ticket-button .copy").is_visible()


async def test_under_the_policy_of_jenkins(run, colors, browser):
    """Where inline styles, `data:` pictures and scripts are refused, the files beside the report take their place."""
    with served(run, _Jenkins) as url:
        async with opened(browser, url + "index.html") as page:
            assert shows_all(*await first_screen(page), colors)
            refused = [line for line in page.trouble if "Content Security Policy" in line]
            assert refused  # the policy was in force
            assert all(u.startswith((url, "data:")) for u in page.requested)
            icon = await page.locator(".verdict .icon").first.bounding_box()
            assert icon["width"] < 60
            said, pair = [await page.locator(part).bounding_box() for part in (".said", ".pair")]
            assert pair["x"] > said["x"] + 400  # side by side: the style beside the report applies


async def test_without_any_style_it_can_be_read(run, browser, tmp_path):
    """Without its style, icons keep their size and the sentences come first."""
    bare = re.sub(
        r"<style>.*?</style>|<link[^>]*>", "", (run / "index.html").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    (tmp_path / "bare.html").write_text(bare, encoding="utf-8")
    async with opened(browser, (tmp_path / "bare.html").as_uri(), java_script_enabled=False) as page:
        sizes = await page.evaluate(
            "[...document.querySelectorAll('svg.icon')].map(i => i.getBoundingClientRect().width)"
        )
        assert max(sizes) < 60
        assert (await page.locator("h1").bounding_box())["y"] < 400


async def test_it_stores_nothing(run, browser):
    """It uses neither cookies nor a storage of the browser."""
    async with opened(browser, (run / "index.html").as_uri()) as page:
        used = await page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")
        assert used == [0, 0, 0]
    assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", (run / "index.html").read_text())


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("lang", ["en", "ro"])
async def test_the_first_screen_needs_no_scrolling(samples, browser, size, lang):
    """The verdict, both pictures with their counts, what to do, who and when are within the first screen."""
    address = samples["thirty-places"].open_at(lang)
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = await context.new_page()
    await page.goto(address)
    for part in ("h1", ".side.bad .says", ".side .disc >> nth=1", ".do > p >> nth=0", ".do .terms"):
        box = await page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= size[1], part
    assert await page.locator(".side.bad .says").inner_text() == (
        "30 places show a different photo" if lang == "en" else "30 de locuri afișează altă fotografie"
    )
    await context.close()
