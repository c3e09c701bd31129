"""The table of all locators: what the product looks for on pages, by which selectors, and the facts behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages import (
    bystanders,
    dialog_state,
    launcher,
    my_account,
    person,
    profile_card,
    sign_in_prompt,
    site_page,
)
from troubleshooter.signin import selectors
from troubleshooter.surfaces import SURFACES, account_panel
from troubleshooter.surfaces.profile_card import HOVER


def _all() -> Iterable[LocatorDefinition]:
    yield from selectors.PARTS.values()
    yield sign_in_prompt.PROMPT
    for surface in SURFACES.values():
        yield surface.locator
    yield from account_panel.PARTS
    yield from launcher.PARTS
    yield my_account.ME
    yield from dialog_state.PARTS
    yield from site_page.PARTS
    yield from person.PARTS
    yield from (profile_card.CARD, HOVER)
    yield from (*bystanders.PRIVACY, *selectors.PRIVACY)


CATALOGUE: Mapping[str, LocatorDefinition] = MappingProxyType({one.id: one for one in _all()})
"""Every locator by its id, in the order in which a run needs them."""
