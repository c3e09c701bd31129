"""Defines the expected errors. Each carries data and says what failed, where, and what to do next.

TroubleshooterError
├── InputError      the command line or an input file is wrong; nothing ran           exit 2
│   └── InputErrors several mistakes in one file, each on its own line
├── Stopped         the run could not get in: sign-in, policy, network, browser       exit 3, verdict `stopped`
└── CannotTell      a step could not find what it needed; the run continues without   exit 4, verdict `inconclusive`
    └── LeftOut     an optional part of the run was skipped                            no effect on the verdict

CannotWrite       the disk is full, or the run's folder is gone or not writable          exit 4, verdict `inconclusive`

Anything else that escapes is a defect of the product (exit 70).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from troubleshooter.model.enums import Reason
    from troubleshooter.model.message import Message


class TroubleshooterError(Exception):
    """Base class of all expected errors."""


class InputError(TroubleshooterError):
    """Something that the user gave is wrong.

    Attributes:
        where: the option, or `FILE: key`.
        what: what is wrong, and what is allowed or expected.
    """

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class InputErrors(InputError):
    """Several things in a file are wrong.

    Attributes:
        where: the file.
        what: the first mistake, and how many more there are.
        lines: the mistakes that are worth printing, each as one line.
    """

    def __init__(self, file: str, mistakes: Sequence[str], most: int = 20) -> None:
        """Make an error of `mistakes`, of which `most` are listed.

        Args:
            mistakes: for each, its place in the file and what is wrong: `line 3: …`.
        """
        more = len(mistakes) - 1
        super().__init__(file, mistakes[0] + (f" ({more} more)" if more else ""))
        hidden = len(mistakes) - most
        said = [f"{hidden} more mistake{'s' if hidden > 1 else ''}"] if hidden > 0 else []
        self.lines = tuple(f"{file}: {line}" for line in (*mistakes[:most], *said))


class Stopped(TroubleshooterError):
    """The run can't continue, because it was not let in.

    Attributes:
        reason: one of `model.enums.STOPPED_REASONS`.
        what: what prevented it.
        help: what can be done about it, and by whom.
        code: the service's own code, `AADSTS50126`, or None.
        secret_sent: whether the sign-in that was stopped had typed a password or a code.
        may_pass: whether it may be gone at another look although nobody did anything; None if the reason tells.
    """

    may_pass: bool | None = None

    def __init__(self, reason: Reason, what: Message, help: Message, code: str | None = None) -> None:
        super().__init__(what.text)
        self.reason = reason
        self.what = what
        self.help = help
        self.code = code
        self.secret_sent = False

    def advise(self, help: Message) -> None:
        """Replace the help by one that says more."""
        self.help = help


class CannotTell(TroubleshooterError):
    """A step could not find what it needed.

    Attributes:
        reason: one of `model.enums.INCONCLUSIVE_REASONS`.
        note: which page or element is missing, and how to find out why.
        page: name of the page object that failed, for the stored copy of its HTML; None otherwise.
    """

    def __init__(self, reason: Reason, note: Message, page: str | None = None) -> None:
        super().__init__(note.text)
        self.reason = reason
        self.note = note
        self.page = page


class LeftOut(CannotTell):
    """An optional part of the run was skipped; reported as a skipped step with a reason."""


class CannotWrite(TroubleshooterError):
    """A file of the run's folder could not be written. The run ends; what was written before stays as it is.

    Attributes:
        path: the file or folder.
        why: what the system says.
    """

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        self.why = error.strerror or str(error)
        super().__init__(f"{path}: {self.why}")


def did_you_mean(word: str, allowed: Iterable[str], where: str = "") -> str:
    """Return the end of a message about an unknown `word`: the most similar of `allowed`, and all of them.

    Args:
        where: what lists all of them, where they are too many for a message.
    """
    import difflib  # noqa: PLC0415 - only needed where something is wrong

    names = list(allowed)
    close = difflib.get_close_matches(word, names, n=1)
    listed = where or f"Allowed: {', '.join(names)}."
    return (f". Did you mean {close[0]!r}? " if close else ". ") + listed
