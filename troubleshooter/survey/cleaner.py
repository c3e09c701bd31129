"""Cleans the few names out of a page that an answer needs: hosts of Microsoft, and names of attributes."""

from __future__ import annotations

from troubleshooter.capture.addresses import Addresses
from troubleshooter.capture.identifiers import Identifiers
from troubleshooter.capture.personal_words import personal_words
from troubleshooter.capture.pseudonyms import Pseudonyms
from troubleshooter.capture.stand_ins import stand_ins
from troubleshooter.steps.kept_marks import KNOWN
from troubleshooter.survey.vocabulary import Cleaned
from troubleshooter.tenant.tenant import Tenant


class Cleaner:
    """Replaces what is not known to be the service's own, as in a saved page."""

    def __init__(self, tenant: Tenant) -> None:
        own = stand_ins(tenant.sharepoint, tenant.my)
        people = [account.username for account in tenant.accounts.values()]
        names = Pseudonyms()
        self._identifiers = Identifiers(names, KNOWN.identifiers, personal_words(people, own))
        self._addresses = Addresses(names, self._identifiers, own)

    def host(self, host: str) -> Cleaned:
        """Return a host, with what may be a tenant's part of it replaced."""
        return Cleaned(self._addresses.host(host))

    def name(self, attribute: str) -> Cleaned:
        """Return the name of an attribute, with unknown words replaced."""
        return Cleaned(self._identifiers.name(attribute.lower()))
