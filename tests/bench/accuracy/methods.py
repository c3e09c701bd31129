"""Baseline methods that the product is compared with; each returns the distance between two pictures."""

from __future__ import annotations

import io
from collections.abc import Callable

import imagehash
import numpy as np
from PIL import Image

Distance = Callable[[bytes, bytes], float]


def _image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _hash(method: Callable[[Image.Image], imagehash.ImageHash]) -> Distance:
    def measure(a: bytes, b: bytes) -> float:
        return float(method(_image(a)) - method(_image(b)))

    return measure


def pdq(a: bytes, b: bytes) -> float:
    import pdqhash  # noqa: PLC0415 - a library of the bench only

    (one, _), (other, _) = (pdqhash.compute(np.asarray(_image(data))) for data in (a, b))
    return float((one != other).sum())


def ssim(a: bytes, b: bytes) -> float:
    from skimage.metrics import structural_similarity  # noqa: PLC0415 - a library of the bench only

    one, other = _image(a).convert("L"), _image(b).convert("L")
    side = max(8, min(*one.size, *other.size))
    first, second = (np.asarray(image.resize((side, side), Image.Resampling.LANCZOS)) for image in (one, other))
    return 1.0 - float(structural_similarity(first, second, win_size=7))


BASELINES: dict[str, Distance] = {
    "imagehash phash": _hash(imagehash.phash),
    "imagehash dhash": _hash(imagehash.dhash),
    "imagehash whash": _hash(imagehash.whash),
    "imagehash colorhash": _hash(imagehash.colorhash),
    "PDQ": pdq,
    "SSIM": ssim,
}
