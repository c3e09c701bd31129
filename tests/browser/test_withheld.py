"""What a host withheld for a whole limit is expected soon or not at all; whatever arrives lifts that again."""

from __future__ import annotations

import pytest

from troubleshooter.browser.withheld import SHORT, Withheld

LIMIT = 30.0
SITE = "https://contoso.sharepoint.com"
PHOTO = f"{SITE}/_layouts/15/userphoto.aspx?size=S&accountname=ana@contoso.com"
OTHER_PHOTO = f"{SITE}/_layouts/15/userphoto.aspx?size=M&accountname=bo@contoso.com"
DELIVERED = f"{SITE}/sites/hr/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?_oat_=1"
STORED = "https://contoso-my.sharepoint.com/User%20Photos/Profile%20Pictures/ana_MThumb.jpg"
PAGE = f"{SITE}/sites/hr/SitePages/Team.aspx"
DATA = f"{SITE}/_api/web/lists"
NEXT_DATA = f"{SITE}/_api/web/users"


class Clock:
    """A clock that is set."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    """Return a clock at zero."""
    return Clock()


@pytest.fixture
def withheld(clock: Clock) -> Withheld:
    """Return a memory in which nothing is yet."""
    return Withheld(LIMIT, clock)


def test_nothing_is_known_at_first(withheld: Withheld):
    """Everything gets the time that it is given."""
    assert 10.0 == withheld.seconds(PHOTO, 10.0)


@pytest.mark.parametrize(
    ("missed", "asked", "known"),
    [
        (PHOTO, PHOTO, True),
        (PHOTO, OTHER_PHOTO, True),
        (DELIVERED, STORED, True),
        (DATA, NEXT_DATA, True),
        (DATA, PHOTO, False),
    ],
    ids=["itself", "the same place", "the same store", "data", "another place"],
)
def test_what_is_alike(withheld: Withheld, clock: Clock, missed: str, asked: str, known: bool):
    """What is at the same place, or in the same store of photos, is alike."""
    _miss(withheld, clock, missed)
    assert (SHORT if known else 10.0) == withheld.seconds(asked, 10.0)


def test_one_page_says_nothing_about_the_next(withheld: Withheld, clock: Clock):
    """Pages are alike only in themselves, whatever place they are at."""
    _miss(withheld, clock, PAGE)
    assert (True, False) == tuple(withheld.knows(url, page=True) for url in (PAGE, PAGE.replace("Team", "News")))


def _miss(withheld: Withheld, clock: Clock, url: str) -> None:
    """Wait in vain for `url` while something else arrives, so that the host as a whole is not silent."""
    clock.at = 1.0
    withheld.arrived(f"{SITE}/other/thing")
    clock.at = LIMIT
    withheld.missed(url, 0.0, LIMIT)


def test_a_host_that_was_silent_for_the_whole_limit_is_silent_everywhere(withheld: Withheld, clock: Clock):
    """It has a short time for everything, pages as well, until anything arrives from it."""
    clock.at = LIMIT
    withheld.missed(PAGE, 0.0, LIMIT)
    assert withheld.knows(f"{SITE}/sites/it/SitePages/Home.aspx", page=True)
    assert not withheld.knows("https://contoso-my.sharepoint.com/", page=True)
    withheld.arrived(f"{SITE}/anything.js")
    assert not withheld.knows(f"{SITE}/sites/it/SitePages/Home.aspx", page=True)


def test_a_wait_that_ended_early_says_nothing(withheld: Withheld, clock: Clock):
    """A request that started late in a wait has not been withheld for long."""
    clock.at = 30.0
    withheld.missed(PHOTO, 20.0, LIMIT)
    assert not withheld.knows(PHOTO)


def test_one_picture_among_others_that_came_concerns_only_itself(withheld: Withheld, clock: Clock):
    """If others arrived from the same place meanwhile, only that one picture is withheld."""
    clock.at = 1.0
    withheld.arrived(OTHER_PHOTO)
    clock.at = LIMIT
    withheld.missed(PHOTO, 0.0, LIMIT)
    assert (True, False) == (withheld.knows(PHOTO), withheld.knows(OTHER_PHOTO.replace("bo", "eva")))


def test_a_redirect_is_no_photo_of_the_store(withheld: Withheld, clock: Clock):
    """A store whose addresses only lead on may well withhold the photos."""
    clock.at = 1.0
    withheld.arrived(PHOTO, redirect=True)
    clock.at = LIMIT
    withheld.missed(DELIVERED, 0.0, LIMIT)
    assert withheld.knows(STORED)
    withheld.arrived(STORED)
    assert (True, False) == (withheld.knows(DELIVERED), withheld.knows(STORED))


def test_what_is_embedded_in_a_page_is_never_withheld(withheld: Withheld, clock: Clock):
    """Only what a host sends can be."""
    clock.at = LIMIT
    withheld.missed("data:image/gif;base64,R0lGOD", 0.0, LIMIT)
    withheld.arrived("data:image/gif;base64,R0lGOD")
    assert not withheld.knows("data:image/png;base64,R0lGOD")
