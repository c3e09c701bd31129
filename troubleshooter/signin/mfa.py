"""What to do where a second factor, or another one than the password, is asked for. Pure."""

from __future__ import annotations

from troubleshooter.model.enums import Reason
from troubleshooter.signin.actions import Able, Action, Do, Memory, Target
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.stop_messages import code_refused, stopped

APP_CODE = "PhoneAppOTP"
_APPROVED = ("PhoneAppNotification", "CompanionAppsNotification")
"""Second factors that a person approves on the phone."""
_SENT = ("OneWaySMS", "ConsolidatedTelephony", "OneWayVoiceMobileOTP")
"""Second factors whose code a person reads and types."""
_CALLED = ("TwoWayVoiceMobile", "TwoWayVoiceAlternateMobile", "TwoWayVoiceOffice")
_KEYED = (APP_CODE, *_SENT)
"""Second factors that end in a code that is typed."""
CODES = 2
"""One-time codes that one sign-in may send: a second, of the next time step, when the first was used already."""
DETOURS = 4
"""How often another way of signing in is asked for."""


def code(probe: Probe, memory: Memory, able: Able) -> Action:
    """Return what to do on a page that asks for a code: the seed gives it, else a person, else nobody."""
    wanted = memory.method or _code_of(probe)
    if able.totp and (wanted == APP_CODE or (not wanted and (not probe.proofs or APP_CODE in probe.proofs))):
        if memory.codes >= CODES:
            raise code_refused()
        if not wanted and probe.proofs and not memory.codes and _detour(probe.another_way, memory):
            return Action(Do.CLICK, Target.ANOTHER_WAY)  # whose code it is, the list tells
        if memory.codes and not _refused(probe, memory):
            return Action(Do.WAIT)
        return Action(Do.CODE)
    if able.totp and APP_CODE in probe.proofs and _detour(probe.another_way, memory):
        return Action(Do.CLICK, Target.ANOTHER_WAY)
    if memory.asked and not _refused(probe, memory):
        return Action(Do.WAIT)
    return _ask(memory, able)


def _code_of(probe: Probe) -> str:
    """Return which method's code the page asks for, as far as its list tells; a code is never an approval's."""
    if probe.default_proof in _KEYED:
        return probe.default_proof
    keyed = [proof for proof in probe.proofs if proof in _KEYED]
    if len(keyed) == 1:
        return keyed[0]
    return "" if keyed else probe.default_proof


def _refused(probe: Probe, memory: Memory) -> bool:
    return probe.code_error or probe.document != memory.code_in


def _ask(memory: Memory, able: Able, *, hidden: bool = False) -> Action:
    if not able.terminal:
        raise stopped(Reason.MFA_NEEDED)
    if memory.asked >= CODES:
        raise code_refused()
    return Action(Do.ASK, hidden=hidden)


def approval(probe: Probe, memory: Memory, able: Able) -> Action:
    """Return what to do on a page that waits for the phone: the seed instead where it may help, else a person."""
    # The page's own list may be missing: then the other ways are looked at.
    may_be_code = able.totp and (APP_CODE in probe.proofs or not probe.proofs) and memory.method not in _APPROVED
    if may_be_code and _detour(probe.another_way, memory):
        return Action(Do.CLICK, Target.ANOTHER_WAY)
    return _person(able)


def _person(able: Able) -> Action:
    if not able.operator:
        raise stopped(Reason.MFA_NEEDED)
    return Action(Do.PERSON)


def method(probe: Probe, memory: Memory, able: Able) -> Action:
    """Return which of the listed second factors to take: what the account has a seed for, else what a person can do."""
    named = [name or by_position(probe, i) for i, name in enumerate(probe.methods)]
    wanted: tuple[str, ...] = (APP_CODE,) if able.totp else ()
    wanted += _APPROVED if able.operator else ()
    wanted += (APP_CODE, *_SENT) if able.terminal else ()
    wanted += _CALLED if able.operator else ()
    for method in wanted:
        if method in named and memory.detours < DETOURS:
            return Action(Do.METHOD, method=named.index(method))
    raise stopped(Reason.MFA_NEEDED)


def by_position(probe: Probe, index: int) -> str:
    """Return the method of an option that does not name it: by its place, where the page's own list is as long."""
    return probe.proofs[index] if len(probe.proofs) == len(probe.methods) else ""


def passwordless(probe: Probe, memory: Memory, able: Able) -> Action:
    """Return what to do on a page that waits for the phone instead of a password: the password where it is offered."""
    return _elsewhere(probe) if _detour(probe.to_password, memory) else _person(able)


def access_pass(probe: Probe, memory: Memory, able: Able) -> Action:
    """Return what to do on a page that asks for an access pass: the password where it is offered, else a person."""
    other = _detour(probe.to_password or probe.another_way, memory)
    if other:
        return _elsewhere(probe)
    if memory.asked and probe.document == memory.code_in and not probe.password_error:
        return Action(Do.WAIT)
    return _ask(memory, able, hidden=True)


def passkey(probe: Probe, memory: Memory, able: Able) -> Action:  # noqa: ARG001
    """Return what to do on a page that asks for a passkey: another way where one is offered."""
    if not _detour(probe.to_password or probe.another_way, memory):
        raise stopped(Reason.MFA_NEEDED)
    return _elsewhere(probe)


def _elsewhere(probe: Probe) -> Action:
    return Action(Do.CLICK, Target.TO_PASSWORD if probe.to_password else Target.ANOTHER_WAY)


def _detour(offered: bool, memory: Memory) -> bool:
    return offered and memory.detours < DETOURS
