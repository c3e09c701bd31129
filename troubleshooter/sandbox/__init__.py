"""A stand-in for a Microsoft 365 tenant, for trying the product without one.

It is served under the real host names over TLS on one loopback port. Its stores, clock and faults work like the real
ones; its company, people and portraits are invented.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults import FAULTS as _FAULTS
from troubleshooter.sandbox.faults import named
from troubleshooter.sandbox.scale import THE_CAST_ALONE, Scale
from troubleshooter.sandbox.traffic import Limits, limits_from

if TYPE_CHECKING:
    from troubleshooter.sandbox.server import Running as Running

__all__ = ["FAULTS", "Limits", "Scale", "limits_from", "named", "running"]

FAULTS: Mapping[str, str] = MappingProxyType({name: fault.description for name, fault in _FAULTS.items()})
"""A one-sentence description of each fault, by name."""


@contextmanager
def running(
    fault: str = "healthy",
    *,
    port: int = 0,
    generation: str = "mailbox",
    password: str | None = None,
    token_prefix: str = "",
    layout: str = "classic",
    page: bytes | None = None,
    scale: Scale = THE_CAST_ALONE,
) -> "Iterator[Running]":
    """Serve a tenant on 127.0.0.1 until the block ends.

    Args:
        port: the port; 0 picks a free one.
        generation: mailbox (SharePoint keeps its own copy) or people-service (SharePoint shows the source's photo).
        password: of every account; a random one unless given.
        token_prefix: how every token, code, cookie and signature begins, for tests that search for them.
        page: a saved page, which every host shows at `/captured-page`.
        scale: how many people are generated beside the cast, and which limits are enforced.
        layout: how the home page looks: one of `layouts.LAYOUTS`, and after it any of `layouts.OPTIONS`, joined by `+`.

    Raises:
        ValueError: no such fault, generation or layout; the message names the allowed ones.
    """
    from troubleshooter.sandbox.server import running as serve  # noqa: PLC0415 - listing the faults needs no server

    with serve(
        fault,
        port=port,
        generation=generation,
        password=password,
        token_prefix=token_prefix,
        layout=layout,
        page=page,
        scale=scale,
    ) as tenant:
        yield tenant
