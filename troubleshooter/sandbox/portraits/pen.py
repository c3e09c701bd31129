"""Draws in fractions of the picture instead of pixels, so that everything can be drawn large and then reduced."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

from PIL import Image, ImageDraw

from troubleshooter.sandbox.portraits.traits import Colour

Point = tuple[float, float]
Ink = Colour | tuple[int, int, int, int] | int


@dataclass(frozen=True)
class Pose:
    """The placement of a drawing: rotated and scaled about its pivot, then moved."""

    pivot: Point = (0.5, 0.5)
    angle: float = 0
    """Clockwise, in degrees."""
    size: float = 1
    shift: Point = (0, 0)

    def place(self, point: Point) -> Point:
        """Return where a point of the drawing goes."""
        x, y = (point[0] - self.pivot[0]) * self.size, (point[1] - self.pivot[1]) * self.size
        across, down = cos(radians(self.angle)), sin(radians(self.angle))
        return (
            x * across - y * down + self.pivot[0] + self.shift[0],
            x * down + y * across + self.pivot[1] + self.shift[1],
        )


class Pen:
    """Draws on one RGB picture, from (0, 0) at its upper left corner to (1, 1). Inks may be transparent."""

    def __init__(self, image: Image.Image, pose: Pose = Pose()) -> None:
        self._draw = ImageDraw.Draw(image, "RGBA" if image.mode == "RGB" else image.mode)
        self._scale = image.width
        self._pose = pose

    def shape(self, points: Sequence[Point], ink: Ink) -> None:
        """Draw a filled outline."""
        self._draw.polygon(self._pixels(points), fill=ink)

    def oval(self, centre: Point, radius: Point, ink: Ink) -> None:
        """Draw a filled ellipse; the radius is across and down."""
        self.shape(rounded(centre, radius, steps=40), ink)

    def box(self, corner: Point, opposite: Point, ink: Ink) -> None:
        """Draw a filled rectangle."""
        (left, top), (right, bottom) = corner, opposite
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], ink)

    def stroke(self, points: Sequence[Point], width: float, ink: Ink) -> None:
        """Draw a line with round joints."""
        pixels = max(1, round(width * self._scale * self._pose.size))
        self._draw.line(self._pixels(points), fill=ink, width=pixels, joint="curve" if pixels > 3 else None)

    def _pixels(self, points: Sequence[Point]) -> list[Point]:
        placed = (self._pose.place(point) for point in points)
        return [(x * self._scale, y * self._scale) for x, y in placed]


def bow(start: Point, bend: Point, end: Point, steps: int = 16) -> list[Point]:
    """Return a curve from start to end, drawn toward `bend`."""
    found = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        found.append((a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]))
    return found


def ribbon(middle: Sequence[Point], widths: Sequence[float]) -> list[Point]:
    """Return the outline of a band around a line that runs across, with its own thickness at each point."""
    upper = [(x, y - w / 2) for (x, y), w in zip(middle, widths, strict=True)]
    lower = [(x, y + w / 2) for (x, y), w in zip(middle, widths, strict=True)]
    return upper + lower[::-1]


def rounded(centre: Point, radius: Point, *, squareness: float = 2, taper: float = 0, steps: int = 72) -> list[Point]:
    """Return a closed outline between ellipse (squareness 2) and box, narrower toward its lower end by `taper`."""
    found = []
    for step in range(steps):
        angle = 2 * pi * step / steps
        across, down = cos(angle), sin(angle)
        x = abs(across) ** (2 / squareness) * (1 if across >= 0 else -1)
        y = abs(down) ** (2 / squareness) * (1 if down >= 0 else -1)
        narrow = 1 - taper * max(0, y) ** 1.6
        found.append((centre[0] + x * radius[0] * narrow, centre[1] + y * radius[1]))
    return found
