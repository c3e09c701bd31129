"""Pages that ask who signs in, and for the password. The first row wins."""

from __future__ import annotations

from troubleshooter.model.enums import Reason
from troubleshooter.signin.screen import ScreenName, ScreenRow, is_screen, stop

CREDENTIALS: tuple[ScreenRow, ...] = (
    ScreenRow(
        "password",
        "`#i0118`, `name=passwd`, if visible, without the field of `e-mail`",
        "types the password, once",
        lambda p: p.password and not p.email,
        is_screen(ScreenName.PASSWORD),
    ),
    ScreenRow(
        "account-picker",
        "`#tilesHolder`, `[data-test-id]`, `#otherTile`",
        "selects the account's visible tile, else another account",
        lambda p: bool(p.tiles) or p.other_tile,
        is_screen(ScreenName.PICKER),
    ),
    ScreenRow(
        "work-or-personal",
        "`#aadTile`, `#aadTileTitle`",
        "selects work or school",
        lambda p: p.work_tile,
        is_screen(ScreenName.WORK_OR_PERSONAL),
    ),
    ScreenRow(
        "e-mail",
        "`#i0116`, `name=loginfmt`",
        "types the user name and, if the password field is shown beside it, then the password; `unknown-user` if "
        "`#usernameError`, a marked field or a new alert follows",
        lambda p: p.email,
        is_screen(ScreenName.EMAIL),
    ),
    ScreenRow(
        "not-drawn",
        "a known PageID, or none, and nothing visible",
        "waits until the page stops changing (a few seconds if it shows unknown fields or buttons, up to the time "
        "limit if it shows nothing); then `unknown-sign-in-screen`, or by the code: `wrong-account` (16000–16003, "
        "160021), `registration-needed` (50072, 50079, 50125)",
        lambda p: True,  # noqa: ARG005 - every row takes the probe
        is_screen(ScreenName.WAIT),
    ),
)
"""The cloud's own pages."""

FEDERATED_ROWS: tuple[ScreenRow, ...] = (
    ScreenRow(
        "federated-code",
        "PingFederate `#otp`, PingOne `#device-form`",
        "stops with `mfa-needed`",
        lambda p: p.federated_code and not p.federated_password,
        stop(Reason.MFA_NEEDED),
    ),
    ScreenRow(
        "federated-sign-in",
        "AD FS `#userNameInput`, `#passwordInput` (both themes); PingFederate `pf.username`, `pf.pass`; "
        "Okta `#okta-signin-username`, `#okta-signin-password`",
        "types user name and password, once, if `federated_hosts` names the host",
        lambda p: p.federated_name or p.federated_password,
        is_screen(ScreenName.FEDERATED),
    ),
)
"""The pages of a company's own identity provider."""
