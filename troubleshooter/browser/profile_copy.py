"""Copies the parts of a browser profile that decide what the browser shows, into a folder that the run removes.

The given folder is only read. Settings, cookies, web storage and the HTTP cache are copied; never passwords,
history, form data or extensions.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.browser.temporary import alive, new_folder
from troubleshooter.errors import InputError

OPTION = "--also-profile"
_ADVICE = "name the profile folder of a closed Edge, Chrome or Chromium, as edge://version shows it"

_STATE = "Local State"
_PREFERENCES = "Preferences"
_KEPT = (_PREFERENCES, "Cookies", "Cookies-journal", "Network", "Local Storage", "Session Storage", "Cache")
"""The parts of a profile that are copied: preferences, cookies, web storage and the HTTP cache."""
_LOCKS = ("SingletonLock", "lockfile")


@dataclass(frozen=True)
class BrowserProfile:
    """A profile of a browser on this computer."""

    root: Path
    """The browser's user data folder."""
    name: str
    """The name of the profile's folder in `root`, such as `Default` or `Profile 1`."""

    @property
    def folder(self) -> Path:
        """Return the profile's own folder."""
        return self.root / self.name


def profile_at(given: Path) -> BrowserProfile:
    """Return the profile in the folder `given`, or, if `given` is a user data folder, its last used profile.

    Raises:
        InputError: there is no profile, or a browser is using it.
    """
    try:
        if not given.is_dir():
            why = "is not a folder" if given.exists() else "does not exist"
            raise InputError(OPTION, f"{given} {why}; {_ADVICE}")
        profile = _profile(given.resolve())
        if profile is None:
            raise InputError(OPTION, f"{given} is not a browser profile; {_ADVICE}")
        if _in_use(profile.root):
            raise InputError(OPTION, f"{given} is in use by a browser; {_ADVICE}")
        next(iter(profile.folder.iterdir()), None)
    except OSError as error:
        raise InputError(OPTION, f"{given}: {error.strerror or error}; {_ADVICE}") from error
    return profile


def _profile(given: Path) -> BrowserProfile | None:
    if (given / _PREFERENCES).is_file():
        return BrowserProfile(given.parent, given.name)
    used = _last_used(given)
    return next(
        (BrowserProfile(given, name) for name in (used, "Default") if (given / name / _PREFERENCES).is_file()), None
    )


def _last_used(root: Path) -> str:
    try:
        name = json.loads((root / _STATE).read_text(encoding="utf-8"))["profile"]["last_used"]
    except (OSError, ValueError, KeyError, TypeError):
        return "Default"
    return name if isinstance(name, str) and Path(name).name == name else "Default"


def _in_use(root: Path) -> bool:
    """Return whether a browser uses the user data folder."""
    for lock in (root / name for name in _LOCKS):
        if lock.is_symlink():
            return _runs(str(lock.readlink()))
        if lock.exists():
            try:
                with lock.open("r+b"):  # Windows: a browser that has it open locks it
                    continue
            except OSError:
                return True
    return False


def _runs(owner: str) -> bool:
    """Return whether the process named `HOST-PID` may still be running; always True if it is on another computer."""
    host, _, pid = owner.rpartition("-")
    if host != socket.gethostname() or not pid.isdecimal():
        return True
    return alive(int(pid))


def _cache_of(profile: BrowserProfile) -> Path:
    """Return the folder of the profile's HTTP cache, which on Linux and macOS is elsewhere for a standard profile."""
    inside, home = profile.folder / "Cache", Path.home()
    usual = {
        "Linux": (
            Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config"),
            Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache"),
        ),
        "Darwin": (home / "Library/Application Support", home / "Library/Caches"),
    }.get(platform.system())
    if usual is None or inside.is_dir() or not profile.folder.is_relative_to(usual[0].resolve()):
        return inside
    return usual[1] / profile.folder.relative_to(usual[0].resolve()) / "Cache"


def _parts(profile: BrowserProfile) -> Iterator[tuple[Path, Path]]:
    """Yield each file to copy and its path in the new user data folder, where the profile's folder is `Default`."""
    yield profile.root / _STATE, Path(_STATE)
    for name in _KEPT:
        yield (_cache_of(profile) if name == "Cache" else profile.folder / name), Path("Default") / name


def _copy(profile: BrowserProfile, to: Path, stop: threading.Event) -> None:
    for source, place in _parts(profile):
        if source.is_file() and not source.is_symlink():
            _file(source, to / place)
        for folder, _, files in os.walk(source):  # does not follow links
            for name in files:
                if stop.is_set():
                    return
                _file(Path(folder) / name, to / place / Path(folder).relative_to(source) / name)
    _as_default(to / _STATE)


def _file(source: Path, to: Path) -> None:
    with suppress(OSError):  # gone or locked; if it mattered, nobody is signed in, and that is reported
        if source.is_file() and not source.is_symlink():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, to)


def _as_default(state: Path) -> None:
    """Make the copy's only profile the one that the browser opens."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        said = json.loads(state.read_text(encoding="utf-8"))
        said.setdefault("profile", {})["last_used"] = "Default"
        state.write_text(json.dumps(said), encoding="utf-8")


@asynccontextmanager
async def copied(profile: BrowserProfile) -> AsyncIterator[Path]:
    """Yield a user data folder with a copy of `profile`; remove it on exit, however the block ends.

    Copies left by a process that was killed are removed, too.
    """
    stop = threading.Event()
    to = new_folder("profile")
    try:
        work = asyncio.ensure_future(asyncio.to_thread(_copy, profile, to, stop))
        try:
            await asyncio.shield(work)
        finally:
            stop.set()
            await asyncio.gather(work, return_exceptions=True)
        yield to
    finally:
        shutil.rmtree(to, ignore_errors=True)
