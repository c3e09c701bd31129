"""Finds out why a profile photo is still wrong in SharePoint, and reports the evidence."""

import os

__version__ = "0.1.0"

# These variables make Playwright and its driver log what is typed. Playwright reads them when it is imported, so they
# have to be removed before anything in this package imports it.
for _variable in ("DEBUG", "DEBUGP", "DEBUG_FILE", "PWDEBUG", "NODE_DEBUG"):
    os.environ.pop(_variable, None)
# The reader of the program's output can do nothing with the driver runtime's warnings about itself.
os.environ.setdefault("NODE_NO_WARNINGS", "1")
