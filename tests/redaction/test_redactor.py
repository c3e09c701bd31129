"""No text that leaves the product contains a token or, in any spelling, a secret."""

from __future__ import annotations

import base64
import html
import json
import re
from html.entities import codepoint2name
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.redaction.patterns import MASK
from troubleshooter.redaction.redactor import LONGEST_FIELD, Redactor, spellings
from troubleshooter.redaction.secret import Secret

PASSWORD = "Tr0ub4dor &<3>\"'+/é"
PHOTO = "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx"

SPELLINGS = {
    "plain": lambda v: v,
    "address": lambda v: quote(v, safe=""),
    "path": quote,
    "lower-case address": lambda v: _lower(quote(v, safe="")),
    "form": quote_plus,
    "browser's form": lambda v: urlencode({"p": v}).removeprefix("p=").replace("~", "%7E").replace("%2A", "*"),
    "script's address": lambda v: quote(v, safe="!'()*~"),
    "HTML attribute": html.escape,
    "HTML text": lambda v: html.escape(v, quote=False),
    "document's attribute": lambda v: v.replace("&", "&amp;").replace('"', "&quot;"),
    "JSON": lambda v: json.dumps(v)[1:-1],
    "JSON with letters": lambda v: json.dumps(v, ensure_ascii=False)[1:-1],
    "HTML numbers": lambda v: html.escape(v).replace("&#x27;", "&#039;"),
    "HTML names": lambda v: "".join(f"&{codepoint2name[ord(c)]};" if ord(c) in codepoint2name else c for c in v),
    "XML attribute": lambda v: html.escape(v).replace("&#x27;", "&apos;"),
    "bytes": lambda v: repr(v.encode())[2:-1],
    "address in Latin-1": lambda v: "".join(quote(c, safe="", encoding=_narrow(c)) for c in v),
    "escaped by an old script": lambda v: "".join(f"%u{ord(c):04X}" if ord(c) < 0x10000 else c for c in v),
    "base64 in an address": lambda v: quote(base64.b64encode(v.encode()).decode().rstrip("="), safe=""),
    "base64 in an address in one": lambda v: quote(quote(base64.b64encode(v.encode()).decode().rstrip("="), safe="")),
    "base64 in JSON": lambda v: base64.b64encode(v.encode()).decode().replace("/", "\\/").replace("+", "\\u002B"),
    "base64 of UTF-16": lambda v: base64.b64encode(v.encode("utf-16-le")).decode(),
    "hex": lambda v: v.encode().hex(),
    "base64": lambda v: base64.b64encode(v.encode()).decode(),
    "base64 for addresses": lambda v: base64.urlsafe_b64encode(v.encode()).decode(),
}
"""Spellings in which a secret may be echoed."""


def _narrow(character: str) -> str:
    return "latin-1" if ord(character) < 0x100 else "utf-8"


def _lower(text: str) -> str:
    parts = text.split("%")
    return parts[0] + "".join("%" + part[:2].lower() + part[2:] for part in parts[1:])


def redacted(secret: str, text: str) -> str:
    redactor = Redactor()
    redactor.learn(Secret(secret))
    return redactor.redact(text)


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_learned_secret_is_redacted_in_each_spelling(name):
    """A learned secret is redacted in every spelling."""
    said = unpadded(name, PASSWORD)
    assert f"<p>{MASK}</p>" == redacted(PASSWORD, f"<p>{said}</p>")


@pytest.mark.parametrize("secret", ["correct-horse-battery", "p*ss!w(rd)", "pass~word&more", 'pă"rolă', "it's<me&you"])
def test_awkward_secrets_are_redacted(secret):
    """Secrets with characters that encodings escape differently are redacted in every encoded form."""
    said = {name: unpadded(name, secret) for name in SPELLINGS}
    assert [] == [name for name, text in said.items() if text in redacted(secret, f"before {text} after")]


def unpadded(name: str, secret: str) -> str:
    """Return `secret` in the spelling `name`, without the padding of base64, which is not secret."""
    text = SPELLINGS[name](secret)
    return text.rstrip("=") if "base64" in name else text


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="•"), min_size=4, max_size=24),
    st.sampled_from(sorted(SPELLINGS)),
)
def test_no_secret_survives(secret, name):
    """No secret in any spelling survives redaction."""
    said = unpadded(name, secret)
    assert said not in redacted(secret, f"<{said}> {said}")


def test_a_text_without_the_secret_stays():
    """Redaction does not change a text without the secret."""
    text = "Ana Ionescu opened https://contoso.sharepoint.com/sites/News?web=1#top"
    assert text == redacted(PASSWORD, text)


def test_a_longer_secret_is_redacted_whole():
    """If one secret contains another, the longer one is redacted completely."""
    redactor = Redactor()
    redactor.learn(Secret("horse"))
    redactor.learn(Secret("correct-horse-battery"))
    assert f"{MASK} and {MASK}" == redactor.redact("correct-horse-battery and horse")


def test_an_empty_secret_is_not_learned():
    """An empty secret is not learned, so texts stay readable."""
    assert "a b c" == redacted("", "a b c")


def test_spellings_are_of_the_value():
    """The plain value matches exactly one spelling, and no spelling matches an empty text."""
    assert [True, *[False] * 7] == [bool(re.fullmatch(form, PASSWORD)) for form in spellings(PASSWORD)]
    assert [] == [form for form in spellings(PASSWORD) if re.fullmatch(form, "")]


def test_secrets_and_tokens_are_redacted_together():
    """In a text with a secret and a token, both are redacted."""
    text = f"{PHOTO}?_oat_=17_ab failed for {PASSWORD}"
    assert f"{PHOTO}?_oat_={MASK} failed for {MASK}" == redacted(PASSWORD, text)


def test_half_a_surrogate_pair_does_not_reach_a_file():
    """What no file can store is replaced, so that a page's text never prevents a record from being written."""
    assert "a\ufffdb" == Redactor().redact("a\ud800b")
    assert "a\ufffdb" == Redactor().redact("a\udfffb")


def test_a_field_is_cut_and_keeps_no_half_of_a_secret():
    """A text longer than anybody reads is cut; a secret at the place of any cut is not cut in two."""
    redactor, secret = Redactor(), "pass-word-of-ana"
    redactor.learn(Secret(secret))
    for place in (LONGEST_FIELD, 10 * LONGEST_FIELD):
        for before in range(place - len(secret), place):
            cut = redactor.redact_field("x" * before + secret + "x" * 1000)
            assert len(cut) <= LONGEST_FIELD + 1
            assert "pass" not in cut
    long_token = "&code=" + "1" * (9 * LONGEST_FIELD)
    assert "pass" not in redactor.redact_field(f"{long_token}&{'y' * (LONGEST_FIELD - 12)}{secret}")
    assert "short" == redactor.redact_field("short")
