"""A page asks for the photo by an address that SharePoint does not know."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.people import DOMAIN

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "The account was renamed: a web part asks for the photo by the mail address, which SharePoint's photos do not know."
)
ENDS = Ends("out-of-sync", "C19")


def plant(state: "State") -> None:
    """Gives the subject a mail address unlike the UPN, by which cards ask in vain."""
    mail = f"{state.subject.partition('@')[0]}.former@{DOMAIN}"
    state.directory.mail[state.subject] = mail
    state.directory.unknown_to_sharepoint.add(mail)
    state.flags.cards_ask_by_mail = True
