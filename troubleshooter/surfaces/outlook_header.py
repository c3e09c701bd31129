"""The circle at the top right of Outlook on the web."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import Default, Origins, SurfaceDefinition, Whose


def _addresses(origins: Origins) -> tuple[str, ...]:
    if origins.cloud != "worldwide":
        return ()
    return ("https://outlook.office.com/mail/", "https://outlook.office.com/owa/")


DEFINITION = SurfaceDefinition(
    surface=Surface.OUTLOOK_HEADER,
    source=Source.OWN_CACHE,
    facts="sign-in and home 2.3, trigger, new Outlook (B) and suite header (A); source: photo sync 5.3, own caches (H)",
    locator=LocatorDefinition(
        id="outlook-header.account-button",
        use="the account button of Outlook",
        fact="sign-in and home 2.3, trigger, new Outlook",
        confidence="B",
        selectors=(
            "#owa-me-control-container button",
            "#O365_MainLink_Me",
            "#O365_MainLink_MePhoto",
            "#meInitialsButton",
            "#mectrl_main_trigger",
            '#mectrl_headerPicture, [data-testid="mectrl_headerPicture"]',
        ),
    ),
    whose=Whose.SIGNED_IN,
    default=Default.ON_REQUEST,
    refines=frozenset({Source.MAILBOX_COPY}),
    addresses=_addresses,
    hosts=lambda origins: ("outlook.office.com", "outlook.office365.com", "outlook.cloud.microsoft"),  # noqa: ARG005
)
