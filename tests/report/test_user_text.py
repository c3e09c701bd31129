"""The text for the user says, in the second person, what to do, when, and how to see that the photo is right."""

from datetime import UTC, timedelta, timezone

import pytest

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.report.context import report_context
from troubleshooter.report.user_actions import ACTIONS, VISITS
from troubleshooter.report.user_text import user_text

from .samples import ANA, PAGE


def text_of(sample, lang: str = "en", zone=UTC, **changes) -> str:
    return user_text(report_context(sample.record.model_copy(update=changes), sample.folder, lang), zone)


@pytest.fixture
def sample(samples):
    return samples["out-of-sync"]


def test_a_visit_is_described_step_by_step(sample):
    """For an old copy, the user opens the page in a private window, and learns when and where to check."""
    text = text_of(sample, own_photo_requested=None)
    assert text.splitlines() == [
        "We checked your profile photo on 22 Nov 2026, 10:41 UTC.",
        "Some places in SharePoint show the photo from Microsoft 365, others show a different one.",
        "",
        "What to do:",
        "1. Open a private browser window: in Edge or Chrome, press Ctrl+Shift+N (on a Mac, ⌘+Shift+N).",
        f"2. Go to {PAGE} and sign in as {ANA}.",
        "3. Wait until the page has loaded completely, then close the window. You do not need to select anything.",
        "",
        "How long it takes: up to 24 hours.",
        "Please check again after 23 Nov 2026, 10:41 UTC.",
        f"You can tell that it worked when your current photo shows on {PAGE}",
    ]


def test_times_are_in_the_zone_that_is_named(sample):
    """In another zone, both times are converted, and the zone is written."""
    text = text_of(sample, zone=timezone(timedelta(hours=2)))
    assert "22 Nov 2026, 12:41 (UTC+02:00)" in text
    assert "23 Nov 2026, 12:41 (UTC+02:00)" in text


def test_it_is_written_in_romanian(sample):
    """In Romanian, the text is addressed to the user as well, with no English left."""
    text = text_of(sample, "ro", own_photo_requested=None)
    assert f"2. Accesați {PAGE} și conectați-vă ca {ANA}." in text
    assert "Vă rugăm să verificați din nou după 23 nov. 2026, 10:41 UTC." in text
    assert not {"the", "you", "and", "photo"} & set(text.split())


def test_a_check_that_was_the_visit_asks_for_no_other(sample):
    """Where the check itself was the user's visit, there is nothing to do; a colleague's check leaves it to do."""
    own = text_of(sample)
    assert (
        "This check was made with your account, which counts as a visit by you. SharePoint should now fetch "
        "the current photo." in own
    )
    assert "What to do:" not in own
    assert "What to do:" in text_of(sample, signed_in_as="helpdesk@contoso.com")


def test_what_only_an_admin_can_do_is_not_asked_of_the_user(sample):
    """For a cause without a part for the user, the text says who acts."""
    first = sample.record.diagnoses[0].model_copy(
        update={"cause": "C6", "who": "a SharePoint admin", "wait": "typically minutes, up to 24 hours"}
    )
    text = text_of(sample, diagnoses=(first,))
    assert "You do not need to do anything for now.\nWho can do this: a SharePoint admin." in text
    assert "1. " not in text


def test_in_sync_open_and_unknown_users_have_their_own_words(samples):
    """In sync there is nothing to do, an open question is checked again, and an unknown address is asked for."""
    assert "It is the same in every place that we checked." in text_of(samples["in-sync"])
    assert "We do not know yet" in text_of(samples["unsettled"])
    changes = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.USER_NOT_FOUND}
    assert f"We found no account with the address {ANA}." in text_of(samples["in-sync"], **changes)


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_every_sample_has_its_text(samples, lang):
    """Every outcome gives a text of a few plain lines without ids and commands."""
    for name, sample in samples.items():
        text = text_of(sample, lang)
        assert 2 <= len(text.splitlines()) <= 16, name
        assert not {"troubleshooter", "SPS-", "--"} & set(text.split()), name


def test_actions_belong_to_causes():
    """Every cause with steps exists; a cause that is remedied by a visit has the user among those who act."""
    assert set(ACTIONS) <= set(CAUSES)
    for cause in VISITS - {"C24"}:  # the page's developer has a part in C24
        assert "the user" in CAUSES[cause].who.text
