"""Unusual sign-in pages with other tags, leftover fields, or a late or missing `$Config` are recognized."""

from __future__ import annotations

import re
from pathlib import Path

from troubleshooter.browser.session import Session
from troubleshooter.model.enums import Reason
from troubleshooter.signin import selectors
from troubleshooter.signin.probe import Probe, script
from troubleshooter.signin.screen import Screen, ScreenName
from troubleshooter.signin.screens import classify
from troubleshooter.tenant.hosts import host_policy

HOSTS = host_policy("worldwide", ("https://www.office.com",), federated_hosts=("sts.contoso.com",))
LOGIN = "https://login.microsoftonline.com/common/login"
FIELD = '<input name="passwd" type="password">'
NAME = '<input name="loginfmt" type="email">'
NEXT = '<button id="idSIButton9">x</button>'
BACK = '<a id="idBtn_Back" tabindex="0">x</a>'


def page(body: str, page_id: str = "", config: str = "") -> str:
    """Return a page with the given body and configuration, and the page ID, if any, in a meta tag."""
    meta = f'<meta name="PageID" content="{page_id}">' if page_id else ""
    return f"<!DOCTYPE html><html><head>{meta}<script>{config}</script></head><body>{body}</body></html>"


def hidden(style: str, of: str = FIELD) -> str:
    """Return the e-mail view with a leftover element that `style` hides."""
    return page(f"{NAME}{NEXT}<div style='{style}'>{of}</div>", "ConvergedSignIn")


EMAIL, KMSI, WAIT = Screen(ScreenName.EMAIL), Screen(ScreenName.KMSI), Screen(ScreenName.WAIT)
PAGES = {
    # A field that nobody can use does not count.
    "moved off the screen": (hidden("position:absolute;left:-9999px"), EMAIL),
    "moved off to the other side": (hidden("position:fixed;left:9999px"), EMAIL),
    "moved up": (hidden("position:absolute;top:-9999px"), EMAIL),
    "no size": (hidden("transform:scale(0)"), EMAIL),
    "no opacity": (hidden("opacity:0"), EMAIL),
    "folded up": (hidden("height:0;overflow:hidden"), EMAIL),
    "slid out of its box": (
        page(
            f"<div style='width:400px;height:300px;margin:auto;overflow:hidden;position:relative'>{NAME}{NEXT}"
            f"<div style='position:absolute;left:-400px;width:400px'>{FIELD}</div></div>"
        ),
        EMAIL,
    ),
    "clipped": (hidden("position:absolute;clip:rect(0,0,0,0)"), EMAIL),
    "aria-hidden": (page(f"{NAME}{NEXT}<div aria-hidden=true>{FIELD}</div>"), EMAIL),
    "inert": (page(f"{NAME}{NEXT}<div inert>{FIELD}</div>"), EMAIL),
    "disabled by what holds it": (page(f"{NAME}{NEXT}<fieldset disabled>{FIELD}</fieldset>"), EMAIL),
    "its own class": (page(f"{NAME}{NEXT}<input name=passwd type=password class=moveOffScreen>"), EMAIL),
    "below the fold": (page(f"<div style='height:3000px'></div>{FIELD}{NEXT}"), Screen(ScreenName.PASSWORD)),
    "in a box that scrolls": (
        page(f"<div style='height:40px;overflow:auto'><div style='height:300px'></div>{FIELD}</div>{NEXT}"),
        Screen(ScreenName.PASSWORD),
    ),
    # A page can say in several places which page it is.
    "id in $Config only": (page(f"{NEXT}{BACK}", config="var $Config={pgid:'KmsiInterrupt'}"), KMSI),
    "id in ServerData only": (page(f"{NEXT}{BACK}", config="var ServerData={pgid:'KmsiInterrupt'}"), KMSI),
    "a $Config that is no property of the window": (
        page(f"{NEXT}{BACK}", config="const $Config={pgid:'KmsiInterrupt'}"),
        KMSI,
    ),
    "an empty $Config next to the other": (
        page(f"{NEXT}{BACK}", config="var $Config={}, ServerData={pgid:'KmsiInterrupt'}"),
        KMSI,
    ),
    "no id, its box styled away": (
        page(f"<input type=checkbox name=DontShowAgain style='display:none'>{NEXT}{BACK}"),
        KMSI,
    ),
    "no id, and a back arrow": (page(f"{FIELD}{NEXT}{BACK}"), Screen(ScreenName.PASSWORD)),
    "a back arrow with a leftover checkbox": (
        page(f"{NAME}{NEXT}{BACK}<input type=checkbox name=DontShowAgain hidden>"),
        EMAIL,
    ),
    # Codes take precedence over fields, wherever the codes are.
    "code as a number with an empty text": (
        page(f"{FIELD}{NEXT}", "ConvergedSignIn", "var $Config={sErrorCode:'',iErrorCode:50126}"),
        Screen(ScreenName.STOP, Reason.WRONG_PASSWORD, "AADSTS50126"),
    ),
    "code as a number with a zero": (
        page(f"{FIELD}{NEXT}", "ConvergedSignIn", "var $Config={sErrorCode:'0',iErrorCode:50053}"),
        Screen(ScreenName.STOP, Reason.ACCOUNT_LOCKED, "AADSTS50053"),
    ),
    "code with its letters": (
        page(f"{FIELD}{NEXT}", config="const $Config={sErrorCode:'AADSTS50126'}"),
        Screen(ScreenName.STOP, Reason.WRONG_PASSWORD, "AADSTS50126"),
    ),
    "code in the text of the error": (
        page(FIELD, "ConvergedSignIn", "var $Config={sErrTxt:'AADSTS53003: x'}"),
        Screen(ScreenName.STOP, Reason.BLOCKED_BY_POLICY, "AADSTS53003"),
    ),
    "an exception that nobody sees, of another view": (
        page(f"{NAME}<div hidden id=exceptionMessageContainer>AADSTS50196</div>", "ConvergedSignIn"),
        EMAIL,
    ),
    "an exception on its own page, not drawn yet": (
        page("<div hidden id=service_exception_message>AADSTS50196</div>", "ConvergedError"),
        Screen(ScreenName.STOP, Reason.SIGN_IN_ERROR, "AADSTS50196"),
    ),
    "an exception in a page that is not drawn yet, whose scripts and texts mention codes": (
        page(
            f"<script>document.body.style.display='none'; var help='AADSTS50126'</script>{NAME}<p>AADSTS50053</p>",
            "ConvergedSignIn",
        ),
        WAIT,
    ),
    "a text of the company's own that mentions codes, beside the field": (
        page(f"{NAME}<div id=idBoilerPlateText>If you see AADSTS50126, reset your password.</div>", "ConvergedSignIn"),
        EMAIL,
    ),
    # Registration.
    "registration without its button": (
        page("<a id=skipMfaRegistrationLink href=#>x</a>", "ConvergedProofUpRedirect"),
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    "registration recognized by its text": (
        page(f"<p id=ProofUpDescription>x</p>{NEXT}", "ConvergedProofUpRedirect"),
        Screen(ScreenName.STOP, Reason.REGISTRATION_NEEDED),
    ),
    "no days left, with a link": (
        page(
            "<a id=skipMfaRegistrationLink href=#>x</a><a id=idSubmit_ProofUp_Redirect href=#>x</a>",
            "ConvergedProofUpRedirect",
            "var $Config={iRemainingDaysToSkipMfaRegistration:0}",
        ),
        Screen(ScreenName.STOP, Reason.REGISTRATION_NEEDED),
    ),
    "days left as a text": (
        page(
            "<a id=skipMfaRegistrationLink href=#>x</a><a id=idSubmit_ProofUp_Redirect href=#>x</a>",
            "ConvergedProofUpRedirect",
            "var $Config={iRemainingDaysToSkipMfaRegistration:'14'}",
        ),
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    # The second factor.
    "a code's field under its name": (page("<input name=otc>", "ConvergedTFA"), Screen(ScreenName.CODE)),
    "a code's field that was left": (
        page(
            "<input name=otc class=moveOffScreen><div id=idDiv_SAOTCAS_Title>x</div>"
            "<span id=idRichContext_DisplaySign>07</span>",
            "ConvergedTFA",
        ),
        Screen(ScreenName.NUMBER),
    ),
    "a denied request, with sending again": (
        page("<div id=idDiv_SAASDS_Description>x</div><a id=idA_SAASDS_Resend href=#>x</a>", "ConvergedTFA"),
        Screen(ScreenName.STOP, Reason.MFA_DENIED),
    ),
    "sending again with a live request": (
        page("<div id=idDiv_SAOTCAS_Description>x</div><a id=idA_SAASTO_Resend href=#>x</a>", "ConvergedTFA"),
        Screen(ScreenName.PUSH),
    ),
    # Pages on which nothing is accepted.
    "consent recognized by its scopes": (
        page(f"{NEXT}{BACK}", config="var $Config={arrScopes:[{}]}"),
        Screen(ScreenName.STOP, Reason.CONSENT_NEEDED),
    ),
    "a page that nobody knows": (page(f"{NEXT}{FIELD}", "ConvergedNews"), Screen(ScreenName.UNKNOWN)),
    # A page that is not rendered yet.
    "hidden until it is drawn": (
        page(f"<script>document.body.style.display='none'</script>{NAME}{FIELD}", "ConvergedSignIn"),
        WAIT,
    ),
}


def test_numbers_on_a_gateways_page_are_no_codes():
    """A page with a server error is no answer of sign-in; the same number on a page of sign-in is its code."""
    shown = {"url": LOGIN, "page_numbers": ("50126",)}
    assert Screen(ScreenName.STOP, Reason.WRONG_PASSWORD, "AADSTS50126") == classify(Probe(**shown, status=200), HOSTS)
    assert Reason.WRONG_PASSWORD is not classify(Probe(**shown, status=503), HOSTS).reason


async def seen(session: Session, pages: dict[str, str]) -> dict[str, Probe]:
    """Return the probe's result for each page."""
    tab, found = await session.tab(), {}
    for name, html in pages.items():
        await tab.goto("about:blank")
        await tab.set_content(html)
        found[name] = Probe(url=LOGIN, **await tab.evaluate(script()))
    return found


async def test_signin_recognizes_odd_pages(session: Session):
    """A page is recognized by what is visible and by its IDs and codes, however it is built."""
    found = await seen(session, {name: html for name, (html, _) in PAGES.items()})
    assert {name: screen for name, (_, screen) in PAGES.items()} == {
        name: classify(probe, HOSTS) for name, probe in found.items()
    }


TILE = '<div {more}><div class="{kind}" role="button" data-test-id="{user}">x</div></div>'
PROOFS = "var $Config={arrUserProofs:[{authMethodId:'PhoneAppNotification'},{authMethodId:'PhoneAppOTP',isDefault:1}]}"
IN_SHADOWS = (
    "<div {}><div id=outer></div></div><script>"
    "const inner = outer.attachShadow({{ mode: 'open' }}); inner.innerHTML = '<p></p>';"
    "inner.firstChild.attachShadow({{ mode: 'open' }}).innerHTML = '<button id=O365_MainLink_Me>x</button>';</script>"
)
ACCOUNT = "<button id=O365_MainLink_Me>x</button>"
PARTS = {
    "tiles in another case, one hidden": (
        page(
            TILE.format(more="hidden", kind="table", user="ana@contoso.com")
            + TILE.format(more="", kind="table", user="ANA@Contoso.com ")
            + TILE.format(more="", kind="tile", user="dan@contoso.com")
        ),
        {"tiles": ("ana@contoso.com", "dan@contoso.com")},
    ),
    "methods that name themselves": (
        page("<div id=idDiv_SAOTCS_Proofs><div data-value=PhoneAppOTP>x</div></div>", config=PROOFS),
        {"methods": ("PhoneAppOTP",), "default_proof": "PhoneAppOTP"},
    ),
    "credentials and a second factor": (
        page("<p role=button data-test-cred-id=1>x</p><div data-value=PhoneAppOTP>y</div>"),
        {"credentials": ("1",), "methods": ("PhoneAppOTP",)},
    ),
    "credentials in the list of the other kind": (
        page("<div id=idDiv_SAOTCS_Proofs><p><b role=button data-test-cred-id=7>x</b></p></div>"),
        {"credentials": ("7",), "methods": ()},
    ),
    "the row of sign-in options": (
        page(
            "<div class=promoted-fed-cred-box><div class=table role=button data-test-id=signinOptions>x</div>"
            "<div class=table role=button data-test-id=x@y.z>x</div></div>"
            "<div class=table role=button data-test-id=signinOptions>x</div>"
        ),
        {"tiles": ()},
    ),
    "what a passkey has to sign": (page("x", config="var $Config={sFidoChallenge:'x'}"), {"passkey": True}),
    "methods as buttons without a name": (
        page("<div id=idDiv_SAOTCS_Proofs><h2>x</h2><button>a</button><button>b</button></div>", config=PROOFS),
        {"methods": ("", ""), "proofs": ("PhoneAppNotification", "PhoneAppOTP")},
    ),
    "methods as mere parts": (
        page("<div id=idDiv_SAOTCS_Proofs><div>a</div><div>b</div><div hidden>c</div></div>", config=PROOFS),
        {"methods": ("", "")},
    ),
    "a number among other things": (
        page("<div id=idRichContext_DisplaySign> 07 \x1b[2J</div>"),
        {"number": "07"},
    ),
    "a name that is marked": (page("<input name=loginfmt class=has-error value=x>"), {"email_error": "!"}),
    "a name that is empty": (page(NAME), {"email_empty": True, "email_error": ""}),
    "an error without its id": (page(f"{FIELD}<div class=alert-error>x</div>"), {"password_error": True}),
    "the account button of a page drawn by a web component": (page(IN_SHADOWS.format("")), {"me_control": True}),
    "the account button of a web component that nobody sees": (
        page(IN_SHADOWS.format("hidden")),
        {"me_control": False},
    ),
    "the home page below a tour that takes it out of the accessibility tree": (
        page(f"<div aria-hidden=true><main inert>{ACCOUNT}{FIELD}</main></div><div role=dialog>x</div>"),
        {"me_control": True, "password": False},
    ),
    "an account button that nobody sees below a tour": (
        page(f"<div aria-hidden=true style='position:absolute;left:-9999px'>{ACCOUNT}</div>"),
        {"me_control": False},
    ),
}


MARK, MAIN = "<p id=ProofUpDescription>x</p>", "<input type=submit id=idSIButton9 value=Next>"
DECOYS = (
    "<a href=#top>Skip to main content</a><a id=top href=/>x</a><a id=moreInfoLink href=/>x</a>"
    "<footer><a href=/>Later</a></footer>"
)
NAMELESS = "<button>Przejdź dalej</button>"
PARTS |= {
    "skipping, by its id": (
        page(f"{MARK}<button id=btnSkipSetup>x</button>{NAMELESS}{MAIN}{DECOYS}"),
        {"skip": "name"},
    ),
    "skipping, by its address": (page(f"<a href='/SkipMfaRegistration?x'>x</a>{MAIN}", "ConvergedX"), {"skip": "name"}),
    "skipping, by its words": (page(f"{MARK}<button>Omiteți</button>{NAMELESS}{MAIN}{DECOYS}"), {"skip": "words"}),
    "skipping, by words in Arabic": (
        page("<a href=/>x</a><p role=button>تخطي الآن</p>", "ConvergedX"),
        {"skip": "words"},
    ),
    "skipping, by what is left": (page(f"{MARK}{NAMELESS}{MAIN}{DECOYS}"), {"skip": "structure"}),
    "skipping, two of a kind": (page(f"{MARK}<button>Skip for now</button><button>Later</button>{MAIN}"), {"skip": ""}),
    "skipping, two that are left": (page(f"{MARK}{NAMELESS}{NAMELESS}{MAIN}{DECOYS}"), {"skip": ""}),
    "skipping, nothing but the main button": (page(f"{MARK}{MAIN}{DECOYS}"), {"skip": "", "registering": True}),
    "skipping, hidden or disabled": (
        page(f"{MARK}<b hidden>{NAMELESS}</b><button disabled>Skip</button>{MAIN}"),
        {"skip": ""},
    ),
    "skipping, on a page about something else": (
        page(f"{NAMELESS}{MAIN}", "ConvergedX"),
        {"skip": "", "registering": False},
    ),
    "skipping, no days left": (
        page(f"{MARK}<button>Skip</button>{MAIN}", config="var $Config={iRemainingDaysToSkipMfaRegistration:0}"),
        {"skip": ""},
    ),
    "asking later": (page("<button id=btnAskLater>x</button>", "ConvergedX"), {"ask_later": True}),
    "asking later, disabled": (page("<button disabled id=btnAskLater>x</button>", "ConvergedX"), {"ask_later": False}),
    "the link that skips, by its binding": (
        page('<a data-bind="text: x, href: svr.urlSkipMfaRegistration">x</a>'),
        {"skip_proof_up": True},
    ),
}


async def test_signin_reads_the_parts_of_odd_pages(session: Session):
    """Tiles, methods and errors are read from every known build of a page."""
    found = await seen(session, {name: html for name, (html, _) in PARTS.items()})
    assert {name: parts for name, (_, parts) in PARTS.items()} == {
        name: {part: getattr(probe, part) for part in PARTS[name][1]} for name, probe in found.items()
    }


def test_every_selector_is_used():
    """Every selector in the table is used."""
    room = Path(__file__).parents[2] / "troubleshooter" / "signin"
    text = "".join(file.read_text(encoding="utf-8") for file in room.iterdir() if file.suffix in (".js", ".py"))
    used = set(re.findall(r"""\bat\.(\w+)|\b(?:at\(|PARTS\[)['"](\w+)['"]""", text))
    assert set(selectors.PARTS) - {"method"} <= {a or b for a, b in used}
