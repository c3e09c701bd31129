"""Draws the samples' pictures: portraits by seed, initials, and screenshots of pages."""

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

SKINS = ("#f2d0b4", "#d9a47c", "#a9714b", "#7b4c32", "#eac09a")
HAIRS = ("#2b2320", "#5a3a22", "#a8642c", "#c9b28a", "#77787c")
WALLS = ("#9db8c9", "#c9a99d", "#a3b899", "#b5a6c9", "#d0c094", "#8fb0b0")


def portrait(seed: int, side: int = 192, *, zoom: float = 1.0) -> Image.Image:
    """Return the drawn head and shoulders of the person `seed`."""
    image = _person(seed)
    edge = round(image.width * (1 - 1 / zoom) / 2)
    inner = image.crop((edge, edge, image.width - edge, image.width - edge))
    return inner.resize((side, side), Image.Resampling.LANCZOS)


@cache
def _person(seed: int) -> Image.Image:
    dice = Random(seed)
    wall, skin, hair, shirt = (dice.choice(c) for c in (WALLS, SKINS, HAIRS, WALLS))
    size = 768
    image = Image.new("RGB", (size, size), wall)
    draw = ImageDraw.Draw(image)
    for number in range(4):
        left = dice.randint(-200, 700)
        draw.ellipse((left, number * 170 - 90, left + 330, number * 170 + 240), fill=_mix(wall, "#ffffff", 0.18))
    wide = dice.randint(-25, 25)
    draw.ellipse((110, 560, 658, 1100), fill=_mix(shirt, "#1c2733", 0.55))
    draw.rounded_rectangle((320, 470, 448, 640), 60, fill=_mix(skin, "#000000", 0.12))
    draw.ellipse((205 - wide, 110, 563 + wide, 560), fill=hair)
    draw.ellipse((242 - wide, 180, 526 + wide, 560), fill=skin)
    draw.pieslice((225 - wide, 120, 543 + wide, 460), 180 + dice.randint(0, 25), 360 - dice.randint(0, 25), fill=hair)
    for x in (322, 446):
        draw.ellipse((x - 17, 340, x + 17, 372), fill="#23282d")
    draw.arc((330, 390, 438, 480), 20, 160, fill=_mix(skin, "#7a1f1f", 0.55), width=12)
    if dice.random() < 0.4:
        for x in (322, 446):
            draw.ellipse((x - 52, 305, x + 52, 405), outline="#23282d", width=9)
        draw.line((374, 350, 394, 350), fill="#23282d", width=9)
    return image


def initials(text: str, side: int = 96) -> Image.Image:
    """Return the colored picture with initials that is shown if there is no photo."""
    image = Image.new("RGB", (side, side), "#7a4fa3")
    ImageDraw.Draw(image).text((side / 2, side / 2), text, "#ffffff", ImageFont.load_default(side * 0.42), anchor="mm")
    return image


def window(
    title: str, faces: tuple[Image.Image, ...] = (), *, account: Image.Image | None = None, form: bool = False
) -> Image.Image:
    """Return a drawn screenshot, 1280 × 800 px, of a page with a header, a title and cards, or of a sign-in form.

    Args:
        account: the picture of the account button; default: the first of `faces`.
    """
    image = Image.new("RGB", (1280, 800), "#ffffff")
    draw = ImageDraw.Draw(image)
    if form:
        image.paste("#dfe7ee", (0, 0, 1280, 800))
        draw.rounded_rectangle((420, 200, 860, 560), 6, fill="#ffffff")
        draw.text((464, 250), title, "#1b1b1b", ImageFont.load_default(26))
        draw.line((464, 370, 816, 370), fill="#666666", width=2)
        draw.rectangle((700, 450, 816, 490), fill="#0067b8")
        return image
    image.paste("#0b5c6b", (0, 0, 1280, 52))
    draw.text((70, 26), "Microsoft 365", "#ffffff", ImageFont.load_default(20), anchor="lm")
    draw.text((90, 130), title, "#1b1b1b", ImageFont.load_default(38))
    for row in range(9):
        draw.rounded_rectangle((90, 220 + row * 26, 820 - (row * 131) % 260, 232 + row * 26), 5, fill="#e6e8ea")
    for number, face in enumerate(faces):
        left = 90 + number * 280
        draw.rounded_rectangle((left, 520, left + 250, 620), 8, outline="#d5d8db", width=2)
        image.paste(face.resize((72, 72)), (left + 16, 534))
        draw.rounded_rectangle((left + 104, 550, left + 220, 563), 5, fill="#c3c8cd")
        draw.rounded_rectangle((left + 104, 578, left + 190, 588), 5, fill="#e2e5e8")
    circle = (account or (faces[0] if faces else initials("A"))).resize((34, 34))
    image.paste(circle, (1222, 9))
    return image


def png(image: Image.Image) -> bytes:
    """Return `image` as the bytes of a PNG file."""
    target = BytesIO()
    image.save(target, "PNG", compress_level=3)
    return target.getvalue()


def _mix(one: str, other: str, share: float) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
