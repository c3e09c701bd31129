"""The report as a PDF: text, tags, every picture, and on every page that it was a sandbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from troubleshooter.browser import launch
from troubleshooter.browser.printing import printed
from troubleshooter.cli import app
from troubleshooter.evidence.run_folder import RunFolder

from ..report.outcomes import SAMPLES
from ..report.samples import Folder

pytestmark = pytest.mark.browser


def images(pdf: PdfReader) -> Iterator[int]:
    """Yield the number of every picture of a PDF, each once."""
    found = set()
    for page in pdf.pages:
        for reference in page["/Resources"].get("/XObject", {}).values():
            if reference.get_object()["/Subtype"] == "/Image" and reference.idnum not in found:
                found.add(reference.idnum)
                yield reference.idnum


def made(name: str, path: Path) -> Path:
    """Return the folder of a finished run."""
    folder = RunFolder(path)
    folder.path.mkdir(parents=True)
    folder.write_record(SAMPLES[name](Folder(folder.path)))
    folder.write_report("<!doctype html>")
    folder.seal()
    return folder.path


@pytest.mark.parametrize(("name", "lang"), [("out-of-sync", "en"), ("recropped", "ro")])
def test_a_report_is_printed_whole(name: str, lang: str, tmp_path: Path):
    """Everything is unfolded, every picture is there, and screen readers get tags, headings and a language."""
    run = made(name, tmp_path / "run")
    done = CliRunner().invoke(app, ["report", str(run), "--pdf", "--lang", lang])
    assert 1 == done.exit_code, done.output
    pdf = PdfReader(tmp_path / "run.pdf")
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root and pdf.outline
    assert root["/Lang"].startswith(lang)
    texts = [page.extract_text() for page in pdf.pages]
    everything = re.sub(r"\s+", " ", "".join(texts))
    for said in ("SPS-PictureTimestamp", "63930919200", "Chromium 141.0", "20261122T104100Z-photo-differs"):
        assert said in everything  # the last of them are folded on the page
    html = (run / "index.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'<img [^>]*src="(evidence/[^"]+)"', html))
    assert len(shown) == len(list(images(pdf))) > 5
    sandbox = "simulation, not a real tenant" if name == "out-of-sync" else "sandbox"
    assert {name == "out-of-sync"} == {sandbox in text for text in texts}
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1))


async def test_what_is_printed_on_every_page_is_text(tmp_path: Path):
    """Markup in a tenant's name is text in the head of the page."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><details><summary>a</summary>folded", "utf-8")
    evil = "<h1>Söhne</h1><script>document.write('run')</script>"
    data = await printed(page.as_uri(), (evil, "head", "foot"), launch.Options())
    (tmp_path / "x.pdf").write_bytes(data)
    text = re.sub(r"\s+", "", PdfReader(tmp_path / "x.pdf").pages[0].extract_text())
    assert "<h1>Söhne</h1><script>document.write('run')</script>" in text
    assert "folded" in text
