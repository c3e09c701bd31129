"""`--tenant` takes a file or the built-in sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.errors import InputError
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.open import opened, read_tenant
from troubleshooter.tenant.tenant import Tenant

from .files import GOOD


def test_the_smallest_file_has_every_default(written):
    """A name, SharePoint and one account are enough; the rest is derived."""
    expected = Tenant(
        name="Contoso",
        home="https://www.office.com",
        sharepoint="https://contoso.sharepoint.com",
        my="https://contoso-my.sharepoint.com",
        cloud="worldwide",
        sign_in_hosts=(),
        accounts={"ana": Account(username="ana@contoso.com", password="prompt", totp=None, federated_hosts=())},
        options={},
        network=None,
        file=str(written.file),
    )
    assert expected == written(GOOD)
    assert expected.sandbox is None


def test_a_file_that_is_not_there(tmp_path):
    """If there is no file, the error contains the option, the file and the system's reason."""
    with pytest.raises(InputError) as caught:
        read_tenant(tmp_path / "none.toml")
    why = f"{tmp_path / 'none.toml'}: No such file or directory; expected a readable TOML file"
    assert ("--tenant", why) == (caught.value.where, caught.value.what)


@pytest.mark.parametrize("data", [b"name = ", b"a = 1\na = 2"])
def test_a_file_that_is_not_toml(tmp_path, data):
    """A file that cannot be parsed is refused in one line."""
    file = tmp_path / "contoso.toml"
    file.write_bytes(data)
    with pytest.raises(InputError, match="not TOML: ") as caught:
        read_tenant(file)
    assert str(file) == caught.value.where
    assert 1 == len(str(caught.value).splitlines())


@pytest.mark.parametrize("form", ["utf-8-sig", "utf-8"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_editors_byte_order_mark_is_read_over(written, form, end):
    """Notepad saves UTF-8 with a mark in front, and ends lines with CR LF."""
    expected = written(GOOD)
    text = written.file.read_text(encoding="utf-8").replace("Contoso", "Contoso Ștefan")
    written.file.write_bytes(text.replace("\n", end).encode(form))
    assert "Contoso Ștefan" == read_tenant(written.file).name
    assert expected.accounts == read_tenant(written.file).accounts


@pytest.mark.parametrize("form", ["utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_another_encoding_is_named(written, form):
    """What is not UTF-8 says so, and what to do; UTF-16, which editors call Unicode, by its name."""
    written(GOOD)
    text = "name = 'Zoë'" + written.file.read_text(encoding="utf-8")
    written.file.write_bytes(text.encode(form))
    with pytest.raises(InputError, match=r"not UTF-8: .*; save it as UTF-8$") as caught:
        read_tenant(written.file)
    assert ("UTF-16" in str(caught.value)) == form.startswith("utf-16")


def test_a_file_is_opened_as_a_tenant(written):
    """Anything but a sandbox is opened as a file."""
    expected = written(GOOD)
    with opened(str(written.file)) as tenant:
        assert expected == tenant


def test_an_unknown_fault_is_refused():
    """The error about an unknown fault suggests the closest one, and nothing is started."""
    with pytest.raises(InputError) as caught, opened("sandbox:stale-cpy"):
        pass
    assert "sandbox" == caught.value.where
    assert caught.value.what.startswith("no fault 'stale-cpy'. Did you mean 'stale-copy' or ")
    assert "`troubleshooter demo --list-faults` lists all " in caught.value.what
    assert len(caught.value.what) < 250


def test_an_unknown_layout_is_refused():
    """What stands after the `@` is a layout; the message names those that there are."""
    with pytest.raises(InputError) as caught, opened("sandbox:stale-copy@tomorrow"):
        pass
    assert ("sandbox", "layout: tomorrow: no such layout, allowed: ") == (caught.value.where, caught.value.what[:43])


def test_a_layout_leaves_the_faults_name():
    """The tenant is known by its fault, however its home page looks."""
    with opened("sandbox:stale-copy+late-cards@flyout+no-tid") as tenant:
        assert "stale-copy+late-cards" == tenant.sandbox


def test_a_file_named_like_a_sandbox_is_a_file(tmp_path, monkeypatch):
    """`sandbox.toml` is opened as a file, not as the sandbox."""
    monkeypatch.chdir(tmp_path)
    Path("sandbox.toml").write_text(GOOD, encoding="utf-8")
    with opened("sandbox.toml") as tenant:
        assert ("Contoso", None) == (tenant.name, tenant.sandbox)
