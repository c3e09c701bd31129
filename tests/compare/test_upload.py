"""The photo file to upload is checked before anything runs."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from troubleshooter.compare.upload import UnfitPhoto, checked


def picture(path: Path, size: tuple[int, int], **how) -> Path:
    """Write a picture to `path`, and return the path."""
    Image.new("RGB", size, "teal").save(path, **how)
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


@pytest.mark.parametrize(("kind", "size"), [("PNG", (648, 648)), ("WEBP", (648, 900)), ("TIFF", (700, 700))])
def test_any_format_that_pillow_opens_will_do(kind, size, tmp_path):
    """A photo whose shorter side is 648 px is large enough, in any format that Pillow opens."""
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
        picture(tmp_path / "small.png", (2000, 647)): "647 px is too small to stay sharp; expected 648 px",
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
