"""The sandbox's people search, library with authors, Teams, Outlook cache and CDN copy."""

from dataclasses import replace
from datetime import timedelta

ANA = "ana.popescu@contoso.com"


def test_people_search_shows_what_the_index_holds(tenant, enter, distance):
    """A search finds people by account and name, and shows the index's photo even where SharePoint's copy is newer."""
    tenant.set_fault("stale-search")
    visitor = enter()
    page = visitor.visit(f"{tenant.sharepoint}/_layouts/15/search.aspx/people?q={ANA}").text
    assert "_MThumb.jpg?t=" in page
    stale, fresh = tenant.state.search[ANA], tenant.state.copy_of(ANA)
    address = f"{tenant.my}/User%20Photos/Profile%20Pictures/{fresh.stem}_MThumb.jpg"
    old, new = (visitor.visit(f"{address}?t={copy.timestamp}").picture for copy in (stale, fresh))
    assert distance(old, new) > 4
    assert distance(visitor.visit(address).picture, new) < 4
    named = visitor.visit(f"{tenant.sharepoint}/_layouts/15/search.aspx/people?q=Ana%20Popescu").text
    assert "ana.popescu2@contoso.com" in named
    assert "_MThumb" not in visitor.visit(f"{tenant.sharepoint}/_layouts/15/search.aspx/people?q=nobody").text


def test_the_library_names_authors(tenant, enter):
    """The library's URL redirects to its view, in which the user is the author of one page."""
    answer = enter().visit(f"{tenant.sharepoint}/sites/communications/SitePages")
    assert answer.url.endswith("/Forms/ByAuthor.aspx")
    assert 1 == answer.text.count("accountname=ana.popescu%40contoso.com")
    tenant.set_fault("subject-not-on-page")
    assert "accountname=ana.popescu%40" not in enter().visit(answer.url).text


def test_teams_and_outlook_keep_their_own(tenant, enter, distance):
    """The avatars in Teams and Outlook come from their caches; the mailbox's direct URL still returns its photo."""
    tenant.set_fault("stale-client-caches")
    visitor = enter()
    page = visitor.visit("https://teams.microsoft.com/").text
    assert 'data-tid="me-control-avatar-trigger"' in page
    person = tenant.state.find(ANA)
    cached = visitor.visit(
        f"https://teams.microsoft.com/api/mt/emea/beta/users/{person.object_id}/profilepicturev2?size=HR240x240"
    ).picture
    fresh = visitor.outlook(ANA, "HR240x240").picture
    own = visitor.visit(
        f"https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto?email={ANA}&UA=0&size=HR240x240&sc=1"
    ).picture
    assert distance(cached, own) < distance(cached, fresh) / 2


def test_the_network_keeps_what_userphoto_no_longer_gives(tenant, enter, distance):
    """A photo's direct URL on a page returns the CDN's copy, which `userphoto.aspx` bypasses."""
    tenant.set_fault("stale-delivery")
    visitor = enter()
    fresh = visitor.userphoto(ANA, "M")
    assert ("TCP_MISS", True) == (fresh.headers["x-cache"], "t=" in fresh.url)
    kept = visitor.visit(fresh.url.partition("&t=")[0])
    assert "TCP_HIT" == kept.headers["x-cache"]
    assert distance(kept.picture, fresh.picture) > 4
    tenant.state.cdn[ANA] = replace(tenant.state.copy_of(ANA), copied=tenant.now() - timedelta(days=1))
    assert distance(visitor.visit(kept.url).picture, fresh.picture) < 4
