"""The table of known causes: what each is, what to do, who can do it, how long it takes, and what would confirm it.

The ids are those in the product's documentation. A wait that no source documents is worded with "usually".
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
    """A row of the cause table."""

    title: Message
    remedy: Message
    who: Message
    wait: Message
    recheck: timedelta | None
    """How long to wait before checking again; None if waiting does not help."""
    known: str
    """How well-established the cause is: `DOCUMENTED`, `REPORTED` or `LOGICAL`."""
    confirm: Message
    """What would confirm the cause."""
    remedy_after_visit: Message | None = None
    """The remedy if the run itself was the visit by the user that the usual remedy calls for: nobody has to act."""

    def advice(self, *, visited: bool) -> tuple[Message, Message]:
        """Return what to do and who can do it.

        Args:
            visited: whether the run itself was a visit by the user.
        """
        return (self.remedy_after_visit, NOBODY) if visited and self.remedy_after_visit else (self.remedy, self.who)


NOBODY = message("nobody")
"""Who acts where waiting is all that helps."""
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_USER, _SHAREPOINT_ADMIN, _OWNER = message("the user"), message("a SharePoint admin"), message("the page’s owner")
_A_DAY, _HOURS = message("up to 24 hours"), message("usually a few hours")

CAUSES: Mapping[str, CauseDefinition] = {
    "C1": CauseDefinition(
        message("SharePoint has not fetched the current photo yet"),
        message("Open SharePoint once in a private window, signed in as the user, then check again after 24 hours."),
        _USER,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("Within 24 hours of the visit, SPS-PictureTimestamp changes to a later time."),
        message(
            "Nothing to do now: this check counted as a visit by the user, after which SharePoint should fetch the "
            "current photo."
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
            "Nothing to do now: this check counted as the user’s first visit, after which SharePoint should fetch the "
            "photo."
        ),
    ),
    "C3": CauseDefinition(
        message("SharePoint’s copy is stuck: visits by the user no longer renew it"),
        message(
            "Run the Picture Sync diagnostic in the Microsoft 365 admin center; if that does not help, "
            "contact Microsoft support."
        ),
        message("a Microsoft 365 or SharePoint admin"),
        message("usually a few days"),
        None,
        LOGICAL,
        message("SPS-PictureTimestamp is still unchanged two days and two visits by the user after the change."),
    ),
    "C4": CauseDefinition(
        message("A setting may keep users from editing the Picture property, so that no photos are copied"),
        message(
            "Ask the admin to check that users are allowed to edit the profile property Picture; then each user "
            "opens SharePoint again."
        ),
        _SHAREPOINT_ADMIN,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("Several users have an outdated photo at the same time, and users cannot edit the Picture property."),
    ),
    "C5": CauseDefinition(
        message("SharePoint has a photo of its own that was uploaded there by hand"),
        message("Set the Exchange sync state of the user’s profile to 1, or upload the photo again at its source."),
        _SHAREPOINT_ADMIN,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The user or an admin remembers uploading this photo in SharePoint or Delve."),
    ),
    "C6": CauseDefinition(
        message("SharePoint has the photo but is set to show the placeholder"),
        message("Set SPS-PicturePlaceholderState to 0 in the user’s SharePoint profile."),
        _SHAREPOINT_ADMIN,
        message("usually a few minutes, at most 24 hours"),
        _DAY,
        REPORTED,
        message("The stored thumbnail, opened at the address in PictureURL, shows the photo."),
    ),
    "C7": CauseDefinition(
        message("There is no photo at the source"),
        message(
            "Add a photo: at www.office.com, select the round picture (photo or initials) at the top right or, on the "
            "new home page, at the bottom left; then the picture in the account panel. Choose a photo of at "
            "least 648 × 648 pixels and save it."
        ),
        _USER,
        _HOURS,
        _DAY,
        DOCUMENTED,
        message("The account page also shows initials, or Graph responds with 404 for the photo."),
    ),
    "C8": CauseDefinition(
        message("A setting may keep the user from changing the photo"),
        message("Ask the admin to check who may change photos, or to upload this photo for the user."),
        message("a Global, User or Exchange admin"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The account panel offers no camera button, or the upload ends with an error."),
    ),
    "C9": CauseDefinition(
        message("The company’s on-premises directory overwrites the photo in the cloud with its own"),
        message("Change the photo in the on-premises directory, or stop it from syncing photos."),
        message("an admin of the on-premises directory or of Entra"),
        message("until the directory’s next sync"),
        _DAY,
        DOCUMENTED,
        message("After a new upload, the source shows the old photo again once the directory has synced."),
    ),
    "C10": CauseDefinition(
        message("The photo at the source is too small, as if it came from the directory’s thumbnail"),
        message("Upload a photo of at least 648 × 648 pixels in the cloud."),
        message("the user, or a user admin"),
        _HOURS,
        _DAY,
        DOCUMENTED,
        message("Graph offers no size above 96 × 96 for this photo."),
    ),
    "C11": CauseDefinition(
        message("The user has no mailbox in Exchange Online, or one that does not provide the photo"),
        message(
            "Wait until Microsoft 365 shows the photo everywhere. If that doesn’t help, upload it again from the "
            "account panel."
        ),
        message("the user, or a user admin"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("Outlook on the web does not open for this user."),
    ),
    "C12": CauseDefinition(
        message("This browser shows an older picture from its cache"),
        message("Clear the browser’s cache, or reload the page with Ctrl+F5."),
        _USER,
        message("up to one day"),
        _DAY,
        DOCUMENTED,
        message("The same address shows the new photo in a private window."),
    ),
    "C13": CauseDefinition(
        message("SharePoint’s content delivery network (CDN) still serves the earlier photo"),
        message("Wait: the CDN updates by itself."),
        NOBODY,
        message("usually an hour"),
        _HOUR,
        REPORTED,
        message("userphoto.aspx and the CDN’s address serve different photos at the same time."),
    ),
    "C14": CauseDefinition(
        message("The service that serves SharePoint’s photos is failing"),
        message("Reload the page later; if the problem persists, check the service health and open a support case."),
        message("Microsoft"),
        message("usually a few hours to a few days"),
        timedelta(hours=4),
        DOCUMENTED,
        message("Colleagues’ photos fail in the same way, or the service health reports a problem."),
    ),
    "C15": CauseDefinition(
        message("This site’s own copy of the user’s data is older than SharePoint’s"),
        message(
            "Have the user open the site that shows the old photo. If it is still there a few days later, have an "
            "admin of the site refresh the user’s entry in the site’s user information list."
        ),
        message("the user, or the site’s admin"),
        message("usually a few days"),
        3 * _DAY,
        REPORTED,
        message(
            "The site’s user information list has an older picture timestamp than the profile; other sites are right."
        ),
        message(
            "Nothing to do now: this check opened the site as the user. If the old photo is still there a few days "
            "later, have an admin of the site refresh the user’s entry in the site’s user information list."
        ),
    ),
    "C16": CauseDefinition(
        message("The search index does not have the new photo yet"),
        message("Wait. If that doesn’t help, edit the profile or re-index people."),
        _SHAREPOINT_ADMIN,
        message("up to 5 days"),
        5 * _DAY,
        DOCUMENTED,
        message("Everything but search shows the new photo, and search does after the next crawl."),
    ),
    "C17": CauseDefinition(
        message("Outlook or Teams shows a photo from its own cache"),
        message("Sign out of the app and clear its cache, or wait."),
        _USER,
        message("3 to 60 days"),
        3 * _DAY,
        DOCUMENTED,
        message("Another computer, or the same app in a private window, shows the new photo."),
    ),
    "C18": CauseDefinition(
        message("This browser blocks pictures from the OneDrive host"),
        message("Allow cookies from the company’s OneDrive host, or ignore this: others see the photo."),
        message("the user, or the page’s developer"),
        message("immediately"),
        None,
        DOCUMENTED,
        message("The picture appears when its address is opened in its own tab."),
    ),
    "C19": CauseDefinition(
        message("The page requests the photo under an address that is not the account’s sign-in name"),
        message("Enter the user again in the web part, using the current sign-in name."),
        _OWNER,
        message("immediately"),
        None,
        DOCUMENTED,
        message("userphoto.aspx serves the photo for one of the two addresses and a silhouette for the other."),
    ),
    "C20": CauseDefinition(
        message("The page shows the user’s name, but is linked to somebody else’s account"),
        message("Edit the web part: remove the person and add the user again."),
        _OWNER,
        message("immediately"),
        None,
        LOGICAL,
        message("The profile card of that avatar shows a mail address that is not the user’s."),
    ),
    "C21": CauseDefinition(
        message("A guest account is involved: guests have no photo of their own here, or may not see members’ photos"),
        message("Have an admin add a thumbnail for the guest to the directory, or accept the initials."),
        message("a user admin"),
        _HOURS,
        _DAY,
        DOCUMENTED,
        message("The account’s name contains #EXT#, or a member sees the photo where the guest sees initials."),
    ),
    "C22": CauseDefinition(
        message("The user’s profile is in another geo location of the company"),
        message("Look at the user’s profile in their own geo location; pages here cannot show that copy."),
        message("an admin"),
        message("waiting does not help"),
        None,
        LOGICAL,
        message("The same check on a page in the user’s own geo location is in sync."),
    ),
    "C23": CauseDefinition(
        message("The photo is right but blurry: a small stored picture is enlarged"),
        message(
            "Upload a photo of at least 648 × 648 pixels; if the page requests a small size, its developer can help."
        ),
        message("the user, or the page’s developer"),
        _A_DAY,
        _DAY,
        LOGICAL,
        message("The page’s picture has fewer pixels than its place on the page, and the large copy is sharp."),
    ),
    "C24": CauseDefinition(
        message("Some parts of the page show the photo from Microsoft 365, others SharePoint’s older copy"),
        message(
            "Have the user open SharePoint, which renews its copy; have the developer move the other web parts to"
            " Graph."
        ),
        message("the page’s developer"),
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The addresses of the right and the wrong pictures on one page belong to different services."),
    ),
    "C25": CauseDefinition(
        message("SharePoint has only an incomplete profile of the user, who never signed in there or is blocked"),
        message("Unblock the account if it is blocked; then sign in to SharePoint once as the user."),
        message("the user, or a user admin"),
        _A_DAY,
        _DAY,
        REPORTED,
        message("The profile gets its name and addresses after the user’s first visit."),
    ),
    "C26": CauseDefinition(
        message("Pages may already use Microsoft 365's photos, so that visits no longer renew the old copy"),
        message("Nothing for the user to do; ask the admin to check with the Picture Sync diagnostic."),
        message("a Microsoft 365 admin"),
        message("waiting does not help"),
        None,
        LOGICAL,
        message("SPS-PictureTimestamp does not change after several visits, while pages show the new photo."),
    ),
    "C27": CauseDefinition(
        message("There is no photo at the source, but copies of an earlier one remain"),
        message(
            "If the photo was deleted on purpose, have an admin remove the copies: the user cannot, and nothing "
            "changes by itself. If it was deleted by mistake, add a photo at the source again."
        ),
        message("a SharePoint admin, or the site’s admin"),
        message("waiting does not help"),
        None,
        LOGICAL,
        message("Somebody remembers that the photo was deleted, and Graph returns 404 for it."),
    ),
    "C28": CauseDefinition(
        message("SharePoint refuses to serve its stored pictures to this session"),
        message(
            "Ask the SharePoint admin whether unmanaged devices get limited, web-only access: private windows count as "
            "unmanaged. Check again in a session with full access; others may see the photo."
        ),
        _SHAREPOINT_ADMIN,
        message("waiting does not help"),
        None,
        DOCUMENTED,
        message("On a computer that the company manages, the picture’s URL opens."),
    ),
    "C29": CauseDefinition(
        message("The site’s entry for the user may belong to an earlier account with the same sign-in name"),
        message(
            "Have an admin run the diagnostic for a site user ID mismatch and remove the old entry from the site; "
            "then have the user open the site. A visit alone does not replace another account’s entry."
        ),
        _SHAREPOINT_ADMIN,
        _A_DAY,
        _DAY,
        DOCUMENTED,
        message("The account was deleted and created again, and the site shows the person who had it before."),
    ),
}
