"""Writes how an element is laid out: whether it shows, where, and how large. No color, font or picture of the page.

Sizes are rounded, because the exact width of a text can tell the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from troubleshooter.capture.pictures import placeholder, told_size

_KEYWORDS: Mapping[str, str] = {
    "display": r"[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*)?",
    "visibility": r"hidden|collapse|visible",
    "position": r"absolute|fixed|relative|sticky",
    "float": r"left|right",
    "overflow-x": r"hidden|auto|scroll|clip",
    "overflow-y": r"hidden|auto|scroll|clip",
    "pointer-events": r"none|auto",
    "flex-direction": r"[a-z-]+",
    "flex-wrap": r"wrap|wrap-reverse",
    "align-items": r"[a-z-]+",
    "justify-content": r"[a-z-]+",
    "clip": r"rect\((?:-?\d{1,4}px,? ?){4}\)",
    "clip-path": r"inset\([\d. %px]{1,40}\)",
    "object-fit": r"[a-z-]+",
}
"""Properties with the values that are kept as they are."""
_NUMBERS = ("opacity", "z-index")
_LENGTHS = (
    *("top", "right", "bottom", "left", "margin-top", "margin-right", "margin-bottom", "margin-left"),
    *("padding-top", "padding-right", "padding-bottom", "padding-left", "column-gap", "row-gap"),
)
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)px")
_TRANSFORM = re.compile(r"matrix\(([-\d., e]{1,120})\)")
_TRACKS = re.compile(r"(?:\d{1,5}(?:\.\d+)?px ?){1,60}")
_FINE = 64
_COIN = 260
"""The largest square, in CSS pixels, whose size is kept: it is an avatar's, or an icon's, and no text's."""


def told_length(pixels: float) -> int:
    """Return a length as it may be told: to 4 px where it is short, to 16 px where it can be a text's width."""
    step = 4 if abs(pixels) <= _FINE else 16
    return int(pixels / step) * step if abs(pixels) > _FINE else round(pixels / step) * step


def layout(style: Mapping[str, str], box: tuple[float, float] | None, *, exact: bool) -> str:
    """Return the inline style of an element.

    Args:
        style: its computed style, as far as it differs from the default.
        box: its width and height; None if these are its content's own.
        exact: whether it is a picture, or has one as its background, whose size is kept.
    """
    if style.get("display") == "none":
        return "display:none"
    out = {name: value for name, pattern in _KEYWORDS.items() if re.fullmatch(pattern, value := style.get(name, ""))}
    out |= {name: f"{float(value):g}" for name in _NUMBERS if _NUMBER.fullmatch(value := style.get(name, ""))}
    for name in _LENGTHS:
        if found := _LENGTH.fullmatch(style.get(name, "")):
            out[name] = f"{told_length(float(found[1]))}px"
    if found := _TRANSFORM.fullmatch(style.get("transform", "")):
        out["transform"] = f"matrix({_moved(found[1])})"
    if _TRACKS.fullmatch(tracks := style.get("grid-template-columns", "")):
        out["grid-template-columns"] = " ".join(f"{told_length(float(t[:-2]))}px" for t in tracks.split())
    if box and out.get("display") != "contents":
        square = abs(box[0] - box[1]) <= 1 and box[0] <= _COIN
        told = round if square else told_size if exact else told_length
        out |= {"box-sizing": "border-box", "width": f"{told(box[0])}px", "height": f"{told(box[1])}px"}
        out |= {"flex": "none", "min-width": "0"} if style.get("in-flex") else {}
    if style.get("picture") and box:
        out["background-image"] = f'url("{placeholder(*box)}")'
    return ";".join(f"{name}:{value}" for name, value in out.items())


def _moved(numbers: str) -> str:
    """Return the numbers of a matrix; what it moves by is a length."""
    try:
        values = [float(number) for number in numbers.split(",")][:6]
    except ValueError:
        return "1,0,0,1,0,0"
    if len(values) != 6:
        return "1,0,0,1,0,0"
    return ",".join([*(f"{value:.2g}" for value in values[:4]), *(str(told_length(value)) for value in values[4:])])
