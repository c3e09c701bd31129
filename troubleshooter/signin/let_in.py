"""Recognizes a home page on which no account button, by which it is usually recognized, was found after sign-in."""

from __future__ import annotations

from troubleshooter.browser.locator_use import locators
from troubleshooter.model.message import message
from troubleshooter.pages.find import not_found
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screens import is_home_host
from troubleshooter.surfaces import home_header


def check_account_button(probe: Probe) -> None:
    """Raise an error if the page is the home page without a known account button: sign-in has nothing left to do.

    Raises:
        CannotTell: it is (`page-changed`).
    """
    asks = probe.email or probe.password or probe.tiles or probe.sign_in_link or probe.busy
    if asks or not probe.options or not is_home_host(probe):
        return
    button = home_header.DEFINITION.locator
    locators().missed(button)
    raise not_found(message("The account button"), button, button.page)
