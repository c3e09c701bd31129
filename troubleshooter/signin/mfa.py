"""Decides what to do on a page that asks for a second factor, or for something other than the password. Pure."""

from __future__ import annotations

from troubleshooter.model.enums import Reason
from troubleshooter.signin.actions import Capabilities, Do, Progress, SignInAction, Target
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.stop_messages import code_refused, passkey_only, stopped

APP_CODE = "PhoneAppOTP"
_APPROVED = ("PhoneAppNotification", "CompanionAppsNotification")
"""Second factors that a person approves on the phone."""
_SENT = ("OneWaySMS", "ConsolidatedTelephony", "OneWayVoiceMobileOTP")
"""Second factors whose code a person reads and types."""
_CALLED = ("TwoWayVoiceMobile", "TwoWayVoiceAlternateMobile", "TwoWayVoiceOffice")
_KEYED = (APP_CODE, *_SENT)
"""Second factors that end in a code that is typed."""
_PASSWORD, _APP = "1", "2"
"""Ids of what to sign in with first (facts/real-pages-2026.md 7.2, A); 7 is the passkey."""
CODES = 2
"""Maximum number of one-time codes per sign-in: a second, from the next time step, if the first was already used."""
DETOURS = 4
"""How often another way to sign in may be chosen."""


def code(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    """Return what to do on a page that asks for a code: generate it from the seed, else ask the operator, else stop."""
    wanted = progress.method or _code_of(probe)
    from_app = wanted == APP_CODE or (not wanted and (not probe.proofs or APP_CODE in probe.proofs))
    if capabilities.totp and from_app:
        if progress.codes >= CODES:
            raise code_refused()
        if not wanted and probe.proofs and not progress.codes and _may_detour(probe.another_way, progress):
            return SignInAction(Do.CLICK, Target.ANOTHER_WAY)  # the list says whose code is wanted
        if progress.codes and not _is_refused(probe, progress):
            return SignInAction(Do.WAIT)
        return SignInAction(Do.CODE)
    if capabilities.totp and APP_CODE in probe.proofs and _may_detour(probe.another_way, progress):
        return SignInAction(Do.CLICK, Target.ANOTHER_WAY)
    if progress.asked and not _is_refused(probe, progress):
        return SignInAction(Do.WAIT)
    return _ask(progress, capabilities)


def _code_of(probe: Probe) -> str:
    """Return which method's code the page asks for, as far as its list says; an approval never ends in a code."""
    if probe.default_proof in _KEYED:
        return probe.default_proof
    keyed = [proof for proof in probe.proofs if proof in _KEYED]
    if len(keyed) == 1:
        return keyed[0]
    return "" if keyed else probe.default_proof


def _is_refused(probe: Probe, progress: Progress) -> bool:
    return probe.code_error or probe.document != progress.code_document


def _ask(progress: Progress, capabilities: Capabilities, *, hidden: bool = False) -> SignInAction:
    if not capabilities.terminal:
        raise stopped(Reason.MFA_NEEDED)
    if progress.asked >= CODES:
        raise code_refused()
    return SignInAction(Do.ASK, hidden=hidden)


def approval(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    """Return what to do on a page that waits for the phone: use the seed if it may help, else ask the operator."""
    # The page's own list may be missing; in that case, the other ways are tried.
    app_code_offered = APP_CODE in probe.proofs or not probe.proofs
    may_be_code = capabilities.totp and app_code_offered and progress.method not in _APPROVED
    if may_be_code and _may_detour(probe.another_way, progress):
        return SignInAction(Do.CLICK, Target.ANOTHER_WAY)
    return _wait_for_approval(capabilities)


def _wait_for_approval(capabilities: Capabilities) -> SignInAction:
    if not capabilities.operator:
        raise stopped(Reason.MFA_NEEDED)
    return SignInAction(Do.APPROVAL)


def method(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    """Return which of the listed second factors to choose: the seed's, else what an operator can do."""
    listed = [name or by_position(probe, position) for position, name in enumerate(probe.methods)]
    wanted: tuple[str, ...] = (APP_CODE,) if capabilities.totp else ()
    wanted += _APPROVED if capabilities.operator else ()
    wanted += (APP_CODE, *_SENT) if capabilities.terminal else ()
    wanted += _CALLED if capabilities.operator else ()
    for name in wanted:
        if name in listed and progress.detours < DETOURS:
            return SignInAction(Do.METHOD, method=listed.index(name))
    raise stopped(Reason.MFA_NEEDED)


def by_position(probe: Probe, position: int) -> str:
    """Return the method of an option without a name: by its position, if the page's own list is as long."""
    return probe.proofs[position] if len(probe.proofs) == len(probe.methods) else ""


def passwordless(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    """Return what to do on a page that waits for the phone instead of a password: use the password if it is offered."""
    # A list of other ways is opened once: if it lacks the password, each further look would send another request.
    may_list = probe.another_way and not progress.password_typed and not progress.detours
    if _may_detour(probe.to_password or may_list, progress):
        return _another_way(probe)
    return _wait_for_approval(capabilities)


def access_pass(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    """Return what to do on a page that asks for an access pass: use the password if offered, else ask the operator."""
    if _may_detour(probe.to_password or probe.another_way, progress):
        return _another_way(probe)
    if progress.asked and probe.document == progress.code_document and not probe.password_error:
        return SignInAction(Do.WAIT)
    return _ask(progress, capabilities, hidden=True)


def credential(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:
    """Return which of the listed credentials to sign in with: the password if it was not sent, else the app."""
    wanted: tuple[str, ...] = () if progress.password_typed else (_PASSWORD,)
    wanted += (_APP,) if capabilities.operator else ()
    for id_ in wanted:
        if id_ in probe.credentials and progress.detours < DETOURS:
            return SignInAction(Do.CREDENTIAL, method=probe.credentials.index(id_))
    raise stopped(Reason.MFA_NEEDED) if _APP in probe.credentials else passkey_only()


def passkey(probe: Probe, progress: Progress, capabilities: Capabilities) -> SignInAction:  # noqa: ARG001 - as every row
    """Return what to do on a page that asks for a passkey: choose another way if one is offered."""
    if not _may_detour(probe.to_password or probe.another_way, progress):
        raise passkey_only()
    return _another_way(probe)


def _another_way(probe: Probe) -> SignInAction:
    return SignInAction(Do.CLICK, Target.TO_PASSWORD if probe.to_password else Target.ANOTHER_WAY)


def _may_detour(offered: bool, progress: Progress) -> bool:
    return offered and progress.detours < DETOURS
