"""A secret prints as a mask, and no text that leaves the product holds one, or a token."""

import base64
import html
import json
import re
from html.entities import codepoint2name
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.redaction.patterns import MASK, redact_address, redact_picture_address
from troubleshooter.redaction.redactor import Redactor, spellings
from troubleshooter.redaction.secret import Secret

PASSWORD = "Tr0ub4dor &<3>\"'+/é"

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
"""How a secret may be written by whatever echoes it."""


def _narrow(sign: str) -> str:
    return "latin-1" if ord(sign) < 0x100 else "utf-8"


def _lower(text: str) -> str:
    parts = text.split("%")
    return parts[0] + "".join("%" + part[:2].lower() + part[2:] for part in parts[1:])


def cleaned(secret: str, text: str) -> str:
    redactor = Redactor()
    redactor.learn(Secret(secret))
    return redactor.redact(text)


@pytest.mark.parametrize("show", [str, repr, "{}".format, "{!r}".format, lambda s: f"{s}", lambda s: str([s])])
def test_a_secret_prints_as_a_mask(show):
    """However a secret is printed, its value is not."""
    assert MASK == show(Secret(PASSWORD)).strip("[]")


def test_a_secret_is_revealed_on_purpose_only():
    """`reveal` gives the value; there is no attribute dictionary to print it from."""
    assert PASSWORD == Secret(PASSWORD).reveal()
    assert not hasattr(Secret(PASSWORD), "__dict__")


def test_equal_secrets_are_equal():
    """Secrets compare by value, and with nothing but secrets."""
    assert Secret("a") == Secret("a")
    assert hash(Secret("a")) == hash(Secret("a"))
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_learned_secret_is_cleaned_in_each_spelling(name):
    """Whatever echoes the secret, and however it writes it, the text comes out without it."""
    said = SPELLINGS[name](PASSWORD)
    assert f"<p>{MASK}</p>" == cleaned(PASSWORD, f"<p>{said.rstrip('=')}</p>")


@pytest.mark.parametrize("secret", ["correct-horse-battery", "p*ss!w(rd)", "pass~word&more", 'pă"rolă', "it's<me&you"])
def test_awkward_secrets_are_cleaned(secret):
    """Signs that every spelling treats in its own way hide no secret."""
    said = {name: spell(secret).rstrip("=") for name, spell in SPELLINGS.items()}
    assert [] == [name for name, text in said.items() if text in cleaned(secret, f"before {text} after")]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="•"), min_size=4, max_size=24),
    st.sampled_from(sorted(SPELLINGS)),
)
def test_no_secret_survives(secret, name):
    """For any secret: in no spelling does it come through."""
    said = SPELLINGS[name](secret).rstrip("=")
    assert said not in cleaned(secret, f"<{said}> {said}")


def test_a_text_without_the_secret_stays():
    """Cleaning leaves everything else as it was."""
    text = "Ana Ionescu opened https://contoso.sharepoint.com/sites/News?web=1#top"
    assert text == cleaned(PASSWORD, text)


def test_a_longer_spelling_is_cleaned_whole():
    """Where one secret contains another, nothing of the longer one is left."""
    redactor = Redactor()
    redactor.learn(Secret("horse"))
    redactor.learn(Secret("correct-horse-battery"))
    assert f"{MASK} and {MASK}" == redactor.redact("correct-horse-battery and horse")


def test_an_empty_secret_is_not_learned():
    """Nothing is not a secret: texts stay readable."""
    assert "a b c" == cleaned("", "a b c")


def test_spellings_are_of_the_value():
    """The plain value fits one of the spellings, and none fits nothing."""
    assert [True, *[False] * 7] == [bool(re.fullmatch(form, PASSWORD)) for form in spellings(PASSWORD)]
    assert [] == [form for form in spellings(PASSWORD) if re.fullmatch(form, "")]


TOKENS = [
    *("_oat_", "_eat_", "P1", "P2", "P3", "P4"),
    *("at", "access_token", "id_token", "refresh_token", "tempauth", "code"),
    *("login_hint", "flowToken", "ctx", "canary", "SAMLResponse"),
]


@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize("before", ["?", "?size=S&", "#", "?size=S&amp;"])
def test_tokens_in_addresses_are_hidden(name, before):
    """A parameter that opens something for a while, or names who signs in, keeps its name and loses its value."""
    text = f"https://contoso.sharepoint.com/x{before}{name}=1700000000_abcdef&t=5"
    assert f"https://contoso.sharepoint.com/x{before}{name}={MASK}&t=5" == redact_address(text)


def test_tokens_in_a_pages_json_are_hidden():
    """In the JSON of a page an ampersand is written as `\\u0026`: what follows it is a parameter too."""
    texts = {name: f'{{"cdn":"https://x.example/p.jpg?size=S\\u0026{name}=17_abcdef"}}' for name in TOKENS}
    assert [] == [name for name, text in texts.items() if "17_abcdef" in redact_address(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Authorization: Bearer abcdefgh12345", f"Authorization: {MASK}"),
        ("authorization: bearer AbC.dEf-gh_i~+/=", f"authorization: {MASK}"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end", f"token {MASK} end"),
    ],
)
def test_bearer_values_are_hidden(text, expected):
    """A bearer value or a JSON web token is hidden wherever it stands."""
    assert expected == redact_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://contoso.sharepoint.com/sites/News/SitePages/Team.aspx?web=1",
        "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=L&accountname=ana@contoso.com&t=63930919200",
        "the barcode=12 stays, and so does P5=1",
        "a bearer of news",
        "",
    ],
)
def test_harmless_texts_stay(text):
    """What opens nothing is left as it was."""
    assert text == redact_address(text)


PHOTO = "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{PHOTO}?size=L&accountname=ana@contoso.com&t=639", f"{PHOTO}?size=L&accountname=ana@contoso.com&t=639"),
        (f"{PHOTO}?SIZE=S&UserName=ana@contoso.com", f"{PHOTO}?SIZE=S&UserName=ana@contoso.com"),
        (f"{PHOTO}?_oat_=1_a&P1=2&P2=3&size=M", f"{PHOTO}?_oat_={MASK}&P1={MASK}&P2={MASK}&size=M"),
        (f"{PHOTO}?size=M&P3=4&P4=5", f"{PHOTO}?size=M&P3={MASK}&P4={MASK}"),
        (f"{PHOTO}?_eat_=1_a&default=none", f"{PHOTO}?_eat_={MASK}&default=none"),
        (f"{PHOTO}?at=abc&size=S", f"{PHOTO}?at={MASK}&size=S"),
        (f"{PHOTO}?never-heard-of=abc", f"{PHOTO}?never-heard-of={MASK}"),
        (f"{PHOTO}?size=S#access_token=abc", f"{PHOTO}?size=S"),
        ("https://ana:secret@contoso.sharepoint.com/p.jpg", "https://contoso.sharepoint.com/p.jpg"),
        (f"{PHOTO}?", PHOTO),
        (PHOTO, PHOTO),
        ("", ""),
    ],
)
def test_picture_addresses_are_cleaned_by_an_allow_list(url, expected):
    """Only parameters that are known to be harmless keep their value."""
    assert expected == redact_picture_address(url)


def test_a_token_does_not_hide_in_a_harmless_parameter():
    """An address within an address is cleaned too."""
    inner = quote("https://contoso-my.sharepoint.com/p.jpg?tempauth=abcdef123", safe="")
    assert "abcdef123" not in redact_picture_address(f"{PHOTO}?size=S&url={inner}")


@settings(deadline=None, derandomize=True)
@given(st.text("abcdefghijklmnopqrstuvwxyz_-0123456789", min_size=1, max_size=12))
def test_an_unknown_parameter_never_keeps_its_value(name):
    """For any name that is not on the list: the value is gone."""
    listed = "accountname username email upn userid aadobjectid displayname personatype size ua sc t cache default"
    value = "Zm9vYmFyYmF6"
    shown = redact_picture_address(f"{PHOTO}?{name}={value}")
    assert (name in (*listed.split(), "clienttype", "clientfeature")) == (value in shown)


def test_what_was_learned_and_tokens_go_together():
    """One text with both comes out with neither."""
    text = f"{PHOTO}?_oat_=17_ab failed for {PASSWORD}"
    assert f"{PHOTO}?_oat_={MASK} failed for {MASK}" == cleaned(PASSWORD, text)
