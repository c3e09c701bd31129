"""Decides where users are checked: by which engine, and in which browser (`--engine`, `--connect`, `--cdp`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from troubleshooter.batch.browsers import StartBrowser
from troubleshooter.batch.engine.choice import LOCAL, engine_of
from troubleshooter.batch.prepared_batch import Engine
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.browser.launch import started
from troubleshooter.browser.remote import Remote
from troubleshooter.errors import InputError
from troubleshooter.run.request import RunSettings
from troubleshooter.tenant.tenant import Tenant

_OF_THIS_COMPUTER = ("browser", "executable", "headed", "proxy")
"""Options that a browser is started with."""


@dataclass(frozen=True)
class Place:
    """Where users are checked."""

    engine: Engine
    start_browser: StartBrowser = started
    notes: tuple[str, ...] = ()
    """What to say about it before the start, a line each."""


def place_of(request: VerifyRequest, settings: RunSettings, tenant: Tenant, say: Callable[[str], None]) -> Place:
    """Return where `request` wants users to be checked.

    Args:
        say: called with lines for the person at the terminal, later.

    Raises:
        InputError: they can't be checked there.
    """
    engine = engine_of(request.engine, str(request.tenant), say)
    remote = _remote_browser(request, settings, tenant)
    return Place(engine, remote.started, (remote.losses,)) if remote else Place(engine)


def _remote_browser(request: VerifyRequest, settings: RunSettings, tenant: Tenant) -> Remote | None:
    """Return the browser that `request` names; None for one of this computer.

    Raises:
        InputError: it would do something else than what is asked for.
    """
    given = {way: url for way, url in (("connect", request.connect), ("cdp", request.cdp)) if url}
    if not given:
        return None
    if len(given) > 1:
        raise InputError("--cdp", "names a browser, and so does --connect; leave one of them out")
    ((way, url),) = given.items()
    flag = f"--{way}"
    if request.engine not in (None, LOCAL):
        raise InputError(flag, "is for the engine local; the workers of a cluster start browsers of their own")
    if tenant.network:
        why = f"{tenant.name} is a lab, whose hosts a browser finds only if it is started for it; leave out {flag}"
        raise InputError(flag, why)
    if settings.interactive:
        raise InputError(flag, "has no window in which a person could sign in; leave out --sign-in interactive")
    if wrong := [name for name in _OF_THIS_COMPUTER if getattr(settings, name)]:
        raise InputError(flag, f"names a browser that is already running; leave out --{wrong[0]}")
    return Remote.of(way, url)
