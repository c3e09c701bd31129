"""Derives verdict, causes and outcome from a record. Pure: a stored record always gives the same result."""

from troubleshooter.diagnose.changes import differing, follows
from troubleshooter.diagnose.many_exit_codes import diff_exit_code, verify_exit_code
from troubleshooter.diagnose.outcome import with_outcome
from troubleshooter.diagnose.rules import diagnosed
from troubleshooter.diagnose.verdict import exit_code, judged

__all__ = [
    "diagnosed",
    "diff_exit_code",
    "differing",
    "exit_code",
    "follows",
    "judged",
    "verify_exit_code",
    "with_outcome",
]
