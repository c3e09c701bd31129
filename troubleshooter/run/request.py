"""What a run is asked to do. An option is one field here: every other place derives it from this declaration.

Adding an option: one field with its `Option`, and its use. The command line, the environment, the tenant file's
`[options]`, the record's inputs and `recheck` then have it. What this module imports, `--help` loads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    field_serializer,
    model_validator,
)

from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.run.options import Option, declared

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag, as far as browsers take it (BCP 47)."""
_PROXY = re.compile(r"(https?|socks[45])://([^\s/@]+@)?[^\s/:@]+(:\d{1,5})?/?|[^\s/:]+:\d{1,5}")


def _languages() -> Iterable[str]:
    from troubleshooter.locale import LANGUAGES  # noqa: PLC0415 - loads the catalogues

    return LANGUAGES


def _browsers() -> Iterable[str]:
    from troubleshooter.browser.executable import BROWSERS  # noqa: PLC0415 - loads what drives a browser

    return BROWSERS


def _one_of(allowed: Callable[[], Iterable[str]]) -> AfterValidator:
    def check(value: str | None) -> str | None:
        if value is not None and value not in allowed():
            raise ValueError(f"{value!r}; allowed: {', '.join(allowed())}")
        return value

    return AfterValidator(check)


def _surfaces(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return the names in a text that commas separate, or in a list; none is `default`."""
    from troubleshooter.surfaces import SURFACES, WORDS  # noqa: PLC0415 - loads every surface

    parts = given.split(",") if isinstance(given, str) else given
    names = tuple(dict.fromkeys(str(part).strip().lower() for part in parts))
    if not all(names):
        raise ValueError(f"{given!r} holds an empty name; expected names separated by commas")
    allowed = [*WORDS, *(surface.value for surface in SURFACES)]
    for name in names:
        if name not in allowed:
            raise ValueError(f"no surface {name!r}{did_you_mean(name, allowed)}")
    return names or ("default",)


def _moment(given: str | datetime | None) -> datetime | None:
    """Return the time that a text says: RFC 3339, or without a zone by this computer's clock."""
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
    from troubleshooter.model.records import rfc3339  # noqa: PLC0415 - loads the records

    return rfc3339(moment)


def _seconds(value: float) -> float:
    if not 0 < value <= 3600:
        raise ValueError(f"{value:g}; expected seconds, more than 0 and at most 3600")
    return value


def _language_tag(value: str | None) -> str | None:
    if value is not None and not _TAG.fullmatch(value):
        raise ValueError(f"{value!r} is not a language tag; expected one such as ro-RO")
    return value


def _proxy_url(value: str | None) -> str | None:
    if value is not None and not _PROXY.fullmatch(value):  # it may hold a password: the error does not repeat it
        raise ValueError("not a valid proxy; expected HOST:PORT, or http://, https:// or socks5:// with a host")
    return value


def _program(value: str | None) -> str | None:
    if value is not None and not Path(value).is_file():
        raise ValueError(f"{value} is not a file; expected the program of a browser")
    return value


def _absolute(path: Path) -> str:
    return str(path.resolve())


def _absolute_file(spec: str) -> str:
    """Return the absolute path of the file that `spec` names; what names no file, such as `sandbox`, as it is."""
    return _absolute(Path(spec)) if Path(spec).is_file() else spec


_File = Annotated[Path, PlainSerializer(_absolute, when_used="json")]
_OneOfBrowsers, _OneOfLanguages = _one_of(_browsers), _one_of(_languages)
_OneOfSignIns = _one_of(lambda: ("auto", "interactive"))


class RunSettings(BaseModel):
    """How a run is made: the options that a tenant file may set."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    photo: Annotated[
        _File | None,
        Option("The photo for add-photo to add: a picture of 648 px or more, at most 4 MB.", metavar="FILE"),
    ] = None
    allow_changes: Annotated[bool, Option("Let add-photo change the photo in the tenant.")] = False
    surfaces: Annotated[
        tuple[str, ...],
        Option(
            "Where to look: names of surfaces, separated by commas, or default, or all. "
            "`troubleshooter scenarios surfaces` lists them.",
            metavar="LIST",
        ),
        BeforeValidator(_surfaces),
    ] = ("default",)
    also_profile: Annotated[
        _File | None,
        Option(
            "The profile folder of a browser: look in a copy of it too, to tell whether only its cache is out of date.",
            metavar="DIR",
            repeated=True,
        ),
    ] = None
    changed_at: Annotated[
        datetime | None,
        Option(
            "When the photo was changed: 2026-11-22T10:41:00Z, or 2026-11-22 10:41 in this computer's time zone.",
            metavar="TIME",
            repeated=True,
        ),
        BeforeValidator(_moment),
        PlainSerializer(_rfc3339, when_used="json-unless-none"),
    ] = None
    lang: Annotated[str, Option("The report's language: en (default) or ro.", repeated=True), _OneOfLanguages] = "en"
    ticket: Annotated[
        str | None,
        Option("Text for the head of the report, such as a ticket number.", metavar="TEXT", repeated=True),
    ] = None
    show_others: Annotated[
        bool, Option("Leave other people's faces and names visible in the pictures.", repeated=True)
    ] = False
    browser: Annotated[
        str | None,
        Option("chrome, msedge or chromium. Default: the first of them that is installed.", repeated=True),
        _OneOfBrowsers,
    ] = None
    executable: Annotated[
        str | None, Option("The program of the browser.", metavar="PATH", repeated=True), AfterValidator(_program)
    ] = None
    headed: Annotated[bool, Option("Show the browser while it works.", repeated=True)] = False
    sign_in: Annotated[
        str,
        Option("auto (default), or interactive: somebody signs in by hand, in a window.", metavar="HOW"),
        _OneOfSignIns,
    ] = "auto"
    ui_locale: Annotated[
        str | None,
        Option("The browser's language, such as ro-RO. Default: the computer's.", metavar="TAG", repeated=True),
        AfterValidator(_language_tag),
    ] = None
    timeout: Annotated[
        float,
        Option("The longest single wait, in seconds. Default: 30.", metavar="SECONDS", repeated=True),
        AfterValidator(_seconds),
    ] = 30.0
    proxy: Annotated[
        str | None,
        Option("The browser's proxy. Default: the system's.", metavar="URL", repeated=True),
        AfterValidator(_proxy_url),
    ] = None
    out: Annotated[
        Path, Option("The folder in which each run gets its own. Default: reports/.", metavar="DIR", recorded=False)
    ] = Path("reports")
    non_interactive: Annotated[
        bool, Option("Never ask anybody anything; stop where an answer is needed.", recorded=False)
    ] = False
    find_pages: Annotated[
        bool, Option("Find pages that show the user, even in the sandbox, which names some.", recorded=False)
    ] = False

    @property
    def interactive(self) -> bool:
        """Whether somebody signs in by hand."""
        return self.sign_in == "interactive"

    @property
    def in_window(self) -> bool:
        """Whether the browser is shown: nobody can sign in by hand without its window."""
        return self.headed or self.interactive

    @field_serializer("headed")
    def _shown(self, _: bool) -> bool:
        return self.in_window

    @model_validator(mode="after")
    def _by_somebody(self) -> RunSettings:
        if self.interactive and self.non_interactive:
            raise InputError("--sign-in", "interactive needs somebody to sign in; leave out --non-interactive")
        return self


class RunRequest(RunSettings):
    """What a run is asked to do."""

    scenario: Annotated[str, Option("The scenario's id; `troubleshooter scenarios list` lists them.", argument=True)]
    tenant: Annotated[
        str,
        Option("A tenant file, or `sandbox` or `sandbox:FAULT` for the built-in tenant.", metavar="FILE"),
        PlainSerializer(_absolute_file, when_used="json"),
    ]
    account: Annotated[
        str | None, Option("The account of the tenant file that signs in.", flag="--as", metavar="ACCOUNT")
    ] = None
    subject: Annotated[
        str | None, Option("The user whose photo is checked. Default: the account's own user.", metavar="UPN")
    ] = None
    pages: Annotated[
        tuple[str, ...],
        Option(
            "A page where the photo is out of date, or whose People web part includes the user. Repeatable. "
            "Default: up to three pages that the account may read are found.",
            flag="--page",
            metavar="URL",
            repeatable=True,
        ),
    ] = ()
    expect: Annotated[
        _File | None,
        Option("The photo that everyone should see. Default: the photo at its source.", metavar="PHOTO"),
    ] = None
    sent_before: bool = False
    """Whether an earlier run sent the photo: this one only checks whether it has arrived."""

    def inputs(self) -> dict[str, Any]:
        """Return what a second run needs, as JSON holds it."""
        recorded = [option.name for option in declared(RunRequest) if option.option.recorded]
        values = self.model_dump(mode="json", include=set(recorded))
        return {name: values[name] for name in recorded}
