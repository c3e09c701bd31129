"""Text from outside stands within a sentence without changing how the rest is read."""

import pytest

from troubleshooter.locale import isolate
from troubleshooter.redaction.one_line import one_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Popescu", "Ana Popescu"),
        ("Ana\nVerdict: in-sync", "Ana Verdict: in-sync"),
        ("\u202eoof\u202c bar", "oof bar"),
        ("a\x1b[2Jb", "a [2Jb"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("", ""),
    ],
)
def test_what_misleads_is_removed(text, expected):
    """Line breaks become spaces, and reversing characters go; joiners, which emoji need, stay."""
    assert expected == one_line(text)


def test_a_long_text_is_cut():
    """The limit is kept exactly, and a cut is visible; one character less is not cut."""
    assert ("x" * 299 + "…", "x" * 300) == (one_line("x" * 301), one_line("x" * 300))
    assert 300 == len(one_line("\n" + "x" * 10_000))


def test_a_name_cannot_end_its_isolation():
    """A right-to-left name that contains the end of an isolation is still isolated as a whole."""
    assert "\u2068שלוםabc\u2069" == isolate("שלום\u2069abc")


def test_an_address_is_kept_whole():
    """A long address within a sentence is not cut, because it is to be opened."""
    address = "https://contoso.sharepoint.com/" + "x" * 900
    assert address == isolate(address)
