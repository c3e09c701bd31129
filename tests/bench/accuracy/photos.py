"""Photographs from registry packages, downloaded at run time into a cache outside the repository."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import imagehash
from PIL import Image, ImageOps

PACKAGES = {
    "admin-lte@4.10.0": ("user", "photo"),
    "@tabler/preview@1.2.0": ("avatars/",),
    "material-kit@2.0.4": ("faces/", "examples/"),
    "now-ui-kit@1.3.0": ("img/avatar", "img/eva", "img/julie", "img/ryan", "img/bg"),
    "paper-kit-2@2.1.0": ("faces/", "beccari", "yakover", "fabio"),
    "notus-js@1.1.0": ("team-",),
    "gentelella@4.2.0": ("images/img.jpg", "picture", "cropper"),
}
"""Path fragments that select the photographs in each npm package; all are UI kits with portraits of sample users."""
SCIKIT_IMAGE = ("astronaut.png", "camera.png", "chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png")
ALIKE = 10
"""Largest phash distance, in bits of 64, at which two files count as the same photograph and thus the same person."""


@dataclass(frozen=True)
class Photo:
    """A photograph as an upright RGB image."""

    name: str
    image: Image.Image
    half: str
    """`tuning` or `report`, derived from the file's name after duplicates were dropped. Both halves may contain other
    photos or crops of the same person that `ALIKE` does not catch."""


def cache() -> Path:
    """Return the download folder, which is outside the repository."""
    base = os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir()
    folder = Path(base) / "troubleshooter-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def photographs() -> list[Photo]:
    """Return all photographs, one per person, sorted by name."""
    found: list[tuple[str, Image.Image, imagehash.ImageHash]] = []
    for name, image in sorted(_files(), key=lambda item: item[0]):
        mark = imagehash.phash(ImageOps.fit(image, (256, 256)))
        if min(image.size) >= 120 and all(mark - known > ALIKE for _, _, known in found):
            found.append((name, image, mark))
    return [Photo(name, image, _half(name)) for name, image, _ in found]


def _half(name: str) -> str:
    return ("tuning", "report", "report")[hashlib.sha256(name.encode()).digest()[0] % 3]


def _files() -> list[tuple[str, Image.Image]]:
    import skimage.data  # noqa: PLC0415 - a library of the bench only

    files = []
    for package, parts in PACKAGES.items():
        for name, data in _package(package).items():
            if any(part in name for part in parts):
                files.append(
                    (f"{package}/{name}", ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
                )
    folder = Path(skimage.data.__file__).parent
    files += [(f"skimage/{name}", Image.open(folder / name).convert("RGB")) for name in SCIKIT_IMAGE]
    return files


def _package(spec: str) -> dict[str, bytes]:
    folder = cache() / hashlib.sha256(spec.encode()).hexdigest()[:12]
    if not list(folder.glob("*.tgz")):
        folder.mkdir(exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        members = [m for m in archive.getmembers() if m.isfile() and m.name.lower().endswith(".jpg")]
        return {m.name: archive.extractfile(m).read() for m in members}  # type: ignore[union-attr]
