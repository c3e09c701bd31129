"""The table of surfaces is complete and sourced, and surfaces are chosen as the command line says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from troubleshooter import surfaces
from troubleshooter.identity.photo_address import source_of, stem_of
from troubleshooter.model.enums import PAGE_CONTENT, Source, Surface
from troubleshooter.surfaces import (
    ELSEWHERE,
    SURFACES,
    Default,
    Origins,
    Whose,
    chosen,
    list_author,
    stored_thumbnail,
)

TENANT = Origins("https://www.office.com", "https://contoso.sharepoint.com", "https://contoso-my.sharepoint.com")
THUMB = "https://contoso-my.sharepoint.com:443/User%20Photos/Profile%20Pictures/ana_contoso_com_MThumb.jpg"


def test_every_surface_is_in_the_table_with_its_facts():
    """Each surface has its row, under its own name, with the facts and their confidence."""
    assert set(Surface) == set(SURFACES)
    for surface, definition in SURFACES.items():
        assert surface is definition.surface
        assert re.search(r"\([A-CHLM]", definition.facts), surface
        assert definition.locator.all


def test_every_surface_has_its_file():
    """Each surface has a file of its own; the three sizes of userphoto.aspx share one."""
    files = {p.stem.replace("_", "-") for p in Path(surfaces.__file__).parent.glob("*.py")} - {"--init--", "surface"}
    assert files == {"userphoto" if s.startswith("userphoto") else s.value for s in Surface}


def test_default_is_the_way_of_the_article_and_the_stored_copies():
    """Surfaces that take extra time are seen only on request; a colleague's session sees the source by default."""
    own, colleague = chosen((), as_subject=True), chosen((), as_subject=False)
    assert not own & set(ELSEWHERE)
    assert {Surface.STORED_THUMBNAIL, Surface.USERPHOTO_L, *PAGE_CONTENT[:3]} <= own
    assert colleague - own == {Surface.PROFILE_CARD, Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO}


def test_names_choose_and_what_is_compared_with_stays():
    """A list selects its surfaces and those that they are compared with, and `all` selects every surface."""
    named = chosen(("teams-header",), as_subject=True)
    assert named == {Surface.TEAMS_HEADER, Surface.HOME_HEADER, Surface.ACCOUNT_PANEL}
    assert chosen(("default", "teams-header"), as_subject=True) == chosen((), as_subject=True) | named
    assert chosen(("all",), as_subject=True) == set(Surface)


def test_headers_show_only_who_is_signed_in():
    """Headers, the account panel and the account page show who is signed in; other surfaces can show anybody."""
    theirs = {s for s, definition in SURFACES.items() if definition.whose is Whose.SIGNED_IN}
    assert theirs == {s for s in Surface if s.value.endswith("-header")} | {Surface.ACCOUNT_PANEL, Surface.ACCOUNT_PAGE}


@pytest.mark.parametrize(
    ("surface", "url", "store"),
    [
        (Surface.PEOPLE_SEARCH, THUMB, Source.SEARCH_INDEX),
        (Surface.LIST_AUTHOR, "https://c.sharepoint.com/_layouts/15/userphoto.aspx?size=S", Source.SITE_COPY),
        (Surface.PAGE_BYLINE, "https://graph.microsoft.com/v1.0/me/photo/$value", Source.PEOPLE_SERVICE),
        (Surface.OUTLOOK_HEADER, "https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto", Source.OWN_CACHE),
        (
            Surface.TEAMS_HEADER,
            "https://teams.microsoft.com/api/mt/x/beta/users/1/profilepicturev2",
            Source.OWN_CACHE,
        ),
        (Surface.PEOPLE_WEB_PART, THUMB, Source.SHAREPOINT_COPY),
        (Surface.PEOPLE_WEB_PART, "blob:x", Source.UNKNOWN),
    ],
)
def test_a_surface_may_stand_between_the_store_and_the_reader(surface: Surface, url: str, store: Source):
    """The URL determines the store, unless the surface keeps its own copy of what is served there."""
    assert store is SURFACES[surface].store(source_of(url))


def test_addresses_follow_the_tenant():
    """URLs follow the tenant's hosts and cloud, no Teams is known in other clouds, and a known account page is used."""
    expected = ("contoso-my.sharepoint.com", "onedrive.cloud.microsoft")
    assert expected == SURFACES[Surface.ONEDRIVE_HEADER].hosts(TENANT)
    china = Origins(
        "https://portal.partner.cn", "https://c.sharepoint.cn", "https://c-my.sharepoint.cn", "china", "https://a.cn/"
    )
    assert () == SURFACES[Surface.TEAMS_HEADER].addresses(china)
    assert ("https://a.cn/",) == SURFACES[Surface.ACCOUNT_PAGE].addresses(china)


def test_stored_thumbnails_are_named_after_the_profiles():
    """All thumbnail sizes are derived from `PictureURL`; a picture on another host is not the tenant's."""
    found = stored_thumbnail.addresses(THUMB, TENANT.my)
    assert ["S", "M", "L"] == list(found)
    assert found["L"] == f"{TENANT.my}/User%20Photos/Profile%20Pictures/ana_contoso_com_LThumb.jpg"
    assert {} == stored_thumbnail.addresses("https://evil.example/x_MThumb.jpg", TENANT.my)
    assert {} == stored_thumbnail.addresses(None, TENANT.my)
    assert "/user photos/profile pictures/ana_contoso_com" == stem_of(THUMB) == stem_of(found["S"])
    assert "" == stem_of("https://contoso.sharepoint.com/_layouts/15/userphoto.aspx")


def test_the_library_of_a_page():
    """A page is in its site's library, and any other URL is in none."""
    assert "https://c/sites/x/SitePages" == list_author.library_of("https://c/sites/x/SitePages/A.aspx")
    assert list_author.library_of("https://c/sites/x/Lists/A") is None
    assert {Default.ON_REQUEST} == {SURFACES[s].default for s in ELSEWHERE}
