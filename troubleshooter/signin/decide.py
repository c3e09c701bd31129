"""Decides what to do on a screen, from what the page shows and what this sign-in has done so far. Pure.

It keeps the rules that no page can break: a password is typed at most once per sign-in, and only on a host that allows
it; a one-time code at most once per time step; nothing is typed where an error was read; every loop ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.signin.actions import Capabilities, Do, Progress, SignInAction, Target
from troubleshooter.signin.codes import aadsts, refusal_reason, refusing_code
from troubleshooter.signin.mfa import (
    access_pass,
    approval,
    by_position,
    code,
    credential,
    method,
    passkey,
    passwordless,
)
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import Screen, ScreenName
from troubleshooter.signin.stop_messages import asked_again, code_refused, nothing_may_be_typed, other_account, stopped
from troubleshooter.tenant.hosts import HostPolicy

USERNAMES = 2
"""How often one sign-in may type the user name; the second time only if the page lost it or was reloaded."""
ACTIONS = 25
"""How many actions one sign-in may take; more is a loop (AADSTS50196 warns of them)."""
SKIPS = 4
"""How often one sign-in may skip a registration; a page that returns more often cannot be skipped any more."""
WELCOMES = 2
"""How often one sign-in may follow the front page's link if an account button stands beside it."""
_TYPES = frozenset({Do.USERNAME, Do.PASSWORD, Do.CREDENTIALS, Do.CODE, Do.ASK})


def decide(
    screen: Screen, probe: Probe, progress: Progress, capabilities: Capabilities, hosts: HostPolicy
) -> tuple[SignInAction, Progress]:
    """Return what to do on `screen`, and the resulting progress.

    Raises:
        Stopped: there is nothing that may be done.
    """
    action = _decide(screen, probe, progress, capabilities)
    if action.do in _TYPES and not hosts.may_type(probe.url):
        raise nothing_may_be_typed(probe.url)
    if action.do in _TYPES or action.do is Do.PICK:
        _read_errors(probe, progress)
    if action.do in (Do.DONE, Do.WAIT, Do.PASS):
        return action, progress
    if progress.actions >= ACTIONS:
        raise stopped(Reason.SIGN_IN_ERROR)
    return action, _after(action, probe, progress)


def _read_errors(probe: Probe, progress: Progress) -> None:
    """End a sign-in whose page reports an error although nothing secret was typed yet.

    On a first sign-in, an unknown code or an error text alone may be a leftover, so only both together count. After a
    lost session nothing is left over, because the account was let in a moment ago, so either one is the reason.

    Raises:
        Stopped: with the code, if there is one.
    """
    if progress.password_typed or progress.codes or progress.asked:
        return
    error_code, error_text = aadsts(probe), probe.email_error or probe.password_error or probe.federated_error
    if (error_code or error_text) if progress.again else (error_code and error_text):
        raise stopped(Reason.SIGN_IN_ERROR, error_code)


def _after(action: SignInAction, probe: Probe, progress: Progress) -> Progress:
    changes: dict[str, object] = {"actions": progress.actions + 1, "name_ignored": False}
    if action.do is Do.USERNAME or (action.do is Do.PASSWORD and probe.email):
        changes |= {"usernames_typed": progress.usernames_typed + 1, "username_document": probe.document}
    if action.do in (Do.USERNAME, Do.PASSWORD, Do.CREDENTIALS):
        changes["alerts_before"] = probe.alerts
    if action.do is Do.CREDENTIALS:
        changes["federated_username_typed"] = True
    if action.do is Do.PASSWORD or (action.do is Do.CREDENTIALS and probe.federated_password):
        error_before = probe.password_error or bool(probe.federated_error)
        changes |= {"password_typed": True, "password_document": probe.document}
        changes |= {"error_before": error_before, "code_before": probe.error, "posted": False}
    if action.do is Do.CODE:
        changes |= {"codes": progress.codes + 1, "code_document": probe.document}
    if action.do is Do.ASK:
        changes |= {"asked": progress.asked + 1, "code_document": probe.document}
    if action.target is Target.SIGN_IN:
        changes["welcomes"] = progress.welcomes + 1
    if action.target in (Target.SKIP, Target.SKIP_FOUND):
        changes["skips"] = progress.skips + 1
    if action.do is Do.METHOD:
        changes["method"] = probe.methods[action.method] or by_position(probe, action.method)
    if action.do in (Do.METHOD, Do.CREDENTIAL) or action.target in (Target.ANOTHER_WAY, Target.TO_PASSWORD):
        changes["detours"] = progress.detours + 1
    return replace(progress, **changes)  # type: ignore[arg-type]


def _decide(screen: Screen, probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    if screen.name is ScreenName.STOP:
        assert screen.reason
        if screen.reason is Reason.MFA_DENIED and progress.codes:
            raise code_refused(screen.code)  # what was refused is the one-time code, not a person's approval
        unsent = screen.reason is Reason.WRONG_PASSWORD and not progress.password_typed
        raise stopped(Reason.SIGN_IN_ERROR if unsent else screen.reason, screen.code, screen.about)
    if screen.name is ScreenName.UNKNOWN:
        raise stopped(Reason.UNKNOWN_SIGN_IN_SCREEN, screen.code)
    if screen.name in _FIXED:
        return _FIXED[screen.name]
    return _BY_SCREEN[screen.name](probe, progress, capabilities)


def _signed_out(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:  # noqa: ARG001 - as every row
    # A first-time visitor is shown the link even if somebody is signed in: it is no home page until it was followed.
    followed = progress.secret_sent or progress.welcomes >= WELCOMES
    return SignInAction(Do.DONE) if probe.me_control and followed else SignInAction(Do.CLICK, Target.SIGN_IN)


def _password(probe: Probe, progress: Progress, capabilities: Capabilities, do: Do = Do.PASSWORD) -> SignInAction:
    if progress.password_typed:
        # An error next to a field that has only just been rendered is not a refusal, unless something was sent before
        # and the error was not there already.
        new_document = probe.document != progress.password_document
        error = probe.password_error or probe.federated_error
        refused = _complains(probe, progress) or (error and (new_document or not progress.error_before))
        if progress.posted and refused:
            raise _refused(probe, progress)
        if new_document:
            raise asked_again(probe.url, aadsts(probe))
        return SignInAction(Do.WAIT)
    if "@" in probe.identity and probe.identity.lower() != capabilities.username.lower():
        raise other_account(probe.identity, capabilities.username)
    return SignInAction(do)


def _complains(probe: Probe, progress: Progress) -> bool:
    """Return whether the page shows an alert that it did not show before something was typed."""
    return any(alert not in progress.alerts_before for alert in probe.alerts)


def _refused(probe: Probe, progress: Progress) -> Stopped:
    """Return the `Stopped` error for a page that refuses what was sent: the code decides, else it is the password."""
    new_document = probe.document != progress.password_document
    code = refusing_code(probe, new_document=new_document, before=progress.code_before)
    return stopped(refusal_reason(code), f"AADSTS{code}") if code else stopped(Reason.WRONG_PASSWORD)


def _federated(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    if probe.federated_error and not progress.password_typed:
        raise stopped(Reason.SIGN_IN_ERROR)
    if not probe.federated_password and progress.federated_username_typed:
        return SignInAction(Do.WAIT)
    if progress.password_typed and progress.posted and probe.document != progress.password_document:
        raise _refused(probe, progress)
    return _password(probe, progress, capabilities, Do.CREDENTIALS)


def _email(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    # Where both fields are shown, the password's may only look so: the name goes first, and by itself.
    if probe.password and (progress.password_typed or progress.name_ignored):
        return _password(probe, progress, capabilities)
    if not progress.usernames_typed:
        return SignInAction(Do.USERNAME)
    if probe.email_error and probe.labelled:
        raise stopped(Reason.SIGN_IN_ERROR, f"AADSTS{probe.labelled[0]}")
    # Where the password is asked for as well, an alert may be about its absence.
    if probe.email_error or (progress.sent and not probe.password and _complains(probe, progress)):
        raise stopped(Reason.UNKNOWN_USER)
    lost = probe.document != progress.username_document or (probe.email_empty and not progress.sent)
    if lost and (refusal := aadsts(probe)):
        raise stopped(Reason.SIGN_IN_ERROR, refusal)
    if lost and progress.usernames_typed < USERNAMES:
        return SignInAction(Do.USERNAME)
    # The view is about to change; a busy overlay disappears before it does.
    return SignInAction(Do.WAIT)


def _skip(
    probe: Probe,  # noqa: ARG001 - as every row
    progress: Progress,
    capabilities: Capabilities,  # noqa: ARG001 - as every row
    target: Target = Target.SKIP,
) -> SignInAction:
    if progress.skips >= SKIPS:
        raise stopped(Reason.REGISTRATION_NEEDED)
    return SignInAction(Do.CLICK, target)


def _campaign(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    entered = progress.password_typed or progress.asked or progress.method or progress.again
    if not probe.registering and not entered:
        raise stopped(Reason.UNKNOWN_SIGN_IN_SCREEN, aadsts(probe))
    return _skip(probe, progress, capabilities, Target.SKIP_FOUND)


_FIXED: Mapping[ScreenName, SignInAction] = {
    ScreenName.HOME: SignInAction(Do.DONE),
    ScreenName.WAIT: SignInAction(Do.WAIT),
    ScreenName.PASSING: SignInAction(Do.PASS),
    ScreenName.PICKER: SignInAction(Do.PICK),
    ScreenName.WORK_OR_PERSONAL: SignInAction(Do.CLICK, Target.WORK),
    ScreenName.KMSI: SignInAction(Do.CLICK, Target.NO),
    ScreenName.APP_CONFIRM: SignInAction(Do.CLICK, Target.PRIMARY),
    ScreenName.SSO_CONSENT: SignInAction(Do.CLICK, Target.SSO),
}
_BY_SCREEN: Mapping[ScreenName, Callable[[Probe, Progress, Capabilities], SignInAction]] = {
    ScreenName.SIGNED_OUT: _signed_out,
    ScreenName.PROOF_UP_SKIPPABLE: _skip,
    ScreenName.CAMPAIGN: _campaign,
    ScreenName.EMAIL: _email,
    ScreenName.PASSWORD: _password,
    ScreenName.FEDERATED: _federated,
    ScreenName.CODE: code,
    ScreenName.NUMBER: approval,
    ScreenName.PUSH: approval,
    ScreenName.PASSWORDLESS: passwordless,
    ScreenName.METHODS: method,
    ScreenName.ACCESS_PASS: access_pass,
    ScreenName.CREDENTIAL_LIST: credential,
    ScreenName.PASSKEY: passkey,
}
