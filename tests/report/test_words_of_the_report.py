"""Every word of the report is in the catalog, and names take the place of ids and addresses."""

import re
from pathlib import Path

import pytest

from troubleshooter import report
from troubleshooter.locale import catalogue
from troubleshooter.model.enums import (
    Confidence,
    Kind,
    MatchVerdict,
    Reason,
    Source,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Response
from troubleshooter.report import labels, render
from troubleshooter.report.reason_texts import REASONS
from troubleshooter.report.surface_texts import SURFACES
from troubleshooter.report.wording import sentence

from .reader import Reader
from .samples import START, Folder, record

TEMPLATES = Path(report.__file__).parent / "templates"


def test_ids_in_sentences_become_readable_names(samples):
    """An id in an argument, such as `people-web-part`, becomes a readable name, and what differs is translated."""
    sample = samples["out-of-sync"]
    assert "The card on the page differs from the reference: another photo" in Reader(sample.html()).texts
    said = Message(text="another photo", template="another photo")
    row = sample.record.comparisons[2].model_copy(update={"said": said})
    first = sample.record.diagnoses[0]
    evidence = first.evidence[1].model_copy(
        update={"template": "{place}: {kind}", "args": {"place": "x", "kind": said.text}}
    )
    changed = sample.record.model_copy(
        update={
            "comparisons": (*sample.record.comparisons[:2], row),
            "diagnoses": (first.model_copy(update={"evidence": (evidence,)}),),
        }
    )
    assert "X: altă fotografie" in Reader(render(changed, sample.folder, lang="ro")).texts


def test_an_address_keeps_its_small_letter():
    """A sentence begins with a capital letter, but an address stays as it is written."""
    assert ["The card", "ana@contoso.com was signed in"] == [
        sentence(text) for text in ("the card", "ana@contoso.com was signed in")
    ]


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_sentence(tmp_path, reason, lang):
    """The first screen says what happened and what to do, in both languages."""
    assert set(REASONS) == set(Reason)
    verdict = Verdict.STOPPED if reason in {Reason.WRONG_PASSWORD} else Verdict.INCONCLUSIVE
    made = record(
        Folder(tmp_path),
        verdict=verdict,
        reason=reason,
        signed_in_as="helpdesk@contoso.com",
        steps=(),
        sightings=(),
        comparisons=(),
        reference=None,
    )
    said, found = catalogue(lang).gettext, Reader(render(made, tmp_path, lang=lang)).text
    texts = REASONS[reason]
    assert said(texts.explain_unseen or texts.explain) in found
    assert said(texts.do_unseen or texts.do) in re.sub(r"(--[a-z-]+) ([.,;])", r"\1\2", found)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (SURFACES, Surface),
        (REASONS, Reason),
        (labels.KINDS, Kind),
        (labels.SOURCES, Source),
        (labels.VERDICTS, Verdict),
        (labels.TONES, Verdict),
        (labels.MATCHES, MatchVerdict),
        (labels.MATCH_TONES, MatchVerdict),
        (labels.STATUSES, StepStatus),
        (labels.CONFIDENCES, Confidence),
    ],
)
def test_every_closed_list_has_its_labels(table, names):
    assert set(table) == set(names)
    assert all(table.values())


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda file: file.name)
def test_templates_hold_no_text_of_their_own(template):
    """Every visible text comes from the catalog."""
    source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|title|alt|placeholder)="[^"]*[a-z][^"]*"', source)
    read = re.sub(r"<[^>]*>", "", source).replace("HTTP", "")
    assert spoken + re.findall(r"[^\W\d_]{2,}", read) == []


def test_surfaces_have_distinct_names():
    """No two places have the same name, and each says where it is and how to look at it."""
    assert len({surface.name for surface in SURFACES.values()}) == len(Surface)
    assert all(surface.explain.endswith(".") and surface.do.endswith(".") for surface in SURFACES.values())


def test_times_of_another_day_have_their_date(tmp_path):
    """A time on another day than the run's is shown with its date, and UTC is always available."""
    made = record(Folder(tmp_path))
    later = made.sightings[1].model_copy(update={"seen_at": START.replace(day=24)})
    html = render(made.model_copy(update={"sightings": (made.sightings[0], later)}), tmp_path)
    assert '<span class="utc">10:41:03 UTC</span>' in html
    assert '<span class="utc">24 Nov 2026, 10:41:00 UTC</span>' in html
    assert 'title="22 Nov 2026, 10:41:03 UTC"' in html


def test_a_step_calls_pages_by_their_names(samples):
    """A step's title contains a page's file name, and the full URL is below the title."""
    sample = samples["in-sync"]
    address = "https://contoso.sharepoint.com/sites/News/SitePages/Team.aspx"
    last = sample.record.steps[3]
    assert last.said is not None
    said = last.said.model_copy(update={"args": {"page": address, "home": "https://www.office.com"}})
    changed = sample.record.model_copy(update={"steps": (last.model_copy(update={"said": said}),)})
    page = Reader(render(changed, sample.folder))
    assert "Go to Team.aspx" in page.texts
    assert address in page.texts
    assert "https://www.office.com" not in page.texts


def test_a_romanian_report_has_no_words_of_the_pages_and_locators_in_english(samples):
    """What was not found, how something was found, and that a photo was refused are said in the report's language."""
    sample = samples["out-of-sync"]
    made = sample.record
    what = message("The account button of SharePoint")
    note = message("{what} was not found on the page.", what=what)
    failed = made.steps[-1].model_copy(
        update={"status": StepStatus.FAILED, "reason": Reason.PAGE_CHANGED, "note": note}
    )
    answer = Response(status=403, content_type="text/plain", url="https://graph.microsoft.com/v1.0/me/photo")
    changes = {"kind": Kind.LOADING, "response": answer, "locator": "the picture beside the address"}
    refused = made.sightings[0].model_copy(update=changes)
    made = made.model_copy(update={"steps": (*made.steps[:-1], failed), "sightings": (refused, *made.sightings[1:])})
    said = " ".join(Reader(render(made, sample.folder, lang="ro")).texts)
    for english, romanian in (
        (what.text, "butonul contului din SharePoint"),
        (refused.locator, "imaginea de lângă adresă"),
        ("the photo was refused", "inițiale, deoarece fotografia a fost refuzată"),
    ):
        assert romanian in said
        assert str(english) not in said
    assert "403 https://graph.microsoft.com/v1.0/me/photo" in said
