"""Keeps a sandbox running, and writes the files with which it is used: for `troubleshooter sandbox serve`."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.cli.console import answer, say
from troubleshooter.errors import InputError
from troubleshooter.run.signals import handling

if TYPE_CHECKING:
    from troubleshooter.tenant.tenant import Tenant

_RENAME = re.compile(r"(?P<old>[A-Za-z0-9_][\w-]*)=(?P<new>[A-Za-z_][\w-]*)", re.ASCII)
_LARGEST_PAGE = 40_000_000
"""Bytes of the largest page that is shown again."""


@dataclass(frozen=True)
class Shown:
    """What the sandbox's pages look like."""

    layout: str
    page: bytes | None = None
    """A saved page, which it shows as well."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Names on its pages, and what each is replaced by."""


@dataclass(frozen=True)
class Generated:
    """The people who are generated, and where they are listed."""

    people: int = 0
    seed: int | None = None
    fault_share: float | None = None
    users: Path | None = None
    truth: Path | None = None
    limits: str | None = None
    """What SharePoint answers for one user, such as `60/10s`; empty for the real limits, None for everything."""

    def check(self) -> None:
        """Raise InputError for an option that means nothing without people."""
        given = {
            "--seed": self.seed,
            "--fault-share": self.fault_share,
            "--write-users": self.users,
            "--write-truth": self.truth,
        }
        for option, value in given.items():
            if value is not None and not self.people:
                raise InputError(option, "nobody is generated; expected --people N beside it")
        if self.users is not None and self.users == self.truth:
            raise InputError("--write-truth", f"{self.truth} is the list of users, too; expected another file")


@dataclass(frozen=True)
class Place:
    """Where the sandbox is reached."""

    file: Path
    """The tenant file that is written."""
    port: int


async def keep_running(fault: str, shown: Shown, generated: Generated, place: Place) -> None:
    """Serve a sandbox until a signal stops the process."""
    from troubleshooter.tenant.sandbox import addresses_of_page, as_toml, rename, sandbox, tenant_of  # noqa: PLC0415
    from troubleshooter.tenant.sandbox_scale import scale_of, size_of, truth_of, users_of  # noqa: PLC0415

    generated.check()
    share = 0.1 if generated.fault_share is None else generated.fault_share
    scale = scale_of(generated.people, seed=generated.seed or 0, fault_share=share, limits=generated.limits)
    ended = asyncio.Event()
    with (
        handling(lambda _: ended.set()),
        sandbox(fault, port=place.port, layout=shown.layout, page=shown.page, scale=scale) as box,
    ):
        tenant = tenant_of(box)
        if shown.renamed:
            rename(box, *shown.renamed)
        files = [("--write-users", generated.users, users_of(box))] if generated.users else []
        files += [("--write-truth", generated.truth, truth_of(box))] if generated.truth else []
        for option, file, text in (*files, ("--write-tenant", place.file, as_toml(tenant))):
            _write(option, file, text)
        _print_how_to_run(tenant, place.file)
        if shown.page:
            for_runs, here = addresses_of_page(box)
            answer(for_runs)
            say(f"The saved page is shown at {for_runs} for runs, and at {here} for a browser on this computer.")
        if shown.renamed:
            say(f"Renamed on its pages: {', '.join(f'{old} to {new}' for old, new in shown.renamed)}.")
        say(f"The sandbox is running ({', '.join((fault, f'layout {shown.layout}', *size_of(box)))}); Ctrl-C stops it.")
        _print_more(tenant, place.file, generated.users)
        await ended.wait()


def _write(option: str, file: Path, text: str) -> None:
    from troubleshooter.evidence.run_folder import write_whole  # noqa: PLC0415

    try:
        write_whole(file, text.encode())
    except OSError as error:
        why = f"{file}: {error.strerror or error}; expected a file that can be written"
        raise InputError(option, why) from error


def names(given: str) -> tuple[str, str]:
    """Return the two names in `OLD=NEW`.

    Raises:
        InputError: it is something else.
    """
    found = _RENAME.fullmatch(given)
    if not found:
        why = f"{given!r} does not name two ids; expected OLD=NEW, such as i0116=signInName"
        raise InputError("--rename", why)
    return found["old"], found["new"]


def saved_page(path: Path) -> bytes:
    """Return the bytes of a saved page.

    Raises:
        InputError: it can't be read, or it is none.
    """
    from troubleshooter.capture.page import is_saved_page  # noqa: PLC0415

    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= _LARGEST_PAGE else b""
    except OSError as error:
        raise InputError(
            "--page", f"{path}: {error.strerror or error}; expected a page that capture-page saved"
        ) from None
    if not is_saved_page(data):
        raise InputError("--page", f"{path} is not a saved page; expected a file that capture-page wrote")
    return data


def _print_how_to_run(tenant: Tenant, file: Path) -> None:
    from troubleshooter.cli import sandbox_commands as commands  # noqa: PLC0415

    for line in commands.secret_lines(tenant):
        answer(line)
    answer(commands.run_command(tenant, file))
    for line in commands.powershell_lines(tenant):
        answer(line)


def _print_more(tenant: Tenant, file: Path, users: Path | None) -> None:
    from troubleshooter.cli import sandbox_commands as commands  # noqa: PLC0415

    say("Paste the lines on stdout into another terminal. There, you can also:")
    more = list(commands.more_commands(tenant, file, users))
    width = max(len(what) for what, _ in more)
    for what, line in more:
        say(f"  {what:<{width}}  {line}")
