"""Chooses the engine that `--engine` names."""

from __future__ import annotations

import re
from collections.abc import Callable

from troubleshooter.batch.engine.here import perform_here
from troubleshooter.batch.prepared_batch import Engine
from troubleshooter.errors import InputError
from troubleshooter.tenant.open import is_sandbox

_PLACE = re.compile(r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5})", re.ASCII)
LOCAL = "local"


def engine_of(spec: str | None, tenant: str, say: Callable[[str], None]) -> Engine:
    """Return the engine that `spec` names: `local`, which is the default, or `dask://HOST:PORT`.

    Args:
        tenant: what `--tenant` names.
        say: called with lines for the person at the terminal.

    Raises:
        InputError: there is no such engine, it is not installed, or it can't reach the tenant.
    """
    scheme, _, place = (spec or LOCAL).partition("://")
    if scheme not in _ENGINES:
        raise InputError("--engine", f"there is no engine {spec!r}; expected local or dask://HOST:PORT")
    return _ENGINES[scheme](place, tenant, say)


def _local(place: str, _: str, __: Callable[[str], None]) -> Engine:
    if place:
        raise InputError("--engine", "local has no address; expected local or dask://HOST:PORT")
    return perform_here


def _dask(place: str, tenant: str, say: Callable[[str], None]) -> Engine:
    found = _PLACE.fullmatch(place)
    if not found or not 0 < int(found["port"]) < 65536:
        raise InputError("--engine", f"'dask://{place}' is not the address of a scheduler; expected dask://HOST:PORT")
    if is_sandbox(tenant):
        why = "workers can't reach a sandbox of this process; start one with `troubleshooter sandbox serve --file FILE`"
        raise InputError("--engine", why)
    try:
        from troubleshooter.batch.engine.dask_engine import DaskEngine  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        if error.name not in ("distributed", "dask"):
            raise
        why = "Dask is not installed; install it with: pip install 'troubleshooter[dask]'"
        raise InputError("--engine", why) from None
    return DaskEngine(place, say)


_ENGINES: dict[str, Callable[[str, str, Callable[[str], None]], Engine]] = {LOCAL: _local, "dask": _dask}
"""By the scheme of `--engine`."""
