"""Labels for the closed lists of a record: kinds, stores, codes, properties."""

from __future__ import annotations

from troubleshooter.locale import N_
from troubleshooter.model.enums import Confidence, Kind, MatchVerdict, Source, StepStatus, Verdict
from troubleshooter.model.locators import FoundBy
from troubleshooter.model.records import Sighting

_ERROR = 400

VERDICTS: dict[Verdict, str] = {
    Verdict.IN_SYNC: N_("In sync"),
    Verdict.OUT_OF_SYNC: N_("Out of sync"),
    Verdict.NO_PHOTO: N_("No photo"),
    Verdict.INCONCLUSIVE: N_("Cannot tell"),
    Verdict.STOPPED: N_("Stopped"),
}

TONES: dict[Verdict, str] = {
    Verdict.IN_SYNC: "good",
    Verdict.OUT_OF_SYNC: "bad",
    Verdict.NO_PHOTO: "bad",
    Verdict.INCONCLUSIVE: "open",
    Verdict.STOPPED: "open",
}
"""The color of each verdict."""

ICONS: dict[Verdict, str] = {Verdict.NO_PHOTO: "nobody", Verdict.STOPPED: "stop"}
"""Verdicts with an icon of their own instead of the color's."""

KINDS: dict[Kind, str] = {
    Kind.PHOTO: N_("a photo"),
    Kind.INITIALS: N_("initials"),
    Kind.SILHOUETTE: N_("a silhouette"),
    Kind.BLANK: N_("an empty picture"),
    Kind.BROKEN: N_("a picture that does not load"),
    Kind.LOADING: N_("still loading"),
}

REFUSED = N_("initials, because the photo was refused")
"""What an avatar shows whose photo the page requested in vain."""


def kind_of(sighting: Sighting) -> str:
    """Return what a sighting shows, in English."""
    refused = sighting.kind is Kind.LOADING and sighting.response is not None and sighting.response.status >= _ERROR
    return REFUSED if refused else KINDS[sighting.kind]


SOURCES: dict[Source, str] = {
    Source.PEOPLE_SERVICE: N_("from Microsoft 365"),
    Source.MAILBOX_COPY: N_("from the mailbox"),
    Source.SHAREPOINT_COPY: N_("from SharePoint’s copy"),
    Source.SITE_COPY: N_("from the site’s own copy"),
    Source.SEARCH_INDEX: N_("from the search index"),
    Source.OWN_CACHE: N_("from the app’s own cache"),
    Source.UNKNOWN: N_("unknown store"),
}

FOUND_BY: dict[FoundBy, str] = {
    FoundBy.REPAIR: N_("by a repair"),
    FoundBy.LOCATOR: N_("by its locator"),
    FoundBy.STRUCTURE: N_("by the page’s structure only"),
    FoundBy.NOTHING: N_("not found"),
}

SYSTEM_ERRORS = (
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("File name too long"),
    N_("No such file or directory"),
    N_("Is a directory"),
)
"""What a system says of a file that cannot be written; messages quote it."""

MATCHES: dict[MatchVerdict, str] = {
    MatchVerdict.SAME: N_("same"),
    MatchVerdict.DIFFERENT: N_("different"),
    MatchVerdict.UNDETERMINED: N_("cannot tell"),
}

MATCH_TONES: dict[MatchVerdict, str] = {
    MatchVerdict.SAME: "good",
    MatchVerdict.DIFFERENT: "bad",
    MatchVerdict.UNDETERMINED: "open",
}

CODES: dict[str, str] = {
    "same": "",
    "other-photo": N_("another photo"),
    "recropped": N_("same photo, cropped differently"),
    "shifted": N_("same photo, shifted"),
    "mirrored": N_("same photo, mirrored"),
    "greyscale": N_("same photo, without color"),
    "colour": N_("same photo, different colors"),
    "brightness": N_("same photo, different brightness"),
    "transparent": N_("perhaps the same transparent picture on a different background"),
    "lost-profile": N_("perhaps the same photo with its color profile lost"),
    "retouched": N_("same photo, retouched"),
    "placeholder": N_("a placeholder, not a photo"),
    "too-small": N_("too small to compare"),
    "not-a-photo": N_("not a photo"),
    "unreadable": N_("cannot be read"),
}
"""What differs between two pictures, by `Comparison.code`."""

STATUSES: dict[StepStatus, str] = {
    StepStatus.PASSED: N_("done"),
    StepStatus.FAILED: N_("failed"),
    StepStatus.SKIPPED: N_("skipped"),
}

CONFIDENCES: dict[Confidence, str] = {
    Confidence.HIGH: N_("confidence high"),
    Confidence.MEDIUM: N_("confidence medium"),
    Confidence.LOW: N_("confidence low"),
}

PROOFS: dict[str, str] = {
    "session": N_("the session’s own account"),
    "photo-address": N_("account name in the picture’s address"),
    "mail-link": N_("mail or chat link beside it"),
    "canvas-data": N_("the page’s own data"),
    "profile-card": N_("the profile card’s address"),
    "request": N_("requested by account name"),
}
"""The proof of whose avatar it is, by `Sighting.identified_by`."""

STORED = N_("SharePoint last stored the picture")
NEVER_STORED = N_("SharePoint never stored a picture")

_NEVER_SET = N_("never set")
_MEANINGS: dict[str, dict[str | None, str]] = {
    "SPS-PicturePlaceholderState": {
        "0": N_("a real picture is shown"),
        "1": N_("a placeholder is shown instead"),
        "": _NEVER_SET,
    },
    "SPS-PictureExchangeSyncState": {
        "1": N_("the picture comes from the mailbox"),
        "0": N_("the picture does not come from the mailbox: uploaded by hand, or no mailbox license"),
        "": N_("never evaluated"),
    },
    "SPS-RecipientTypeDetails": {"": N_("mailbox type: not recorded")},
}
_ANY: dict[str, tuple[str, str]] = {
    "PictureURL": (N_("address of the stored medium copy"), N_("no stored copy")),
    "PictureUrl": (
        N_("address that SharePoint provides to its pages"),
        N_("SharePoint provides no picture to its pages"),
    ),
    "SPS-RecipientTypeDetails": (N_("mailbox type; context only"), ""),
    "SPS-UserType": (N_("user type; context only"), ""),
    "SPS-PersonalSiteInstantiationState": (N_("state of the personal site; context only"), ""),
    "PersonalSiteHostUrl": (N_("where the profile is stored"), ""),
}


def meaning(name: str, value: str | None) -> str:
    """Return what `value` of the profile property `name` means, in English; empty if that is not known."""
    text = value or ""
    name = name.replace("SPSPicture", "SPS-Picture")  # a site's own copy spells these names without dashes
    known = _MEANINGS.get(name, {})
    if text in known:
        return known[text]
    some, none = _ANY.get(name, ("", ""))
    return some if text else none
