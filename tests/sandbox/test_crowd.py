"""Generated people, the pages that show them, and what is true of them."""

from __future__ import annotations

from collections import Counter

import pytest

from troubleshooter.sandbox.crowd.crowd import crowd_of
from troubleshooter.sandbox.crowd.employees import is_guest
from troubleshooter.sandbox.crowd.kinds import KINDS
from troubleshooter.sandbox.faults import fault_named
from troubleshooter.sandbox.people import PEOPLE
from troubleshooter.sandbox.roster import Roster
from troubleshooter.sandbox.site_content import PeoplePart
from troubleshooter.sandbox.state import State

STORES = ("people_service", "mailbox", "outlook_cache", "teams_cache", "sharepoint", "cdn", "site", "search")


@pytest.fixture(scope="module")
def crowd():
    return crowd_of(2000)


def test_the_same_seed_gives_the_same_people_pages_and_faults(crowd):
    """People, pages and faults depend on the arguments only; another seed gives others."""
    again, other = crowd_of(2000), crowd_of(2000, seed=1)
    assert [*crowd.users()] == [*again.users()]
    assert crowd.people == again.people != other.people
    assert crowd.pages == again.pages != other.pages
    assert [*crowd.kinds] != [*other.kinds]
    assert crowd.people[:100] == crowd_of(100).people


def test_everybody_is_somebody_else(crowd):
    """All generated people are different users, and nobody of the cast is among them."""
    names = [user.upn for user in crowd.users()]
    assert [person.upn for person in crowd.people] == names
    assert 2000 == len({*names})
    assert set() == {*names} & {*PEOPLE}


def test_a_tenth_is_faulty_each_kind_equally_often(crowd):
    """A tenth of the users has one of the eight kinds, guests aside; everybody else is healthy."""
    counts = Counter(kind.fault for kind in crowd.kinds.values())
    guests = counts.pop("guest-subject")
    assert {kind.fault: 25 for kind in KINDS} == counts
    assert sum(map(is_guest, crowd.people)) == guests > 0
    assert 2000 - 200 - guests == sum(user.fault == "healthy" for user in crowd.users())


@pytest.mark.parametrize(("people", "share", "faulty"), [(1, 1, 1), (7, 0.5, 4), (60, 1, 60), (80, 0.1, 8), (80, 0, 0)])
def test_any_number_and_share(people, share, faulty):
    """The share holds for few people and for extreme shares, too, as far as they are not guests."""
    crowd = crowd_of(people, seed=3, fault_share=share)
    planted = [kind for upn, kind in crowd.kinds.items() if kind in KINDS]
    assert min(faulty, people - sum(map(is_guest, crowd.people))) == len(planted)
    assert people == len([*crowd.users()])
    State(fault_named("healthy"), population=crowd.population())


def contents(state, upn):
    """Return what the stores and the directory hold of a user, with ages instead of times and without names."""
    now, found = state.clock.now(), {}
    for store in STORES:
        held = getattr(state, store).get(upn)
        photo = held and held.photo
        age = held and (getattr(held, "changed", None) or getattr(held, "copied", None))
        found[store] = (
            photo and (photo.variant, photo.crop, photo.side),
            age and round((now - age).total_seconds() / 60),
            held and (getattr(held, "placeholder", ""), getattr(held, "sync", "")),
        )
    found["directory"] = (upn in state.directory.stubs, upn in state.directory.guests)
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.fault)
def test_a_planted_fault_is_the_fault_of_one_user(crowd, kind):
    """The user's stores become those of the fault's subject, and nobody else's change."""
    planted = State(fault_named("healthy"), population=crowd.population())
    single = State(fault_named(kind.fault))
    upn = next(upn for upn, mine in crowd.kinds.items() if mine is kind)
    wanted, got = contents(single, single.subject), contents(planted, upn)
    # The ages of copies that the fault leaves alone differ from person to person, in healthy tenants, too.
    healthy = contents(State(fault_named("healthy")), single.subject)
    for place, value in wanted.items():
        if value == healthy[place]:
            assert got[place][0] == value[0], place
        elif place == "directory":
            assert got[place] == value
        else:
            assert (got[place][0], got[place][2]) == (value[0], value[2]), place
    assert planted.flags == State(fault_named("healthy")).flags


def test_whoever_is_in_sync_has_one_photo_everywhere(crowd):
    """Every store holds the current photo of each user who is in sync, whole."""
    state = State(fault_named("healthy"), population=crowd.population())
    for person in crowd.people:
        if person.upn not in crowd.kinds:
            photo = state.photo_of(person.upn)
            assert {photo} == {getattr(state, store)[person.upn].photo for store in STORES}
            assert photo == state.copy_of(person.upn).shows


def test_half_of_the_people_are_on_pages_a_dozen_each(crowd):
    """Half of the users are in one People web part each; the list names that page, and no page for the others."""
    page_of = {user.upn: user.page for user in crowd.users()}
    seen = Counter()
    for page in crowd.pages:
        (part,) = [part for part in page.parts if isinstance(part, PeoplePart)]
        assert 12 == len(part.persons) or page is crowd.pages[-1]
        assert page.author in part.persons
        assert {page.address} == {page_of[upn] for upn in part.persons}
        seen.update(part.persons)
    assert (1000, {1}) == (len(seen), set(seen.values()))
    assert 1000 == list(page_of.values()).count("")
    assert {("userphoto", 1), ("userphoto", 2), ("picture-url", 2)} == {
        (page.parts[1].photos, page.parts[1].layout) for page in crowd.pages
    }


def test_faults_that_only_a_page_shows_are_on_one(crowd):
    """An old photo in the byline only is an author's; one on a card only is on a page with such cards."""
    authors = {page.author for page in crowd.pages}
    cards = {upn for page in crowd.pages if page.parts[1].photos == "userphoto" for upn in page.parts[1].persons}
    of = {kind.fault: {upn for upn, mine in crowd.kinds.items() if mine is kind} for kind in KINDS}
    assert of["stale-site-copy"] <= authors
    assert of["stale-delivery"] <= cards
    assert of["no-mailbox"] <= {upn for page in crowd.pages for upn in page.parts[1].persons}


def test_the_directory_has_its_traps(crowd):
    """Names come from many scripts, some repeat, some mail addresses differ, and a few people are guests."""
    names = [person.name for person in crowd.people]
    assert any("王" in name for name in names) and any("ł" in name for name in names)
    assert any("'" in person.upn for person in crowd.people)
    assert 0.02 < 1 - len({*names}) / len(names) < 0.2
    other = [person for person in crowd.people if person.mail != person.upn and not is_guest(person)]
    assert 0.03 < len(other) / len(names) < 0.07
    guests = [person for person in crowd.people if is_guest(person)]
    assert all("#ext#@contoso.onmicrosoft.com" in guest.upn for guest in guests)
    assert all(guest.mail.endswith("@fabrikam.example") for guest in guests)
    every = [*names, *(value for person in crowd.people for value in (person.upn, person.mail, person.role))]
    assert all(value == value.strip() and value for value in every)
    assert all(person.upn == person.upn.lower() and person.upn.isascii() for person in crowd.people)


def test_everybody_is_found_by_each_identifier(crowd):
    """The roster finds everybody by UPN, mail address, claims account, object id and file name, the cast unchanged."""
    roster = Roster(crowd.people)
    assert 22 + 2000 == len(roster)
    for person in (*PEOPLE.values(), *crowd.people):
        for name in (person.upn, person.upn.upper(), person.mail, person.account, person.object_id):
            assert person is roster.find(name), name
        assert person in roster.with_file(person.object_id)
    assert [*PEOPLE] == [*roster][:22] == [*Roster()]
    assert list(range(2022)) == [roster.number(person) for person in roster.values()]
    assert roster.find("nobody@contoso.com") is None


def test_a_fault_of_the_tenant_spares_them_or_not(crowd):
    """A fault of the whole tenant concerns generated people, too; one of sign-in, or of one of the cast, does not."""
    for fault, spared in (
        ("healthy", True),
        ("mfa-totp", True),
        ("stale-copy", True),
        ("guest-subject", True),
        ("guest-viewer", False),
        ("blank-delivery", False),
        ("picture-not-editable", False),
        ("mfa-totp+broken-image", False),
    ):
        state = State(fault_named(fault), population=crowd.population())
        assert spared == crowd.is_spared(state), fault
