"""Why is my picture still wrong in SharePoint? The answer, with the evidence."""

import os
from pathlib import Path

__version__ = "0.1.0"

# With these the browser's library and its driver log what is typed. The library reads them when it is loaded, so they
# have to be gone before anything of this package loads it.
for _talkative in ("DEBUG", "DEBUGP", "DEBUG_FILE", "PWDEBUG", "NODE_DEBUG"):
    os.environ.pop(_talkative, None)
# Warnings of the driver's runtime about itself say nothing to whoever reads what the program says.
os.environ.setdefault("NODE_NO_WARNINGS", "1")

# In a checkout the scenarios stand beside this package, to be read beside the article; a wheel carries them within it.
_checkout = Path(__file__).parents[1]
if not (Path(__file__).parent / "scenarios").is_dir() and (_checkout / "scenarios").is_dir():
    __path__.append(str(_checkout))
