"""The portraits of generated people: told apart by the product, the same in every size, and cheap."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from troubleshooter.compare import kind_of, load, match
from troubleshooter.model.enums import Kind, MatchVerdict
from troubleshooter.sandbox.pictures import STYLES, jpeg
from troubleshooter.sandbox.portraits.simple import simple_portrait
from troubleshooter.sandbox.stores import Crop, Photo

SIDES = (48, 96, 240, 0)


def photo(number, variant=0, **more):
    return Photo(f"somebody{number}@contoso.com", variant, simple=True, **more)


def picture(of, side, store):
    return load(jpeg(of, side, store))


@pytest.fixture
def lot():
    return Random(4)


def test_different_people_differ(lot):
    """Of 500 pairs of two people, in any two sizes and stores, all are certainly different."""
    verdicts = Counter()
    for _ in range(500):
        first, second = (
            picture(photo(number), lot.choice(SIDES), lot.choice([*STYLES])) for number in lot.sample(range(10**6), 2)
        )
        verdicts[match(first, second).verdict] += 1
    assert {MatchVerdict.DIFFERENT: 500} == verdicts


def test_two_photos_of_a_person_differ(lot):
    """Of 200 people, last year's photo is certainly not this year's."""
    for number in range(200):
        now, before = (picture(photo(number, variant), lot.choice(SIDES), "mailbox") for variant in (0, 1))
        assert MatchVerdict.DIFFERENT is match(now, before).verdict


def test_every_size_shows_the_same(lot):
    """A person's photo is the same in every size, up to 648 pixels, and as every store encodes it."""
    for number in range(60):
        whole = picture(photo(number, side=648), 648, "people-service")
        assert (648, 648) == whole.natural
        for side in (48, 96, 240, 360, 648):
            other = picture(photo(number, side=648), side, lot.choice([*STYLES]))
            assert MatchVerdict.SAME is match(whole, other).verdict, (number, side)
            assert Kind.PHOTO is kind_of(other)


def test_a_part_of_a_photo_is_told_from_the_whole():
    """A tighter crop of a portrait is a part of the same picture, and differs."""
    whole, part = (picture(photo(1, crop=crop), 240, "mailbox") for crop in (None, Crop(0.16, 0.08, 0.75)))
    assert MatchVerdict.DIFFERENT is match(whole, part).verdict


def test_a_photo_is_always_drawn_alike():
    """The same photo has the same bytes, also when it is drawn again."""
    first = jpeg(photo(7), 240, "mailbox")
    simple_portrait.cache_clear()
    assert first == jpeg(photo(7), 240, "mailbox")
    assert first != jpeg(photo(8), 240, "mailbox")


def test_few_drawings_are_kept():
    """The memory for pictures does not grow with the number of people: the caches hold at most some hundred."""
    for number in range(600):
        jpeg(photo(number), 48, "mailbox")
    assert simple_portrait.cache_info().currsize <= 32
