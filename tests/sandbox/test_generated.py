"""Generated people as a colleague meets them: each host's photo, profile, page and search."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from troubleshooter import sandbox
from troubleshooter.compare import load, match
from troubleshooter.model.enums import MatchVerdict
from troubleshooter.sandbox.crowd.employees import is_guest

from .conftest import Visitor

SITE = "https://contoso.sharepoint.com/sites/communications"
CARDS = re.compile(r'<script type="application/json">(\[.*?\])</script>', re.DOTALL)


@pytest.fixture(scope="module")
def town():
    """Serve a tenant with 400 generated people."""
    with sandbox.running(scale=sandbox.Scale(people=400)) as running:
        yield running


@pytest.fixture
def helpdesk(town):
    visitor = Visitor(town)
    visitor.sign_in(town.accounts["helpdesk"])
    visitor.visit(town.sharepoint)
    yield visitor
    visitor.close()


@pytest.fixture
def of(town):
    """Return a function that gives the users who have this kind of fault; in sync without one."""

    def of(fault=""):
        kinds = {upn: kind.fault for upn, kind in town.crowd.kinds.items()}
        return [person for person in town.crowd.people if kinds.get(person.upn, "") == fault]

    return of


def cards(page):
    """Return the cards of the page's People web part, by the person's role and name."""
    return json.loads(CARDS.search(page.text)[1])


def test_a_healthy_person_has_one_photo_everywhere(town, helpdesk, of):
    """userphoto.aspx in each size, Outlook, Graph and the library show one photo, and the profile says whose it is."""
    person = next(person for person in of() if person.mail != person.upn)
    profile = helpdesk.properties(person.upn)
    answers = [helpdesk.userphoto(name, "L") for name in (person.upn, person.mail, person.account)]
    answers += [helpdesk.userphoto(person.upn, size) for size in "SM"]
    answers += [helpdesk.outlook(name, "HR240x240") for name in (person.upn, person.mail)]
    answers += [helpdesk.graph(name) for name in (person.upn, person.object_id)]
    answers.append(helpdesk.visit(profile["PictureUrl"].replace(":443", "")))
    shown = [load(answer.body) for answer in answers]
    assert {MatchVerdict.SAME} == {match(shown[0], other).verdict for other in shown}
    assert shown[0].natural[0] in (300, 360, 432, 648)
    assert (person.name, person.mail, "0") == (
        profile["DisplayName"],
        profile["Email"],
        profile["SPS-PicturePlaceholderState"],
    )
    other = load(helpdesk.userphoto(of()[-1].upn, "L").body)
    assert MatchVerdict.DIFFERENT is match(shown[0], other).verdict


def test_a_page_shows_its_team(town, helpdesk, distance):
    """A team's page carries its canvas and a card for each of its people; the cards' photos and profile cards open."""
    page = town.crowd.pages[0]
    team = [town.state.people[upn] for upn in page.parts[1].persons]
    answer = helpdesk.visit(page.address)
    shown = cards(answer)
    assert [person.name for person in team] == [card["name"] for card in shown]
    person, card = next((p, c) for p, c in zip(team, shown, strict=True) if p.upn not in town.crowd.kinds)
    photo = helpdesk.visit(f"{town.sharepoint}{card['photo']}").picture
    source = helpdesk.visit(card["persona"]["photo"]).picture
    assert distance(photo, source.resize(photo.size)) < 4
    assert person.mail == card["persona"]["mail"]
    item = helpdesk.api(
        f"web/getfilebyserverrelativeurl('{quote(page.path)}')/ListItemAllFields", site="/sites/communications"
    )
    (part,) = [c["webPartData"] for c in json.loads(item["CanvasContent1"]) if "webPartData" in c]
    assert [person.upn for person in team] == [entry["upn"] for entry in part["properties"]["persons"]]


def test_pages_of_teams_are_not_listed(town, helpdesk):
    """Neither the start page nor the library names the generated pages, so that it stays as small as before."""
    listed = helpdesk.api("web/lists/getbytitle('Site%20Pages')/items", site="/sites/communications")["value"]
    assert 6 == len(listed)
    assert "Team-0001" not in helpdesk.visit(f"{town.sharepoint}/_layouts/15/sharepoint.aspx").text


@pytest.mark.parametrize("kind", ["stale-copy", "never-visited", "no-photo", "deleted-at-source", "stub-profile"])
def test_what_differs_from_the_source(town, helpdesk, of, distance, kind):
    """Without a page, SharePoint's copy and Outlook's photo say that something is wrong, and what."""
    person = of(kind)[0]
    copy, source = helpdesk.userphoto(person.upn, "L"), helpdesk.outlook(person.upn, "HR240x240").picture
    has_copy, has_source = "PersonPlaceholder" not in copy.url, source.size != (1, 1)
    assert {
        "stale-copy": (True, True),
        "never-visited": (False, True),
        "no-photo": (False, False),
        "deleted-at-source": (True, False),
        "stub-profile": (False, True),
    }[kind] == (has_copy, has_source)
    assert kind != "stale-copy" or distance(copy.picture, source) > 8
    profile = helpdesk.properties(person.upn)
    assert (profile.get("DisplayName") is None) == (kind == "stub-profile")


def test_a_user_without_a_mailbox_has_a_photo_in_the_people_service_only(town, helpdesk, of):
    """Outlook and SharePoint show none; Graph and the profile card do."""
    person = of("no-mailbox")[0]
    assert (1, 1) == helpdesk.outlook(person.upn).picture.size
    assert "PersonPlaceholder" in helpdesk.userphoto(person.upn).url
    assert 200 == helpdesk.graph(person.upn).status


def test_what_only_a_card_shows(town, helpdesk, of, distance):
    """With the delivery network behind, userphoto.aspx shows the new photo and the page's card the old one."""
    person = of("stale-delivery")[0]
    page = next(page for page in town.crowd.pages if person.upn in page.parts[1].persons)
    card = cards(helpdesk.visit(page.address))[page.parts[1].persons.index(person.upn)]
    assert "afdcache" in card["photo"]
    old = helpdesk.visit(f"{town.sharepoint}{card['photo']}").picture
    new = helpdesk.userphoto(person.upn, "M").picture
    assert distance(old, new) > 8
    assert distance(new, helpdesk.outlook(person.upn, "HR96x96").picture) < 4


def test_what_only_a_byline_shows(town, helpdesk, of, distance):
    """With the site's copy behind, userphoto.aspx of the root shows the new photo and the byline the old one."""
    person = of("stale-site-copy")[0]
    page = next(page for page in town.crowd.pages if page.author == person.upn)
    byline = re.search(r'<img class="ms-Image-image" src="(/sites/[^"]+)"', helpdesk.visit(page.address).text)[1]
    old = helpdesk.visit(town.sharepoint + byline.replace("&amp;", "&")).picture
    new = helpdesk.userphoto(person.upn, "S").picture
    assert distance(old, new) > 8
    row = helpdesk.api(
        f"web/siteuserinfolist/items?$filter=Name%20eq%20'{quote(person.account)}'", site="/sites/communications"
    )["value"]
    assert [person.upn] == [entry["UserName"] for entry in row]


def test_a_guest_has_no_photo_and_members_do_not_lose_theirs(town, helpdesk):
    """A guest, with a # in the UPN, is found and has no photo; members' profile cards work as without guests."""
    guest = next(person for person in town.crowd.people if is_guest(person))
    assert "PersonPlaceholder" in helpdesk.userphoto(guest.upn).url
    assert "1" == helpdesk.properties(guest.upn.replace("#", "%23"))["SPS-UserType"]
    page = town.crowd.pages[0]
    number = next(n for n, upn in enumerate(page.parts[1].persons) if upn not in town.crowd.kinds)
    assert 200 == helpdesk.visit(cards(helpdesk.visit(page.address))[number]["persona"]["photo"]).status
    town.set_fault("guest-viewer")
    viewed = "https://eur.loki.delve.office.com/api/v2/personaphoto?clientFeature=LivePersonaCard&aadObjectId="
    assert 403 == helpdesk.ask(viewed + town.state.people[town.subject].object_id).status
    town.set_fault("healthy")


def test_an_apostrophe_in_a_name_is_no_end_of_it(helpdesk, of):
    """A UPN with an apostrophe works in the photo's URL, in a call and in a filter."""
    person = next(person for person in of() if "'" in person.upn)
    assert 200 == helpdesk.userphoto(person.upn).status
    account = quote(person.account.replace("'", "''"))
    call = f"SP.UserProfiles.PeopleManager/GetPropertiesFor(accountName=@v)?@v='{account}'"
    assert person.account == helpdesk.api(call)["AccountName"]
    rows = helpdesk.api(f"web/siteuserinfolist/items?$filter=Name%20eq%20'{account}'", site="/sites/communications")
    assert [person.upn] == [row["UserName"] for row in rows["value"]]


def test_search_and_lists_end(town, helpdesk):
    """People search and a site's list of users return a page of results, whatever the number of people."""
    found = helpdesk.visit(f"{town.sharepoint}/_layouts/15/search.aspx/people?q=contoso.com")
    assert 50 == len(cards(found))
    assert 100 == len(helpdesk.api("web/siteuserinfolist/items", site="/sites/communications")["value"])
    person = town.crowd.people[-1]
    found = helpdesk.visit(f"{town.sharepoint}/_layouts/15/search.aspx/people?q={quote(person.upn)}")
    assert [person.name] == [card["name"] for card in cards(found)]


def test_everybody_can_sign_in(town):
    """A generated person signs in with the tenant's password and sees the own account."""
    person = town.crowd.people[5]
    visitor = Visitor(town)
    visitor.sign_in(person.upn)
    visitor.visit(town.sharepoint)
    assert person.upn == visitor.api("web/currentuser")["UserPrincipalName"]
    visitor.close()


def test_a_new_fault_of_the_tenant_keeps_the_planted_ones(town, helpdesk, of):
    """Switching the tenant's fault and back fills the stores of generated people again, with their faults."""
    person, healthy = of("never-visited")[0], of()[0]
    for fault in ("stale-copy", "healthy"):
        town.set_fault(fault)
        assert "PersonPlaceholder" in helpdesk.userphoto(person.upn).url
        assert "PersonPlaceholder" not in helpdesk.userphoto(healthy.upn).url
