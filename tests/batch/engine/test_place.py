"""A browser that somebody else has started is refused where it would be unsafe, or not do what is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from troubleshooter.batch.place import place_of
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.browser.launch import started
from troubleshooter.browser.remote import Remote
from troubleshooter.errors import InputError
from troubleshooter.run.request import RunSettings
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.open import read_tenant
from troubleshooter.tenant.tenant import Tenant

LAB = Network(resolve="127.0.0.1:8443", spki="A" * 43 + "=")


@pytest.fixture
def plain(tmp_path: Path) -> Tenant:
    """Return a tenant as others are."""
    file = tmp_path / "contoso.toml"
    file.write_text(
        'name = "Contoso"\nsharepoint = "https://contoso.sharepoint.com"\n'
        '[accounts.qa]\nusername = "qa@contoso.com"\npassword = "env:QA_PASSWORD"\n',
        encoding="utf-8",
    )
    return read_tenant(file)


def request(**given: str) -> VerifyRequest:
    """Return a request with options."""
    return VerifyRequest(tenant="contoso.toml", **given)


def test_a_browser_of_this_computer_is_started_unless_another_is_named(plain: Tenant):
    """What a remote browser does not have is said before the start."""
    place = place_of(request(), RunSettings(), plain, print)
    assert (started, ()) == (place.start_browser, place.notes)
    place = place_of(request(cdp="http://127.0.0.1:9222"), RunSettings(), plain, print)
    assert started != place.start_browser
    (note,) = place.notes
    assert "the remote browser (cdp, 127.0.0.1:9222)" in note


@pytest.mark.parametrize(
    ("given", "settings", "network", "said"),
    [
        ({"cdp": "http://127.0.0.1:1"}, {}, LAB, "Contoso is a lab"),
        ({"connect": "ws://127.0.0.1:1"}, {}, LAB, "Contoso is a lab"),
        ({"connect": "ws://127.0.0.1:1", "cdp": "http://127.0.0.1:1"}, {}, None, "so does --connect"),
        ({"cdp": "http://127.0.0.1:1"}, {"headed": True}, None, "leave out --headed"),
        ({"cdp": "http://127.0.0.1:1"}, {"proxy": "http://proxy:8080"}, None, "leave out --proxy"),
        ({"cdp": "http://127.0.0.1:1"}, {"sign_in": "interactive"}, None, "leave out --sign-in interactive"),
    ],
)
def test_what_a_remote_browser_cannot_do_is_refused(
    given: dict[str, str], settings: dict[str, object], network: Network | None, said: str, plain: Tenant
):
    """One line says which option contradicts it."""
    with pytest.raises(InputError) as caught:
        place_of(request(**given), RunSettings(**settings), replace(plain, network=network), print)
    assert [*given][-1] == caught.value.where.removeprefix("--")
    assert said in caught.value.what


@pytest.mark.parametrize(
    ("way", "url", "said"),
    [
        ("connect", "ws://browsers.contoso.com/?token=s3cret", "passwords would be sent unencrypted; expected wss://"),
        ("cdp", "http://10.0.0.5:9222", "passwords would be sent unencrypted; expected https://"),
        ("cdp", "http://127.0.0.1.contoso.com:9222", "passwords would be sent unencrypted"),
        ("connect", "http://127.0.0.1:9222", "expected ws or wss://HOST:PORT"),
        ("cdp", "9222", "expected ws or http or wss or https://HOST:PORT"),
    ],
)
def test_a_password_is_not_sent_unencrypted_to_another_computer(way: str, url: str, said: str):
    """The address is refused; what may be a token in it is not repeated."""
    with pytest.raises(ValueError, match="is refused") as caught:
        Remote.of(way, url)
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["wss://user:s3cret@browsers.contoso.com/s3cret?token=s3cret", "ws://[::1]:1/s3cret"])
def test_a_token_is_not_recorded(url: str):
    """Neither in a record nor in the journal."""
    remote, asked = Remote.of("connect", url), request(connect=url)
    assert url == asked.connect == remote.url
    assert "s3cret" not in remote.name + remote.losses + repr(remote) + asked.model_dump_json()
