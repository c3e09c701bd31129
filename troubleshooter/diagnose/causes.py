"""The known causes, as a table: what it is, what to do, who can, how long it takes, what would confirm it.

The ids are those under which the causes are known in the product's documentation. A wait that no source documents is
worded as "typically".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from troubleshooter.model import Said, say

DOCUMENTED = "documented"
"""By Microsoft, or reported by several people."""
REPORTED = "reported once"
"""Or seen in a recorded answer."""
LOGICAL = "logical"
"""It follows from how the photos travel; nobody reported it."""


@dataclass(frozen=True)
class Cause:
    """A row of the table."""

    title: Said
    remedy: Said
    who: Said
    wait: Said
    recheck: timedelta | None
    """After how long to look again; None when time does not help."""
    known: str
    """How well the cause is known."""
    confirm: Said
    """What would confirm it."""
    visited: Said | None = None
    """What to do instead where the run was the user's own visit."""


_HOUR, _DAY = timedelta(hours=1), timedelta(hours=24)
_USER, _SHAREPOINT_ADMIN, _OWNER = say("the user"), say("a SharePoint admin"), say("the page's owner")
_A_DAY, _HOURS = say("up to 24 hours"), say("typically hours")

CAUSES: Mapping[str, Cause] = {
    "C1": Cause(
        say("SharePoint's copy is older than the change"),
        say("Open SharePoint once in a private window as the user, then look again after 24 hours."),
        _USER,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        say("SPS-PictureTimestamp moves past the change within 24 hours of the visit."),
        say("This run was the user's visit to SharePoint, which lets it copy the photo: look again after 24 hours."),
    ),
    "C2": Cause(
        say("SharePoint has never fetched the photo"),
        say("Open a SharePoint page that shows the user, in a private window, signed in as the user."),
        _USER,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        say("The picture properties get their first values within 24 hours of the visit."),
        say("This run was the user's first visit, which lets SharePoint copy the photo: look again after 24 hours."),
    ),
    "C3": Cause(
        say("SharePoint's copy is stuck, although it was asked to renew"),
        say("Run the Picture Sync diagnostic in the Microsoft 365 admin centre; if it does not help, ask support."),
        say("a Microsoft 365 or SharePoint admin"),
        say("typically days"),
        None,
        LOGICAL,
        say("SPS-PictureTimestamp has not moved two days and two visits of the user after the change."),
    ),
    "C4": Cause(
        say("Consistent with: users may not edit the picture property, so nobody's photo is copied"),
        say(
            "Ask the admin to check that users may edit the values of the profile property Picture; "
            "then each user visits SharePoint again."
        ),
        _SHAREPOINT_ADMIN,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        say("Several users are out of date at once, and the property Picture does not let users edit its values."),
    ),
    "C5": Cause(
        say("SharePoint keeps a photo of its own, which was put there by hand"),
        say("Set the Exchange sync state of the user's profile to 1, or upload the photo again at its source."),
        _SHAREPOINT_ADMIN,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        say("The user or an admin remembers uploading this photo in SharePoint or Delve."),
    ),
    "C6": Cause(
        say("SharePoint has the photo, but is told to show the placeholder"),
        say("Set the picture placeholder state of the user's profile to 0."),
        _SHAREPOINT_ADMIN,
        say("typically minutes, up to 24 hours"),
        _DAY,
        REPORTED,
        say("The stored thumbnail, opened by its address in PictureURL, shows the photo."),
    ),
    "C7": Cause(
        say("There is no photo at the source"),
        say("Add a photo: at office.com select the account circle, then the circle in the panel."),
        _USER,
        _HOURS,
        _DAY,
        DOCUMENTED,
        say("The account page shows initials as well, or Graph answers 404 for the photo."),
    ),
    "C8": Cause(
        say("Consistent with: the user is not allowed to change the photo"),
        say("Ask the admin to check who may change photos, or to upload this one for the user."),
        say("a Global, User or Exchange admin"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        say("The account panel offers no camera button, or the upload ends with an error."),
    ),
    "C9": Cause(
        say("The company's own directory puts its photo back over the one in the cloud"),
        say("Change the photo in the local directory, or stop it from sending photos."),
        say("an admin of the local directory or of Entra"),
        say("until the directory's next cycle"),
        _DAY,
        DOCUMENTED,
        say("After a new upload the source shows the old photo again within one cycle of the directory."),
    ),
    "C10": Cause(
        say("The photo at the source has too few pixels, as one from the directory's thumbnail has"),
        say("Upload a photo of at least 648 × 648 pixels in the cloud."),
        say("the user, or a user admin"),
        _HOURS,
        _DAY,
        DOCUMENTED,
        say("Graph offers no size above 96 × 96 for this photo."),
    ),
    "C11": Cause(
        say("The user has no mailbox in Exchange Online, or none that gives the photo"),
        say("Wait for Microsoft 365 to show the photo everywhere; else upload it again through the account control."),
        say("the user, or a user admin"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        say("Outlook on the web does not open for this user."),
    ),
    "C12": Cause(
        say("This browser shows a picture that it kept from earlier"),
        say("Empty the browser's cache, or reload the page with Ctrl+F5."),
        _USER,
        say("up to one day"),
        _DAY,
        DOCUMENTED,
        say("The same address gives the new photo in a private window."),
    ),
    "C13": Cause(
        say("SharePoint's delivery network still hands out the earlier photo"),
        say("Wait: the delivery network forgets it by itself."),
        say("nobody"),
        say("typically an hour"),
        _HOUR,
        REPORTED,
        say("userphoto.aspx and the delivery network's address give different photos at the same time."),
    ),
    "C14": Cause(
        say("The service that delivers SharePoint's photos fails"),
        say("Reload the page later; if it lasts, check the service health and open a support case."),
        say("Microsoft"),
        say("typically hours to days"),
        timedelta(hours=4),
        DOCUMENTED,
        say("Colleagues' photos fail in the same way, or the service health names it."),
    ),
    "C15": Cause(
        say("This site's own copy of the user is behind SharePoint's"),
        say("Visit that site as the user; if it lasts, have an admin renew the user's entry in the site."),
        say("the user, or the site's admin"),
        say("typically days"),
        _DAY,
        REPORTED,
        say("The site's user information list has an older picture time than the profile; other sites are right."),
    ),
    "C16": Cause(
        say("The search index has not taken up the new photo yet"),
        say("Wait; else have the profile touched or people reindexed."),
        _SHAREPOINT_ADMIN,
        say("up to 5 days"),
        5 * _DAY,
        DOCUMENTED,
        say("Everything but search shows the new photo, and search follows after the next crawl."),
    ),
    "C17": Cause(
        say("Outlook or Teams shows a photo from a cache of its own"),
        say("Sign out of the program and empty its cache, or wait."),
        _USER,
        say("3 to 60 days"),
        3 * _DAY,
        DOCUMENTED,
        say("Another computer, or the same program in a private window, shows the new photo."),
    ),
    "C18": Cause(
        say("Pictures of the OneDrive host are blocked in this browser"),
        say("Allow cookies of the company's OneDrive host, or ignore it: others see the photo."),
        say("the user, or the page's developer"),
        say("at once"),
        None,
        DOCUMENTED,
        say("The picture shows when its address is opened in a tab of its own."),
    ),
    "C19": Cause(
        say("The page asks for the photo by an address that is not the account's sign-in name"),
        say("Enter the user again in the web part, by the present sign-in name."),
        _OWNER,
        say("at once"),
        None,
        DOCUMENTED,
        say("userphoto.aspx gives the photo for one of the two addresses and the silhouette for the other."),
    ),
    "C20": Cause(
        say("The page names the user, but somebody else's account stands behind it"),
        say("Edit the web part: take the person out and enter the user again."),
        _OWNER,
        say("at once"),
        None,
        LOGICAL,
        say("The profile card over that avatar shows another mail address than the user's."),
    ),
    "C21": Cause(
        say("A guest is involved: guests have no photo of their own here, or may not see those of members"),
        say("Have an admin put a thumbnail into the directory for the guest, or accept the initials."),
        say("a user admin"),
        _HOURS,
        _DAY,
        DOCUMENTED,
        say("The account's name contains #EXT#, or a member sees the photo where the guest sees initials."),
    ),
    "C22": Cause(
        say("The user's profile lives in another geo of the company"),
        say("Look the user up in their own geo; pages here can't show that copy."),
        say("an admin"),
        say("time does not help"),
        None,
        LOGICAL,
        say("The same check on a page of the user's own geo is in sync."),
    ),
    "C23": Cause(
        say("The photo is right but blurry: a small stored picture is drawn large"),
        say(
            "Upload a photo of at least 648 × 648 pixels; where the page asks for a small size, its developer can help."
        ),
        say("the user, or the page's developer"),
        _A_DAY,
        _DAY,
        LOGICAL,
        say("The page's picture has fewer pixels than the place in which it is drawn, and the large one is sharp."),
    ),
    "C24": Cause(
        say("Parts of the page take the photo from Microsoft 365, others from SharePoint's older copy"),
        say("Renew SharePoint's copy by a visit of the user; have the developer move the other web parts to Graph."),
        say("the page's developer"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        say("The addresses of the right and the wrong pictures on one page belong to different services."),
    ),
    "C25": Cause(
        say("SharePoint has only a stub of the user's profile: never signed in there, or blocked"),
        say("Unblock the account if it is blocked; then sign in to SharePoint once as the user."),
        say("the user, or a user admin"),
        _A_DAY,
        _DAY,
        REPORTED,
        say("The profile fills with name and addresses after the user's first visit."),
    ),
    "C26": Cause(
        say("Consistent with: pages already use Microsoft 365's photos, and visits no longer renew the old copy"),
        say("Nothing for the user to do; ask the admin to check with the Picture Sync diagnostic."),
        say("a Microsoft 365 admin"),
        say("time does not help"),
        None,
        LOGICAL,
        say("SPS-PictureTimestamp does not move after several visits, while pages show the new photo."),
    ),
}
