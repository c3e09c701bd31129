"""The photo file to upload is checked before anything runs."""

import io
import os
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from troubleshooter.compare.upload import UnfitPhoto, checked


def picture(path: Path, size: tuple[int, int], **how) -> Path:
    """Write a picture to `path`, and return the path."""
    Image.new("RGB", size, "teal").save(path, **how)
    return path


def cmyk(path: Path) -> Path:
    """Write a picture in the colors of a printer."""
    Image.new("CMYK", (700, 700)).save(path)
    return path


def nothing(path: Path) -> Path:
    """Write a picture that is all transparent."""
    Image.new("RGBA", (700, 700)).save(path)
    return path


def pipe(path: Path) -> Path:
    """Make a pipe, which would be read for ever."""
    os.mkfifo(path)
    return path


def heic(path: Path) -> Path:
    """Write what a file of a phone begins with."""
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    return path


def test_a_good_photo_is_described_and_left_alone(tmp_path):
    """A good photo is described by its format, its upright size and its square crop, and the file is not changed."""
    exif = Image.Exif()
    exif[0x0112] = 6
    path = picture(tmp_path / "a.jpg", (1000, 800), exif=exif)
    before = sha256(path.read_bytes()).hexdigest()
    photo = checked(path)
    assert ("JPEG", "image/jpeg", (800, 1000), True) == (photo.format, photo.mime, photo.size, photo.turned)
    assert (0.0, 0.1, 1.0, 0.8) == photo.kept
    assert before == sha256(path.read_bytes()).hexdigest() == sha256(photo.data).hexdigest()


@pytest.mark.parametrize(("kind", "size"), [("PNG", (648, 648)), ("WEBP", (648, 900)), ("GIF", (340, 500))])
def test_any_format_that_browsers_show_will_do(kind, size, tmp_path):
    """A photo may have any format that browsers show, and is taken from a size that the service has."""
    photo = checked(picture(tmp_path / "a.bin", size, format=kind))
    assert (kind, size, False) == (photo.format, photo.size, photo.turned)


def test_an_error_says_what_is_wrong_and_what_is_expected(tmp_path):
    """A file that is missing, not a picture, too small or too large gives one line that says what is expected."""
    (tmp_path / "text.jpg").write_text("no picture")
    (tmp_path / "large.png").write_bytes(bytes(4 * 1024 * 1024 + 1))
    wrong = {
        tmp_path / "none.jpg": "No such file",
        tmp_path / "text.jpg": "not a picture",
        tmp_path / "large.png": "4.0 MB is too large; expected at most 4 MB",
        picture(tmp_path / "small.png", (2000, 47)): "47 px is too small for the service; expected 48 px",
        picture(tmp_path / "print.tiff", (700, 700)): "TIFF is not a format that the service accepts; expected JPEG",
        cmyk(tmp_path / "print.jpg"): "for print",
        nothing(tmp_path / "nothing.png"): "completely transparent",
        tmp_path: "a folder",
        pipe(tmp_path / "pipe"): "not a regular file",
        heic(tmp_path / "phone.heic"): "a HEIC photo, which browsers cannot show: save it as JPEG",
    }
    for path, words in wrong.items():
        with pytest.raises(UnfitPhoto, match="expected ") as refused:
            checked(path)
        assert words in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_jpeg_of_the_smallest_size_is_large_enough(tmp_path):
    """A JPEG whose sides are exactly 648 px is large enough."""
    buffer = io.BytesIO()
    Image.new("RGB", (648, 648)).save(buffer, "JPEG")
    (tmp_path / "a.jpg").write_bytes(buffer.getvalue())
    assert checked(tmp_path / "a.jpg").size == (648, 648)


@pytest.mark.parametrize("size", [(340, 500), (2000, 647)])
def test_a_soft_photo_is_refused_only_if_that_is_asked_for(size, tmp_path):
    """The service takes a photo below 648 px; `--strict` does not, because it looks soft in large places."""
    path = picture(tmp_path / "soft.png", size)
    assert checked(path).size == size
    with pytest.raises(UnfitPhoto, match="too small to stay sharp; expected 648 px"):
        checked(path, strict=True)
