"""Draws what stands for a picture: a plain area of the same size."""

from __future__ import annotations

_EXACT = 128
_STANDARD = frozenset({144, 150, 192, 200, 240, 288, 300, 360, 432, 480, 504, 512, 600, 640, 648, 720, 800, 960, 1024})
_LARGEST = 4096


def told_size(pixels: float) -> int:
    """Return a picture's width or height as it may be told.

    Small sizes and those that services make are the same for many pictures; any other could tell which picture it is,
    and is rounded to 16.
    """
    whole = min(max(round(pixels), 0), _LARGEST)
    return whole if whole <= _EXACT or whole in _STANDARD else whole // 16 * 16


def placeholder(width: float, height: float) -> str:
    """Return the address of a plain picture of the given natural size."""
    wide, high = max(told_size(width), 1), max(told_size(height), 1)
    return (
        f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{wide}' height='{high}'%3E"
        "%3Crect width='100%25' height='100%25' fill='%23c9cdd4'/%3E%3C/svg%3E"
    )
