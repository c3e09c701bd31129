"""A page requests the photo by a mail address that SharePoint does not know."""

from troubleshooter.sandbox.people import DOMAIN
from troubleshooter.sandbox.state import State

DESCRIPTION = (
    "The account was renamed: a web part requests the photo by the mail address, which SharePoint does not know."
)


def apply(state: State) -> None:
    """Give the subject a mail address that differs from the UPN, and let cards request photos by it."""
    mail = f"{state.subject.partition('@')[0]}.former@{DOMAIN}"
    state.directory.mail[state.subject] = mail
    state.directory.unknown_to_sharepoint.add(mail)
    state.flags.cards_ask_by_mail = True
