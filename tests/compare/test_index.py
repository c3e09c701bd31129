"""Among many stored avatars, the one that a sighting shows is found, and no other."""

from __future__ import annotations

import numpy as np

from troubleshooter.compare.index import BITS, REACH, Index, fingerprint

from .pictures import BLUE, DARK, cropped, painted, shot, stored


def distance(one, other) -> int:
    return int((np.unpackbits(fingerprint(one)) != np.unpackbits(fingerprint(other))).sum())


def test_fingerprints_are_near_for_one_photo_and_far_for_two():
    """One photo's fingerprints are near despite page, badge and resolution; those of two photos are far apart."""
    assert distance(stored(painted(1)), shot(painted(1), 48, DARK, badge=BLUE)) <= REACH / 2
    assert distance(stored(painted(1)), stored(painted(2))) > REACH
    assert fingerprint(stored(painted(1))).nbytes == BITS // 8


def test_the_stored_avatar_is_found_and_confirmed():
    """A stored photo is found under its key and confirmed by the matcher; a photo that is not stored is not found."""
    index = Index((f"user{seed}", stored(painted(seed), 96)) for seed in range(30))
    assert len(index) == 30
    hit = index.find(shot(painted(17), 40, BLUE))
    assert hit is not None and hit.key == "user17" and str(hit.match.verdict) == "same"
    assert index.find(shot(painted(99), 40)) is None


def test_a_near_fingerprint_is_not_enough():
    """The fingerprint of a re-cropped photo is near, but the matcher still rejects it."""
    index = Index([("user", stored(painted(3)))])
    edited = shot(cropped(painted(3), 0.92), 64)
    assert distance(stored(painted(3)), edited) <= REACH
    assert index.find(edited) is None


def test_answers_come_in_the_order_of_the_questions():
    """`find_all` returns hits in the order of the sightings, and None for each sighting if the index is empty."""
    seeds = [5, 98, 2, 5, 0]
    index = Index((str(seed), stored(painted(seed), 96)) for seed in range(6))
    hits = index.find_all(shot(painted(seed), 48) for seed in seeds)
    assert [hit.key if hit else None for hit in hits] == ["5", None, "2", "5", "0"]
    assert list(Index([]).find_all([stored(painted(1))])) == [None]


def test_many_sightings_are_answered_in_order_too():
    """Hits keep the order of the sightings even if these fill several blocks on several processes."""
    index = Index((str(seed), stored(painted(seed), 96)) for seed in range(4))
    shots = [shot(painted(seed), 40) for seed in (3, 77, 0)]
    answers = [hit.key if hit else None for hit in index.find_all(shots[at % 3] for at in range(260))]
    assert answers == [["3", None, "0"][at % 3] for at in range(260)]
