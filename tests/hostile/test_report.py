"""Whatever the tenant's texts contain, the report is inert, the ticket's text is plain, and the record can be read."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record
from troubleshooter.report import render
from troubleshooter.report.picture_files import PictureFiles

from ..report.outcomes import SAMPLES
from ..report.samples import Folder
from .payloads import BROKEN, DISGUISED, LONG, SHORT, TEXTS
from .poisoned import poisoned

LOADS = {"src", "href", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href", "srcdoc"}
"""Attributes that make a browser request or run something."""
LARGEST = 3_000_000
"""Bytes of the largest report of these samples, whose pictures are a third of it."""
SECONDS = 20
"""Seconds of processor time that a report may take; without an attacker, it is less than one."""
NAMES = ("out-of-sync", "unsettled", "refused")
"""Samples that together use every part of the report."""


class Opened(HTMLParser):
    """Collects the elements of a page, as a browser's parser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.comments: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data):
        self.comments.append(data)


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> dict[str, tuple[Record, Path]]:
    """Return samples of records, each with its folder."""
    folders = {name: tmp_path_factory.mktemp(name) for name in NAMES}
    return {name: (SAMPLES[name](Folder(folder)), folder) for name, folder in folders.items()}


@pytest.fixture(scope="module")
def clean(samples) -> dict[str, Opened]:
    """Return the reports of the samples as they are."""
    return {name: Opened(render(record, folder)) for name, (record, folder) in samples.items()}


def check(html: str, clean: Opened) -> None:
    """Check that a report has nothing that `clean`, the same report without a payload, does not have."""
    page = Opened(html)
    assert set() == set(page.tags) - set(clean.tags)
    for once in ("script", "style", "meta", "title", "base", "iframe", "form", "link"):
        assert clean.tags[once] == page.tags[once], once
    assert [] == [a for a in page.attributes if a[1].startswith("on")]
    loads = [value for _, name, value in page.attributes if name in LOADS]
    assert [] == [v for v in loads if not re.fullmatch(r"#[\w.-]*|report\.css|evidence/[0-9a-f]{64}\.(png|webp)", v)]
    policy = [value for tag, name, value in page.attributes if tag == "meta" and name == "content"]
    assert [p for p in policy if "default-src 'none'" in p and "unsafe" not in p]


@pytest.mark.parametrize("payload", SHORT)
def test_a_report_is_inert(payload: str, samples, clean, tmp_path: Path):
    """No text of the tenant becomes an element, a handler, a request or a change of the policy, in any part."""
    for lang, name in (("en", NAMES[0]), ("ro", NAMES[1]), ("en", NAMES[2])):
        record, folder = samples[name]
        run = RunFolder(tmp_path)
        written = run.write_report(render(run.for_report(poisoned(record, SHORT[payload])), folder, lang=lang))
        check(written.read_text(encoding="utf-8"), clean[name])


@pytest.mark.parametrize("payload", LONG)
def test_a_long_text_costs_little(payload: str, samples, clean, tmp_path: Path):
    """A text of a million characters in every place that people and pages name is cut, in bounded time."""
    record, folder = samples[NAMES[0]]
    text = LONG[payload]
    step = record.steps[0].model_copy(update={"note": record.steps[0].said.model_copy(update={"args": {"host": text}})})
    long = record.model_copy(
        update={"subject_name": text, "ticket": text, "tenant": text, "steps": (step, *record.steps[1:])}
    )
    began = time.process_time()
    html = render(RunFolder(tmp_path).for_report(long), folder)
    assert time.process_time() - began < SECONDS
    check(html, clean[NAMES[0]])
    assert len(html) < LARGEST


@pytest.mark.parametrize("payload", SHORT)
def test_the_record_and_the_ticket_stay_data(payload: str, samples, tmp_path: Path):
    """record.json is UTF-8, is read back, and is the same data; no key comes from outside."""
    record, _ = samples[NAMES[0]]
    folder = RunFolder(tmp_path)
    folder.write_record(poisoned(record, SHORT[payload]))
    stored = json.loads((tmp_path / "record.json").read_bytes().decode("utf-8"))
    assert set(record.model_dump(by_alias=True)) == set(stored)
    assert folder.read_record().verdict is record.verdict


@pytest.mark.parametrize("payload", TEXTS)
def test_a_picture_is_only_taken_from_the_runs_folder(payload: str, tmp_path: Path):
    """No path in a record leads out of the run's folder."""
    inside = tmp_path / "run"
    inside.mkdir()
    (tmp_path / "etc").mkdir()
    assert PictureFiles(inside).embed(TEXTS[payload]) is None


@pytest.mark.parametrize("payload", [*BROKEN, *DISGUISED])
def test_a_file_is_embedded_as_a_picture_or_not_at_all(payload: str, tmp_path: Path):
    """Whatever a file contains, the report embeds it as a bitmap, which runs nothing, or leaves it out."""
    data = {**BROKEN, **DISGUISED}[payload]
    (tmp_path / "file").write_bytes(data)
    found = PictureFiles(tmp_path).embed("file")
    assert found is None or re.match(r"data:image/(png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=]*$", found)
    assert found is None or not data.lstrip().startswith(b"<")


def test_the_check_itself_finds_what_is_not_inert(samples, clean):
    """A report into which markup gets unescaped fails the check."""
    record, folder = samples[NAMES[0]]
    html = render(record, folder)
    harm: list[Callable[[str], str]] = [
        lambda h: h.replace("</body>", "<script>1</script></body>"),
        lambda h: h.replace("<body", "<body onclick=1", 1),
        lambda h: h.replace("</body>", "<img src=//evil.example></body>"),
        lambda h: h.replace("default-src &#39;none&#39;", "default-src &#39;unsafe-inline&#39;"),
    ]
    for change in harm:
        assert change(html) != html
        with pytest.raises(AssertionError):
            check(change(html), clean[NAMES[0]])
