"""Writes the results of many users in the formats of others: CI systems, spreadsheets, and a job's summary.

Every function takes the summary and the results and returns the whole text, to be written as UTF-8 with its line ends
as they are.
"""

from __future__ import annotations

from troubleshooter.report.formats.actions import actions_csv
from troubleshooter.report.formats.ctrf import ctrf
from troubleshooter.report.formats.findings import findings_csv
from troubleshooter.report.formats.junit import junit
from troubleshooter.report.formats.markdown import markdown

__all__ = ["actions_csv", "ctrf", "findings_csv", "junit", "markdown"]
