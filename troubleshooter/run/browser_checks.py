"""What `doctor` checks in the browser that a run would use: its fonts, and the way to the tenant's home page."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from troubleshooter.browser import launch
from troubleshooter.browser.certificate import is_public, issuer_of
from troubleshooter.browser.fonts import SAMPLES, missing_scripts
from troubleshooter.browser.reach import Reached, reach
from troubleshooter.browser.starting import Refusal
from troubleshooter.errors import Stopped
from troubleshooter.run.checkup import Row, fail, note, ok
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import HostPolicy, host_policy

_LARGEST_SKEW = 30
"""Seconds by which this computer's clock may be off: one-time codes are valid for 30."""
_PACKAGES = {
    "Latin": "fonts-dejavu-core",
    "Romanian": "fonts-dejavu-core",
    "Japanese": "fonts-noto-cjk",
    "Arabic": "fonts-noto-core",
    "emoji": "fonts-noto-color-emoji",
}
"""Debian's and Ubuntu's packages with a font for each script."""


@dataclass(frozen=True)
class Way:
    """The way to a home page."""

    home: str
    hosts: HostPolicy
    """The hosts to which the home page may lead."""
    network: Network | None = None


async def browser_rows(options: launch.Options, way: Way | None) -> list[Row]:
    """Start the browser that a run would use, and return the checks of it and of the way to the tenant.

    Args:
        way: where to go; None to go nowhere.
    """
    refusals: list[Refusal] = []
    hosts = way.hosts if way else host_policy("worldwide", ())
    network = way.network if way else None
    try:
        async with launch.opened(options, hosts, network, refusals.append) as (session, versions):
            passed_over = [f"({refusal.what.text})" for refusal in refusals]
            rows = [ok("browser", " ".join([versions["browser"], "starts and can be controlled", *passed_over]))]
            rows.append(_fonts(await missing_scripts(await session.tab())))
            if way:
                rows += _way(way, options, await reach(session, way.home))
            return rows
    except Stopped as error:
        return [fail("browser", f"{error.what.text} {error.help.text}")]


def _fonts(missing: list[str] | None) -> Row:
    if missing is None:
        return note("fonts", "it can't be measured here whether names in other scripts are shown")
    if not missing:
        return ok("fonts", f"this computer has glyphs for {_listed(list(SAMPLES))}")
    where = "with the system's settings, under languages or fonts"
    if platform.system() == "Linux":
        packages = dict.fromkeys(_PACKAGES[script] for script in missing)
        where = f"such as {' '.join(packages)} on Debian and Ubuntu"
    says = f"no glyphs for {_listed(missing)}: in pictures such names are boxes. Install fonts, {where}"
    return (fail if "Latin" in missing else note)("fonts", says)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _way(way: Way, options: launch.Options, found: Reached | Stopped) -> Iterator[Row]:
    server = options.proxy.server if options.proxy else None
    if isinstance(found, Stopped):
        says = f"{found.what.text} {found.help.text}"
        yield fail("proxy", f"{server}: {says}") if server else fail("home page", says)
        return
    yield ok("proxy", f"{server} connects to {way.home}") if server else ok("home page", f"{way.home} answers")
    yield _clock(found.ahead, lab=way.network is not None)
    yield _tls(found, lab=way.network is not None)


def _clock(ahead: timedelta | None, *, lab: bool) -> Row:
    """Check this computer's clock, of which one-time codes and `--changed-at` depend."""
    if ahead is None:
        return note("clock", "the home page did not say what time it is, so this computer's clock was not checked")
    seconds = round(ahead.total_seconds())
    off = f"{abs(seconds)} s {'behind' if seconds > 0 else 'ahead of'} the home page's"
    if abs(seconds) <= _LARGEST_SKEW:
        return ok("clock", f"this computer's clock is {off if seconds else 'the same as the home page has'}")
    if lab:
        return note("clock", f"this computer's clock is {off}, because the lab's own clock was moved")
    why = f"more than {_LARGEST_SKEW} s: one-time codes are refused, and the waits in reports are wrong"
    return fail("clock", f"this computer's clock is {off}, {why}. Let the system set its time by itself (NTP)")


def _tls(found: Reached, *, lab: bool) -> Row:
    """Tell whether the browser sees the service's own certificate, or one that was made on the way."""
    if found.certificate is None:
        return note("TLS", f"the browser did not show the certificate of {found.host or 'the home page'}")
    issuer = issuer_of(found.certificate)
    if lab:
        return ok("TLS", f"{found.host} has the lab's own certificate, which is trusted for this tenant only")
    if is_public(found.certificate):
        return ok("TLS", f"the certificate of {found.host} is from a public authority ({issuer})")
    return note(
        "TLS",
        f"a proxy or a security program inspects TLS: the certificate of {found.host} is from {issuer}, which is not a "
        "public authority. The browser trusts it, because this computer's certificate store does. If sign-in fails, "
        "ask whoever runs the network to leave Microsoft 365's sign-in hosts out of inspection",
    )
