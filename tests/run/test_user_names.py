"""What is taken for a user name, and what is not."""

from __future__ import annotations

import pytest

from troubleshooter.run.user_names import meant, user_name


@pytest.mark.parametrize(
    "text", ["Ana@Contoso.com", "maria_gmail.com#EXT#@contoso.onmicrosoft.com", "o'brien+x@b.c", "müller@contoso.de"]
)
def test_user_names_are_in_lower_case(text: str):
    """A UPN is returned in lower case, a guest's as well."""
    assert text.lower() == user_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "ana", "@contoso.com", "ana@", "a@b@c", "ana @contoso.com", "ana@contoso.com,", "a@b.c;d", "<a@b.c>"),
        *("mailto:a@b.c", "i:0#.f|membership|a@b.c", "a\u200b@b.c", "a@b.c\n", "contoso\\ana@b.c", "a\u202e@b.c"),
    ],
)
def test_anything_else_is_refused(text: str):
    """Whatever surrounds or separates names, and what nobody sees, is not part of a user name."""
    with pytest.raises(
        ValueError, match=r"is not a valid user name.*; expected a UPN such as ana\.popescu@contoso\.com"
    ):
        user_name(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ana", "; did you mean ana.popescu@contoso.com?"),
        ("Ion Pop", "; did you mean ion.pop@contoso.com?"),
        ("ion", "; did you mean ion@contoso.com?"),
        ("ion@", ""),
        ("a@b@c", ""),
        ("a\u200bb", ""),
    ],
)
def test_a_name_without_its_domain_is_completed(text: str, expected: str):
    """The name of an account stands for its user, and another name gets the domain; anything else is not guessed."""
    assert expected == meant(text, {"ana": "Ana.Popescu@contoso.com"}, "contoso.com")
