"""Drawn portraits of people who do not exist: frontal heads, detailed enough that comparing two photos is real work.

Everything is drawn pseudo-randomly from the person's UPN and the number of the photo: each run shows the same faces.
"""

from functools import lru_cache
from threading import Lock

from PIL import Image

from troubleshooter.sandbox.portraits.face import draw_features, draw_head
from troubleshooter.sandbox.portraits.figure import draw_body, draw_hair_behind, draw_hair_front
from troubleshooter.sandbox.portraits.light import finish
from troubleshooter.sandbox.portraits.pen import Pen, Pose
from troubleshooter.sandbox.portraits.scene import scene
from troubleshooter.sandbox.portraits.simple import simple_portrait as simple_portrait
from troubleshooter.sandbox.portraits.traits import face_of, occasion_of

SIDE = 648
"""Pixels on a side of a finished portrait."""
_LARGE = 2 * SIDE
_NECK = (0.5, 0.66)

_drawing = Lock()  # Pillow releases the interpreter's lock only now and then; one at a time is as fast


def portrait(person: str, variant: int) -> Image.Image:
    """Return the photo number `variant` of this UPN, 648 px square. Do not change it: all callers share it."""
    with _drawing:
        return _portrait(person, variant)


@lru_cache(maxsize=64)
def _portrait(person: str, variant: int) -> Image.Image:
    face, occasion = face_of(person), occasion_of(person, variant)
    image = scene(occasion, _LARGE)
    trunk = Pose(_NECK, 0, occasion.size, occasion.shift)
    head = Pose(_NECK, occasion.tilt, occasion.size, occasion.shift)
    draw_hair_behind(Pen(image, head), face, occasion)
    draw_body(Pen(image, trunk), face, occasion)
    pen = Pen(image, head)
    draw_head(pen, face)
    draw_features(pen, face, occasion)
    draw_hair_front(pen, face, occasion)
    return finish(image.reduce(2), face, occasion, head)
