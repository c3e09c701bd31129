"""Says in words what a check concluded, for a terminal and for other plugins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from troubleshooter.locale import catalogue
from troubleshooter.model.records import Record
from troubleshooter.redaction.printable import printable
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.sinks import SINKS
from troubleshooter.report.context import report_context
from troubleshooter.report.headline import headline


@SINKS.at("pytest")
def _redacted(redactor: Redactor, text: str) -> str:
    return redactor.redact(text)


def shown(redactor: Redactor, text: str) -> str:
    """Return `text` as it may be printed: without secrets, and without what a terminal would act on."""
    return "\n".join(map(printable, _redacted(redactor, text).splitlines()))


def said(record: Record, report: Path, lang: str, redactor: Redactor) -> str:
    """Return verdict, causes, what to do and where the report is, a line each."""
    return shown(redactor, "\n".join(_lines(record, report, lang)))


def _lines(record: Record, report: Path, lang: str) -> Iterator[str]:
    head, gettext = headline(report_context(record, report.parent, lang)), catalogue(lang).gettext
    codes = [record.reason.value] if record.reason else [diagnosis.cause for diagnosis in record.diagnoses]
    yield f"[{head.word}] {head.sentence}" + (f" ({', '.join(codes)})" if codes else "")
    if record.stop:
        yield record.stop.what.text
    yield from head.details
    for diagnosis in record.diagnoses[1 + len(record.beside) :]:  # the first ones are among the details
        yield f"{diagnosis.cause}: {gettext(diagnosis.title)}"
    do = head.action
    again = do.again.utc if do.again else ""
    for label, text in (("To do", do.what), ("Who", do.who), ("Wait", do.wait), ("Check again after", again)):
        if text:
            yield f"{gettext(label)}: {text}"
    yield f"{gettext('Report')}: {report}"
