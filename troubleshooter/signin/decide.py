"""What to do on a screen: from what the page shows and what this sign-in has done so far. Pure.

The rules that no page can break stand here: a password is typed at most once a sign-in and only on a host that allows
it; a one-time code at most once a time step; nothing is typed where an error was read; every loop ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from troubleshooter.model.enums import Reason
from troubleshooter.signin.actions import Able, Action, Do, Memory, Target
from troubleshooter.signin.mfa import access_pass, approval, by_position, code, method, passkey, passwordless
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screens import Name, Screen, aadsts
from troubleshooter.signin.stop_messages import asked_again, not_on_this_screen, other_account, stopped
from troubleshooter.tenant.hosts import HostPolicy

NAMES = 2
"""How often one sign-in may type the user name: once more where the page lost it, or was loaded anew."""
_TYPES = frozenset({Do.NAME, Do.PASSWORD, Do.CREDENTIALS, Do.CODE, Do.ASK})
ROUNDS = 25
"""Things that one sign-in may do; more is a loop (AADSTS50196 warns of them)."""


def decide(screen: Screen, probe: Probe, memory: Memory, able: Able, hosts: HostPolicy) -> tuple[Action, Memory]:
    """Return what to do on `screen`, and what is to be remembered of it.

    Raises:
        Stopped: there is nothing that may be done.
    """
    action = _decide(screen, probe, memory, able)
    if action.do in _TYPES and not hosts.may_type(probe.url):
        raise not_on_this_screen(probe.url)
    if action.do in _TYPES or action.do is Do.PICK:
        _read_errors(probe, memory)
    if action.do in (Do.DONE, Do.WAIT, Do.PASS):
        return action, memory
    if memory.rounds >= ROUNDS:
        raise stopped(Reason.SIGN_IN_ERROR)
    return action, _after(action, probe, memory)


def _read_errors(probe: Probe, memory: Memory) -> None:
    """End a sign-in whose page says that something is wrong although nothing was given to it yet.

    A code that no table holds may be a leftover, and so may a notice: at first only both together count. An account
    whose session was lost was let in a moment ago: there is no leftover, and either is the reason why it was lost.

    Raises:
        Stopped: with the code, where there is one.
    """
    if memory.typed or memory.codes or memory.asked:
        return
    code, notice = aadsts(probe), probe.email_error or probe.password_error or probe.federated_error
    if (code or notice) if memory.again else (code and notice):
        raise stopped(Reason.SIGN_IN_ERROR, code)


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
        changes["method"] = probe.methods[action.method] or by_position(probe, action.method)
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


def _password(probe: Probe, memory: Memory, able: Able, do: Do = Do.PASSWORD) -> Action:
    if memory.typed:
        # A notice on a field that was only just drawn is no refusal: something has to have been sent before, and the
        # notice must not have stood there already.
        again = probe.document != memory.typed_in
        if memory.posted and (probe.password_error or probe.federated_error) and (again or not memory.noticed):
            raise stopped(Reason.WRONG_PASSWORD)
        if again:
            raise asked_again(probe.url, aadsts(probe))
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


def _email(probe: Probe, memory: Memory, able: Able) -> Action:  # noqa: ARG001 - every row takes the same
    if not memory.named:
        return Action(Do.NAME)
    if probe.email_error:
        raise stopped(Reason.UNKNOWN_USER)
    lost = probe.document != memory.named_in or (probe.email_empty and not memory.sent)
    if lost and (refusal := aadsts(probe)):
        raise stopped(Reason.SIGN_IN_ERROR, refusal)
    if lost and memory.named < NAMES:
        return Action(Do.NAME)
    # The view is about to change; a busy overlay goes before it does.
    return Action(Do.WAIT)


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
    Name.CODE: code,
    Name.NUMBER: approval,
    Name.PUSH: approval,
    Name.PASSWORDLESS: passwordless,
    Name.METHODS: method,
    Name.ACCESS_PASS: access_pass,
    Name.PASSKEY: passkey,
}
