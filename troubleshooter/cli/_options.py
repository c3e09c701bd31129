"""The options of the commands that run something: command line over environment over tenant file over default."""

from __future__ import annotations

import functools
import inspect
import re
import typing
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from troubleshooter.errors import InputError

LANGUAGES = ("en", "ro")
SIGN_INS = ("auto", "interactive")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag, as far as browsers take it (BCP 47)."""
_PROXY = re.compile(r"(https?|socks[45])://([^\s/@]+@)?[^\s/:@]+(:\d{1,5})?/?|[^\s/:]+:\d{1,5}")
BROWSERS = ("chrome", "msedge", "chromium")


def _option(flag: str, help_: str, *more: str, **kw: Any) -> Any:  # noqa: ANN401 - typer's own type
    name = flag.split("/", maxsplit=1)[0].lstrip("-").replace("-", "_").upper()
    return typer.Option(flag, *more, envvar=f"TROUBLESHOOTER_{name}", show_default=False, help=help_, **kw)


@dataclass
class Given:
    """The options as given: None where neither command line nor environment says anything."""

    out: Annotated[Path | None, _option("--out", "Folder for the run's folder. Default: reports/.", metavar="DIR")] = (
        None
    )
    lang: Annotated[str | None, _option("--lang", "The report's language: en (default) or ro.")] = None
    ui_locale: Annotated[
        str | None,
        _option("--ui-locale", "The browser's language, such as ro-RO. Default: the computer's.", metavar="TAG"),
    ] = None
    headed: Annotated[bool | None, _option("--headed", "Show the browser while it works.")] = None
    browser: Annotated[
        str | None, _option("--browser", "chrome, msedge or chromium. Default: the first that is installed.")
    ] = None
    executable: Annotated[Path | None, _option("--executable", "The browser's program.", metavar="PATH")] = None
    timeout: Annotated[
        float | None, _option("--timeout", "Longest single wait, in seconds. Default: 30.", metavar="SECONDS")
    ] = None
    proxy: Annotated[str | None, _option("--proxy", "Proxy for the browser. Default: the system's.", metavar="URL")] = (
        None
    )
    sign_in: Annotated[
        str | None,
        _option("--sign-in", "auto (default), or interactive: a person signs in alone, in a window.", metavar="HOW"),
    ] = None
    non_interactive: Annotated[
        bool | None, _option("--non-interactive", "Never ask a person; stop where one is needed.")
    ] = None
    surfaces: Annotated[
        str | None,
        _option(
            "--surfaces",
            "Where to look, separated by commas: names of surfaces, default, or all. `scenarios surfaces` lists them.",
            metavar="LIST",
        ),
    ] = None
    find_pages: Annotated[
        bool | None, _option("--find-pages", "Look for pages with the user by itself, also in the sandbox.")
    ] = None
    show_others: Annotated[
        bool | None, _option("--show-others", "Leave other people's faces and names in the pictures.")
    ] = None
    photo: Annotated[
        Path | None,
        _option("--photo", "The photo that add-photo adds: a picture of at most 4 MB, 648 px or more.", metavar="FILE"),
    ] = None
    allow_changes: Annotated[
        bool | None, _option("--allow-changes", "Let add-photo change the photo in the tenant.")
    ] = None
    ticket: Annotated[
        str | None, _option("--ticket", "Text for the report's head, such as a ticket's number.", metavar="TEXT")
    ] = None
    changed_at: Annotated[
        str | None,
        _option(
            "--changed-at",
            "When the photo was changed: 2026-11-22T10:41:00Z, or 2026-11-22 10:41 by this computer's clock.",
            metavar="TIME",
        ),
    ] = None
    also_profile: Annotated[
        Path | None,
        _option(
            "--also-profile",
            "A browser's profile folder: a copy of it is looked at too, to tell whether only its cache is old.",
            metavar="DIR",
        ),
    ] = None
    json: Annotated[bool | None, _option("--json", "Print the record as one line of JSON on stdout.")] = None
    quiet: Annotated[bool | None, _option("--quiet", "No progress on stderr.", "-q")] = None
    verbose: Annotated[bool | None, _option("--verbose", "Say each avatar that is seen.", "-v")] = None


@dataclass(frozen=True)
class Settled:
    """The options that hold."""

    out: Path = Path("reports")
    lang: str = "en"
    ui_locale: str | None = None
    headed: bool = False
    browser: str | None = None
    executable: Path | None = None
    timeout: float = 30.0
    proxy: str | None = None
    sign_in: str = "auto"
    non_interactive: bool = False
    surfaces: tuple[str, ...] = ()
    find_pages: bool = False
    show_others: bool = False
    photo: Path | None = None
    allow_changes: bool = False
    ticket: str | None = None
    changed_at: str | None = None
    also_profile: Path | None = None
    json: bool = False
    quiet: bool = False
    verbose: bool = False


_KINDS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(
        ("headed", "non_interactive", "find_pages", "show_others", "allow_changes", "json", "quiet", "verbose"), (bool,)
    ),
    "timeout": (int, float),
    "surfaces": (str, list),
}


_NAMED = {bool: "true or false", int: "a number", str: "a text"}


def settle(given: Given, tenant_options: Mapping[str, object], file: str) -> Settled:
    """Return the options that hold, after the tenant file's `[options]` filled what was not given.

    Raises:
        InputError: an option's value is not allowed, or the tenant file names an option that doesn't exist.
    """
    names = {f.name for f in fields(Settled)}
    values: dict[str, Any] = {}
    for key, value in tenant_options.items():
        name = key.replace("-", "_")
        where = f"{file}: options.{key}"
        if name not in names:
            allowed = ", ".join(sorted(n.replace("_", "-") for n in names))
            raise InputError(where, f"no such option. Allowed: {allowed}.")
        kinds = _KINDS.get(name, (str,))
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise InputError(where, f"{value!r} is not allowed; allowed: {_NAMED[kinds[0]]}")
        values[name] = Path(str(value)) if name in ("out", "executable", "photo", "also_profile") else value
    values |= {f.name: v for f in fields(given) if (v := getattr(given, f.name)) is not None}
    if "surfaces" in values:
        values["surfaces"] = _names(values["surfaces"])
    settled = Settled(**values)
    _check(settled)
    return settled


def _names(given: object) -> tuple[str, ...]:
    """Return the names in a text that commas separate, or in a list; none is an error that names `--surfaces`."""
    parts = given if isinstance(given, list) else str(given).split(",")
    names = tuple(dict.fromkeys(str(part).strip().lower() for part in parts))
    if not all(names):
        raise InputError("--surfaces", f"{given!r} holds an empty name; allowed: names separated by commas")
    return names


def _check(options: Settled) -> None:
    if options.lang not in LANGUAGES:
        raise InputError("--lang", f"{options.lang!r}; allowed: {', '.join(LANGUAGES)}")
    if options.browser is not None and options.browser not in BROWSERS:
        raise InputError("--browser", f"{options.browser!r}; allowed: {', '.join(BROWSERS)}")
    if options.sign_in not in SIGN_INS:
        raise InputError("--sign-in", f"{options.sign_in!r}; allowed: {', '.join(SIGN_INS)}")
    if options.sign_in == "interactive" and options.non_interactive:
        raise InputError("--sign-in", "interactive needs a person; allowed: without --non-interactive")
    if not 0 < options.timeout <= 3600:
        raise InputError("--timeout", f"{options.timeout:g}; allowed: seconds, more than 0 and at most 3600")
    if options.executable is not None and not options.executable.is_file():
        raise InputError("--executable", f"{options.executable} is not a file; allowed: a browser's program")
    if options.changed_at is not None:
        moment(options.changed_at)
    if options.ui_locale is not None and not _TAG.fullmatch(options.ui_locale):
        raise InputError("--ui-locale", f"{options.ui_locale!r}; allowed: a language tag such as ro-RO")
    if options.proxy is not None and not _PROXY.fullmatch(options.proxy):
        allowed = "allowed: HOST:PORT, or http://, https:// or socks5:// with a host"
        raise InputError("--proxy", f"this is no proxy; {allowed}")  # it may hold a password


def moment(text: str) -> datetime:
    """Return the time that `text` says: RFC 3339, or without a zone by this computer's clock.

    Raises:
        InputError: it is no time, or one that is still to come.
    """
    allowed = "allowed: a past time such as 2026-11-22T10:41:00Z or 2026-11-22 10:41"
    try:
        said = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError("--changed-at", f"{text!r} is no time; {allowed}") from error
    said = said.astimezone(UTC)
    if said > datetime.now(UTC) + timedelta(minutes=5):
        raise InputError("--changed-at", f"{text!r} is still to come; {allowed}")
    return said


def with_options(command: Callable[..., None], only: Collection[str] = ()) -> Callable[..., None]:
    """Return `command` with every option of `Given` beside its own; it gets them as one argument, `given`.

    Args:
        only: names of the options that it has; empty for all.
    """
    own = inspect.signature(command, eval_str=True)
    hints = typing.get_type_hints(Given, include_extras=True)
    shared = [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hints[f.name])
        for f in fields(Given)
        if not only or f.name in only
    ]

    @functools.wraps(command)
    def wrapper(**kwargs: Any) -> None:  # noqa: ANN401 - typer passes what the signature says
        given = Given(**{p.name: kwargs.pop(p.name) for p in shared})
        command(**kwargs, given=given)

    mine = [p for p in own.parameters.values() if p.name != "given"]
    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in mine]
    wrapper.__signature__ = inspect.Signature([*keyword, *shared])  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in (*keyword, *shared)}
    return wrapper
