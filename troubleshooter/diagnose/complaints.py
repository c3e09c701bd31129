"""What users say, by cause: for the helpdesk's page and for `troubleshooter causes`."""

from __future__ import annotations

from collections.abc import Mapping

COMPLAINTS: Mapping[str, str] = {
    "C1": "“I changed my photo, and SharePoint still shows the old one.”",
    "C2": "“My photo shows in Outlook and Teams, but SharePoint shows a gray silhouette.”",
    "C3": "“I did what you said, days ago, and SharePoint still shows the old photo.”",
    "C4": "“Nobody's new photo arrives in SharePoint.”",
    "C5": "“SharePoint shows a photo that I once uploaded there, not my new one.”",
    "C6": "“SharePoint shows a gray silhouette, although I had a photo there.”",
    "C7": "“There are only my initials, everywhere.”",
    "C8": "“I can't change my photo”, or “I changed it, and it is not the one I chose.”",
    "C9": "“My new photo shows for a while, then the old one is back.”",
    "C10": "“My photo is tiny and blurry.”",
    "C11": "“My photo shows in some apps and not in others.”",
    "C12": "“I see the old photo, my colleagues see the new one.”",
    "C13": "“Some pages show the new photo, others the old one”, shortly after the change.",
    "C14": "“No photos load in SharePoint, not mine and not my colleagues'.”",
    "C15": "“One site shows the old photo, all others show the new one.”",
    "C16": "“When somebody searches for me, the old photo comes up.”",
    "C17": "“Outlook, or Teams, shows the old photo; SharePoint is right.”",
    "C18": "“On one page I see broken pictures; my colleagues see them.”",
    "C19": "“One web part shows no photo of me”, often after a change of name.",
    "C20": "“The page shows my name with somebody else's photo.”",
    "C21": "“Our guest has no photo”, or “as a guest I see no photos.”",
    "C22": "“My photo is right at home and wrong on the pages of another region.”",
    "C23": "“It is my photo, but blurry.”",
    "C24": "“On one page I have two different photos.”",
    "C25": "“I am new, and SharePoint shows neither my photo nor my name.”",
    "C26": "“Pages show the new photo, but one old place never changes.”",
    "C27": "“I deleted my photo, and it still shows.”",
    "C28": "“From home, or in a private window, I see no photos in SharePoint.”",
    "C29": "“One site shows the photo of the person who had my address before.”",
}
"""A typical complaint for each cause. The same complaint may have another cause: only a check can tell."""
