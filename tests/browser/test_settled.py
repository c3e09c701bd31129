"""A page has settled once nothing on it changes, and whatever shows pictures has drawn them."""

from __future__ import annotations

import io
from base64 import b64encode

import pytest
from PIL import Image
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic


def png(image: Image.Image) -> str:
    """Return a picture as the base64 text of a PNG."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return b64encode(out.getvalue()).decode()


_PAGE = "https://contoso.sharepoint.com/page"


@pytest.fixture
async def tab(session: Session, stray: Stray):
    """Return a tab of the tenant, and what it requests."""
    tab = await session.tab()
    traffic = Traffic(tab)
    await tab.goto(_PAGE)
    assert await traffic.settle(5)
    return tab, traffic


async def _waited(tab, traffic: Traffic, **how: float) -> float:
    """Return how many ms of the page's own clock settling took."""
    before = await tab.evaluate("performance.now()")
    assert await traffic.settle(5, **how)
    return await tab.evaluate("performance.now()") - before


async def test_a_page_at_rest_is_not_waited_for_again(tab):
    """What has passed without a change counts; a change restarts the wait."""
    page, traffic = tab
    await page.evaluate("new Promise((done) => setTimeout(done, 400))")
    rested = await _waited(page, traffic)
    await page.evaluate("document.body.className = 'changed'")
    changed = await _waited(page, traffic)
    assert changed >= 150
    assert rested < changed


@pytest.mark.parametrize("how", ["opacity", "filter"])
async def test_a_picture_that_fades_in_is_waited_for(tab, how: str):
    """A transition of a picture has ended when the page counts as settled; one that runs for ever is not waited for."""
    page, traffic = tab
    picture = "data:image/png;base64," + png(Image.new("RGB", (48, 48), "teal"))
    await page.evaluate(
        """([picture, how]) => {
          const image = new Image(48, 48);
          const [from, to] = how === 'opacity' ? ['0.01', '1'] : ['blur(9px)', 'blur(0px)'];
          image.src = picture;
          image.style[how] = from;
          image.style.transition = `${how} 1200ms linear`;
          document.body.append(image);
          image.getBoundingClientRect();
          image.animate([{ rotate: '0deg' }, { rotate: '1deg' }], { duration: 100, iterations: Infinity });
          requestAnimationFrame(() => { image.style[how] = to; });
        }""",
        [picture, how],
    )
    assert await traffic.settle(5)
    shown = await page.evaluate(f"getComputedStyle(document.querySelector('img')).{how}")
    assert ("1" if how == "opacity" else "blur(0px)") == shown


async def test_a_picture_is_decoded_before_the_page_counts_as_settled(tab):
    """A picture of many pixels has loaded before it can be drawn."""
    page, traffic = tab
    large = "data:image/png;base64," + png(Image.effect_noise((3000, 3000), 90).convert("RGB"))
    await page.evaluate(
        """(large) => {
          const image = new Image(48, 48), decode = image.decode.bind(image);
          image.decode = () => decode().then(() => { image.title = 'decoded'; });
          image.src = large;
          document.body.append(image);
        }""",
        large,
    )
    assert await traffic.settle(15)
    assert "decoded" == await page.evaluate("document.querySelector('img').title")


async def test_a_page_can_be_watched_for_a_while(tab):
    """`least` is how long the page is watched although nothing changes."""
    page, traffic = tab
    assert await _waited(page, traffic, least=2.5) >= 2500
