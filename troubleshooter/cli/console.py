"""Prints redacted output and turns errors into exit codes, except code 1, which is reserved for verdicts."""

from __future__ import annotations

import codecs
import errno
import functools
import io
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn, ParamSpec

import typer

from troubleshooter.cli.signals import Terminated
from troubleshooter.errors import CannotTell, CannotWrite, InputError, InputErrors, Stopped
from troubleshooter.redaction.printable import printable
from troubleshooter.redaction.sinks import SINKS

if TYPE_CHECKING:
    from troubleshooter.redaction.redactor import Redactor

P = ParamSpec("P")

WRONG_INPUT, NOT_LET_IN, CANNOT_TELL, DEFECT, CTRL_C = 2, 3, 4, 70, 130
INTERRUPTED = CANNOT_TELL
CODE_OF_SIGNAL = {"SIGINT": CTRL_C, "SIGTERM": INTERRUPTED}

_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO, errno.ENAMETOOLONG})
"""What a disk says that is full or broken: no defect of the product."""

_redactor: Redactor | None = None
"""What knows the run's secrets; None until a run has some."""


def use(redactor: Redactor) -> None:
    """Redact the secrets that `redactor` knows in everything that is printed from now on."""
    global _redactor  # noqa: PLW0603 - a process has one console
    _redactor = redactor


@SINKS.at("console")
def _redacted(text: str) -> str:
    from troubleshooter.redaction.redactor import Redactor  # noqa: PLC0415 - loaded once something is printed

    return (_redactor or Redactor()).redact(text)


def shown(text: str) -> str:
    """Return `text` as it may be printed: one line, without secrets, and without what a terminal would act on."""
    return printable(_redacted(text))


class Log(logging.Handler):
    """Prints what libraries log, redacted."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one entry, with its traceback."""
        if not _is_end_of_driver(record):
            _say_lines(self.format(record))


def _is_end_of_driver(record: logging.LogRecord) -> bool:
    """Return whether asyncio says that nobody waited for a call any more when Playwright's driver ended.

    Ctrl-C reaches the driver, too, and it may end before the browser is closed: the run is over anyway.
    """
    error = record.exc_info[1] if record.exc_info else None
    return record.name == "asyncio" and str(error).startswith("Connection closed while reading from the driver")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def print_anything() -> None:
    """Print characters that the encoding of a terminal or a pipe lacks as JSON escapes instead of failing."""
    codecs.register_error("troubleshooter-escapes", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="troubleshooter-escapes")


def say(line: str) -> None:
    """Print a line for a human reader on stderr; do nothing if stderr is closed."""
    try:
        print(shown(line), file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        return


def _say_lines(text: str) -> None:
    """Print a text of several lines; all but the first are indented, so that none looks like one of `say`'s own."""
    first, *rest = text.splitlines() or [""]
    for line in (first, *(f"   {line}" for line in rest)):
        say(line)


def answer(line: str) -> None:
    """Print a line of a result, on stdout; a closed stdout changes nothing."""
    _print(printable(line))


def answer_text(text: str) -> None:
    """Print a text of several lines as a result, without the characters that isolate names, which terminals show."""
    from troubleshooter.redaction.one_line import ISOLATES  # noqa: PLC0415

    for line in text.translate(dict.fromkeys(map(ord, ISOLATES))).splitlines():
        answer(line)
    answer("")


def answer_path(path: str | os.PathLike[str]) -> None:
    """Print a path as a result: exactly as it is where a program reads it, as it may be shown on a terminal."""
    _print(printable(str(path)) if sys.stdout.isatty() else str(path))


def _print(text: str) -> None:
    try:
        print(text, flush=True)  # noqa: T201
    except OSError:
        # Python flushes stdout again when it exits, and would turn that failure into exit code 120.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Return `command` with every error turned into a line on stderr and an exit code."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except InputErrors as error:
            for line in error.lines[:-1]:
                say(_shortened(f"troubleshooter: {line}"))
            _leave(WRONG_INPUT, f"troubleshooter: {error.lines[-1]}")
        except InputError as error:
            _leave(WRONG_INPUT, f"troubleshooter: {error}")
        except Stopped as error:
            _leave(NOT_LET_IN, f"troubleshooter: {error.what.text} {error.help.text}")
        except CannotTell as error:
            _leave(CANNOT_TELL, f"troubleshooter: {error}")
        except CannotWrite as error:
            _leave(CANNOT_TELL, f"troubleshooter: {error}; everything written before that is complete and is kept")
        except OSError as error:
            if error.errno not in _DISK:
                _defect()
            named = f"{error.filename}: " if error.filename else ""
            _leave(CANNOT_TELL, f"troubleshooter: {named}{error.strerror}")
        except KeyboardInterrupt:
            # CPython ends `python -m` with the signal itself if Ctrl-C arrived while source text was being executed, as
            # dataclasses do when they are imported; executing another text clears that mark.
            exec("")  # noqa: S102
            _leave(CTRL_C, "troubleshooter: interrupted")
        except Terminated:
            _leave(INTERRUPTED, "troubleshooter: ended by SIGTERM")
        except typer.Exit:
            raise
        except Exception:  # noqa: BLE001 - any other error is a defect, and must not look like a verdict
            _defect()

    return wrapper


def _defect() -> NoReturn:
    _say_lines(traceback.format_exc())
    _leave(DEFECT, "troubleshooter: this is a defect in troubleshooter; the lines above show where it happened")


_LONGEST = 2000
"""Characters of the longest error: a text from a file or the command line, which it repeats, may have any length."""


def _leave(code: int, line: str) -> NoReturn:
    say(_shortened(line))
    raise typer.Exit(code)


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 4 :]}"
