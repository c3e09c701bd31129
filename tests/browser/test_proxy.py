"""The browser's proxy: of `--proxy` or the environment; its password goes to the proxy and nowhere else."""

from __future__ import annotations

import pytest
from support.proxy import ESCAPED, PASSWORD, USER, proxied

from troubleshooter.browser import launch
from troubleshooter.browser.proxy import proxy_of, without_credentials
from troubleshooter.errors import InputError
from troubleshooter.model.enums import Reason
from troubleshooter.signin.check import opens

HOME = "https://www.office.com"


def told(given: str | None, **environment: str) -> dict[str, str] | None:
    """Return the proxy settings that the browser gets."""
    proxy = proxy_of(given, environment)
    return proxy.settings() if proxy else None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("proxy.contoso.com:8080", {"server": "http://proxy.contoso.com:8080"}),
        ("http://[::1]:3128/", {"server": "http://[::1]:3128"}),
        ("SOCKS5H://proxy.example:1080", {"server": "socks5://proxy.example:1080"}),
        (f"https://{ESCAPED}@p.example", {"server": "https://p.example", "username": USER, "password": PASSWORD}),
        ("http://ana:p@ss/word@p:8", {"server": "http://p:8", "username": "ana", "password": "p@ss/word"}),
        ("http://ana@p:8", {"server": "http://p:8", "username": "ana", "password": ""}),
        ("http://ana:•••@p:8", {"server": "http://p:8"}),
    ],
)
def test_name_and_password_are_told_apart(given: str, expected: dict[str, str]):
    """The address is without them, and escaped characters are meant; what a record has masked is no password."""
    assert expected == told(given)


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"])
def test_the_environment_names_a_proxy(name: str):
    """In every spelling; one that is given on the command line counts instead."""
    assert {"server": "http://p:8", "username": "ana", "password": "x"} == told(None, **{name: "http://ana:x@p:8"})
    assert {"server": "http://other:9"} == told("http://other:9", **{name: "http://ana:x@p:8"})
    assert told(None, **{name: " "}) is None


def test_the_most_specific_variable_counts():
    """Pages are asked for by https."""
    named = {"HTTP_PROXY": "http://a:1", "ALL_PROXY": "socks5://b:2", "HTTPS_PROXY": "http://c:3"}
    assert {"server": "http://c:3"} == told(None, **named)


def test_a_recorded_proxy_takes_its_password_from_the_environment():
    """A record keeps none: the same proxy of the environment has it."""
    assert "http://p:8" == without_credentials("http://ana:x@p:8")
    named = {"HTTPS_PROXY": "http://ana:x@p:8", "NO_PROXY": "contoso.com"}
    assert {"server": "http://p:8", "username": "ana", "password": "x"} == told("http://p:8", **named)
    assert {"server": "http://p:9"} == told("http://p:9", **named)


def test_hosts_without_proxy_are_spared():
    """A name covers the names below it, as curl reads it; a star spares every host; a given proxy spares none."""
    proxy = {"https_proxy": "http://p:8"}
    spared = told(None, **proxy, NO_PROXY=".contoso.com, office.com 10.0.0.0/8,*.corp")
    assert spared == {
        "server": "http://p:8",
        "bypass": "contoso.com,.contoso.com,office.com,.office.com,10.0.0.0/8,*.corp",
    }
    assert told(None, **proxy, no_proxy="*") is None
    assert {"server": "http://q:9"} == told("http://q:9", **proxy, no_proxy="*")


@pytest.mark.parametrize(
    ("given", "where", "says"),
    [
        ("ftp://ana:swordfish@p:8", "--proxy", "not a valid proxy"),
        ("http://ana:swordfish@", "--proxy", "not a valid proxy"),
        ("socks5://ana:swordfish@p:8", "--proxy", "SOCKS"),
        (None, "all_proxy", "SOCKS"),
    ],
)
def test_a_proxy_that_can_not_be_used_is_bad_input(given: str | None, where: str, says: str):
    """Before anything runs; the error names the option or the variable, and repeats no password."""
    with pytest.raises(InputError) as error:
        proxy_of(given, {"all_proxy": "socks5://ana:swordfish@p:8"} if given is None else {})
    assert where == error.value.where
    assert says in error.value.what
    assert "swordfish" not in str(error.value)


@pytest.mark.browser
async def test_a_proxy_gets_its_name_and_password():
    """Beside our own inspection of requests: what is asked for through it was let through."""
    with proxied("asks") as proxy:
        stop = await opens(HOME, launch.Options(timeout=20, proxy=proxy_of(proxy.with_credentials, {})))
    assert stop  # nobody is behind this proxy
    assert Reason.HOST_UNREACHABLE is stop.reason
    assert ("www.office.com:443", True) in proxy.asked


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["asks", "refuses", "socks"])
async def test_a_proxy_that_does_not_let_the_browser_through_is_named(kind: str):
    """It stops the run with a reason of its own, and one that asks for a password says so."""
    with proxied(kind) as proxy:
        stop = await opens(HOME, launch.Options(timeout=20, proxy=proxy_of(proxy.address, {})))
    assert stop
    assert Reason.PROXY is stop.reason
    assert (kind == "asks") == ("(407)" in stop.what.text)


@pytest.mark.browser
async def test_a_wrong_password_for_a_proxy_is_named():
    """It is tried once per connection, and not again."""
    with proxied("asks") as proxy:
        wrong = proxy.address.replace("://", "://ana:wrong@")
        stop = await opens(HOME, launch.Options(timeout=20, proxy=proxy_of(wrong, {})))
    assert stop
    assert (Reason.PROXY, True) == (stop.reason, "(407)" in stop.what.text)
