"""What opens something is told by its kind, in headers, JSON and pages; what says which page it is stays."""

from __future__ import annotations

import json

import pytest

from troubleshooter.redaction.patterns import MASK, redact_address, redact_page

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
    """However deep it stands in a header, a form, an address or JSON."""
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
def test_what_opens_nothing_stays(text: str):
    """Words that only look alike are left."""
    assert text == redact_address(text)


def page(config: str) -> str:
    return (
        f"<html><head><script>var $Config={config};</script></head><body>"
        f'<input value="{VALUE}" type="hidden" name="new"><input type=text value={VALUE}>'
        f"<textarea>{VALUE}</textarea>"
        '<input type="submit" id="idSIButton9" value="Next"></body></html>'
    )


def test_a_pages_configuration_says_which_page_it_is_and_nothing_else():
    """Texts are hidden but for those that identify the page; numbers and paths stay; buttons keep their words."""
    config = {
        "pgid": "ConvergedNew",
        "iErrorCode": 50058,
        "anything": VALUE,
        "list": [{"display": VALUE, "authMethodId": "PhoneAppOTP"}],
        "urlPost": f"https://login.microsoftonline.com/common/x?ctx={VALUE}",
    }
    cleaned = redact_page(page(json.dumps(config)))
    assert VALUE not in cleaned
    for kept in ("ConvergedNew", "50058", "PhoneAppOTP", "https://login.microsoftonline.com/common/x", 'value="Next"'):
        assert kept in cleaned
    assert f'"anything": "{MASK}"' in cleaned


def test_a_configuration_that_is_no_json_goes_whole():
    """Nothing of it could be told apart."""
    cleaned = redact_page(page(f"{{pgid:'X',new:'{VALUE}'}}"))
    assert VALUE not in cleaned
    assert "</script>" in cleaned
