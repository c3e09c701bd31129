"""Names the forms in which the report of a run can be passed on. `--help` loads this module."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from troubleshooter.errors import InputError

OUTPUTS: Mapping[str, str] = MappingProxyType(
    {
        "pdf": ".pdf",
        "zip": ".zip",
        "mail": ".eml",
        "user-page": ".user.html",
        "card": ".card.json",
        "markdown": ".md",
        "junit": ".junit.xml",
        "ctrf": ".ctrf.json",
        "csv": ".csv",
    }
)
"""The suffix of each form's file, by the form's name on the command line."""


def default_path(name: str, folder: Path) -> Path:
    """Return where the file goes if no other is named: beside the run's folder, which stays as the run left it."""
    folder = folder.resolve()
    return folder.with_name(folder.name + OUTPUTS[name])


def targets(folder: Path, given: Mapping[str, Path | None]) -> dict[str, Path]:
    """Return where each form goes.

    Args:
        given: the file for each form; None for the usual place, beside `folder`.

    Raises:
        InputError: a file is in the run's folder, where it would change the evidence, or its own folder is missing, or
            two forms have the same file.
    """
    found: dict[str, Path] = {}
    for name in sorted(given, key=list(OUTPUTS).index):
        flag, path = f"--{name}", given[name] or default_path(name, folder)
        check_place(flag, path, folder)
        if other := next((one for one, taken in found.items() if taken.resolve() == path.resolve()), None):
            raise InputError(flag, f"{path} is also the file of --{other}; expected another")
        found[name] = path
    return found


def check_place(flag: str, path: Path, folder: Path) -> None:
    """Refuse a file in the run's folder, where it would change the evidence, and one that cannot be written.

    Raises:
        InputError: as said.
    """
    try:
        inside, is_folder = path.resolve().is_relative_to(folder.resolve()), path.is_dir()
        has_folder = path.absolute().parent.is_dir()
    except OSError as error:
        raise InputError(flag, f"{path}: {error.strerror or error}; expected a file that can be written") from error
    if inside:
        raise InputError(flag, f"{path} is in the run's folder, which stays as the run left it; expected another")
    if is_folder:
        raise InputError(flag, f"{path} is a folder; expected a file")
    if not has_folder:
        raise InputError(flag, f"{path}: its folder does not exist; expected an existing folder")
