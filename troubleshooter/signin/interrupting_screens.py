"""Pages between the password and home that a sign-in can pass, and pages that nobody knows. The first row wins."""

from __future__ import annotations

from troubleshooter.signin.codes import aadsts
from troubleshooter.signin.factor_screens import belongs_to_passkey
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import KNOWN_PAGES, Screen, ScreenName, ScreenRow, is_screen


def _asks_to_stay(probe: Probe) -> bool:
    if probe.page_id == "KmsiInterrupt" or probe.kmsi:
        return True
    # Branding may hide the checkbox, and then a page without an id has no other mark.
    return probe.kmsi_box and not probe.page_id and not (probe.tiles or probe.code or probe.push or probe.methods)


def _unknown(probe: Probe) -> Screen:
    return Screen(ScreenName.UNKNOWN, code=aadsts(probe))


INTERRUPTING: tuple[ScreenRow, ...] = (
    ScreenRow(
        "busy",
        "`.lightbox-cover.disable-lightbox`",
        "waits",
        lambda p: p.busy,
        is_screen(ScreenName.WAIT),
    ),
    # The password view's back arrow has the id of the KMSI page's No: only the page's own marks make it KMSI.
    ScreenRow(
        "stay-signed-in",
        "PageID `KmsiInterrupt`, `#KmsiCheckboxField` (even out of sight), `#KmsiDescription`, `#kmsiTitle`, "
        "`name=DontShowAgain`; with `#idBtn_Back`",
        "answers No",
        lambda p: _asks_to_stay(p) and p.back and not p.password and not p.email,
        is_screen(ScreenName.KMSI),
    ),
    ScreenRow(
        "app-confirm",
        "`#appConfirmTitle` with `#idSIButton9`",
        "confirms",
        lambda p: p.app_confirm and p.primary,
        is_screen(ScreenName.APP_CONFIRM),
    ),
    ScreenRow(
        "sso-consent",
        "`form[name=ssoConsentForm]` with its button",
        "confirms",
        lambda p: p.sso_consent,
        is_screen(ScreenName.SSO_CONSENT),
    ),
    ScreenRow(
        "unknown-page",
        "a PageID that no row of this table knows, whatever else the page shows; not a passkey's page",
        "stops with `unknown-sign-in-screen`; nothing is typed or chosen",
        lambda p: p.page_id not in KNOWN_PAGES and not belongs_to_passkey(p),
        _unknown,
    ),
)
