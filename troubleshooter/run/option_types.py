"""The types of options: how an option's text becomes a value, which values are valid, and how the record writes them.

`--help` loads this module, so whatever is slow to import is imported only by the checks that need it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from troubleshooter.errors import did_you_mean

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag (BCP 47), in the forms that browsers accept."""


def _languages() -> Iterable[str]:
    from troubleshooter.locale import LANGUAGES  # noqa: PLC0415 - loads the catalogs

    return LANGUAGES


def _browsers() -> Iterable[str]:
    from troubleshooter.browser.executable import BROWSERS  # noqa: PLC0415 - loads what drives a browser

    return BROWSERS


def _one_of(allowed: Callable[[], Iterable[str]]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in allowed():
            raise ValueError(f"{value!r}; allowed: {', '.join(allowed())}")
        return value

    return AfterValidator(check)


def _surface_names(given: str | Iterable[str]) -> tuple[str, ...]:
    from troubleshooter.surfaces import SURFACES, WORDS  # noqa: PLC0415 - loads every surface

    parts = given.split(",") if isinstance(given, str) else given
    names = tuple(dict.fromkeys(str(part).strip().lower() for part in parts))
    if not all(names):
        raise ValueError(f"{given!r} contains an empty name; expected names separated by commas")
    allowed = [*WORDS, *(surface.value for surface in SURFACES)]
    for name in names:
        if name not in allowed:
            raise ValueError(f"no surface {name!r}{did_you_mean(name, allowed)}")
    return names or ("default",)


def _output_names(given: str | Iterable[str]) -> tuple[str, ...]:
    from troubleshooter.run.output_names import OUTPUTS  # noqa: PLC0415 - only where the option is given

    parts = given.split(",") if isinstance(given, str) else given
    names = tuple(dict.fromkeys(str(part).strip().lower() for part in parts))
    for name in names:
        if name not in OUTPUTS:
            raise ValueError(f"no output {name!r}{did_you_mean(name, list(OUTPUTS))}")
    return names


def _past(given: str | datetime) -> datetime:
    if not isinstance(given, str):
        return given
    expected = "expected a past time such as 2026-11-22T10:41:00Z or 2026-11-22 10:41"
    try:
        moment = datetime.fromisoformat(given.strip()).astimezone(UTC)
    except ValueError:
        raise ValueError(f"{given!r} is not a valid time; {expected}") from None
    if moment > datetime.now(UTC) + timedelta(minutes=5):
        raise ValueError(f"{given!r} is in the future; {expected}")
    return moment


def _rfc3339(moment: datetime) -> str:
    from troubleshooter.model.scalars import rfc3339  # noqa: PLC0415 - loads pydantic types

    return rfc3339(moment)


def _seconds(value: float) -> float:
    if not 0 < value <= 3600:
        raise ValueError(f"{value:g}; expected seconds, more than 0 and at most 3600")
    return value


def _language_tag(value: str) -> str:
    if not _TAG.fullmatch(value):
        raise ValueError(f"{value!r} is not a language tag; expected one such as ro-RO")
    return value


def _proxy(value: str) -> str:
    from troubleshooter.browser.proxy import parsed  # noqa: PLC0415 - loads the redaction

    parsed(value, "--proxy")
    return value


def _proxy_without_password(value: str) -> str:
    from troubleshooter.browser.proxy import without_credentials  # noqa: PLC0415 - loads the redaction

    return without_credentials(value)


def _remote(way: str) -> AfterValidator:
    def check(value: str) -> str:
        from troubleshooter.browser.remote import Remote  # noqa: PLC0415 - loads Playwright

        return Remote.of(way, value).url

    return AfterValidator(check)


def _without_token(value: str) -> str:
    from troubleshooter.browser.remote import without_token  # noqa: PLC0415 - loads Playwright

    return without_token(value)


def _program(value: str) -> str:
    if not Path(value).is_file():
        raise ValueError(f"{value} is not a file; expected the program of a browser")
    return value


def _absolute(path: Path) -> str:
    return str(path.resolve())


def _absolute_file(spec: str) -> str:
    return _absolute(Path(spec)) if Path(spec).is_file() else spec


Language = Annotated[str, _one_of(_languages)]
"""The language of a report."""
BrowserName = Annotated[str, _one_of(_browsers)]
SignInKind = Annotated[str, _one_of(lambda: ("auto", "interactive"))]
SurfaceNames = Annotated[tuple[str, ...], BeforeValidator(_surface_names)]
"""Names of surfaces, `default`, or `all`, from a comma-separated text; empty means `default`."""
OutputNames = Annotated[tuple[str, ...], BeforeValidator(_output_names)]
"""Names of forms of the report, from a comma-separated text."""
PastTime = Annotated[datetime, BeforeValidator(_past), PlainSerializer(_rfc3339, when_used="json-unless-none")]
"""A time with its zone; a text without a zone is in this computer's time zone."""
Seconds = Annotated[float, AfterValidator(_seconds)]
LanguageTag = Annotated[str, AfterValidator(_language_tag)]
Proxy = Annotated[str, AfterValidator(_proxy), PlainSerializer(_proxy_without_password)]
"""The address of a proxy; the record keeps it without a name and a password."""
ConnectAddress = Annotated[str, _remote("connect"), PlainSerializer(_without_token)]
"""The address of a Playwright server; the record keeps it without what may be a token."""
CdpAddress = Annotated[str, _remote("cdp"), PlainSerializer(_without_token)]
"""The address of a browser's debugging port; kept like the others."""
Program = Annotated[str, AfterValidator(_program)]
"""The path of a file that exists, as given."""
FilePath = Annotated[Path, PlainSerializer(_absolute, when_used="json")]
"""A path; the record keeps it as an absolute path."""
TenantSpec = Annotated[str, PlainSerializer(_absolute_file, when_used="json")]
"""What `--tenant` names: a file, which the record keeps as an absolute path, or `sandbox`."""
