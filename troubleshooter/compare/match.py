"""Judges whether two avatars show the same photo: by structure first, then crop, brightness and color."""

from __future__ import annotations

from troubleshooter.compare.edges import Frame
from troubleshooter.compare.grid import diameter, frame_of, mirrored, with_frame
from troubleshooter.compare.kind import kind_of
from troubleshooter.compare.lost_profile import lost_profile
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import Pose
from troubleshooter.compare.result import Match
from troubleshooter.compare.rings import RING_INNER, around
from troubleshooter.compare.signals import SCALE_LIMIT, Signals, left_corner, limits, measure
from troubleshooter.compare.transparency import flattened
from troubleshooter.model.enums import Kind, MatchVerdict
from troubleshooter.model.message import Message, message

LIMIT = 0.03
"""Largest distance at which two pictures count as the same: no aligned same-photo tuning pair is above 0.018, and the
nearest pair of two people is at 0.08."""
CORNER = 0.65
"""Share of the difference in the lower left corner from which a badge is assumed there: at least 0.73 for drawn photos
with a badge; of 8,800 tuning pairs without one, two mirrored pairs reach 0.65."""
DOUBT = 0.036
"""Distance up to which a pair stays undecided if nothing else distinguishes the two pictures."""
SMALLEST = 20.0
"""Diameter, px, below which pictures are not compared."""
FLAT = 3.0
"""Standard deviation of brightness, in levels of 255, below which there is nothing to compare."""
SCALE_DOUBT, SHIFT_DOUBT = 0.012, 0.01
"""How far above its limit (`signals.limits`) a change of crop stays undecided."""
LOCAL_LIMIT, LOCAL_DOUBT = 0.2, 0.35
"""Largest local difference, in variances, within one photo (tuning pairs: 0.08); retouched from the second value up."""
MIRROR_LIMIT, MIRROR_SHARE = 0.045, 0.6
"""Largest distance from the mirror image of a mirrored photo: absolute, and relative to the picture itself."""
NEGATIVE = 1.9
"""Distance from which the second picture is a negative of the first, as Chromium's forced dark mode makes of pale gray
photos (measured: 1.95 and more; two people: at most 1.76)."""
PLAIN_LIMIT = 0.06
"""Largest distance in brightness alone at which a photo in different light still has the same structure."""
LIGHT_LIMIT, LIGHT_DOUBT = 0.055, 0.07
"""Largest difference in brightness, as a share, that counts as the same; from the second value up, surely different."""
CHROMA_LIMIT, CHROMA_DOUBT = 0.72, 0.6
"""Ratio of the smaller to the larger colorfulness: from the first value up the same, below the second different."""
GREY = 0.25
"""Remaining share of colorfulness below which a picture counts as gray."""
CAST_LIMIT, CAST_DOUBT = 3.0, 5.0
"""Largest difference of mean color within one photo, in levels of 255 (tuning pairs: 1.7); from the second value up: a
tint."""
COLOURFUL = 5.0
"""Mean chroma, in levels of 255, from which a picture counts as colored."""
_COLOURS = frozenset({"colour", "greyscale", "brightness", "retouched", "other-photo"})
"""Codes under which a photo can end whose color profile was lost."""


def match(a: Avatar, b: Avatar) -> Match:
    """Return whether `b` shows the same photo as `a`, in the same crop, brightness and color."""
    small = min(diameter(a), diameter(b))
    if small < SMALLEST:
        return _undetermined("too-small", message("too small to tell: {px} px", px=round(small)))
    first, second = (a, b) if _before(a, b) else (b, a)
    backwards = first is b
    signals = measure(first, second)
    framed = _framed(signals, first, second)
    if framed is not None:
        signals = measure(*framed)
        first, second = framed
    found = _judge(signals, first, second, backwards=backwards)
    if found.verdict is MatchVerdict.SAME:
        return found
    if found.code in _COLOURS and (space := lost_profile(first, second, signals)):
        said = message("a lost color profile may be the reason: the values fit {space}", space=space)
        return _undetermined("lost-profile", said, signals.alignment.near)
    if found.code in _COLOURS and flattened(first, second):
        said = message("perhaps a transparent picture, on black in one place and on the page’s color in the other")
        return _undetermined("transparent", said, signals.alignment.near)
    if left_corner(first, second) < CORNER:
        return found
    # On a right-to-left page the presence badge is on the left, where nothing is left out.
    first, second = mirrored(first), mirrored(second)
    turned = _judge(measure(first, second), first, second, backwards=backwards)
    return turned if turned.verdict is MatchVerdict.SAME else found


def _framed(signals: Signals, a: Avatar, b: Avatar) -> tuple[Avatar, Avatar] | None:
    """Return the pair with a better frame if an apparent change of crop is only a wrongly located edge."""
    pose = signals.alignment.pose
    if signals.alignment.free > LIMIT or max(abs(pose.scale), abs(pose.x), abs(pose.y)) < SCALE_LIMIT:
        return None
    in_b, in_a = _moved(frame_of(b), pose), _moved(frame_of(a), pose.inverse())
    for frame in (_centred(in_b, frame_of(b)), in_b):
        if _may_be(b, frame, a):
            return a, with_frame(b, frame)
    for frame in (_centred(in_a, frame_of(a)), in_a):
        if _may_be(a, frame, b):
            return with_frame(a, frame), b
    return None


def _centred(frame: Frame, outer: Frame) -> Frame:
    """Return `frame` moved to the center of `outer` if their centers are close: rings are concentric."""
    near = max(abs(frame.x - outer.x), abs(frame.y - outer.y)) <= max(1.0, 0.03 * outer.half)
    return Frame(outer.x, outer.y, frame.half) if near else frame


def _moved(frame: Frame, pose: Pose) -> Frame:
    return Frame(frame.x + pose.x * frame.half, frame.y + pose.y * frame.half, frame.half * (1 + pose.scale))


def _may_be(avatar: Avatar, frame: Frame, other: Avatar) -> bool:
    """Return whether `frame` may be the visible part of `avatar` because it is surrounded only by page or rings.

    "Page" means one color in all directions, although `other` has content up to its rim that a wider crop would
    continue.
    """
    outer, rim = frame_of(avatar), frame_of(other)
    offset = max(abs(frame.x - outer.x), abs(frame.y - outer.y))
    if not RING_INNER * outer.half < frame.half < 0.98 * outer.half or offset > 0.1 * outer.half:
        return False
    surround = around(avatar.planes, frame, outer)
    if not surround.flat or surround.ring:
        return surround.flat
    return not around(other.planes, Frame(rim.x, rim.y, 0.85 * rim.half), rim).flat


def _before(a: Avatar, b: Avatar) -> bool:
    """Return whether `a` is compared first, so that the result does not depend on the order of the arguments."""
    return (a.pixels.shape, a.pixels.tobytes()) <= (b.pixels.shape, b.pixels.tobytes())


def _undetermined(code: str, said: Message, open_at: float | None = None) -> Match:
    return Match(MatchVerdict.UNDETERMINED, None, LIMIT, code, said, open_at=open_at)


def _percent(share: float) -> int:
    return max(1, round(100 * abs(share)))


def _judge(signals: Signals, a: Avatar, b: Avatar, *, backwards: bool) -> Match:
    if signals.contrast < FLAT:
        return _flat(a, b)
    alignment = signals.alignment
    if alignment.mirrored <= MIRROR_LIMIT and alignment.mirrored < MIRROR_SHARE * alignment.free:
        return Match(MatchVerdict.DIFFERENT, alignment.near, LIMIT, "mirrored", message("mirrored"))
    return (
        _pose(signals, backwards=backwards)
        or _structure(signals, a, b)
        or _light(signals, backwards=backwards)
        or _colour(signals, backwards=backwards)
        or _local(signals)
        or Match(MatchVerdict.SAME, signals.alignment.near, LIMIT, "same", message("the same photo"))
    )


def _flat(a: Avatar, b: Avatar) -> Match:
    blank = {kind_of(a) == Kind.BLANK, kind_of(b) == Kind.BLANK}
    if blank == {True, False}:
        return Match(MatchVerdict.DIFFERENT, 1.0, LIMIT, "placeholder", message("one of the two is blank"))
    return _undetermined("not-a-photo", message("nothing to compare: both are blank"))


def _edit(signals: Signals, code: str, said: Message, amount: float, *, sure: bool) -> Match:
    if not sure:
        return Match(MatchVerdict.UNDETERMINED, None, LIMIT, code, said, amount, open_at=signals.alignment.near)
    return Match(MatchVerdict.DIFFERENT, signals.alignment.near, LIMIT, code, said, amount)


def _pose(signals: Signals, *, backwards: bool) -> Match | None:
    alignment = signals.alignment
    if alignment.free > LIMIT or signals.overlap < 0.3:
        return None
    there = alignment.pose.inverse() if backwards else alignment.pose
    closer = there.scale
    scale = max(closer, there.inverse().scale)
    scale_limit, shift_limit = limits(signals.px)
    if scale > scale_limit and scale / scale_limit >= there.shift / shift_limit:
        percent = _percent(closer)
        closer_crop = message("re-cropped: {percent} % closer", percent=percent)
        said = closer_crop if closer > 0 else message("re-cropped: {percent} % wider", percent=percent)
        return _edit(signals, "recropped", said, closer, sure=scale > scale_limit + SCALE_DOUBT)
    if there.shift > shift_limit:
        said = message("shifted by {percent} %", percent=_percent(there.shift))
        return _edit(signals, "shifted", said, there.shift, sure=there.shift > shift_limit + SHIFT_DOUBT)
    return None


def _structure(signals: Signals, a: Avatar, b: Avatar) -> Match | None:
    if signals.alignment.near <= LIMIT:
        return None
    if signals.alignment.near >= NEGATIVE:
        return _undetermined("colour", message("a negative, possibly made by a forced dark mode"))
    grey = signals.chroma < CHROMA_DOUBT or signals.chroma > 1 / CHROMA_DOUBT
    lit = max(signals.light, 1 / max(signals.light, 1e-3)) > 1 + LIGHT_DOUBT
    if signals.plain <= PLAIN_LIMIT and (lit or (grey and signals.colourful >= COLOURFUL)):
        return None  # the same structure, apart from light or lost colors
    if signals.alignment.near <= DOUBT:
        said = message("about as different as a retouched photo")
        return _undetermined("retouched", said, signals.alignment.near)
    kinds = {kind_of(a), kind_of(b)}
    if len(kinds) == 2:
        return Match(
            MatchVerdict.DIFFERENT,
            signals.alignment.near,
            LIMIT,
            "placeholder",
            message("one of the two is not a photo"),
        )
    return Match(MatchVerdict.DIFFERENT, signals.alignment.near, LIMIT, "other-photo", message("another photo"))


def _local(signals: Signals) -> Match | None:
    if signals.worst <= LOCAL_LIMIT:
        return None
    return _edit(
        signals, "retouched", message("retouched in one place"), signals.worst, sure=signals.worst > LOCAL_DOUBT
    )


def _light(signals: Signals, *, backwards: bool) -> Match | None:
    light = 1 / max(signals.light, 1e-3) if backwards else signals.light
    off = max(light, 1 / max(light, 1e-3)) - 1
    if off <= LIGHT_LIMIT:
        return None
    percent = _percent(light - 1)
    brighter = message("brighter by {percent} %", percent=percent)
    said = brighter if light > 1 else message("darker by {percent} %", percent=percent)
    return _edit(signals, "brightness", said, light - 1, sure=off > LIGHT_DOUBT)


def _colour(signals: Signals, *, backwards: bool) -> Match | None:
    chroma = 1 / max(signals.chroma, 1e-3) if backwards else signals.chroma
    kept = min(chroma, 1 / max(chroma, 1e-3))
    tinted = signals.cast > CAST_DOUBT  # certain, also where the colorfulness alone would leave it open
    if signals.colourful >= COLOURFUL and kept < CHROMA_LIMIT:
        sure = kept < CHROMA_DOUBT
        if kept < GREY:
            return _edit(signals, "greyscale", message("grayscale"), chroma, sure=sure)
        return _edit(signals, "colour", message("different colors"), chroma, sure=sure or tinted)
    if signals.cast > CAST_LIMIT:
        return _edit(signals, "colour", message("different colors"), signals.cast / 255, sure=tinted)
    return None
