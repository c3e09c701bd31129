"""The first screen: the verdict in a sentence, what to do, who, when, and what a reader has to know first."""

import re
from pathlib import Path

import pytest

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.model.enums import (
    Reason,
    Verdict,
)
from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.locators import FoundBy, LocatorMatch
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Change, LastKnown, Previous
from troubleshooter.model.repair_advice import repairable
from troubleshooter.report import render

from .outcomes import SAMPLES
from .reader import Reader
from .samples import ANA, START, Folder, record


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
        ("out-of-sync", "Some places in SharePoint show the photo from Microsoft 365, others show a different one."),
        ("thirty-places", "SharePoint and Microsoft 365 show different photos."),
        ("recropped", "Some places in SharePoint show the photo from Microsoft 365 cropped differently."),
        ("colleague", "SharePoint shows no photo, although there is one in Microsoft 365."),
        (
            "unsettled",
            "Pictures on a page were still loading when the time limit was reached, so they do not count as seen.",
        ),
        ("crashed", "The last step that started: Select the SharePoint icon."),
    ],
)
def test_the_second_sentence_says_what_differs(samples, name, detail):
    assert detail in Reader(samples[name].html()).texts


def test_one_thing_to_do_with_who_and_when(samples):
    """The first screen has the first remedy, who applies it, how long to wait and when to check again."""
    text = Reader(samples["out-of-sync"].html()).text
    first = text[: text.index("Reference")]
    assert "→ Nothing to do now: this check counted as a visit by the user" in first
    assert "Who nobody Wait up to 24 hours Check again after 23 Nov 2026, 10:41 UTC" in first


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


def test_the_command_for_checking_again_works_in_every_folder(samples, monkeypatch):
    """The run's folder is named in full, also where it was given relative to the folder of whoever ran the check."""
    sample = samples["out-of-sync"]
    record = sample.record.model_copy(update={"inputs": {**sample.record.inputs, "tenant": "contoso.toml"}})
    monkeypatch.chdir(sample.folder.parent)
    text = Reader(render(record, Path(sample.folder.name))).text
    assert f"troubleshooter recheck {sample.folder}" in text


@pytest.mark.parametrize(
    ("name", "named"), [("unsettled", True), ("refused", True), ("crashed", True), ("in-sync", False)]
)
def test_a_check_without_an_answer_names_the_command_that_checks_again(samples, name, named):
    """A report without an answer contains the command that checks again; a report with one does not."""
    sample = samples[name]
    record = sample.record.model_copy(update={"inputs": {**sample.record.inputs, "tenant": "contoso.toml"}})
    assert named is (f"troubleshooter recheck {sample.folder}" in Reader(render(record, sample.folder)).text)


def test_a_difference_without_a_cause_is_for_an_administrator(samples):
    """Without a cause, the report asks the reader to show it to an administrator, and mentions nobody else."""
    sample = samples["out-of-sync"]
    text = Reader(render(sample.record.model_copy(update={"diagnoses": ()}), sample.folder)).text
    first = text[: text.index("Reference")]
    assert "→ No known cause fits. Give this report to your Microsoft 365 administrator." in first
    assert "Who" not in first


def test_a_stop_is_explained(samples):
    """A stopped run's report says what stopped it and what to do, with the service's code and skipped steps."""
    page = Reader(samples["refused"].html())
    assert "Sign-in refused the password. It was sent once and not tried again." in page.texts
    assert (
        "Correct the account’s stored password (the tenant file says where it is stored), then try again." in page.texts
    )
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


def test_changed_evidence_is_reported_first(samples):
    """Changed files are listed before the verdict, as text; without any, there is no warning."""
    sample = samples["in-sync"]
    wrong = Discrepancy(file="evidence/<b>.png", text="was changed", template="was changed")
    text = Reader(sample.html(discrepancies=(wrong,))).text
    order = ("The evidence was changed after the check", "evidence/<b>.png was changed", "In sync")
    assert sorted(order, key=text.index) == list(order)
    assert "The evidence was changed" not in sample.html()


def test_the_tenants_clock_is_shown_only_where_it_differs(samples):
    """The tenant's clock is shown only if it differs from the computer's."""
    sample = samples["in-sync"]
    moved = sample.record.model_copy(update={"clock": START.replace(day=25)})
    same = sample.record.model_copy(update={"clock": START})
    text = Reader(render(moved, sample.folder)).text
    assert "The tenant’s clock showed 25 Nov 2026, 10:41 UTC" in text[: text.index("What each place shows")]
    assert "The tenant’s clock showed" not in render(same, sample.folder)


@pytest.mark.parametrize(
    ("lang", "found", "do"),
    [
        (
            "en",
            "Found by selectors of mine.toml: home.waffle.",
            "add a CSS selector for site-page.canvas to locators.toml",
        ),
        ("ro", "Elemente găsite cu selectorii din mine.toml: home.waffle.", "un selector CSS pentru site-page.canvas"),
    ],
)
def test_the_head_says_that_repairs_were_used_and_which_one_is_needed(lang: str, found: str, do: str, samples):
    """A user's selectors may be wrong, so the head names what they found; the advice for a changed page names ids."""
    sample = samples["unsettled"]
    note = repairable(message("The parts of {url} that show people were not found.", url="x"), "site-page.canvas")
    steps = [step.model_copy(update={"reason": Reason.PAGE_CHANGED, "note": note}) for step in sample.record.steps]
    repaired = LocatorMatch(id="home.waffle", by=FoundBy.REPAIR, selector="#new", position=0)
    changes = {"locators": (repaired,), "reason": Reason.PAGE_CHANGED, "steps": tuple(steps)}
    made = sample.record.model_copy(update=changes | {"inputs": {"locators": "/t/mine.toml"}})
    html = render(made, sample.folder, lang=lang)
    assert found in html[html.index('<header class="line">') : html.index("</header>")]
    assert do in Reader(html).text
    usual = render(sample.record, sample.folder, lang=lang)
    assert not any(text in Reader(usual).text for text in (found, do))


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
    assert 3 == page.replace(" , ", ", ").count(words)
    assert "now not seen" not in page
    assert "Nothing has changed" not in page


def test_a_place_counts_on_one_side_of_the_pictures_only(samples):
    """Each side says how many of its own places were checked: those of Microsoft 365 do not count for SharePoint."""
    still = re.findall(r'class="says">([^<]*)<', samples["unsettled"].html())
    assert ["2 places show this photo", "1 place was still loading (2 checked)"] == still[:2]
    whole = re.findall(r'class="says">([^<]*)<', samples["out-of-sync"].html())
    assert ["2 places show this photo", "4 places show a different photo (5 checked)"] == whole[:2]


def test_without_a_reference_nothing_is_said_to_agree(samples):
    """A run that compared nothing counts no places that show "this" photo."""
    assert "show this photo" not in samples["crashed"].html()
    assert "shows this photo" not in samples["crashed"].html()


def test_a_later_check_says_what_was_fixed(samples):
    """The first screen says how many places were wrong before and are right now; a first check says nothing of it."""
    fixed = "3 places that did not show the right photo at the previous check now do."
    assert fixed in Reader(samples["rechecked"].html()).texts
    assert not any("previous check now do" in text for text in Reader(samples["out-of-sync"].html()).texts)


def test_times_within_sentences_are_in_the_zone_of_the_reader(samples):
    """A time in a sentence of evidence is one that the script converts, like those beside it; the ticket keeps UTC."""
    html = samples["out-of-sync"].html()
    evidence = re.search(r'<ol class="evidence">(.*?)</ol>', html, re.DOTALL)[1]
    assert '<time datetime="2026-11-22T04:40:00' in evidence
    ticket = re.search(r'<textarea id="ticket-text"[^>]*>(.*?)</textarea>', html, re.DOTALL)[1]
    assert "SharePoint last copied the photo at 22 Nov 2026, 04:40 UTC, 6 h before this check" in ticket
    assert "<time" not in ticket


@pytest.mark.parametrize(
    ("name", "who"),
    [("unsettled", "whoever ran this check"), ("refused", "whoever ran this check"), ("out-of-sync", "nobody")],
)
def test_somebody_is_named_who_can_act(samples, name, who):
    """Where a check has to be repeated, that is up to whoever ran it; after a visit of the user, nobody has to act."""
    assert f"<b>Who</b> {who}<" in samples[name].html()


@pytest.mark.parametrize(
    ("signed_in_as", "advice"),
    [
        (ANA, "Run the check again, or give the right photo with --expect."),
        ("helpdesk@contoso.com", "Run the check again, signed in as the user, or give the right photo with --expect."),
    ],
)
def test_whoever_was_signed_in_as_the_user_is_not_asked_to(samples, signed_in_as, advice):
    """What to do when nothing could be compared depends on whose session it was."""
    sample = samples["crashed"]
    made = sample.record.model_copy(update={"signed_in_as": signed_in_as, "reason": Reason.NO_REFERENCE})
    assert advice in Reader(render(made, sample.folder)).text


def test_where_nothing_was_seen_nothing_is_called_another_photo(samples):
    """Without any picture of the person there are no other photos, and the right one would help nobody."""
    text = Reader(samples["nothing-seen"].html()).text
    assert "No picture of this person was found anywhere, so nothing could be compared." in text
    assert "Run the check again, and use --page to name a page that shows the person." in text
    assert "other photos" not in text
    assert "--expect" not in text


def test_a_colleague_s_session_is_named_on_top(samples):
    """Through whose eyes it was seen matters; the user's own session goes without saying."""
    text = Reader(samples["colleague"].html()).text
    assert "ana.ionescu@contoso.com signed in as helpdesk@contoso.com Contoso" in text
    assert "signed in as" not in Reader(samples["in-sync"].html()).text


def test_a_reason_is_not_given_twice(samples):
    """A step that failed for what was already said about a place is not listed among what could not be seen."""
    html = samples["unsettled"].html()
    unseen = Reader(html[html.index('id="unseen"') : html.index('class="folds')]).text
    assert unseen.count("were still loading at the time limit") == 1
