"""Derives verdict, causes and outcome from a record. Pure: a stored record always gives the same result."""

from troubleshooter.diagnose.changes import differing, follows
from troubleshooter.diagnose.outcome import with_outcome
from troubleshooter.diagnose.rules import diagnosed
from troubleshooter.diagnose.verdict import exit_code, judged

__all__ = ["diagnosed", "differing", "exit_code", "follows", "judged", "with_outcome"]
