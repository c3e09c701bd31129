"""An address that nobody has gets no verdict; a user of whom anything is known gets the usual one."""

from __future__ import annotations

import pytest

from troubleshooter.diagnose import diagnosed, exit_code, judged
from troubleshooter.model.enums import Kind, Reason, StepStatus, Surface, Verdict
from troubleshooter.model.records import Record

from .records import ANA, EXPECTED, OTHERS, START, STEPS, colleague, differs, properties, seen

TYPO = "anna@contoso.com"
"""Nobody's address, one letter from Ana's."""
ASKED = "https://contoso.sharepoint.com/_api/SP.UserProfiles.PeopleManager/GetPropertiesFor(accountName=@v)"
KNOWN_TO_SHAREPOINT = properties().model_copy(update={"of": TYPO, "url": ASKED})
NONE = KNOWN_TO_SHAREPOINT.model_copy(update={"values": {}, "timestamp": None})
BY_ADDRESS = (
    seen(Surface.OUTLOOK_PHOTO, subject=TYPO, kind=Kind.BLANK),
    seen(Surface.USERPHOTO_S, subject=TYPO, kind=Kind.SILHOUETTE),
    seen(Surface.USERPHOTO_L, subject=TYPO, kind=Kind.SILHOUETTE),
)
REFUSED = NONE.model_copy(update={"status": 403})


def about_nobody(*more: object, **fields: object) -> Record:
    """Return a colleague's run about TYPO, in which every place that was asked by address served a placeholder."""
    return colleague((*BY_ADDRESS, *more), 0, **{"subject": TYPO, "properties": (NONE,), **fields})


def test_a_mistyped_address_gets_no_verdict():
    """No photo, no cause, no remedy: no such user was found, with the address that was seen and is meant."""
    said = diagnosed(judged(about_nobody()))
    assert (Verdict.INCONCLUSIVE, Reason.USER_NOT_FOUND, 4) == (said.verdict, said.reason, exit_code(said))
    assert () == said.diagnoses
    assert [f"No user {TYPO} was found in Contoso."] == [finding.text for finding in said.findings]
    near = diagnosed(judged(about_nobody(similar=(ANA,))))
    assert near.findings[0].text.endswith(f"A similar address was seen: {ANA}.")
    assert (ANA,) == near.similar


def test_an_expected_photo_does_not_make_it_out_of_sync():
    """The silhouettes differ from the expected photo, and are nobody's."""
    rows = (differs(0, "expected", "placeholder"),)
    said = judged(
        about_nobody().model_copy(update={"reference": "expected", "expected": EXPECTED, "comparisons": rows})
    )
    assert Reason.USER_NOT_FOUND is said.reason


def test_without_an_answer_it_cannot_tell():
    """Where SharePoint refuses to say whom it knows, there may be a user without a photo, or nobody."""
    said = diagnosed(judged(about_nobody(properties=(REFUSED,))))
    assert (Verdict.INCONCLUSIVE, Reason.USER_NOT_CONFIRMED, ()) == (said.verdict, said.reason, said.diagnoses)
    assert [f"Nothing shows that there is a user {TYPO} in Contoso."] == [finding.text for finding in said.findings]
    unread = judged(about_nobody(properties=()))
    assert Reason.USER_NOT_CONFIRMED is unread.reason


@pytest.mark.parametrize("reason", [Reason.SIGNED_OUT, Reason.CRASHED])
def test_a_run_that_ended_early_says_that_instead(reason: Reason):
    """What it did not come to see proves nothing."""
    lost = STEPS[-1].model_copy(update={"status": StepStatus.FAILED, "reason": reason})
    assert reason is judged(about_nobody(steps=(*STEPS[:-1], lost))).reason


KNOWN = {
    "a profile": {"properties": (KNOWN_TO_SHAREPOINT,)},
    "the stub of a profile": {"properties": (NONE.model_copy(update={"values": {"DisplayName": None}}),)},
    "a site's copy of the profile": {"site_properties": (KNOWN_TO_SHAREPOINT,)},
    "the user's own session": {"signed_in_as": TYPO},
    "the user's own visit, with an unreadable panel": {"signed_in_as": None, "own_photo_requested": START},
    "a guest": {"subject": "anna_gmail.com#EXT#@contoso.com"},
}


@pytest.mark.parametrize("known", KNOWN)
def test_a_user_without_a_photo_is_still_one(known: str):
    """Anything that only an account can have is enough: no photo, with its causes."""
    said = diagnosed(judged(about_nobody().model_copy(update=KNOWN[known])))
    assert said.reason not in (Reason.USER_NOT_FOUND, Reason.USER_NOT_CONFIRMED)


@pytest.mark.parametrize(
    ("surface", "kind", "exists"),
    [
        (Surface.PEOPLE_WEB_PART, Kind.INITIALS, True),
        (Surface.PROFILE_CARD, Kind.INITIALS, True),
        (Surface.PEOPLE_SEARCH, Kind.INITIALS, True),
        (Surface.OUTLOOK_PHOTO, Kind.PHOTO, True),
        (Surface.USERPHOTO_L, Kind.PHOTO, True),
        (Surface.USERPHOTO_L, Kind.SILHOUETTE, False),
        (Surface.GRAPH_PHOTO, Kind.BLANK, False),
    ],
)
def test_a_place_that_shows_the_user_is_a_proof(surface: Surface, kind: Kind, exists: bool):
    """A page that names the user; of what is asked by address, only a photo."""
    extra = BY_ADDRESS[0].model_copy(update={"surface": surface, "kind": kind})
    assert exists == (judged(about_nobody(extra)).reason is not Reason.USER_NOT_FOUND)


def test_the_healthy_colleague_keeps_the_verdict():
    """The control: the same run about a user who is there."""
    said = judged(colleague(OTHERS, similar=(TYPO,)))
    assert (Verdict.IN_SYNC, ()) == (said.verdict, said.similar), "nobody else is named without need"
