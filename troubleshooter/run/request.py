"""Declares what a run is asked to do. An option is one field here, from which every other place derives it.

To add an option, add one field with its `Option`, and the code that uses it. The command line, the environment, the
tenant file's `[options]`, the record's inputs and `recheck` then support it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, field_serializer, model_validator

from troubleshooter.errors import InputError
from troubleshooter.run.option_types import (
    BrowserName,
    FilePath,
    Language,
    LanguageTag,
    PastTime,
    Program,
    Proxy,
    Seconds,
    SignInKind,
    SurfaceNames,
    TenantSpec,
)
from troubleshooter.run.options import Option, Panel, declared


class RunSettings(BaseModel):
    """The settings with which a run is performed: the options that a tenant file may set."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    photo: Annotated[
        FilePath | None,
        Option(
            "The photo for add-photo to add: best a picture of 648 px or more, at most 4 MB.",
            metavar="FILE",
            panel=Panel.PHOTO,
        ),
    ] = None
    strict: Annotated[
        bool, Option("Refuse to add a photo that would look soft in large places.", panel=Panel.PHOTO)
    ] = False
    allow_changes: Annotated[bool, Option("Let add-photo change the photo in the tenant.", panel=Panel.PHOTO)] = False
    surfaces: Annotated[
        SurfaceNames,
        Option(
            "Which places to check: names of surfaces, separated by commas, or default, or all. "
            "`troubleshooter scenarios surfaces` lists them.",
            metavar="LIST",
            panel=Panel.WHAT,
        ),
    ] = ("default",)
    also_profile: Annotated[
        FilePath | None,
        Option(
            "The profile folder of a browser: a copy of it is checked too, to tell whether only its cache is outdated.",
            metavar="DIR",
            repeated=True,
            panel=Panel.WHAT,
        ),
    ] = None
    changed_at: Annotated[
        PastTime | None,
        Option(
            "When the photo was changed: 2026-11-22T10:41:00Z, or 2026-11-22 10:41 in this computer's time zone.",
            metavar="TIME",
            repeated=True,
            panel=Panel.WHAT,
        ),
    ] = None
    lang: Annotated[
        Language,
        Option("The report's language: en (default) or ro.", metavar="en|ro", repeated=True, panel=Panel.REPORT),
    ] = "en"
    ticket: Annotated[
        str | None,
        Option(
            "Text for the top of the report, such as a ticket number.",
            metavar="TEXT",
            repeated=True,
            panel=Panel.REPORT,
        ),
    ] = None
    show_others: Annotated[
        bool, Option("Leave other people's faces and names visible in the pictures.", repeated=True, panel=Panel.REPORT)
    ] = False
    browser: Annotated[
        BrowserName | None,
        Option(
            "chrome, msedge or chromium. Default: the first of them that is installed.",
            metavar="NAME",
            repeated=True,
            panel=Panel.BROWSER,
        ),
    ] = None
    executable: Annotated[
        Program | None, Option("The browser's executable.", metavar="PATH", repeated=True, panel=Panel.BROWSER)
    ] = None
    headed: Annotated[bool, Option("Show the browser while it works.", repeated=True, panel=Panel.BROWSER)] = False
    sign_in: Annotated[
        SignInKind,
        Option(
            "auto (default), or interactive: a person signs in by hand, in a window.",
            metavar="HOW",
            panel=Panel.SIGN_IN,
        ),
    ] = "auto"
    ui_locale: Annotated[
        LanguageTag | None,
        Option(
            "The browser's language, such as ro-RO. Default: the computer's.",
            metavar="TAG",
            repeated=True,
            panel=Panel.BROWSER,
        ),
    ] = None
    timeout: Annotated[
        Seconds,
        Option(
            "The longest single wait, in seconds. Default: 30.", metavar="SECONDS", repeated=True, panel=Panel.BROWSER
        ),
    ] = 30.0
    max_time: Annotated[
        Seconds,
        Option(
            "The longest time for a run, in seconds, without waits for a person. Default: 180.",
            metavar="SECONDS",
            repeated=True,
            panel=Panel.BROWSER,
        ),
    ] = 180.0
    proxy: Annotated[
        Proxy | None,
        Option("The browser's proxy. Default: the system's.", metavar="URL", repeated=True, panel=Panel.BROWSER),
    ] = None
    locators: Annotated[
        FilePath | None,
        Option(
            "Selectors to try first where pages have changed, by the ids of `troubleshooter locators`. "
            "Default: locators.toml beside the tenant file.",
            metavar="FILE",
            repeated=True,
            panel=Panel.BROWSER,
        ),
    ] = None
    sign: Annotated[
        FilePath | None,
        Option(
            "Sign the run's manifest with this Ed25519 private key (PEM).",
            metavar="KEY",
            panel=Panel.REPORT,
            recorded=False,
        ),
    ] = None
    timestamp: Annotated[
        str | None,
        Option(
            "With --sign: have a timestamp service (RFC 3161) confirm when the run was signed.",
            metavar="URL",
            panel=Panel.REPORT,
            recorded=False,
        ),
    ] = None
    out: Annotated[
        Path,
        Option(
            "The folder in which each run's folder is created. Default: reports/.",
            metavar="DIR",
            recorded=False,
            panel=Panel.REPORT,
        ),
    ] = Path("reports")
    non_interactive: Annotated[
        bool, Option("Never prompt; stop if an answer is needed.", recorded=False, panel=Panel.SIGN_IN)
    ] = False
    find_pages: Annotated[
        bool,
        Option(
            "Find pages that show the user, even in the sandbox, which provides some.", recorded=False, panel=Panel.WHAT
        ),
    ] = False

    @property
    def interactive(self) -> bool:
        """Whether somebody signs in by hand."""
        return self.sign_in == "interactive"

    @property
    def in_window(self) -> bool:
        """Whether the browser's window is shown, which signing in by hand requires."""
        return self.headed or self.interactive

    @field_serializer("headed")
    def _shown(self, _: bool) -> bool:
        return self.in_window

    @model_validator(mode="after")
    def _of_a_signature(self) -> RunSettings:
        if self.timestamp:
            from troubleshooter.evidence.timestamps import check_service  # noqa: PLC0415 - only needed here

            if not self.sign:
                raise InputError("--timestamp", "confirms when a run was signed; add --sign KEY")
            check_service(self.timestamp)
        return self

    @model_validator(mode="after")
    def _by_somebody(self) -> RunSettings:
        if self.interactive and self.non_interactive:
            raise InputError("--sign-in", "interactive needs somebody to sign in; leave out --non-interactive")
        return self


class RunRequest(RunSettings):
    """A request for a run: its settings, and what it is to do."""

    scenario: Annotated[str, Option("The scenario's id; `troubleshooter scenarios list` lists them.", argument=True)]
    tenant: Annotated[
        TenantSpec,
        Option(
            "A tenant file, or `sandbox`, `sandbox:FAULT` or `sandbox:FAULT@LAYOUT` for the built-in tenant.",
            metavar="FILE",
            panel=Panel.WHAT,
        ),
    ]
    account: Annotated[
        str | None,
        Option("The account of the tenant file that signs in.", flag="--as", metavar="ACCOUNT", panel=Panel.WHAT),
    ] = None
    subject: Annotated[
        str | None,
        Option("The user whose photo is checked. Default: the account's own user.", metavar="UPN", panel=Panel.WHAT),
    ] = None
    pages: Annotated[
        tuple[str, ...],
        Option(
            "A page where the photo is out of date, or whose People web part includes the user. Repeatable. "
            "Default: up to three pages that the account may read are found.",
            flag="--page",
            metavar="URL",
            repeatable=True,
            panel=Panel.WHAT,
        ),
    ] = ()
    expect: Annotated[
        FilePath | None,
        Option(
            "The photo that everyone should see. Default: the photo at its source.", metavar="PHOTO", panel=Panel.WHAT
        ),
    ] = None
    run_dir: Annotated[
        Path | None,
        Option(
            "The folder for this run, which must not exist yet. Default: a new one in --out.",
            metavar="DIR",
            recorded=False,
            panel=Panel.REPORT,
        ),
    ] = None
    sent_before: bool = False
    """Whether an earlier run sent the photo, so that this one only checks whether it has arrived."""

    def inputs(self) -> dict[str, Any]:
        """Return what is needed to repeat the run, as JSON values."""
        recorded = [option.name for option in declared(RunRequest) if option.option.recorded]
        values = self.model_dump(mode="json", include=set(recorded))
        return {name: values[name] for name in recorded}
