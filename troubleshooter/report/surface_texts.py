"""Contains what each surface is to the reader, and how to check it by hand, with one entry for every `Surface`."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.enums import Surface


@dataclass(frozen=True)
class SurfaceTexts:
    """The report's texts about a surface. Each text is English and a key of the catalogues."""

    name: str
    """What a colleague would call it."""
    explain: str
    """Where the surface is."""
    do: str
    """How to check it without this tool."""


_BY_ADDRESS = N_(
    "In SharePoint, open /_layouts/15/userphoto.aspx?accountname= followed by the user’s address; &size=S, M or L at "
    "the end chooses the size."
)

SURFACES: dict[Surface, SurfaceTexts] = {
    Surface.HOME_HEADER: SurfaceTexts(
        N_("the account picture on the home page"),
        N_("Top right on the home page of Microsoft 365, or bottom left on its new one."),
        N_(
            "Open www.office.com and look at the round picture at the top right or, on the new home page, at "
            "the bottom left."
        ),
    ),
    Surface.ACCOUNT_PANEL: SurfaceTexts(
        N_("the account panel"),
        N_("Opens from the account picture."),
        N_(
            "Select the round picture at the top right or, on the new home page, at the bottom left, and look "
            "at the picture in the panel."
        ),
    ),
    Surface.ACCOUNT_PAGE: SurfaceTexts(
        N_("the My Account page"),
        N_("The page on which people manage their own account."),
        N_("Open myaccount.microsoft.com and look at the picture beside the name."),
    ),
    Surface.SHAREPOINT_HEADER: SurfaceTexts(
        N_("the account picture in SharePoint"),
        N_("Top right on every SharePoint page."),
        N_("Open SharePoint and look at the round picture at the top right."),
    ),
    Surface.ONEDRIVE_HEADER: SurfaceTexts(
        N_("the account picture in OneDrive"),
        N_("Top right in OneDrive."),
        N_("Open OneDrive and look at the round picture at the top right."),
    ),
    Surface.PEOPLE_WEB_PART: SurfaceTexts(
        N_("the card on the page"),
        N_("The card of a person in a People web part."),
        N_("Open the page and scroll to the person’s card."),
    ),
    Surface.PAGE_BYLINE: SurfaceTexts(
        N_("the page’s byline"),
        N_("Under the title of a page, beside the author’s name."),
        N_("Open the page and look under its title."),
    ),
    Surface.PAGE_COMMENT: SurfaceTexts(
        N_("the comment on the page"),
        N_("Beside a comment at the end of a page."),
        N_("Open the page and scroll to the comments at its end."),
    ),
    Surface.PROFILE_CARD: SurfaceTexts(
        N_("the profile card"),
        N_("Opens when the pointer hovers over a name."),
        N_("Hover over the person’s name until the card opens."),
    ),
    Surface.LIST_AUTHOR: SurfaceTexts(
        N_("the author in the list"),
        N_("The column of a list or library that shows who created or changed an item."),
        N_("Open the list and look at the author column."),
    ),
    Surface.PEOPLE_SEARCH: SurfaceTexts(
        N_("the result in people search"),
        N_("The results for a person’s name in SharePoint search."),
        N_("Search for the person in SharePoint and choose the People results."),
    ),
    Surface.USERPHOTO_S: SurfaceTexts(
        N_("SharePoint’s small copy"),
        N_("The smallest of the three sizes that SharePoint serves to its pages."),
        _BY_ADDRESS,
    ),
    Surface.USERPHOTO_M: SurfaceTexts(
        N_("SharePoint’s medium copy"),
        N_("The middle one of the three sizes that SharePoint serves to its pages."),
        _BY_ADDRESS,
    ),
    Surface.USERPHOTO_L: SurfaceTexts(
        N_("SharePoint’s large copy"),
        N_("The largest of the three sizes that SharePoint serves to its pages."),
        _BY_ADDRESS,
    ),
    Surface.STORED_THUMBNAIL: SurfaceTexts(
        N_("the stored thumbnail"),
        N_("The file in SharePoint’s picture library."),
        N_("An administrator can open the library “User Photos” on OneDrive’s host."),
    ),
    Surface.OUTLOOK_PHOTO: SurfaceTexts(
        N_("the mailbox photo"),
        N_("The photo that the mailbox provides to Outlook."),
        N_("Open Outlook on the web and look at a message from the person."),
    ),
    Surface.GRAPH_PHOTO: SurfaceTexts(
        N_("the Microsoft 365 photo"),
        N_("The photo that Microsoft 365 provides to its apps."),
        N_("An administrator can look at the user’s page in the Microsoft 365 admin center."),
    ),
    Surface.OUTLOOK_HEADER: SurfaceTexts(
        N_("the account picture in Outlook"),
        N_("Top right in Outlook on the web."),
        N_("Open Outlook on the web and look at the round picture at the top right."),
    ),
    Surface.TEAMS_HEADER: SurfaceTexts(
        N_("the account picture in Teams"),
        N_("Top right in Teams on the web."),
        N_("Open Teams in a browser and look at the round picture at the top right."),
    ),
}
