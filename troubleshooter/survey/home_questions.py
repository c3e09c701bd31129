"""The questions about sign-in, the home page, its account panel and its apps."""

from __future__ import annotations

from troubleshooter.survey.documented_addresses import LEADS
from troubleshooter.survey.question import NO, YES, Question

_BY = ("locator", "repair", "structure", "nothing")
QUESTIONS = (
    Question(
        "sign-in.screens",
        "Which screens did sign-in show, and which page ids do they have?",
        "real pages 9, page id of “Action required”; sign-in and home 1.1",
        answers=(YES, NO),
    ),
    Question(
        "home.host",
        "Which host finally serves the home page?",
        "real pages 1.12; sign-in and home 2.1",
        answers=("m365.cloud.microsoft", "copilot.cloud.microsoft", "www.office.com", "www.microsoft365.com", "other"),
    ),
    Question(
        "home.layout",
        "Which layout has the home page: the suite header, or a navigation drawer?",
        "real pages 1.1, 1.2, 1.6",
        answers=("suite header", "navigation drawer", "both", "neither"),
    ),
    Question("home.account-button", "By what is the account button found?", "real pages 1.7", answers=_BY),
    Question(
        "home.covers", "How many dialogs or teaching bubbles lie over the home page?", "real pages 1.9", answers=()
    ),
    Question(
        "home.frames", "How many frames does the home page have that show something?", "real pages 1.11", answers=()
    ),
    Question(
        "panel.family",
        "Of which family is the panel behind the account button?",
        "real pages 2.1 to 2.3, 9",
        answers=("mectrl", "me-control", "a panel without a known mark", "nothing opened"),
    ),
    Question(
        "panel.address",
        "Does the panel show the account's user name?",
        "real pages 2.3",
        answers=("the user name", "another address", "no address"),
    ),
    Question("panel.picture", "By what is the panel's picture found?", "real pages 2.4", answers=_BY),
    Question(
        "panel.object-id", "Does the address of the panel's picture contain a directory object id?", "real pages 2.4"
    ),
    Question("panel.account-page", "Does the panel have a link to My Account?", "real pages 2.6"),
    Question(
        "apps.sharepoint-by",
        "By what is the SharePoint icon found?",
        "real pages 1.3 to 1.6, 8, 9",
        answers=("id", "address", "name", "nothing"),
    ),
    Question(
        "apps.sharepoint-where",
        "Where is the SharePoint icon found?",
        "real pages 1.3 to 1.6",
        answers=(
            *("on the home page", "in the app launcher", "in the app launcher in the drawer"),
            *("in the menu of the row Apps", "on the page of all apps", "nowhere"),
        ),
    ),
    Question(
        "apps.sharepoint-leads",
        "Where does the SharePoint icon lead?",
        "real pages 1.5, 1.10",
        answers=(*LEADS, "another address", "no address"),
    ),
    Question("apps.new-tab", "Does the SharePoint icon open a new tab?", "sign-in and home 2.2"),
    Question(
        "apps.cards",
        "How many apps does the page of all apps show by name, and what kind of elements are they?",
        "real pages 1.5, 1.14, 9",
        answers=(),
    ),
    Question(
        "photo-window.opens",
        "What opens where the photo can be changed?",
        "real pages 5; sign-in and home 2.4",
        answers=("a window over the page", "another page", "nothing"),
    ),
    Question(
        "photo-window.parts",
        "How many fields for a file, and how many buttons that may lead to one, does it have?",
        "real pages 5, 9",
        answers=(),
    ),
)
