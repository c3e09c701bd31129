"""Runs the command line for `python -m troubleshooter`."""

from troubleshooter.cli import main

main()
