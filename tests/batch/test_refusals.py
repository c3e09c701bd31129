"""A user whom the service refuses again and again, though not others, does not hold up a run."""

from troubleshooter.batch.refusals import Refusals

ANA, RADU = "ana@contoso.com", "radu@contoso.com"


def test_a_user_is_singled_out_only_where_others_are_answered():
    """Where everybody is refused, everybody waits; where others are answered in between, one user's time is up."""
    busy = Refusals(3)
    assert not any(busy.is_singled_out(upn, alone=False) for _ in range(20) for upn in (ANA, RADU))
    picky = Refusals(3)
    found = []
    for _ in range(3):
        picky.note_answered(1)
        found.append(picky.is_singled_out(ANA, alone=False))
    assert [False, False, True] == found
    assert not picky.is_singled_out(RADU, alone=False)


def test_whoever_is_left_alone_is_not_asked_for_without_end():
    """Of the last user it can't be known whether others would be refused as well, so the limit counts."""
    last = Refusals(3)
    assert [False, False, True] == [last.is_singled_out(ANA, alone=True) for _ in range(3)]
