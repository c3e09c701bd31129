"""What to do on a screen: from what the page shows and what this sign-in has done so far. Pure.

The rules that no page can break stand here: a password is typed at most once a sign-in and only on a host that allows
it; a one-time code at most once a time step; nothing is typed where an error was read; every loop ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from troubleshooter.hosts import Hosts
from troubleshooter.model import Reason
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screens import Name, Screen
from troubleshooter.signin.stops import asked_again, code_refused, not_on_this_screen, other_account, stopped

APP_CODE = "PhoneAppOTP"
_APPROVED = ("PhoneAppNotification", "CompanionAppsNotification")
"""Second factors that a person approves on the phone."""
_SENT = ("OneWaySMS", "ConsolidatedTelephony", "OneWayVoiceMobileOTP")
"""Second factors whose code a person reads and types."""
_CALLED = ("TwoWayVoiceMobile", "TwoWayVoiceAlternateMobile", "TwoWayVoiceOffice")
_KEYED = (APP_CODE, *_SENT)
"""Second factors that end in a code that is typed."""
NAMES = 2
"""How often one sign-in may type the user name: once more where the page lost it, or was loaded anew."""
CODES = 2
"""One-time codes that one sign-in may send: a second, of the next time step, when the first was used already."""
DETOURS = 4
"""How often another way of signing in is asked for."""
ROUNDS = 25
"""Things that one sign-in may do; more is a loop (AADSTS50196 warns of them)."""


class Do(StrEnum):
    """What the driver can do."""

    DONE = "done"
    WAIT = "wait"
    PASS = "pass"  # noqa: S105
    CLICK = "click"
    PICK = "pick"
    NAME = "name"
    PASSWORD = "password"  # noqa: S105
    CREDENTIALS = "credentials"
    CODE = "code"
    ASK = "ask"
    METHOD = "method"
    PERSON = "person"


class Target(StrEnum):
    """What is clicked."""

    SIGN_IN = "sign-in"
    PRIMARY = "primary"
    NO = "no"
    SKIP = "skip"
    WORK = "work"
    SSO = "sso"
    ANOTHER_WAY = "another-way"
    TO_PASSWORD = "to-password"  # noqa: S105


@dataclass(frozen=True)
class Action:
    """One thing to do, or the stop that there is nothing."""

    do: Do
    target: Target | None = None
    method: int = 0
    """Which of the methods that are listed."""
    hidden: bool = False
    """Whether what a person is asked for must not be shown while it is typed."""


@dataclass(frozen=True)
class Able:
    """What the account has, and whether a person is there."""

    username: str
    totp: bool = False
    person: bool = False
    """A person can be told to do something on the phone."""
    terminal: bool = False
    """A person can type something here."""


@dataclass(frozen=True)
class Memory:
    """What one sign-in has done."""

    rounds: int = 0
    named: int = 0
    """How often the user name was given to the cloud's own sign-in."""
    named_in: float = 0
    """The document that it was typed into last."""
    named_there: bool = False
    """Whether it was given to the company's own provider."""
    typed: bool = False
    """Whether the password was typed."""
    typed_in: float = 0
    """The document that it was typed into."""
    noticed: bool = False
    """Whether that document complained before anything was typed."""
    posted: bool = False
    """Whether something was sent since."""
    sent: bool = False
    """Whether what was typed last, of whatever kind, was sent."""
    codes: int = 0
    code_in: float = 0
    """The document that the last one-time code was typed into."""
    asked: int = 0
    detours: int = 0
    method: str = ""
    """The second factor that was chosen."""


def decide(screen: Screen, probe: Probe, memory: Memory, able: Able, hosts: Hosts) -> tuple[Action, Memory]:
    """Return what to do on `screen`, and what is to be remembered of it.

    Raises:
        Stopped: there is nothing that may be done.
    """
    action = _decide(screen, probe, memory, able)
    if action.do in (Do.NAME, Do.PASSWORD, Do.CREDENTIALS, Do.CODE, Do.ASK) and not hosts.may_type(probe.url):
        raise not_on_this_screen(probe.url)
    if action.do in (Do.DONE, Do.WAIT, Do.PASS):
        return action, memory
    if memory.rounds >= ROUNDS:
        raise stopped(Reason.SIGN_IN_ERROR)
    return action, _after(action, probe, memory)


def _after(action: Action, probe: Probe, memory: Memory) -> Memory:
    changes: dict[str, object] = {"rounds": memory.rounds + 1}
    gives = action.do is Do.PASSWORD or (action.do is Do.CREDENTIALS and probe.federated_password)
    if action.do is Do.NAME or (action.do is Do.PASSWORD and probe.email):
        changes |= {"named": memory.named + 1, "named_in": probe.document}
    if action.do is Do.CREDENTIALS:
        changes["named_there"] = True
    if gives:
        noticed = probe.password_error or bool(probe.federated_error)
        changes |= {"typed": True, "typed_in": probe.document, "noticed": noticed, "posted": False}
    if action.do is Do.CODE:
        changes |= {"codes": memory.codes + 1, "code_in": probe.document}
    if action.do is Do.ASK:
        changes |= {"asked": memory.asked + 1, "code_in": probe.document}
    if action.do is Do.METHOD:
        changes["method"] = probe.methods[action.method] or _by_position(probe, action.method)
    if action.do is Do.METHOD or action.target in (Target.ANOTHER_WAY, Target.TO_PASSWORD):
        changes["detours"] = memory.detours + 1
    return replace(memory, **changes)  # type: ignore[arg-type]


def _decide(screen: Screen, probe: Probe, memory: Memory, able: Able) -> Action:
    if screen.name is Name.STOP:
        assert screen.reason
        raise stopped(screen.reason, screen.code, screen.about)
    if screen.name is Name.UNKNOWN:
        raise stopped(Reason.UNKNOWN_SIGN_IN_SCREEN, screen.code)
    if screen.name in _FIXED:
        return _FIXED[screen.name]
    return _BY_SCREEN[screen.name](probe, memory, able)


def _detour(offered: bool, memory: Memory) -> bool:
    return offered and memory.detours < DETOURS


def _password(probe: Probe, memory: Memory, able: Able, do: Do = Do.PASSWORD) -> Action:
    if memory.typed:
        # A notice on a field that was only just drawn is no refusal: something has to have been sent before, and the
        # notice must not have stood there already.
        again = probe.document != memory.typed_in
        if memory.posted and (probe.password_error or probe.federated_error) and (again or not memory.noticed):
            raise stopped(Reason.WRONG_PASSWORD)
        if again:
            raise asked_again(probe.url, f"AADSTS{probe.error}" if probe.error else None)
        return Action(Do.WAIT)
    if "@" in probe.identity and probe.identity.lower() != able.username.lower():
        raise other_account(probe.identity, able.username)
    return Action(do)


def _federated(probe: Probe, memory: Memory, able: Able) -> Action:
    if probe.federated_error and not memory.typed:
        raise stopped(Reason.SIGN_IN_ERROR)
    if not probe.federated_password and memory.named_there:
        return Action(Do.WAIT)
    if memory.typed and memory.posted and probe.document != memory.typed_in:
        raise stopped(Reason.WRONG_PASSWORD)
    return _password(probe, memory, able, Do.CREDENTIALS)


def _code(probe: Probe, memory: Memory, able: Able) -> Action:
    method = memory.method or _code_of(probe)
    if able.totp and (method == APP_CODE or (not method and (not probe.proofs or APP_CODE in probe.proofs))):
        if memory.codes >= CODES:
            raise code_refused()
        if not method and probe.proofs and not memory.codes and _detour(probe.another_way, memory):
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


def _approval(probe: Probe, memory: Memory, able: Able) -> Action:
    # The page's own list may be missing: then the other ways are looked at.
    may_be_code = able.totp and (APP_CODE in probe.proofs or not probe.proofs) and memory.method not in _APPROVED
    if may_be_code and _detour(probe.another_way, memory):
        return Action(Do.CLICK, Target.ANOTHER_WAY)
    return _person(able)


def _person(able: Able) -> Action:
    if not able.person:
        raise stopped(Reason.MFA_NEEDED)
    return Action(Do.PERSON)


def _by_position(probe: Probe, index: int) -> str:
    """Return the method of an option that does not name it: by its place, where the page's own list is as long."""
    return probe.proofs[index] if len(probe.proofs) == len(probe.methods) else ""


def _method(probe: Probe, memory: Memory, able: Able) -> Action:
    named = [name or _by_position(probe, i) for i, name in enumerate(probe.methods)]
    wanted: tuple[str, ...] = (APP_CODE,) if able.totp else ()
    wanted += _APPROVED if able.person else ()
    wanted += (APP_CODE, *_SENT) if able.terminal else ()
    wanted += _CALLED if able.person else ()
    for method in wanted:
        if method in named and memory.detours < DETOURS:
            return Action(Do.METHOD, method=named.index(method))
    raise stopped(Reason.MFA_NEEDED)


def _email(probe: Probe, memory: Memory, able: Able) -> Action:  # noqa: ARG001 - every row takes the same
    if not memory.named:
        return Action(Do.NAME)
    if probe.email_error:
        raise stopped(Reason.UNKNOWN_USER)
    lost = probe.document != memory.named_in or (probe.email_empty and not memory.sent)
    if lost and memory.named < NAMES:
        return Action(Do.NAME)
    # The view is about to change; a busy overlay goes before it does.
    return Action(Do.WAIT)


def _passwordless(probe: Probe, memory: Memory, able: Able) -> Action:
    return _elsewhere(probe) if _detour(probe.to_password, memory) else _person(able)


def _access_pass(probe: Probe, memory: Memory, able: Able) -> Action:
    other = _detour(probe.to_password or probe.another_way, memory)
    if other:
        return _elsewhere(probe)
    if memory.asked and probe.document == memory.code_in and not probe.password_error:
        return Action(Do.WAIT)
    return _ask(memory, able, hidden=True)


def _passkey(probe: Probe, memory: Memory, able: Able) -> Action:  # noqa: ARG001
    if not _detour(probe.to_password or probe.another_way, memory):
        raise stopped(Reason.MFA_NEEDED)
    return _elsewhere(probe)


def _elsewhere(probe: Probe) -> Action:
    return Action(Do.CLICK, Target.TO_PASSWORD if probe.to_password else Target.ANOTHER_WAY)


_FIXED: Mapping[Name, Action] = {
    Name.HOME: Action(Do.DONE),
    Name.WAIT: Action(Do.WAIT),
    Name.PASSING: Action(Do.PASS),
    Name.PICKER: Action(Do.PICK),
    Name.SIGNED_OUT: Action(Do.CLICK, Target.SIGN_IN),
    Name.WORK_OR_PERSONAL: Action(Do.CLICK, Target.WORK),
    Name.KMSI: Action(Do.CLICK, Target.NO),
    Name.PROOF_UP_SKIPPABLE: Action(Do.CLICK, Target.SKIP),
    Name.APP_CONFIRM: Action(Do.CLICK, Target.PRIMARY),
    Name.SSO_CONSENT: Action(Do.CLICK, Target.SSO),
}
_BY_SCREEN: Mapping[Name, Callable[[Probe, Memory, Able], Action]] = {
    Name.EMAIL: _email,
    Name.PASSWORD: _password,
    Name.FEDERATED: _federated,
    Name.CODE: _code,
    Name.NUMBER: _approval,
    Name.PUSH: _approval,
    Name.PASSWORDLESS: _passwordless,
    Name.METHODS: _method,
    Name.ACCESS_PASS: _access_pass,
    Name.PASSKEY: _passkey,
}
