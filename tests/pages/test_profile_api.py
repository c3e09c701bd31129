"""SharePoint's picture properties are requested from the right URL, read in either format and never guessed."""

from datetime import UTC, datetime

import pytest

from troubleshooter.pages.profile_api import (
    WANTED,
    UserProfile,
    address_of,
    profile_in,
    site_copy_in,
)

SITE = "https://contoso.sharepoint.com"
MANAGER = f"{SITE}/_api/SP.UserProfiles.PeopleManager"
STAMP = "63783110969"
STAMPED = datetime(2022, 3, 17, 10, 49, 29, tzinfo=UTC)
THUMB = "https://contoso-my.sharepoint.com:443/User%20Photos/Profile%20Pictures/ana_contoso_com_MThumb.jpg"
PAIRS = {
    "AccountName": "i:0#.f|membership|ana@contoso.com",
    "UserName": "Ana@Contoso.com",
    "WorkPhone": "1",
    "PictureURL": THUMB,
    "SPS-PictureTimestamp": STAMP,
    "SPS-PicturePlaceholderState": "0",
    "SPS-PictureExchangeSyncState": "1",
}


ABOUT = {"PersonalSiteHostUrl": None, "DisplayName": "Ana Ionescu", "Email": "A.Ionescu@contoso.com"}
"""Fields that a profile has besides its rows of properties."""


def answer(pairs: dict, *, verbose: bool = False, **fields) -> dict:
    rows = [{"Key": key, "Value": value, "ValueType": "Edm.String"} for key, value in pairs.items()]
    person = {
        "AccountName": "i:0#.f|membership|ana@contoso.com",
        "DisplayName": "Ana Ionescu",
        "Email": "A.Ionescu@contoso.com",
        "PictureUrl": f"{THUMB}?t={STAMP}",
        "UserProfileProperties": {"results": rows} if verbose else rows,
        **fields,
    }
    return {"d": person} if verbose else person


@pytest.mark.parametrize(
    ("upn", "own", "expected"),
    [
        ("ana@contoso.com", True, f"{MANAGER}/GetMyProperties"),
        (
            "ana@contoso.com",
            False,
            f"{MANAGER}/GetPropertiesFor(accountName=@v)?@v='i:0%23.f|membership|ana%40contoso.com'",
        ),
        (
            "a_b.com#ext#@contoso.onmicrosoft.com",
            False,
            f"{MANAGER}/GetPropertiesFor(accountName=@v)?@v="
            "'i:0%23.f|membership|a_b.com%23ext%23%40contoso.onmicrosoft.com'",
        ),
    ],
)
def test_the_address_of_the_properties(upn, own, expected):
    """The user's own properties and a colleague's have different URLs, in which `#` is escaped."""
    assert expected == address_of(SITE, upn, own)


def test_an_apostrophe_in_a_name_is_doubled():
    """An apostrophe in an account is doubled, because a single one would end the OData string."""
    expected = f"{MANAGER}/GetPropertiesFor(accountName=@v)?@v='i:0%23.f|membership|o%27%27neil%40contoso.com'"
    assert expected == address_of(SITE, "o'neil@contoso.com", own=False)


@pytest.mark.parametrize("verbose", [False, True])
def test_a_profile_is_read_in_either_shape(verbose):
    """Plain and verbose OData give the same profile, with the wanted properties and nothing else."""
    values = {key: PAIRS[key] for key in WANTED if key in PAIRS} | {"PictureUrl": f"{THUMB}?t={STAMP}"} | ABOUT
    addresses = frozenset({"ana@contoso.com", "a.ionescu@contoso.com"})
    assert UserProfile(values, STAMPED, addresses, "Ana Ionescu") == profile_in(answer(PAIRS, verbose=verbose))


def test_an_empty_profile_is_a_profile():
    """Properties that were never set are distinguished from properties that could not be read."""
    empty = dict.fromkeys(("PictureURL", "SPS-PictureTimestamp", "SPS-PicturePlaceholderState"), "")
    profile = profile_in(answer(empty, PictureUrl=None, DisplayName="", Email=None, AccountName=None))
    about = dict.fromkeys(("PictureUrl", "PersonalSiteHostUrl", "Email")) | {"DisplayName": ""}
    assert UserProfile({**empty, **about}, None, frozenset(), None) == profile


@pytest.mark.parametrize("rows", [None, [], {}, {"results": []}, ["x", None]])
def test_a_profile_without_rows_has_no_values(rows):
    """A profile with missing or malformed rows has no properties except the fields outside the rows."""
    profile = profile_in(answer({}, UserProfileProperties=rows))
    assert profile is not None
    assert {"PictureUrl": f"{THUMB}?t={STAMP}"} | ABOUT == profile.values


@pytest.mark.parametrize("data", [None, [], {}, "text", 7, {"d": None}, {"d": {}}, {"error": {"code": "-2147024891"}}])
def test_what_is_no_profile_is_none(data):
    """An error, or data of any other shape, is not a profile."""
    assert profile_in(data) is None


def test_a_sites_own_copy_is_read():
    """A site's copy is read from the user's row in the list; without such a row there is no copy."""
    row = {"Name": "i:0#.f|membership|Ana@contoso.com", "Picture": {"Url": THUMB}, "SPSPicturePlaceholderState": 0}
    expected = {
        "Picture": THUMB,
        "SPSPictureTimestamp": None,
        "SPSPicturePlaceholderState": "0",
        "SPSPictureExchangeSyncState": None,
    }
    assert expected == site_copy_in({"value": [{"Name": "x|radu@contoso.com"}, row]}, "ana@contoso.com")
    assert expected == site_copy_in({"d": {"results": [row]}}, "ana@contoso.com")
    assert site_copy_in({"value": [row]}, "radu@contoso.com") is None
    assert site_copy_in({"error": {}}, "ana@contoso.com") is None


def test_whatever_shape_a_value_has_it_is_read_as_text():
    """Numbers and URLs with a description are read as text; null stays null."""
    found = profile_in(answer({"SPS-PictureTimestamp": int(STAMP), "PictureURL": {"Url": THUMB}, "SPS-UserType": None}))
    assert (STAMP, THUMB, None) == tuple(
        found.values[key] for key in ("SPS-PictureTimestamp", "PictureURL", "SPS-UserType")
    )
    assert STAMPED == found.timestamp
