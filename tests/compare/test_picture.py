"""Any file is decoded to upright sRGB pixels, or refused with the reason."""

from __future__ import annotations

import io
import os
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from troubleshooter.compare import UnreadablePicture, load, match, picture
from troubleshooter.compare.picture import MAX_SIDE, WORKING_SIDE

from .pictures import jpeg, painted, png

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_path_and_its_bytes_are_the_same_picture(tmp_path):
    """A path and its bytes give the same picture, which keeps its path for messages."""
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(painted(1)))
    assert np.array_equal(load(file).pixels, load(jpeg(painted(1))).pixels)
    assert load(file).name == str(file)


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "1", "LA", "RGBA", "I;16", "PA"])
def test_every_mode_becomes_rgb(mode):
    """Every mode, including palettes, alpha and 16 bits, is decoded to 8-bit RGB."""
    small = painted(2).resize((64, 64))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(small.convert("L")).astype(np.uint16) * 257)
    else:
        image = small.convert(mode)
    avatar = load(saved(image, "TIFF" if mode == "CMYK" else "PNG" if mode != "PA" else "TIFF"))
    assert avatar.pixels.shape == (64, 64, 3)
    assert avatar.pixels.dtype == np.uint8
    if mode != "1":
        grey = np.asarray(small.convert("L")).astype(int)
        assert np.abs(np.asarray(Image.fromarray(avatar.pixels).convert("L")).astype(int) - grey).mean() < 12


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_undone(orientation):
    """A photo that is stored rotated is the same as the upright photo, because its EXIF orientation is applied."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the Image.Transpose that a viewer's rotation undoes
    upright = painted(3).resize((120, 120))
    turned = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    avatar = load(saved(turned, "JPEG", quality=92, exif=exif))
    assert str(match(load(jpeg(upright, 120)), avatar).verdict) == "same"


def test_a_turned_file_has_its_size_turned_too():
    """Natural width and height are those of the upright picture."""
    exif = Image.Exif()
    exif[0x0112] = 6
    assert load(saved(Image.new("RGB", (80, 40)), "JPEG", exif=exif)).natural == (40, 80)


def test_a_colour_profile_is_applied():
    """Values in another color space become sRGB, and a broken profile is ignored, as in browsers."""
    lab = ImageCms.createProfile("sRGB")
    plain = painted(4).resize((64, 64))
    same = load(saved(plain, "PNG", icc_profile=ImageCms.ImageCmsProfile(lab).tobytes()))
    assert np.abs(same.pixels.astype(int) - np.asarray(plain)).max() <= 2
    assert np.array_equal(load(saved(plain, "PNG", icc_profile=b"nonsense")).pixels, np.asarray(plain))


def test_a_grey_files_profile_for_colour_is_ignored():
    """A color profile in a grayscale file is ignored and not an error."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert load(saved(Image.new("L", (32, 32), 90), "PNG", icc_profile=profile)).pixels[0, 0].tolist() == [90, 90, 90]


def test_transparency_lies_on_white():
    """Transparent pixels become white, as on a page."""
    clear = Image.new("RGBA", (32, 32), (10, 20, 30, 0))
    assert load(png(clear)).pixels.min() == 255


def test_an_animation_is_its_first_frame():
    """Only the first frame of an animation is used."""
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert load(data).pixels[5, 5].tolist() == [255, 0, 0]


def test_large_pictures_are_kept_small():
    """A large picture is reduced to save memory; its natural size is kept, and the working copy is smaller still."""
    avatar = load(saved(Image.new("RGB", (4000, 3000), "red"), "JPEG"))
    assert max(avatar.pixels.shape) <= MAX_SIDE
    assert avatar.natural == (4000, 3000)
    assert WORKING_SIDE <= min(avatar.working.shape[:2]) < 2 * WORKING_SIDE


def test_a_png_of_twenty_thousand_squared_is_refused_unread():
    """A PNG of 20,000 × 20,000 px exceeds Pillow's decompression limit and is refused before it is decoded."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (20_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    with pytest.raises(UnreadablePicture, match=r"more than \d+ pixels"):
        load(data)


def test_what_asks_for_a_lot_of_memory_is_refused_unread(tmp_path, monkeypatch):
    """A picture that has to be decoded whole may have fewer pixels than a baseline JPEG; a huge file is not read."""
    monkeypatch.setattr(picture, "MOST_DECODED", 3000)
    noise = painted(6).resize((64, 64))
    for data in (png(noise), saved(noise, "JPEG", progressive=True), saved(noise, "WEBP")):
        with pytest.raises(UnreadablePicture, match="more than 3000 pixels"):
            load(data)
    assert load(saved(noise, "JPEG")).natural == (64, 64)
    with (tmp_path / "huge.png").open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(UnreadablePicture, match="1074 MB, larger than any picture"):
        load(tmp_path / "huge.png")


@pytest.mark.parametrize("kind", ["EPS", "PPM", "TGA", "PCX", "SGI", "ICNS"])
def test_formats_that_no_browser_shows_are_not_decoded(kind):
    """Only decoders that browsers need as well read a file; EPS would start another program."""
    with pytest.raises(UnreadablePicture, match="not a picture in a known format"):
        load(saved(Image.new("RGB", (64, 64), "red"), kind))


def test_between_pillows_warning_and_its_limit_is_refused_too(monkeypatch):
    """A picture so large that Pillow warns about it is refused, because no avatar is that large."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 3000)
    with pytest.raises(UnreadablePicture, match="more than 3000 pixels"):
        load(png(Image.new("RGB", (64, 64))))


@pytest.mark.parametrize("missing", [2, 10])
def test_a_jpeg_without_its_last_bytes_is_read_as_browsers_show_it(missing):
    """A JPEG that lacks its end shows the whole photo."""
    assert match(load(jpeg(painted(5))[:-missing]), load(png(painted(5)))).code == "same"


def test_a_photo_of_a_hundred_megapixels_is_read():
    """A phone's largest photo is shown by browsers, and read reduced."""
    avatar = load(saved(Image.new("L", (12000, 9000), 120), "JPEG"))
    assert avatar.natural == (12000, 9000)
    assert max(avatar.pixels.shape) <= MAX_SIDE


def test_a_folder_and_a_pipe_are_no_pictures(tmp_path):
    """What is no regular file is refused at once: reading a pipe would never end."""
    os.mkfifo(tmp_path / "pipe")
    for path, why in ((tmp_path, "a folder"), (tmp_path / "pipe", "not a regular file")):
        with pytest.raises(UnreadablePicture) as caught:
            load(path)
        assert why in caught.value.why


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "an empty file"),
        (b"hello", "not a picture"),
        (SVG, "an SVG drawing"),
        (b'{"ErrorCode": 404001}', "JSON"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (jpeg(painted(5))[:2000], "the lower part of the picture is missing"),
        (b"\0\0\0\x18ftypheic" + bytes(64), "a HEIC photo, which browsers cannot show"),
        (png(painted(5))[:2000], "cannot be decoded"),
    ],
)
def test_what_is_no_picture_says_why(data, why):
    """A file that is not a picture is refused with the reason in words."""
    with pytest.raises(UnreadablePicture) as caught:
        load(data)
    assert why in caught.value.why
    assert caught.value.name == "bytes"


def test_a_missing_file_is_named(tmp_path):
    """The error about a missing file contains the path as it was given."""
    with pytest.raises(UnreadablePicture) as caught:
        load(tmp_path / "gone.jpg")
    assert caught.value.name == str(tmp_path / "gone.jpg")
    assert caught.value.why == "no such file"
    with pytest.raises(UnreadablePicture):
        load(tmp_path)
