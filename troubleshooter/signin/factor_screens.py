"""Pages that ask for a second factor, or for something else than the password. The first row wins."""

from __future__ import annotations

from troubleshooter.model.enums import Reason
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import ScreenName, ScreenRow, is_screen, stop


def belongs_to_passkey(probe: Probe) -> bool:
    """Return whether the page was opened for a passkey: it shows the other ways to sign in, too, whatever its id."""
    return "/fido/" in probe.path or probe.passkey


def asks_for_passkey(probe: Probe) -> bool:
    """Return whether the page is a passkey's, and shows nothing else to sign in with."""
    other = probe.email or probe.password or probe.tiles or probe.code or probe.access_pass
    return belongs_to_passkey(probe) and not other


def _offers_credentials(probe: Probe) -> bool:
    # Where both kinds of tiles are shown, the page's id says which are meant.
    return bool(probe.credentials) and not (probe.methods and probe.page_id == "ConvergedTFA")


FACTORS: tuple[ScreenRow, ...] = (
    ScreenRow(
        "code",
        "`#idTxtBx_SAOTCC_OTC`, `name=otc`",
        "types a one-time code of the account's `totp`, once a time step; else asks at the terminal; else `mfa-needed`",
        lambda p: p.code,
        is_screen(ScreenName.CODE),
    ),
    ScreenRow(
        "passwordless",
        "`#idRemoteNGC_DisplaySign`, `#idDiv_RemoteNGC_PollingDescription`, `#idDiv_RemoteNGC_PageDescription`",
        "switches to the password if there is `#idA_PWD_SwitchToPassword`, or looks for it once among the other ways; "
        "else as number matching",
        lambda p: p.passwordless and not p.password,
        is_screen(ScreenName.PASSWORDLESS),
    ),
    ScreenRow(
        "number-matching",
        "`#idRichContext_DisplaySign`",
        "shows the number in the terminal and waits for approval; `mfa-needed` with `--non-interactive`",
        lambda p: p.push and bool(p.number),
        is_screen(ScreenName.NUMBER),
    ),
    ScreenRow(
        "push",
        "`#idDiv_SAOTCAS_Title`, `#idDiv_SAOTCAS_Description`",
        "asks for approval in the terminal, and waits; `mfa-needed` with `--non-interactive`",
        lambda p: p.push,
        is_screen(ScreenName.PUSH),
    ),
    ScreenRow(
        "confirm-contact",
        "`#idTxtBx_SAOTCS_ProofConfirmation`, `#idTxtBx_SAOTCS_PhoneNumber`",
        "stops with `mfa-needed`",
        lambda p: p.confirm_proof,
        stop(Reason.MFA_NEEDED),
    ),
    ScreenRow(
        "credential-list",
        "`[role=button][data-test-cred-id]`",
        "chooses the password (1) if it was not sent yet, else the app (2) if a person is there; else `mfa-needed`",
        _offers_credentials,
        is_screen(ScreenName.CREDENTIAL_LIST),
    ),
    ScreenRow(
        "method-list",
        "`#idDiv_SAOTCS_Proofs`, `div[data-value]`",
        "chooses the app's code if the account has a `totp`, else what a person can approve; else `mfa-needed`",
        lambda p: bool(p.methods) and p.page_id in ("ConvergedTFA", "ConvergedSignIn", ""),
        is_screen(ScreenName.METHODS),
    ),
    ScreenRow(
        "access-pass",
        "`name=accesspass`",
        "switches to the password if that is offered; else asks at the terminal; else `mfa-needed`",
        lambda p: p.access_pass and not p.password,
        is_screen(ScreenName.ACCESS_PASS),
    ),
    ScreenRow(
        "passkey",
        "`login.microsoft.com/…/fido/get`, or `$Config.sFidoChallenge` with nothing else to sign in with",
        "lets the passkey fail at once, and chooses another way if one is offered within 12 seconds; else `mfa-needed`",
        asks_for_passkey,
        is_screen(ScreenName.PASSKEY),
    ),
)
