"""The places of the walk, in order. Each looks, saves pages, and answers questions; none changes anything."""

from __future__ import annotations

from troubleshooter.survey.places import account, apps, home, page, photo_window, photos, services, sharepoint
from troubleshooter.survey.walk import Place

SIGN_IN_LIMIT = 1200.0
"""Seconds that sign-in may take, where a person has to do something; its own waits are shorter."""
PLACES: tuple[Place, ...] = (
    Place("home", "The home page, after sign-in", home.look, SIGN_IN_LIMIT),
    Place("panel", "The account panel", account.look),
    Place("apps", "The app launcher, and SharePoint's icon in it", apps.look_for_icon),
    Place("all-apps", "The page of all apps", apps.look_at_all),
    Place("start", "SharePoint's start page", sharepoint.look),
    Place("profile", "What SharePoint lets the account read about the photo", sharepoint.read_profiles),
    Place("page", "A SharePoint page", page.look),
    Place("card", "A profile card, under the pointer", page.look_at_card),
    Place("photos", "SharePoint's stored photos", photos.look),
    Place("services", "The photo as Outlook and Graph serve it", services.look),
    Place("photo-window", "Where the photo can be changed: opened, nothing chosen, closed", photo_window.look),
)
PLACE_OF = {
    **{"sign-in": "home", "home": "home", "panel": "panel", "apps": "apps", "start": "start", "profile": "profile"},
    **{"page": "page", "card": "card", "userphoto": "photos", "thumbnail": "photos", "outlook": "services"},
    **{"graph": "services", "photo-window": "photo-window", "apps.cards": "all-apps"},
}
"""In which place questions are answered: by a question's id, or by the first part of it."""
