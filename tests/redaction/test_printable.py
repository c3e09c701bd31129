"""What a terminal may get."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from troubleshooter.redaction.printable import printable

BAD = ("Cc", "Cf", "Zl", "Zp", "Cs")


@given(st.text())
def test_no_text_gets_a_terminal_to_act(text: str):
    """No control, format or separating character is left, and nothing that can be shown is lost."""
    done = printable(text)
    assert not [c for c in done if unicodedata.category(c) in BAD]
    kept = [c for c in text if unicodedata.category(c)[0] in "LMNPS" or c == " "]
    assert kept == [c for c in kept if c in done]


@given(st.recursive(st.text() | st.none(), lambda inner: st.dictionaries(st.text(), inner, max_size=3)))
def test_json_stays_the_same_json(value: object):
    """A record that is printed is read as it was."""
    assert value == json.loads(printable(json.dumps(value, ensure_ascii=False)))


def test_names_of_all_kinds_are_left_alone():
    """Letters of any script, accents, emoji and wide spaces are no risk."""
    for name in ("Ștefan Țîrlea", "山田 太郎", "محمد", "Zoë 👩🏽", "2.9\u00a0s"):
        assert name == printable(name)
    assert "a\\u001b[31mb\\u202ec\\nVerdict: in-sync" == printable("a\x1b[31mb\u202ec\nVerdict: in-sync")
