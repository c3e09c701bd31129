"""Tokens are recognized by their kind in URLs, headers and JSON."""

from __future__ import annotations

import json
import time
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.redaction.patterns import MASK, redact_address, redact_picture_address

VALUE = "0.AXkAq7Zk-_w"


@pytest.mark.parametrize(
    "text",
    [
        f"Cookie: ESTSAUTH={VALUE}; other={VALUE}",
        f"set-cookie: x={VALUE}; path=/",
        f"document.cookie is FedAuth={VALUE}; rtFa={VALUE}",
        f"Authorization: Basic {VALUE}",
        f"bearer%20{VALUE}",
        f"SAMLResponse={VALUE}&RelayState={VALUE}&wresult={VALUE}",
        f"https://x.example/?next=https%3A%2F%2Fy.example%2F%3Fcode%3D{VALUE}%26size%3DS",
        f"https://x.example/?next=%253Fid_token%253D{VALUE}",
        f'{{"url":"https://x.example/?size=S\\u0026session_state\\u003d{VALUE}"}}',
        f'{{"flowToken":"{VALUE}"}}',
        json.dumps({"body": json.dumps({"client_info": VALUE, "inner": json.dumps({"apiCanary": VALUE})})}),
        f"&quot;sFT&quot;:&quot;{VALUE}&quot;",
        f"var x = {{sCtx: '{VALUE}'}}",
        f"http://ana:{VALUE}@proxy.example:8080",
        f"login_hint={VALUE} username={VALUE}",
        f"passwd={VALUE}&otc={VALUE}",
        f"UserName={VALUE}&Password={VALUE}",
        f"https://x.example/?stateToken={VALUE}&SessionToken={VALUE}&authtoken={VALUE}#AccessToken={VALUE}",
        f"MSISAuth={VALUE}; MSISAuthenticated1={VALUE}; SignInStateCookie={VALUE}; ESTSWCTXFLOWTOKEN={VALUE}",
        f"skypetoken_asm={VALUE}; estsauth={VALUE}",
        f"X-RequestDigest: 0x{VALUE},25 Nov 2026 03:00:00 -0000",
        f'{{"AccessToken":"{VALUE}","SkypeToken":"{VALUE}","FLOWTOKEN":"{VALUE}"}}',
        f'[{{"name":"Cookie","value":"x={VALUE}"}}, {{"name": "authorization", "value": "{VALUE}"}}]',
        f'{{\\"name\\":\\"X-RequestDigest\\",\\"value\\":\\"{VALUE}\\"}}',
        f"Authorization: {VALUE}{VALUE}",
        f"x = '\\x22eyJhbGciOiJIUzI1NiJ9\\x2eeyJzdWIi{VALUE}'",
        f"x = 'https://x.example/\\x3fcode\\x3d{VALUE}\\x26size=S'",
    ],
)
def test_a_token_is_hidden_by_its_kind(text: str):
    """A token is hidden by its kind, however deeply it is nested in a header, a form, a URL or JSON."""
    assert VALUE not in redact_address(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"code":"AADSTS50126","state":"new","at":3}',
        "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=S&username=ana@contoso.com",
        "Cookies are a story; authorization is another",
        "the bearer of good news",
        "mailto:ana@contoso.com",
        "https://contoso.sharepoint.com/_layouts/15/UserPhoto.aspx?size=S&UserName=ana@contoso.com",
        "Authorization: none",
        '{"name":"Cookies and cream","value":"12"}',
        "a dayeyJ0 and p10=1",
    ],
)
def test_what_grants_no_access_is_kept(text: str):
    """Text that only resembles a token is kept."""
    assert text == redact_address(text)


TOKENS = [
    *("_oat_", "_eat_", "P1", "P2", "P3", "P4"),
    *("at", "access_token", "id_token", "refresh_token", "tempauth", "code"),
    *("login_hint", "flowToken", "ctx", "canary", "SAMLResponse"),
]


@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize("before", ["?", "?size=S&", "#", "?size=S&amp;"])
def test_tokens_in_addresses_are_hidden(name, before):
    """A URL parameter that grants temporary access, or says who signs in, keeps its name and loses its value."""
    text = f"https://contoso.sharepoint.com/x{before}{name}=1700000000_abcdef&t=5"
    assert f"https://contoso.sharepoint.com/x{before}{name}={MASK}&t=5" == redact_address(text)


def test_tokens_in_a_pages_json_are_hidden():
    """A token after `\\u0026`, which stands for an ampersand in a page's JSON, is hidden too."""
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
    """A bearer value or a JSON web token is hidden wherever it occurs."""
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
    """A text that grants no access is not changed."""
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
def test_picture_addresses_keep_what_is_on_a_list(url, expected):
    """In a picture's URL, only parameters that are known to be harmless keep their values."""
    assert expected == redact_picture_address(url)


def test_a_token_does_not_hide_in_a_harmless_parameter():
    """A token in a URL inside a harmless parameter is redacted too."""
    inner = quote("https://contoso-my.sharepoint.com/p.jpg?tempauth=abcdef123", safe="")
    assert "abcdef123" not in redact_picture_address(f"{PHOTO}?size=S&url={inner}")


@settings(deadline=None, derandomize=True)
@given(st.text("abcdefghijklmnopqrstuvwxyz_-0123456789", min_size=1, max_size=12))
def test_an_unknown_parameter_never_keeps_its_value(name):
    """A parameter with any name that is not on the list loses its value."""
    listed = "accountname username email upn userid aadobjectid displayname personatype size ua sc t cache default"
    value = "Zm9vYmFyYmF6"
    shown = redact_picture_address(f"{PHOTO}?{name}={value}")
    assert (name in (*listed.split(), "clienttype", "clientfeature")) == (value in shown)


@pytest.mark.parametrize(
    "part",
    [
        "code=1 ",
        "&code=1",
        "userphoto?username=a&",
        "\\",
        '\\"',
        "<input ",
        "<textarea ",
        '<input value="',
        "$Config={",
    ],
)
def test_a_text_of_repetitions_is_redacted_in_time(part: str):
    """The time that redaction takes grows with the length of a text and no faster, whatever its author repeats."""
    began = time.process_time()
    redact_address(part * (100_000 // len(part)))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("url", ["https://[evil", "https://[::1", "//[x]y/"])
def test_what_is_no_address_is_masked_whole(url: str):
    """An address that cannot be parsed is masked, and is no error."""
    assert MASK == redact_picture_address(url)
