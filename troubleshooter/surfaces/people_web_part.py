"""The card in a People web part: compact or descriptive, rendered by version 8 or 9 of Fluent UI.

Within the web part, an avatar is found by structure (`avatars.js`): classes of either version, pictures of any kind.
"""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import SurfaceDefinition

PEOPLE = "7f718435-ee4d-431c-bdbf-9c4ff326f46e"
"""Id of the People web part."""

DEFINITION = SurfaceDefinition(
    surface=Surface.PEOPLE_WEB_PART,
    source=Source.UNKNOWN,
    facts="photo sync 5.1, People web part: id (H), tag (M); persona v8 and v9 (H); source: 5.3, by its address (M)",
    locator=LocatorDefinition(
        id="site-page.people-web-part",
        use="a People web part",
        fact="photo sync 5.1, People web part",
        confidence="H",
        selectors=(f'[data-sp-web-part-id="{PEOPLE}" i]', '[data-sp-feature-tag^="PeopleWebPart web part"]'),
    ),
)
