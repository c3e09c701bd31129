"""Declares what `verify` is asked to do, beside the options of every run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from troubleshooter.run.option_types import CdpAddress, ConnectAddress, FilePath, TenantSpec
from troubleshooter.run.options import Option, Panel

MANY = 20
"""The number of users above which a quick check comes first, unless `--depth` says otherwise."""


class VerifyRequest(BaseModel):
    """What `verify` is asked to do."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    users: Annotated[
        FilePath | None,
        Option(
            "The list of users: a CSV file with a column upn, or an export from Entra or SharePoint.",
            argument=True,
            metavar="USERS.csv",
        ),
    ] = None
    from_page: Annotated[
        str | None,
        Option(
            "Instead of a list: check the users whom the People web parts of this page name, on this page.",
            metavar="URL",
            panel=Panel.WHAT,
        ),
    ] = None
    tenant: Annotated[
        TenantSpec | None, Option("A tenant file, or `sandbox` or `sandbox:FAULT`.", metavar="FILE", panel=Panel.WHAT)
    ] = None
    accounts: Annotated[
        tuple[str, ...],
        Option(
            "An account of the tenant file that checks the users. Several share the list. Repeatable.",
            flag="--as",
            metavar="ACCOUNT",
            repeatable=True,
            panel=Panel.WHAT,
        ),
    ] = ()
    depth: Annotated[
        Literal["quick", "full"] | None,
        Option(
            "quick compares SharePoint's copy, the photo at its source and the cards of given pages; whoever is not "
            f"certainly in sync is checked again in full. full: everybody. Default: quick for more than {MANY} users.",
            metavar="quick|full",
            panel=Panel.WHAT,
        ),
    ] = None
    no_confirm: Annotated[
        bool,
        Option(
            "Do not check again in full whoever is not in sync after a quick check; give no causes.", panel=Panel.WHAT
        ),
    ] = False
    workers: Annotated[
        Annotated[int, Field(ge=1, le=64)] | None,
        Option("How many users are checked at a time. Default: by cores and memory.", metavar="N", panel=Panel.PACE),
    ] = None
    engine: Annotated[
        str | None,
        Option(
            "Where users are checked: local, or the workers of a Dask cluster. Default: local.",
            metavar="dask://HOST:PORT",
            panel=Panel.PACE,
        ),
    ] = None
    connect: Annotated[
        ConnectAddress | None,
        Option(
            "Use the browser of a Playwright server instead of one of this computer.",
            metavar="ws://…",
            panel=Panel.BROWSER,
        ),
    ] = None
    cdp: Annotated[
        CdpAddress | None,
        Option(
            "Use a Chromium that is already running, through its debugging port.", metavar="URL", panel=Panel.BROWSER
        ),
    ] = None
    rate: Annotated[
        Annotated[float, Field(ge=0, le=1000)],
        Option(
            "Requests to SharePoint per second and account; 0: no limit. Default: 8.",
            metavar="N",
            panel=Panel.PACE,
        ),
    ] = 8.0
    between: Annotated[
        str | None,
        Option(
            "Check only in these hours, in this computer's time zone; wait at other times.",
            metavar="20:00-06:00",
            panel=Panel.PACE,
        ),
    ] = None
    deadline: Annotated[
        str | None,
        Option(
            "When to stop starting checks and only finish those in progress: a time of day, a time, or a duration "
            "from now.",
            metavar="06:00|TIME|2h",
            panel=Panel.PACE,
        ),
    ] = None
    watch: Annotated[
        str | None,
        Option(
            "Check again at this interval whoever is not in sync, until everybody is, or until --deadline: 30m, 6h.",
            metavar="EVERY",
            panel=Panel.PACE,
        ),
    ] = None
    max_failures: Annotated[
        Annotated[int, Field(ge=1)] | None,
        Option(
            "End the run after this many users who are not in sync and not accepted.", metavar="N", panel=Panel.PACE
        ),
    ] = None
    accept: Annotated[
        FilePath | None,
        Option("Known differences, each with a reason and a date.", metavar="FILE", panel=Panel.EARLIER),
    ] = None
    shard: Annotated[
        str | None,
        Option(
            "Check only a part of the list, such as 3/10; `merge` joins the parts.", metavar="N/M", panel=Panel.WHAT
        ),
    ] = None
    earlier: Annotated[
        Path | None,
        Option(
            "An earlier run of many users: --only chooses by its results, --shard balances by its durations.",
            flag="--from",
            metavar="DIR",
            panel=Panel.EARLIER,
        ),
    ] = None
    only: Annotated[
        str | None,
        Option(
            "Check only some users, compared with the run that --from names: new, changed, undetermined, failed; "
            "separated by commas.",
            metavar="LIST",
            panel=Panel.WHAT,
        ),
    ] = None
    baseline: Annotated[
        Path | None,
        Option("An earlier run of many users, with which this one is compared.", metavar="DIR", panel=Panel.EARLIER),
    ] = None
    resume: Annotated[
        Path | None,
        Option(
            "Continue the run in this folder; nothing that is done is done again.", metavar="DIR", panel=Panel.EARLIER
        ),
    ] = None
    sign_in_again: Annotated[
        bool,
        Option(
            "With --resume: let accounts sign in again even if their last sign-in was refused or has an unknown "
            "outcome.",
            recorded=False,
            panel=Panel.SIGN_IN,
        ),
    ] = False
    run_dir: Annotated[
        Path | None,
        Option(
            "The folder for this run. Default: a new one in --out.", metavar="DIR", recorded=False, panel=Panel.REPORT
        ),
    ] = None
    yes: Annotated[
        bool, Option("Do not ask whether to start, however long it may take.", recorded=False, panel=Panel.OUTPUT)
    ] = False
