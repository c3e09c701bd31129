"""Reads TOML files as editors save them."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path
from typing import Any

from troubleshooter.errors import InputError
from troubleshooter.model.untrusted_json import TOO_DEEP, is_too_deep


def read_toml(path: Path, option: str) -> dict[str, Any]:
    """Return what the file at `path` contains.

    Args:
        option: the option that names the file, for errors.

    Raises:
        InputError: it can't be read, or is not TOML.
    """
    try:
        data = tomllib.loads(_text(path.read_bytes()))
        if is_too_deep(data):
            raise ValueError(TOO_DEEP)
        return data
    except OSError as error:
        raise InputError(option, f"{path}: {error.strerror or error}; expected a readable TOML file") from error
    except UnicodeError as error:
        raise InputError(str(path), f"not UTF-8: {error}; save it as UTF-8") from error
    except RecursionError as error:
        raise InputError(str(path), f"not TOML that can be read: {TOO_DEEP}") from error
    except ValueError as error:  # also what Python says about a number of thousands of digits
        raise InputError(str(path), f"not TOML: {error}") from error


def _text(data: bytes) -> str:
    """Return the text of a file as an editor saved it: in UTF-8, with or without a byte order mark.

    Raises:
        UnicodeError: it has another encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:4]:
        raise UnicodeError("its encoding is UTF-16 (an editor's “Unicode”)")
    # TOML allows CR LF, and read_text would have turned it into LF.
    return data.decode("utf-8-sig").replace("\r\n", "\n")
