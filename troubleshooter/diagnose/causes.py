"""The table of known causes: what each is, what to do, who can, how long it takes, and what would confirm it.

The ids are those of the product's documentation. A wait that no source documents is worded as "typically".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from troubleshooter.model.message import Message, message

DOCUMENTED = "documented"
"""Documented by Microsoft, or reported by several people."""
REPORTED = "reported once"
"""Reported by one person, or seen in one recorded response."""
LOGICAL = "logical"
"""Follows from how photos are copied; nobody has reported it."""


@dataclass(frozen=True)
class CauseDefinition:
    """A row of the table."""

    title: Message
    remedy: Message
    who: Message
    wait: Message
    recheck: timedelta | None
    """After how long to check again; None when waiting does not help."""
    known: str
    """How well the cause is known."""
    confirm: Message
    """What would confirm it."""
    remedy_after_visit: Message | None = None
    """The remedy where the run itself was the visit by the user that the usual one asks for."""


_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_USER, _SHAREPOINT_ADMIN, _OWNER = message("the user"), message("a SharePoint admin"), message("the page's owner")
_A_DAY, _HOURS = message("up to 24 hours"), message("typically hours")

CAUSES: Mapping[str, CauseDefinition] = {
    "C1": CauseDefinition(
        message("SharePoint's copy is older than the change"),
        message("Open SharePoint once in a private window as the user, then look again after 24 hours."),
        _USER,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("SPS-PictureTimestamp moves past the change within 24 hours of the visit."),
        message(
            "This run was the user's visit to SharePoint, which lets it copy the photo: look again after 24 hours."
        ),
    ),
    "C2": CauseDefinition(
        message("SharePoint has never fetched the photo"),
        message("Open a SharePoint page that shows the user, in a private window, signed in as the user."),
        _USER,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The picture properties get their first values within 24 hours of the visit."),
        message(
            "This run was the user's first visit, which lets SharePoint copy the photo: look again after 24 hours."
        ),
    ),
    "C3": CauseDefinition(
        message("SharePoint's copy is stuck, although it was asked to renew"),
        message("Run the Picture Sync diagnostic in the Microsoft 365 admin centre; if it does not help, ask support."),
        message("a Microsoft 365 or SharePoint admin"),
        message("typically days"),
        None,
        LOGICAL,
        message("SPS-PictureTimestamp has not moved two days and two visits of the user after the change."),
    ),
    "C4": CauseDefinition(
        message("Consistent with: users may not edit the picture property, so nobody's photo is copied"),
        message(
            "Ask the admin to check that users may edit the values of the profile property Picture; "
            "then each user visits SharePoint again."
        ),
        _SHAREPOINT_ADMIN,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("Several users are out of date at once, and the property Picture does not let users edit its values."),
    ),
    "C5": CauseDefinition(
        message("SharePoint keeps a photo of its own, which was put there by hand"),
        message("Set the Exchange sync state of the user's profile to 1, or upload the photo again at its source."),
        _SHAREPOINT_ADMIN,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The user or an admin remembers uploading this photo in SharePoint or Delve."),
    ),
    "C6": CauseDefinition(
        message("SharePoint has the photo, but is told to show the placeholder"),
        message("Set the picture placeholder state of the user's profile to 0."),
        _SHAREPOINT_ADMIN,
        message("typically minutes, up to 24 hours"),
        _DAY,
        REPORTED,
        message("The stored thumbnail, opened by its address in PictureURL, shows the photo."),
    ),
    "C7": CauseDefinition(
        message("There is no photo at the source"),
        message("Add a photo: at office.com select the account circle, then the circle in the panel."),
        _USER,
        _HOURS,
        _DAY,
        DOCUMENTED,
        message("The account page shows initials as well, or Graph answers 404 for the photo."),
    ),
    "C8": CauseDefinition(
        message("Consistent with: the user is not allowed to change the photo"),
        message("Ask the admin to check who may change photos, or to upload this one for the user."),
        message("a Global, User or Exchange admin"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The account panel offers no camera button, or the upload ends with an error."),
    ),
    "C9": CauseDefinition(
        message("The company's own directory puts its photo back over the one in the cloud"),
        message("Change the photo in the local directory, or stop it from sending photos."),
        message("an admin of the local directory or of Entra"),
        message("until the directory's next cycle"),
        _DAY,
        DOCUMENTED,
        message("After a new upload the source shows the old photo again within one cycle of the directory."),
    ),
    "C10": CauseDefinition(
        message("The photo at the source has too few pixels, as one from the directory's thumbnail has"),
        message("Upload a photo of at least 648 × 648 pixels in the cloud."),
        message("the user, or a user admin"),
        _HOURS,
        _DAY,
        DOCUMENTED,
        message("Graph offers no size above 96 × 96 for this photo."),
    ),
    "C11": CauseDefinition(
        message("The user has no mailbox in Exchange Online, or none that gives the photo"),
        message(
            "Wait for Microsoft 365 to show the photo everywhere; else upload it again through the account control."
        ),
        message("the user, or a user admin"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("Outlook on the web does not open for this user."),
    ),
    "C12": CauseDefinition(
        message("This browser shows a picture that it kept from earlier"),
        message("Empty the browser's cache, or reload the page with Ctrl+F5."),
        _USER,
        message("up to one day"),
        _DAY,
        DOCUMENTED,
        message("The same address gives the new photo in a private window."),
    ),
    "C13": CauseDefinition(
        message("SharePoint's delivery network still hands out the earlier photo"),
        message("Wait: the delivery network forgets it by itself."),
        message("nobody"),
        message("typically an hour"),
        _HOUR,
        REPORTED,
        message("userphoto.aspx and the delivery network's address give different photos at the same time."),
    ),
    "C14": CauseDefinition(
        message("The service that delivers SharePoint's photos fails"),
        message("Reload the page later; if it lasts, check the service health and open a support case."),
        message("Microsoft"),
        message("typically hours to days"),
        timedelta(hours=4),
        DOCUMENTED,
        message("Colleagues' photos fail in the same way, or the service health names it."),
    ),
    "C15": CauseDefinition(
        message("This site's own copy of the user is behind SharePoint's"),
        message("Visit that site as the user; if it lasts, have an admin renew the user's entry in the site."),
        message("the user, or the site's admin"),
        message("typically days"),
        _DAY,
        REPORTED,
        message("The site's user information list has an older picture time than the profile; other sites are right."),
    ),
    "C16": CauseDefinition(
        message("The search index has not taken up the new photo yet"),
        message("Wait; else have the profile touched or people reindexed."),
        _SHAREPOINT_ADMIN,
        message("up to 5 days"),
        5 * _DAY,
        DOCUMENTED,
        message("Everything but search shows the new photo, and search follows after the next crawl."),
    ),
    "C17": CauseDefinition(
        message("Outlook or Teams shows a photo from a cache of its own"),
        message("Sign out of the program and empty its cache, or wait."),
        _USER,
        message("3 to 60 days"),
        3 * _DAY,
        DOCUMENTED,
        message("Another computer, or the same program in a private window, shows the new photo."),
    ),
    "C18": CauseDefinition(
        message("Pictures of the OneDrive host are blocked in this browser"),
        message("Allow cookies of the company's OneDrive host, or ignore it: others see the photo."),
        message("the user, or the page's developer"),
        message("at once"),
        None,
        DOCUMENTED,
        message("The picture shows when its address is opened in a tab of its own."),
    ),
    "C19": CauseDefinition(
        message("The page asks for the photo by an address that is not the account's sign-in name"),
        message("Enter the user again in the web part, by the present sign-in name."),
        _OWNER,
        message("at once"),
        None,
        DOCUMENTED,
        message("userphoto.aspx gives the photo for one of the two addresses and the silhouette for the other."),
    ),
    "C20": CauseDefinition(
        message("The page names the user, but somebody else's account stands behind it"),
        message("Edit the web part: take the person out and enter the user again."),
        _OWNER,
        message("at once"),
        None,
        LOGICAL,
        message("The profile card over that avatar shows another mail address than the user's."),
    ),
    "C21": CauseDefinition(
        message("A guest is involved: guests have no photo of their own here, or may not see those of members"),
        message("Have an admin put a thumbnail into the directory for the guest, or accept the initials."),
        message("a user admin"),
        _HOURS,
        _DAY,
        DOCUMENTED,
        message("The account's name contains #EXT#, or a member sees the photo where the guest sees initials."),
    ),
    "C22": CauseDefinition(
        message("The user's profile lives in another geo of the company"),
        message("Look the user up in their own geo; pages here can't show that copy."),
        message("an admin"),
        message("time does not help"),
        None,
        LOGICAL,
        message("The same check on a page of the user's own geo is in sync."),
    ),
    "C23": CauseDefinition(
        message("The photo is right but blurry: a small stored picture is drawn large"),
        message(
            "Upload a photo of at least 648 × 648 pixels; where the page asks for a small size, its developer can help."
        ),
        message("the user, or the page's developer"),
        _A_DAY,
        _DAY,
        LOGICAL,
        message("The page's picture has fewer pixels than the place in which it is drawn, and the large one is sharp."),
    ),
    "C24": CauseDefinition(
        message("Parts of the page take the photo from Microsoft 365, others from SharePoint's older copy"),
        message(
            "Renew SharePoint's copy by a visit of the user; have the developer move the other web parts to Graph."
        ),
        message("the page's developer"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The addresses of the right and the wrong pictures on one page belong to different services."),
    ),
    "C25": CauseDefinition(
        message("SharePoint has only a stub of the user's profile: never signed in there, or blocked"),
        message("Unblock the account if it is blocked; then sign in to SharePoint once as the user."),
        message("the user, or a user admin"),
        _A_DAY,
        _DAY,
        REPORTED,
        message("The profile fills with name and addresses after the user's first visit."),
    ),
    "C26": CauseDefinition(
        message("Consistent with: pages already use Microsoft 365's photos, and visits no longer renew the old copy"),
        message("Nothing for the user to do; ask the admin to check with the Picture Sync diagnostic."),
        message("a Microsoft 365 admin"),
        message("time does not help"),
        None,
        LOGICAL,
        message("SPS-PictureTimestamp does not move after several visits, while pages show the new photo."),
    ),
}
