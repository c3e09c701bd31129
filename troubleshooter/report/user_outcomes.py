"""What a scenario that acts has done, in the second person, for the user whose photo it is."""

from __future__ import annotations

from collections.abc import Mapping

from troubleshooter.locale import N_
from troubleshooter.model.enums import Outcome

OUTCOMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("add-photo", Outcome.PHOTO_ADDED): (
        N_("Your new profile photo is in Microsoft 365."),
        N_("Other places can take a few hours to show it, SharePoint up to 24 hours."),
    ),
    ("add-photo", Outcome.PENDING): (
        N_("We sent your new profile photo to Microsoft 365, but it is not visible yet."),
        N_("A new photo appears after minutes to hours, at most a day."),
    ),
    ("add-photo", Outcome.NOT_ATTEMPTED): (
        N_("We could not change your profile photo: nothing was sent."),
        N_(
            "Please change it yourself: at www.office.com, select the round picture (your photo or initials) "
            "at the top right or, on the new home page, at the bottom left; then the picture in the account panel."
        ),
    ),
    ("resync-photo", Outcome.COPIED): (
        N_("SharePoint has now copied your profile photo."),
        N_(
            "If a page still shows your old photo, reload it with Ctrl+F5 (on a Mac, ⌘+Shift+R): browsers keep photos "
            "for up to a day."
        ),
    ),
    ("resync-photo", Outcome.ALREADY_CURRENT): (
        N_("SharePoint already shows your current profile photo."),
        N_("If you still see an old photo on a page, please tell us which page."),
    ),
    ("resync-photo", Outcome.PENDING): (
        N_("We asked SharePoint to copy your profile photo. It may take up to 24 hours."),
    ),
    ("resync-photo", Outcome.NOT_ATTEMPTED): (
        N_("SharePoint has not tried to copy your profile photo yet. We will find out why."),
    ),
    ("resync-photo", Outcome.CANNOT_TRIGGER): (
        N_("SharePoint copies your profile photo only when you open it yourself."),
        N_("Please open SharePoint once in a private browser window, signed in with your account."),
    ),
    ("resync-photo", Outcome.NOT_TRIGGERED_BY_SERVICE): (
        N_("SharePoint has not copied your profile photo, although it was opened with your account."),
        N_("A Microsoft 365 administrator needs to look into it. You do not need to do anything for now."),
    ),
}
"""The lines, as keys of the catalogue, by scenario and outcome."""
