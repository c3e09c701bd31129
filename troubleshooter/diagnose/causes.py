"""The known causes, as a table: what it is, what to do, who can, how long it takes.

The ids are those under which the causes are known in the product's documentation. A wait that no source documents is
worded as "typically".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from troubleshooter.model import Said, say


@dataclass(frozen=True)
class Cause:
    """A row of the table."""

    title: Said
    remedy: Said
    who: Said
    wait: Said
    recheck: timedelta | None
    """After how long to look again; None when time does not help."""


_DAY = timedelta(hours=24)

CAUSES: Mapping[str, Cause] = {
    "C1": Cause(
        say("SharePoint's copy is older than the change"),
        say("Open SharePoint once in a private window as the user, then look again after 24 hours."),
        say("the user"),
        say("up to 24 hours"),
        _DAY,
    ),
    "C2": Cause(
        say("SharePoint has never fetched the photo"),
        say("Open a SharePoint page that shows the user, in a private window, signed in as the user."),
        say("the user"),
        say("up to 24 hours"),
        _DAY,
    ),
    "C3": Cause(
        say("SharePoint's copy is stuck, although it was asked to renew"),
        say("Run the Picture Sync diagnostic in the Microsoft 365 admin centre; if it does not help, ask support."),
        say("a Microsoft 365 or SharePoint admin"),
        say("typically days"),
        None,
    ),
    "C5": Cause(
        say("SharePoint keeps a photo of its own, which was put there by hand"),
        say("Set the Exchange sync state of the user's profile to 1, or upload the photo again at its source."),
        say("a SharePoint admin"),
        say("up to 24 hours"),
        _DAY,
    ),
    "C6": Cause(
        say("SharePoint has the photo, but is told to show the placeholder"),
        say("Set the picture placeholder state of the user's profile to 0."),
        say("a SharePoint admin"),
        say("typically minutes, up to 24 hours"),
        _DAY,
    ),
    "C7": Cause(
        say("There is no photo at the source"),
        say("Add a photo: at office.com select the account circle, then the circle in the panel."),
        say("the user"),
        say("typically hours"),
        _DAY,
    ),
    "C11": Cause(
        say("The user has no mailbox in Exchange Online, or none that gives the photo"),
        say("Wait for Microsoft 365 to show the photo everywhere; else upload it again through the account control."),
        say("the user, or a user admin"),
        say("up to 24 hours"),
        _DAY,
    ),
    "C14": Cause(
        say("The service that delivers SharePoint's photos fails"),
        say("Reload the page later; if it lasts, check the service health and open a support case."),
        say("Microsoft"),
        say("typically hours to days"),
        timedelta(hours=4),
    ),
    "C18": Cause(
        say("Pictures of the OneDrive host are blocked in this browser"),
        say("Allow cookies of the company's OneDrive host, or ignore it: others see the photo."),
        say("the user, or the page's developer"),
        say("at once"),
        None,
    ),
}
