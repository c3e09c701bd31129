"""The report's HTML, read without a browser."""

import re

import pytest

from troubleshooter.model.enums import (
    Kind,
    MatchVerdict,
    SessionKind,
    StepStatus,
    Verdict,
)
from troubleshooter.model.message import Message
from troubleshooter.report import render

from .outcomes import SAMPLES
from .reader import Reader
from .samples import Folder, record


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
    note = "The page shows no account picture: perhaps it was redesigned, or the account has no license for it."
    assert f"The account picture in Teams {note} To look there yourself: Open Teams" in text
    assert "The profile names no stored picture." in text


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
    assert "<img " not in html.partition("<script>")[0]
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
    assert "C1 · SharePoint has not fetched the current photo yet (confidence high)" in text
    assert "Check again after: 23 Nov 2026, 10:41 UTC" in text
    assert "  1. SharePoint last copied the photo at 22 Nov 2026, 04:40 UTC, 6 h before this check" in text


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


@pytest.mark.parametrize("kind", ["sightings", "comparisons", "properties", "steps", "unseen"])
def test_a_record_without_some_of_it_still_renders(samples, kind):
    """A record without some of its parts still gives a report with the verdict."""
    sample = samples["out-of-sync"]
    html = render(sample.record.model_copy(update={kind: ()}), sample.folder)
    assert "Ana Ionescu’s photo is out of sync" in html


def test_a_colleagues_run_says_what_it_cannot_do(samples):
    assert "a colleague. Such a check compares photos, but cannot make SharePoint copy" in samples["colleague"].html()


def test_time_limits_have_a_unit(samples):
    """Among the inputs, a time limit is a time, not a bare number."""
    text = Reader(samples["in-sync"].html()).text
    assert "timeout 30.0 s" in text
