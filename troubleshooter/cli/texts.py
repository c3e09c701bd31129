"""The texts that are pasted elsewhere: for the ticket, and for the user."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.model.records import Record


class Text(StrEnum):
    """Who a text is for."""

    TICKET = "ticket"
    USER = "user"


def text_of(record: Record, folder: Path, lang: str, text: Text) -> str:
    """Return a text about a run; the user's has the times of this computer's zone, the ticket's those of UTC."""
    from troubleshooter.report.page import report_page  # noqa: PLC0415 - loads everything that a report needs
    from troubleshooter.report.user_text import text_for_user  # noqa: PLC0415

    if text is Text.USER:
        return text_for_user(record, folder, lang)
    again = f"troubleshooter recheck {shlex.quote(str(folder.absolute()))}"
    return f"{report_page(record, folder, lang, ()).ticket_text}{again}\n"
