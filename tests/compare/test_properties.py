"""The comparison never raises and is symmetric for any two pictures, and no picture differs from itself."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from troubleshooter.compare import Avatar, UnreadablePicture, kind_of, load, match, match_expected
from troubleshooter.model.enums import Kind, MatchVerdict

from .pictures import jpeg, painted, shot

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
CODES = {
    "same", "other-photo", "recropped", "shifted", "mirrored", "greyscale", "colour", "brightness", "retouched",
    "placeholder", "too-small", "not-a-photo", "unreadable", "lost-profile",
    "transparent",
}  # fmt: skip


@st.composite
def avatars(draw: st.DrawFn) -> Avatar:
    """Generate pictures of any size: noise, flat, striped, two-tone, painted, or round on a page."""
    width, height, seed = draw(st.integers(1, 90)), draw(st.integers(1, 90)), draw(st.integers(0, 999))
    kind = draw(st.sampled_from(["noise", "flat", "stripes", "painted", "shot", "two tones"]))
    dice = np.random.default_rng(seed)
    if kind == "shot":
        return shot(painted(seed % 20), max(4, width), ring=(9, 9, 200) if seed % 2 else None, gap=seed % 3)
    if kind == "painted":
        return Avatar(np.asarray(painted(seed % 20).resize((width, height))), (width, height))
    pixels = dice.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind == "flat":
        pixels[:] = pixels[0, 0]
    elif kind == "stripes":
        pixels[:] = pixels[:1]
    elif kind == "two tones":
        pixels = np.where(pixels[..., :1] > 127, pixels[0, 0], pixels[-1, -1]).astype(np.uint8)
    return Avatar(pixels, (width, height))


@QUICK
@given(avatars(), avatars())
def test_symmetric(a, b):
    """The order of the two pictures changes neither the verdict nor the score."""
    one, other = match(a, b), match(b, a)
    assert (one.verdict, one.score, one.code) == (other.verdict, other.score, other.code)


@QUICK
@given(avatars())
def test_reflexive(a):
    """A picture never differs from itself, and is the same unless it is blank."""
    found = match(a, a)
    assert found.verdict != MatchVerdict.DIFFERENT
    if found.verdict == MatchVerdict.SAME:
        assert found.score == 0.0 or abs(found.score or 0) < 1e-4


@QUICK
@given(avatars(), avatars())
def test_the_answer_is_well_formed(a, b):
    """A result has a known code, a score unless it is undetermined, and a score within the limit if it is the same."""
    for found in (match(a, b), match_expected(a, b)):
        assert found.code in CODES
        assert (found.score is None) == (found.verdict == MatchVerdict.UNDETERMINED)
        if found.verdict == MatchVerdict.SAME:
            assert found.score is not None and found.score <= found.limit
        assert found.said.text == found.said.template.format(**found.said.args)


@QUICK
@given(avatars(), st.lists(avatars(), max_size=2))
def test_every_picture_has_a_kind_from_pixels(a, placeholders):
    """Every picture gets a kind, but never broken or loading, which pixels cannot show."""
    assert kind_of(a, placeholders) in {Kind.PHOTO, Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK}


@QUICK
@given(st.binary(max_size=200), st.integers(0, 5000), st.integers(0, 255))
def test_broken_bytes_never_raise_anything_else(noise, at, value):
    """Any bytes are either decoded or refused with `UnreadablePicture`."""
    damaged = bytearray(jpeg(painted(1), 96))
    damaged[at % len(damaged)] = value
    for data in (noise, bytes(damaged), bytes(damaged[: at % len(damaged)])):
        try:
            assert load(data).pixels.ndim == 3
        except UnreadablePicture as error:
            assert error.why


@QUICK
@given(st.integers(0, 40), st.integers(24, 120), st.sampled_from([(255, 255, 255), (31, 31, 31), (0, 120, 212)]))
def test_every_painted_photo_is_the_same_on_a_page(seed, px, page):
    """A photo is the same as its screenshot, whatever the photo, its size and the page's color."""
    whole = Avatar(np.asarray(painted(seed).resize((240, 240), Image.Resampling.BICUBIC)), (240, 240))
    assert match(whole, shot(painted(seed), px, page)).verdict == MatchVerdict.SAME
