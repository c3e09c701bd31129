"""Why is my picture still wrong in SharePoint? The answer, with the evidence."""

from pathlib import Path

__version__ = "0.1.0"

# In a checkout the scenarios stand beside this package, to be read beside the article; a wheel carries them within it.
_checkout = Path(__file__).parents[1]
if not (Path(__file__).parent / "scenarios").is_dir() and (_checkout / "scenarios").is_dir():
    __path__.append(str(_checkout))
