"""The one place where an error becomes an exit code. Code 1 never comes from here: it is a verdict's."""

from __future__ import annotations

import codecs
import functools
import io
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn, ParamSpec

import typer

from troubleshooter.errors import InputError, Stopped
from troubleshooter.redaction.redactor import Redactor

P = ParamSpec("P")

WRONG_INPUT, NOT_LET_IN, INTERRUPTED, DEFECT, CTRL_C = 2, 3, 4, 70, 130


class Terminated(BaseException):
    """SIGTERM came."""

    came = False
    """Whether it came at all: an exception that is raised while a module is loaded may be lost on its way."""


_redactor = Redactor()


def use(redactor: Redactor) -> None:
    """From now on nothing that `redactor` knows is printed."""
    global _redactor  # noqa: PLW0603 - a process has one console
    _redactor = redactor


def clean(text: str) -> str:
    """Return `text` as it may be printed."""
    return _redactor.redact(text)


class Log(logging.Handler):
    """Prints what libraries log, cleaned."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one entry, with its traceback."""
        say(self.format(record))


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def print_anything() -> None:
    """Let no letter that a terminal's or a pipe's encoding lacks end the program: it is written as JSON writes it."""
    codecs.register_error("troubleshooter-escapes", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="troubleshooter-escapes")


def say(line: str) -> None:
    """Print a line for a person, on stderr; a closed stderr changes nothing."""
    try:
        print(clean(line), file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        return


def answer(text: str) -> None:
    """Print what a program reads, on stdout; a closed stdout changes nothing."""
    try:
        print(text, flush=True)  # noqa: T201
    except OSError:
        # Python flushes stdout once more when it ends, and would turn that failure into exit code 120.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Return `command` with every way out of it turned into the right exit code."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except InputError as error:
            _leave(WRONG_INPUT, f"troubleshooter: {error}")
        except Stopped as error:
            _leave(NOT_LET_IN, f"troubleshooter: {error.what.text} {error.help.text}")
        except KeyboardInterrupt:
            _leave(CTRL_C, "troubleshooter: interrupted")
        except Terminated:
            _leave(INTERRUPTED, "troubleshooter: ended by SIGTERM")
        except typer.Exit:
            raise
        except Exception:  # noqa: BLE001 - whatever was not translated_errors is a defect, and must not look like a verdict
            say(traceback.format_exc())
            _leave(DEFECT, "troubleshooter: this is a defect of the product; the lines above say where it happened")

    return wrapper


def _leave(code: int, line: str) -> NoReturn:
    say(line)
    raise typer.Exit(code)
