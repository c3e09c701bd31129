"""The questions about SharePoint, its pages and what it and other services say about a photo."""

from __future__ import annotations

from troubleshooter.survey.documented_addresses import START_PAGE
from troubleshooter.survey.question import NO, YES, Question

_SERVED = ("a picture", "a page", "no picture", "a refusal", "nothing")
"""What an address of a photo can return; `a page` is HTML with status 200."""
SHOWN = ("found; it shows people", "found; it shows nobody", "not found")
"""What can be said about a part of a page that may show people."""
_UPS = "photo sync 2.2, 4; real pages 6.7, 6.9, 9"
QUESTIONS = (
    Question(
        "start.path",
        "Which address is SharePoint's start page redirected to?",
        "sign-in and home 2.1; real pages 1.10",
        answers=(START_PAGE, "a site", "another address"),
    ),
    Question("start.account-button", "Does the start page have the suite header's account button?", "real pages 3.1"),
    Question("start.site-cards", "How many links does the start page have to sites?", "real pages 3.4, 9", answers=()),
    Question(
        "profile.own",
        "May the account read its own profile's picture properties?",
        "photo sync 9",
        answers=(YES, NO, "partly"),
    ),
    Question(
        "profile.colleague",
        "May the account read the picture properties of a colleague?",
        "photo sync 9; real pages 3.9; README, limitations",
        answers=(YES, NO, "partly"),
    ),
    Question(
        "profile.site-row",
        "May the account read the row of a user in the site's own list of users?",
        "photo sync 5.3",
        answers=(YES, NO, "partly"),
    ),
    *(
        Question(
            f"userphoto.{size}", f"What does userphoto.aspx return for size {size.upper()}?", _UPS, answers=_SERVED
        )
        for size in "sml"
    ),
    Question(
        "userphoto.nobody", "What does userphoto.aspx return where there is no photo?", "photo sync 4", answers=_SERVED
    ),
    *(
        Question(
            f"thumbnail.{size}",
            f"What is stored as the thumbnail of size {size.upper()}?",
            "photo sync 3, PictureURL",
            answers=_SERVED,
        )
        for size in "sml"
    ),
    Question(
        "outlook.photo-old-host",
        "Does Outlook's photo answer to the session at outlook.office.com?",
        "real pages 6.4",
        answers=_SERVED,
    ),
    Question(
        "outlook.photo-new-host",
        "Does Outlook's photo answer to the session at outlook.cloud.microsoft?",
        "real pages 6.5, 9",
        answers=_SERVED,
    ),
    Question(
        "graph.photo",
        "Does Graph's photo answer to the session, without a token?",
        "sign-in and home 3; photo sync 3.1",
        answers=_SERVED,
    ),
    Question(
        "page.attribute",
        "How are the marks of SharePoint's parts spelled?",
        "real pages 3.3",
        answers=("data-automation-id", "data-automationid", "both", "neither"),
    ),
    Question("page.canvas", "Is the page's content found by its documented marks?", "photo sync 5.1"),
    Question("page.data", "May the account read the page's own data about its people?", "photo sync 5.2, 9"),
    Question("page.lazy", "Does the page show more of its parts and people once it was scrolled?", "real pages 4.1, 9"),
    Question("page.people", "How many people do the People web parts show?", "real pages 4.1, 9", answers=()),
    Question(
        "page.person-named-by",
        "By what does a card of the People web part name its person?",
        "real pages 4.1, 4.2",
        answers=("mail link", "another link", "text", "nothing"),
    ),
    Question("page.byline", "Is the byline found, and does it show a person?", "real pages 3.8", SHOWN),
    Question(
        "page.comments", "Are comments found by the marks of 2018, and do they show people?", "real pages 3.11", SHOWN
    ),
    Question("page.hover-target", "Do avatars have the known mark of what opens a card?", "real pages 4.2"),
    Question(
        "card.found-by",
        "By what is the profile card found?",
        "real pages 4.3",
        answers=("locator", "repair", "structure", "nothing"),
    ),
    Question(
        "card.named-by",
        "How does the profile card name its person?",
        "real pages 4.5",
        answers=("link", "text", "title", "label", "nothing"),
    ),
    Question(
        "card.store",
        "From which store does the card's picture come?",
        "real pages 4.7; photo sync 5.3",
        answers=("people-service", "mailbox-copy", "sharepoint-copy", "own-cache", "unknown", "no picture"),
    ),
    Question("card.seconds", "How many seconds does the card take until it names its person?", "real pages 4.6", ()),
)
