"""`tenant new` makes a tenant file from what is known; the product's own reader accepts it, comments included."""

from __future__ import annotations

import re
import tomllib

import pytest

from troubleshooter.cli.options import COMMON
from troubleshooter.errors import InputError
from troubleshooter.run.options import from_file, validated
from troubleshooter.run.request import RunSettings
from troubleshooter.tenant.file import Account, TenantFile, parse
from troubleshooter.tenant.new_file import Known, account_of, new_file, sharepoint_of

KNOWN = Known("https://contoso.sharepoint.com/sites/hr/SitePages/Team.aspx?web=1", "helpdesk@contoso.com")
_COMMENTED = re.compile(r"^# (?=\[[\w.]+\]$|[\w-]+ = )", re.MULTILINE)


def read(text: str) -> TenantFile:
    return parse(tomllib.loads(text), "new.toml")


def test_the_address_of_a_page_and_a_user_name_are_enough():
    """The tenant's name, the account's name and the variable for the password follow from them."""
    made = new_file(KNOWN, "new.toml")
    account = Account(username="helpdesk@contoso.com", password="env:CONTOSO_HELPDESK_PASSWORD")
    expected = TenantFile(name="Contoso", sharepoint="https://contoso.sharepoint.com", accounts={"helpdesk": account})
    assert expected == read(made.text)
    assert ("helpdesk", "CONTOSO_HELPDESK_PASSWORD") == (made.account, made.variable)


def test_what_is_commented_out_can_be_used():
    """Without the marks of its comments the file is accepted, has every key, and its defaults are the real ones."""
    text, count = _COMMENTED.subn("", new_file(KNOWN, "new.toml").text)
    assert 11 <= count
    data = tomllib.loads(text)
    found = read(text)
    assert set(TenantFile.model_fields) - {"network"} == set(data)
    assert set(Account.model_fields) == set(data["accounts"]["helpdesk"])
    assert ("https://contoso-my.sharepoint.com", "https://www.office.com") == (found.my, found.home)
    validated(RunSettings, from_file(found.options, "new.toml", COMMON))


def test_what_is_given_counts():
    """Names may be given; one with quotes, or in another alphabet, is read back as it is."""
    made = new_file(
        Known("contoso.sharepoint.com", "o'neil@contoso.com", "desk_2", 'Ștefan\'s "Contoso" \\'), "new.toml"
    )
    found = read(made.text)
    assert ('Ștefan\'s "Contoso" \\', "o'neil@contoso.com") == (found.name, found.accounts["desk_2"].username)
    assert "env:CONTOSO_DESK_2_PASSWORD" == found.accounts["desk_2"].password


def test_another_cloud_takes_what_it_needs():
    """Only the worldwide cloud has a home page and a OneDrive that are known; for others they are asked for."""
    more = {"home": "https://home.example.us", "my": "https://contoso-my.sharepoint.us"}
    found = read(new_file(Known("https://contoso.sharepoint.us", "a@contoso.us", cloud="gcch", **more), "x").text)
    assert ("gcch", *more.values()) == (found.cloud, found.home, found.my)
    with pytest.raises(InputError, match=r"^--cloud: gcch has no defaults; add --my and --home$"):
        new_file(Known("https://contoso.sharepoint.us", "a@contoso.us", cloud="gcch"), "x")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("contoso.sharepoint.com", "https://contoso.sharepoint.com"),
        (" https://CONTOSO.sharepoint.com/:u:/r/sites/hr#x ", "https://contoso.sharepoint.com"),
        ("https://contoso.sharepoint.de", "https://contoso.sharepoint.de"),
    ],
)
def test_any_address_of_sharepoint_will_do(address: str, expected: str):
    """As it is copied from a browser or typed."""
    assert expected == sharepoint_of(address)


WRONG = {
    "contoso": "is not an address of SharePoint; expected one such as https://contoso.sharepoint.com",
    "": "is not an address of SharePoint",
    "http://contoso.sharepoint.com": "is not an address of SharePoint",
    "https://[": "is not an address of SharePoint",
    "https://contoso.sharepoint.com@evil.example": "is not an address of SharePoint",
    "https://contoso.sharepoint.com.evil.example": "is not an address of SharePoint",
    "https://outlook.cloud.microsoft/mail": "is not an address of SharePoint",
    "https://onedrive.cloud.microsoft": "is an address of OneDrive",
    "https://contoso-my.sharepoint.com/personal/ana": "is an address of OneDrive; expected https://contoso.sharepoint.com",
    "https://contoso-admin.sharepoint.com": (
        "is an address of SharePoint's admin center; expected https://contoso.sharepoint.com"
    ),
    "https://contoso.sharepoint.com.mcas.ms": (
        "is an address of session control; expected https://contoso.sharepoint.com; list mcas.ms under visit_hosts"
    ),
    "https://contoso.sharepoint.us": "is not in cloud 'worldwide'; add --cloud gcch or dod",
}


@pytest.mark.parametrize("address", WRONG)
def test_another_address_is_refused(address: str):
    """The error names the option and says what the address is, where that is known."""
    with pytest.raises(InputError) as caught:
        sharepoint_of(address)
    assert ("--sharepoint", True) == (caught.value.where, f"{address!r} {WRONG[address]}" in caught.value.what)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"account": "ana.popescu"}, "--as"),
        ({"account": "x]\n[y"}, "--as"),
        ({"name": "a\nb"}, "--name"),
        ({"name": "a\x7f"}, "--name"),
        ({"cloud": "moon"}, "--cloud"),
        ({"home": "www.office.com"}, "new.toml"),
        ({"my": "https://contoso-my.example"}, "new.toml"),
    ],
)
def test_wrong_values_are_refused(changed: dict[str, str], where: str):
    """A value that would make another file, or that the reader refuses, is named; the plain ones are accepted."""
    new_file(KNOWN, "new.toml")
    with pytest.raises(InputError) as caught:
        new_file(Known(**{**vars(KNOWN), **changed}), "new.toml")
    assert where == caught.value.where


@pytest.mark.parametrize(
    ("username", "expected"),
    [("Ana.Popescu@contoso.com", "ana-popescu"), ("x_y#EXT#@contoso.com", "x_y-ext"), ("ă@contoso.com", "account")],
)
def test_the_accounts_name_needs_no_quotes(username: str, expected: str):
    """It is what stands before the @, in letters that TOML and a shell take as they are."""
    assert expected == account_of(username)


def test_a_variable_never_begins_with_a_digit():
    """A shell could not set it."""
    assert "TENANT_365CONTOSO_IT_PASSWORD" == new_file(Known("365contoso.sharepoint.com", "it@x.y"), "f").variable
