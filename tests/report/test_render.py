"""The report's HTML, read without a browser."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from troubleshooter import report
from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.locale import catalogue
from troubleshooter.model.enums import (
    Confidence,
    Kind,
    MatchVerdict,
    Reason,
    SessionKind,
    Source,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Change, LastKnown, Previous, Response
from troubleshooter.report import labels, render
from troubleshooter.report.reason_texts import REASONS
from troubleshooter.report.surface_texts import SURFACES
from troubleshooter.report.wording import sentence

from .outcomes import SAMPLES
from .samples import START, Folder, record

TEMPLATES = Path(report.__file__).parent / "templates"


class Reader(HTMLParser):
    """Parser that collects a page's ids, links, texts and opened tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append((tag, named))
        self._silent += tag in {"style", "script"}
        if named.get("id"):
            self.ids.append(named["id"])
        if tag == "a":
            self.links.append(named["href"])

    def handle_endtag(self, tag):
        self._silent -= tag in {"style", "script"}

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.texts)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_has_a_target(samples, name):
    """Every link leads to an id on the same page, and no id occurs twice."""
    page = Reader(samples[name].html())
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)


def test_each_evidence_links_to_what_it_names(samples):
    """Each piece of evidence links to the properties, the comparison, the sighting or the step that it refers to."""
    page = Reader(samples["out-of-sync"].html())
    assert {"#properties-0", "#comparisons-2", "#sightings-0", "#steps-3"} <= set(page.links)


def test_everything_of_the_record_can_be_linked_to(samples):
    """Every sighting, comparison, property reading and step has an id that can be linked to."""
    sample = samples["colleague"]
    ids = set(Reader(sample.html()).ids)
    wanted = {f"sightings-{n}" for n in range(len(sample.record.sightings))}
    wanted |= {f"comparisons-{n}" for n in range(len(sample.record.comparisons))} | {"properties-0"}
    wanted |= {f"steps-{n}" for n in range(len(sample.record.steps))}
    assert wanted <= ids


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_the_same_record_gives_the_same_report(samples, lang):
    """The same record gives the same report, byte for byte, even after a round trip through JSON."""
    sample = samples["out-of-sync"]
    again = type(sample.record).model_validate_json(sample.record.model_dump_json(by_alias=True))
    assert sample.html(lang) == render(again, sample.folder, lang=lang)


@pytest.mark.parametrize(
    ("name", "word", "sentence"),
    [
        ("in-sync", "In sync", "Ana Ionescu’s photo is in sync"),
        ("out-of-sync", "Out of sync", "Ana Ionescu’s photo is out of sync"),
        ("no-photo", "No photo", "Ana Ionescu has no photo"),
        ("unsettled", "Cannot tell", "It is not certain whether Ana Ionescu’s photo is in sync"),
        ("refused", "Stopped", "ana.ionescu@contoso.com’s photo could not be checked"),
        ("crashed", "Cannot tell", "It is not certain whether Ana Ionescu’s photo is in sync"),
    ],
)
def test_the_verdict_is_one_sentence(samples, name, word, sentence):
    """The verdict is a word and a sentence with the user's name, or else the account."""
    page = Reader(samples[name].html())
    assert word in page.texts
    assert page.texts[page.texts.index(word) + 1] == sentence


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("out-of-sync", "SharePoint shows a different photo from Microsoft 365."),
        ("recropped", "SharePoint shows the same photo as Microsoft 365, but in a different version."),
        ("colleague", "SharePoint shows no photo, although there is one in Microsoft 365."),
        (
            "unsettled",
            "Pictures on a page were still loading when the time limit was reached, so they do not count as seen.",
        ),
        ("crashed", "The check got as far as “Selected the SharePoint icon”."),
    ],
)
def test_the_second_sentence_says_what_differs(samples, name, detail):
    assert detail in Reader(samples[name].html()).texts


def test_one_thing_to_do_with_who_and_when(samples):
    """The first screen has the first remedy, who applies it, how long to wait and when to check again."""
    text = Reader(samples["out-of-sync"].html()).text
    first = text[: text.index("Reference")]
    assert "→ Open SharePoint once in a private window" in first
    assert "Who the user Wait up to 24 hours Check again after 23 Nov 2026, 10:41 UTC" in first


@pytest.mark.parametrize(
    ("spec", "command"),
    [
        ("sandbox:healthy", "sandbox serve --fault stale-copy"),
        ("sandbox", "sandbox serve --fault stale-copy"),
        ("tenants/sandbox.toml", "recheck"),
    ],
)
def test_the_command_for_checking_again_works(samples, spec, command):
    """A run in its own sandbox is repeated with `sandbox serve`, and one in a served sandbox with `recheck`."""
    sample = samples["out-of-sync"]
    record = sample.record.model_copy(update={"inputs": {**sample.record.inputs, "tenant": spec}})
    text = Reader(render(record, sample.folder)).text
    assert f"troubleshooter {command}" in text
    assert 1 == text.count("troubleshooter recheck") + text.count("troubleshooter sandbox serve")


def test_a_difference_without_a_cause_is_for_an_administrator(samples):
    """Without a cause, the report asks the reader to show it to an administrator, and mentions nobody else."""
    sample = samples["out-of-sync"]
    text = Reader(render(sample.record.model_copy(update={"diagnoses": ()}), sample.folder)).text
    first = text[: text.index("Reference")]
    assert "→ No known cause fits. Show this report to the administrator of Microsoft 365." in first
    assert "Who" not in first


def test_a_stop_is_explained(samples):
    """A stopped run's report says what stopped it and what to do, with the service's code and skipped steps."""
    page = Reader(samples["refused"].html())
    assert "Microsoft 365 refused the password of ana.ionescu@contoso.com." in page.texts
    assert "Correct the password of the account ana, and run the check again." in page.texts
    assert "AADSTS50126" in page.texts
    assert page.texts.count("skipped") == 2
    assert "The check ended early: nothing was looked at after the step where it ended." in page.texts


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sandbox_is_named_in_the_first_line(samples, name):
    """The first line mentions the sandbox, so that nobody mistakes a rehearsal for evidence; a real tenant has none."""
    sample = samples[name]
    text = Reader(sample.html()).text
    first = text[text.index("Profile photo check") :][:200]
    if sample.record.sandbox is None:
        assert "sandbox" not in text
    else:
        assert f"sandbox: {sample.record.sandbox}" in first


def test_distances_are_shown_with_their_limit(samples):
    """A distance is never shown without its limit."""
    html = samples["out-of-sync"].html()
    captions = re.findall(r"<figcaption>.*?</figcaption>", html, re.DOTALL)
    with_number = [caption for caption in captions if 'class="number"' in caption]
    assert len(with_number) == 6
    assert all("same up to 0.07" in Reader(caption).text for caption in with_number)


def test_what_could_not_be_seen_is_never_hidden(samples):
    """Each place that was not seen is listed outside folded parts, with the reason and how to look there."""
    html = samples["in-sync"].html()
    open_part = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    text = Reader(open_part).text
    assert "The circle in Teams the account has no licence for Teams To look there yourself: Open Teams" in text
    assert "The comment on the page · Team.aspx the page has none" in text


def test_a_step_that_failed_is_something_that_was_not_seen(samples):
    """A failed step is listed as not seen, even if there is a certain difference elsewhere."""
    sample = next(s for s in samples.values() if s.record.verdict is Verdict.OUT_OF_SYNC)
    note = Message(text="The user is not in the content of Team.aspx.")
    last = sample.record.steps[-1].model_copy(update={"status": StepStatus.FAILED, "note": note, "reason": None})
    made = sample.record.model_copy(update={"steps": (*sample.record.steps[:-1], last), "unseen": ()})
    text = Reader(render(made, sample.folder).split('id="unseen"')[1].split("</section>")[0]).text
    assert "The user is not in the content of Team.aspx." in text
    assert "every place that it looked for" not in text


def test_a_photographed_avatar_that_was_still_loading_says_so(samples):
    """An avatar whose picture was still loading is labeled so, because its initials could look like a result."""
    sample = samples["in-sync"]
    index = next(i for i, s in enumerate(sample.record.sightings) if s.shot and i != sample.record.reference)
    seen = list(sample.record.sightings)
    seen[index] = seen[index].model_copy(update={"kind": Kind.LOADING})
    made = sample.record.model_copy(update={"sightings": tuple(seen)})
    caption = f'id="sightings-{index}"'
    for record_, said in ((made, True), (sample.record, False)):
        text = Reader(render(record_, sample.folder).split(caption)[1].split("</figure>")[0]).text
        assert said == ("still loading" in text)


def test_evidence_of_a_site_leads_to_its_copy(samples):
    """The site's own properties are linked like those of the profile."""
    sample = samples["out-of-sync"]
    first = sample.record.diagnoses[0]
    evidence = first.evidence[0].model_copy(update={"ref": "site_properties/0"})
    made = sample.record.model_copy(
        update={
            "diagnoses": (first.model_copy(update={"evidence": (evidence,)}),),
            "site_properties": sample.record.properties[:1],
        }
    )
    html = render(made, sample.folder)
    assert 'href="#site-properties-0"' in html
    assert 'id="site-properties-0"' in html


def test_missing_pictures_are_labelled_frames(samples, tmp_path):
    """If picture files are missing, the report shows labeled frames in their place."""
    html = render(samples["out-of-sync"].record, tmp_path)
    assert "<img src" not in html
    assert Reader(html).texts.count("picture file missing") >= 11


def test_only_pictures_of_the_folder_are_embedded(samples, tmp_path):
    """A record cannot make the report embed other files on the computer."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n" + b"secret")
    inside = Folder(tmp_path / "run")
    (inside.path / "evidence" / "text.png").write_text("no picture")
    made = record(inside)
    paths = ["../secret.png", str(secret), "evidence/text.png", "evidence", "\0", "evidence/" + "x" * 5000]
    sightings = [one.model_copy(update={"shot": path}) for one, path in zip(made.sightings, paths, strict=False)]
    html = render(made.model_copy(update={"sightings": tuple(sightings), "steps": ()}), inside.path)
    assert "data:image" not in html.replace("img-src data:", "")


def test_others_are_not_named(samples):
    """The report contains neither the account nor the photo URL of anybody but the subject."""
    html = samples["out-of-sync"].html()
    assert "radu.pop" not in html
    assert "somebody else" in html


def test_changed_evidence_is_reported_first(samples):
    """Changed files are listed before the verdict, as text; without any, there is no warning."""
    sample = samples["in-sync"]
    wrong = Discrepancy(file="evidence/<b>.png", text="was changed", template="was changed")
    text = Reader(sample.html(discrepancies=(wrong,))).text
    order = ("The evidence was changed after the check", "evidence/<b>.png was changed", "In sync")
    assert sorted(order, key=text.index) == list(order)
    assert "The evidence was changed" not in sample.html()


def test_properties_are_explained(samples):
    """The report decodes the timestamp and explains the flags."""
    text = Reader(samples["out-of-sync"].html()).text
    assert "63930919200 SharePoint last stored the picture: 22 Nov 2026, 04:40 UTC" in text
    assert "0 a real picture is shown" in text
    assert "1 the picture comes from the mailbox" in text


def test_the_text_for_the_ticket(samples):
    """The ticket text is plain and contains where the check ran, the cause and its evidence, with times in UTC."""
    html = samples["out-of-sync"].html()
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)[1]
    assert "Profile photo check · Contoso (sandbox: stale-copy) · 22 Nov 2026, 10:41 UTC · ticket INC-4711" in text
    assert "[Out of sync] Ana Ionescu’s photo is out of sync" in text
    assert "C1 · The copy in SharePoint is older than the change (confidence high)" in text
    assert "Check again after: 23 Nov 2026, 10:41 UTC" in text
    assert "  1. SharePoint last stored the picture at 22 Nov 2026, 04:40 UTC, before the change." in text


def test_ids_in_sentences_become_readable_names(samples):
    """An id in an argument, such as `people-web-part`, becomes a readable name, and what differs is translated."""
    sample = samples["out-of-sync"]
    assert "The card on the page shows the photo of before, 0.41 away." in Reader(sample.html()).texts
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


def test_what_a_browser_profile_showed_is_separate(samples):
    """What a browser profile showed has its own group and labels, and the first screen says where the old photo is."""
    sample = samples["out-of-sync"]
    rows = [c for c in sample.record.comparisons if c.verdict is MatchVerdict.DIFFERENT]
    wrong = {side for row in rows for side in (row.a, row.b)} - {sample.record.reference}
    beside = tuple(
        s.model_copy(update={"session": SessionKind.PROFILE}) if i in wrong else s
        for i, s in enumerate(sample.record.sightings)
    )
    text = Reader(render(sample.record.model_copy(update={"sightings": beside}), sample.folder)).texts
    assert "In the browser profile" in text
    assert len(wrong) == text.count("browser profile")
    assert any(one.startswith("Only the given browser profile still shows a different photo") for one in text)
    assert 0 < len(wrong) < len(beside)
    assert "In the browser profile" not in Reader(sample.html()).texts


def test_an_address_keeps_its_small_letter():
    """A sentence begins with a capital letter, but an address stays as it is written."""
    assert ["The card", "ana@contoso.com was signed in"] == [
        sentence(text) for text in ("the card", "ana@contoso.com was signed in")
    ]


@pytest.mark.parametrize("kind", ["sightings", "comparisons", "properties", "steps", "unseen"])
def test_a_record_without_some_of_it_still_renders(samples, kind):
    """A record without some of its parts still gives a report with the verdict."""
    sample = samples["out-of-sync"]
    html = render(sample.record.model_copy(update={kind: ()}), sample.folder)
    assert "Ana Ionescu’s photo is out of sync" in html


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_sentence(tmp_path, reason, lang):
    """The first screen says what happened and what to do, in both languages."""
    assert set(REASONS) == set(Reason)
    verdict = Verdict.STOPPED if reason in {Reason.WRONG_PASSWORD} else Verdict.INCONCLUSIVE
    made = record(
        Folder(tmp_path), verdict=verdict, reason=reason, steps=(), sightings=(), comparisons=(), reference=None
    )
    said, found = catalogue(lang).gettext, Reader(render(made, tmp_path, lang=lang)).text
    assert said(REASONS[reason].explain) in found
    assert said(REASONS[reason].do) in re.sub(r"(--[a-z-]+) ([.,;])", r"\1\2", found)


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


def test_a_colleagues_run_says_what_it_cannot_do(samples):
    assert "a colleague. Such a check compares photos, but cannot make SharePoint copy" in samples["colleague"].html()


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
    assert "Went to Team.aspx" in page.texts
    assert address in page.texts
    assert "https://www.office.com" not in page.texts


def test_the_tenants_clock_is_shown_only_where_it_differs(samples):
    """The tenant's clock is shown only if it differs from the computer's."""
    sample = samples["in-sync"]
    moved = sample.record.model_copy(update={"clock": START.replace(day=25)})
    same = sample.record.model_copy(update={"clock": START})
    assert "The tenant’s clock showed 25 Nov 2026, 10:41 UTC" in Reader(render(moved, sample.folder)).text
    assert "The tenant’s own clock" not in render(same, sample.folder)


def test_a_romanian_report_has_no_words_of_the_pages_and_locators_in_english(samples):
    """What was not found, how something was found, and that a photo was refused are said in the report's language."""
    sample = samples["out-of-sync"]
    made = sample.record
    what = message("The account button of SharePoint")
    note = message("{what} was not found on the page; it may have been redesigned.", what=what)
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


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "result, from 22 Nov 2026, 10:41 UTC, still stands: "), ("ro", "cunoscut, din 22 ")]
)
def test_a_check_that_could_not_tell_repeats_what_was_known(tmp_path, lang, words):
    """It lists no change, and says which result stands and from when; nothing reads as fixed."""
    known = LastKnown(run="r1", finished=START, verdict=Verdict.OUT_OF_SYNC, cause="C1", title=CAUSES["C1"].title.text)
    before = Previous(run="r2", first="r1", finished=START)
    said = Message(text="people-web-part: before a different picture, now not seen")
    old = Change.from_message(said, what="surface", at=START)  # as records of older versions list it
    what = {"reason": Reason.PAGE_MISSING, "verdict": Verdict.INCONCLUSIVE, "previous": before, "last_known": known}
    page = Reader(render(record(Folder(tmp_path), **what, changes=(old,)), tmp_path, lang=lang)).text
    assert 3 == page.count(words)
    assert "now not seen" not in page
    assert "Nothing has changed" not in page
