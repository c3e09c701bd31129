"""Render avatars in Chromium, many per page, and crop each from the page's screenshot."""

from __future__ import annotations

import base64
import html
import io
import math
import random
import shutil
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PAGES = ("#ffffff", "#faf9f8", "#f3f2f1", "#1f1f1f", "#292827", "#0078d4")
BADGES = ("#6bb700", "#c50f1f", "#ffaa44", "#ffffff")
A_PAGE = 240
"""Number of avatars per page."""


@dataclass(frozen=True)
class Look:
    """The way an avatar is rendered: its size, shape, page color, badge, ring and position."""

    css_px: float
    dpr: float
    shape: str
    page: str
    badge: str | None
    ring: str | None
    gap: float
    way: str
    """`img` for an element or `background` for CSS."""
    left: float
    top: float


def look(dice: random.Random, sizes: tuple[int, ...] = (24, 28, 32, 36, 40, 48, 56, 64, 72, 96, 100, 120)) -> Look:
    """Return a random look."""
    shape = dice.choices(("50%", "12%", "4px", "0"), (70, 10, 10, 10))[0]
    page = dice.choice(PAGES)
    ring = (
        dice.choice(("#0078d4", "#6264a7", "#d13438", "#ffffff" if page != "#ffffff" else "#000000"))
        if dice.random() < 0.15 and shape == "50%"
        else None
    )
    offset = (0.0, 0.0) if dice.random() < 0.5 else (dice.choice((0.25, 0.5, 0.33)), dice.choice((0.0, 0.25, 0.5)))
    return Look(
        dice.choice(sizes),
        dice.choice((1, 1.5, 2, 3)),
        shape,
        page,
        dice.choice(BADGES) if dice.random() < 0.3 else None,
        ring,
        dice.choice((0, 2)) if ring else 0,
        dice.choice(("img", "img", "background")),
        *offset,
    )


def _badge(shown: Look) -> str:
    size, rim = round(shown.css_px * 0.29), max(1.0, shown.css_px / 32)
    return (
        f"<i style='position:absolute;right:{shown.gap}px;bottom:{shown.gap}px;width:{size}px;height:{size}px;"
        f"border-radius:50%;background:{shown.badge};box-shadow:0 0 0 {rim:.1f}px {shown.page}'></i>"
    )


def _element(number: int, content: str, shown: Look) -> str:
    px = shown.css_px
    outer = px + 2 * ((2 + shown.gap) if shown.ring else 0)
    ring = f"border:2px solid {shown.ring};padding:{shown.gap}px;" if shown.ring else ""
    style = f"width:{px}px;height:{px}px;border-radius:{shown.shape}"
    if not content.startswith("data:"):
        inner = f"<div style='{style};overflow:hidden;container-type:size'>{content}</div>"
    elif shown.way == "img":
        inner = f"<img src='{content}' style='{style};display:block;object-fit:cover'>"
    else:
        inner = f"<div style=\"{style};background:url('{content}') center/cover\"></div>"
    place = f"left:{20 + shown.left}px;top:{20 + shown.top}px;width:{outer}px;height:{outer}px"
    return (
        f"<div class=cell style='background:{shown.page}'><div id=a{number} style='position:absolute;{place};"
        f"box-sizing:border-box;{ring}border-radius:{shown.shape}'>{inner}{_badge(shown) if shown.badge else ''}"
        "</div></div>"
    )


_STYLE = "body{margin:0;display:flex;flex-wrap:wrap;width:1760px}.cell{position:relative;width:176px;height:176px}"


def data_uri(jpeg: bytes) -> str:
    """Return the JPEG as a data URI."""
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()


def initials(text: str, colour: str, ink: str) -> str:
    """Return the HTML of an avatar with initials."""
    return (
        f"<div style='width:100%;height:100%;background:{colour};color:{ink};display:flex;align-items:center;"
        f"justify-content:center;font:600 40cqw sans-serif'>{html.escape(text)}</div>"
    )


def silhouette(ground: str, ink: str) -> str:
    """Return the HTML of a silhouette placeholder."""
    return (
        f"<svg viewBox='0 0 100 100' width='100%' height='100%' style='background:{ground};display:block'>"
        f"<g fill='{ink}'><circle cx=50 cy=38 r=19 /><ellipse cx=50 cy=96 rx=38 ry=34 /></g></svg>"
    )


def _browser() -> str | None:
    """Return the path of an installed Chromium or Chrome; None lets Playwright use its own."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def render(items: list[tuple[str, Look]]) -> list[bytes]:
    """Return a PNG for each item, a data URI or HTML with its look, in order."""
    shots: list[bytes] = [b""] * len(items)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), chromium_sandbox=False)
        for dpr in sorted({shown.dpr for _, shown in items}):
            numbers = [n for n, (_, shown) in enumerate(items) if shown.dpr == dpr]
            for start in range(0, len(numbers), A_PAGE):
                _page(browser, dpr, numbers[start : start + A_PAGE], items, shots)
        browser.close()
    return shots


def _page(browser: Browser, dpr: float, numbers: list[int], items: list[tuple[str, Look]], shots: list[bytes]) -> None:
    context = browser.new_context(
        device_scale_factor=dpr, viewport={"width": 1760, "height": 176 * math.ceil(len(numbers) / 10)}
    )
    page = context.new_page()
    body = "".join(_element(n, *items[n]) for n in numbers)
    page.set_content(f"<meta charset=utf-8><style>{_STYLE}</style>{body}")
    page.evaluate("Promise.all([...document.images].map(i => i.decode()))")
    boxes = page.evaluate(
        "[...document.querySelectorAll('[id^=a]')].map(e => e.getBoundingClientRect())"
        ".map(r => [r.left, r.top, r.right, r.bottom])"
    )
    whole = Image.open(io.BytesIO(page.screenshot(timeout=0))).convert("RGB")
    for number, (left, top, right, bottom) in zip(numbers, boxes, strict=True):
        # Playwright's element screenshots also round outwards to whole CSS pixels.
        box = [round(edge * dpr) for edge in (math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))]
        out = io.BytesIO()
        whole.crop((box[0], box[1], box[2], box[3])).save(out, "PNG", compress_level=1)
        shots[number] = out.getvalue()
    context.close()
