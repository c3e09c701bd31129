"""Why is my picture still wrong in SharePoint? The answer, with the evidence."""

import os

__version__ = "0.1.0"

# These make Playwright and its driver log what is typed. Playwright reads them when it is imported, so they have to be
# gone before anything in this package imports it.
for _variable in ("DEBUG", "DEBUGP", "DEBUG_FILE", "PWDEBUG", "NODE_DEBUG"):
    os.environ.pop(_variable, None)
# Warnings of the driver's runtime about itself mean nothing to the reader of the program's output.
os.environ.setdefault("NODE_NO_WARNINGS", "1")
