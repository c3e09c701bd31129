"""The reader's words for the closed lists of a record: kinds, stores, codes, properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from troubleshooter.locale import N_
from troubleshooter.model.enums import Confidence, Kind, MatchVerdict, Outcome, Source, StepStatus, Verdict

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
"""Which of the three verdict colours."""

ICONS: dict[Verdict, str] = {Verdict.NO_PHOTO: "nobody", Verdict.STOPPED: "stop"}
"""Signs of their own, where the colour’s sign is not enough."""

KINDS: dict[Kind, str] = {
    Kind.PHOTO: N_("photo"),
    Kind.INITIALS: N_("initials"),
    Kind.SILHOUETTE: N_("blank silhouette"),
    Kind.BLANK: N_("empty"),
    Kind.BROKEN: N_("broken picture"),
    Kind.LOADING: N_("still loading"),
}

SOURCES: dict[Source, str] = {
    Source.PEOPLE_SERVICE: N_("from Microsoft 365"),
    Source.MAILBOX_COPY: N_("from the mailbox"),
    Source.SHAREPOINT_COPY: N_("from SharePoint’s copy"),
    Source.SITE_COPY: N_("from the site’s own copy"),
    Source.SEARCH_INDEX: N_("from the search index"),
    Source.OWN_CACHE: N_("from the app’s own cache"),
    Source.UNKNOWN: N_("store not known"),
}

MATCHES: dict[MatchVerdict, str] = {
    MatchVerdict.SAME: N_("same"),
    MatchVerdict.DIFFERENT: N_("different"),
    MatchVerdict.UNDETERMINED: N_("cannot tell"),
}

MATCH_ICONS: dict[MatchVerdict, str] = {
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
    "greyscale": N_("same photo, without colour"),
    "colour": N_("same photo, other colours"),
    "brightness": N_("same photo, other brightness"),
    "retouched": N_("same photo, retouched"),
    "placeholder": N_("a placeholder, no photo"),
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
    "request": N_("asked for by account name"),
}
"""What proved whose avatar it is, by `Sighting.identified_by`."""

SCENARIOS: dict[str, str] = {
    "photo-differs": N_("Profile photo check"),
    "add-photo": N_("Adding a profile photo"),
    "resync-photo": N_("Profile photo: synchronising again"),
}

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.PHOTO_ADDED: (N_("Photo added"), N_("The new photo of {name} is in Microsoft 365")),
    Outcome.COPIED: (N_("Copied now"), N_("This visit made SharePoint copy {name}’s photo")),
    Outcome.ALREADY_CURRENT: (N_("Already up to date"), N_("SharePoint already shows {name}’s present photo")),
    Outcome.PENDING: (N_("Pending"), N_("What was asked for {name}’s photo is not to be seen yet")),
    Outcome.NOT_ATTEMPTED: (N_("Not attempted"), N_("SharePoint did not try to copy {name}’s photo")),
    Outcome.CANNOT_TRIGGER: (N_("Cannot be triggered"), N_("This account cannot make SharePoint copy {name}’s photo")),
    Outcome.NOT_TRIGGERED_BY_SERVICE: (
        N_("No longer triggered"),
        N_("A visit no longer makes SharePoint copy {name}’s photo"),
    ),
}
"""An outcome in a few words, and as a sentence."""

OUTCOME_ACTIONS: dict[Outcome, str] = {
    Outcome.PHOTO_ADDED: N_(
        "Give the other places time: most follow within hours, SharePoint within 24 hours. Then check them."
    ),
    Outcome.COPIED: N_("Close the browser and open it again, then look at the page: browsers keep photos for a day."),
    Outcome.ALREADY_CURRENT: N_("Nothing to synchronise. If a page still shows an old photo, check that page."),
    Outcome.PENDING: N_("Look again at the time below: a new photo takes minutes to hours, at most a day."),
    Outcome.NOT_ATTEMPTED: N_("See below what kept SharePoint from trying; after that, visit it again as the user."),
    Outcome.CANNOT_TRIGGER: N_("Have the user open SharePoint in a private window, or run this as the user."),
    Outcome.NOT_TRIGGERED_BY_SERVICE: N_(
        "A visit does not help here. Let an admin run the Picture Sync diagnostic, or ask Microsoft support."
    ),
}
"""What to do then."""

NOT_SENT = (N_("Not attempted"), N_("{name}’s photo was not changed: nothing was sent"))
"""The same for a photo that was to be added."""
NOT_SENT_ACTION = N_("Change the photo by hand in the window that the pictures below show, then check again.")

OUTCOME_TONES: dict[Outcome, str] = {
    Outcome.PHOTO_ADDED: "good",
    Outcome.COPIED: "good",
    Outcome.ALREADY_CURRENT: "good",
}
"""Those that are good news; the others stand open."""

STORED = N_("SharePoint last stored the picture")
NEVER_STORED = N_("SharePoint never stored a picture")

_NEVER_SET = N_("never set")
_MEANINGS: dict[str, dict[str | None, str]] = {
    "SPS-PicturePlaceholderState": {
        "0": N_("a real picture, to be shown"),
        "1": N_("a placeholder is shown instead"),
        "": _NEVER_SET,
    },
    "SPS-PictureExchangeSyncState": {
        "1": N_("the picture comes from the mailbox"),
        "0": N_("the picture does not come from the mailbox: uploaded by hand, or no mailbox licence"),
        "": N_("never evaluated"),
    },
    "SPS-RecipientTypeDetails": {"": N_("kind of mailbox: not recorded")},
}
_ANY: dict[str, tuple[str, str]] = {
    "PictureURL": (N_("address of the stored medium copy"), N_("no stored copy")),
    "PictureUrl": (N_("address that SharePoint gives to its pages"), N_("SharePoint gives no picture to its pages")),
    "SPS-RecipientTypeDetails": (N_("kind of mailbox; context only"), ""),
    "SPS-UserType": (N_("kind of user; context only"), ""),
    "SPS-PersonalSiteInstantiationState": (N_("state of the personal site; context only"), ""),
    "PersonalSiteHostUrl": (N_("where the profile lives"), ""),
}


def meaning(name: str, value: str | None) -> str:
    """Return what `value` of the profile property `name` means, in English; empty where nothing is known."""
    text = value or ""
    name = name.replace("SPSPicture", "SPS-Picture")  # a site's own copy spells the same properties without dashes
    known = _MEANINGS.get(name, {})
    if text in known:
        return known[text]
    some, none = _ANY.get(name, ("", ""))
    return some if text else none


def decoded(value: str | None) -> datetime | None:
    """Return the time that `SPS-PictureTimestamp` counts: whole seconds since the year 1."""
    if not value or not value.isdecimal():
        return None
    try:
        return datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=int(value))
    except OverflowError:
        return None
