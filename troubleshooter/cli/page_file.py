"""Writes a page to the file that `--html` names."""

from __future__ import annotations

from pathlib import Path

from troubleshooter.errors import InputError


def write_page(path: Path, text: str, *, mode: int = 0o666) -> None:
    """Write a page, or leave what is there.

    Args:
        mode: the file's permissions, from which the process's umask is removed.

    Raises:
        InputError: the file can't be written.
    """
    from troubleshooter.evidence.run_folder import write_whole  # noqa: PLC0415 - loads the records

    try:
        write_whole(path, text.encode(), mode=mode)
    except OSError as error:
        raise InputError("--html", f"{path}: {error.strerror or error}; expected a file that can be written") from error
