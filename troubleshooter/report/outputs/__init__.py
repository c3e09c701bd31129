"""Writes the report of one run in the forms in which it is passed on: mail, page for the user, card, CI results, CSV…

Every function takes the record of the run and returns the whole text or the bytes of the file. Nothing is judged again.
"""

from __future__ import annotations

from troubleshooter.report.outputs.card import card
from troubleshooter.report.outputs.ci_results import ctrf, junit
from troubleshooter.report.outputs.mail import mail
from troubleshooter.report.outputs.markdown import markdown
from troubleshooter.report.outputs.print_labels import PrintLabels, print_labels
from troubleshooter.report.outputs.sightings import sightings_csv
from troubleshooter.report.outputs.user_page import user_page

__all__ = ["PrintLabels", "card", "ctrf", "junit", "mail", "markdown", "print_labels", "sightings_csv", "user_page"]
