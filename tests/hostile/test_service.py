"""Whatever SharePoint, a page or a file says is read as data or refused, and requests stay on the tenant's hosts."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from troubleshooter.compare.picture import UnreadablePicture, load, size_of
from troubleshooter.compare.upload import UnfitPhoto, checked
from troubleshooter.errors import InputError
from troubleshooter.identity.photo_address import account_in, cut_account, object_id_in, source_of, stem_of
from troubleshooter.pages.canvas import people_in
from troubleshooter.pages.library import _page_item
from troubleshooter.pages.page_data import _item_addresses
from troubleshooter.pages.profile_api import address_of, profile_in, site_copy_in, site_copy_of
from troubleshooter.pages.sharepoint_api import response_of
from troubleshooter.redaction.patterns import redact_address, redact_picture_address
from troubleshooter.run.repairs import read_repairs
from troubleshooter.surfaces import graph_photo, outlook_photo, people_search, stored_thumbnail, userphoto
from troubleshooter.surfaces.people_web_part import PEOPLE
from troubleshooter.tenant.hosts import host_policy
from troubleshooter.tenant.open import read_tenant
from troubleshooter.tenant.strays import kind_of
from troubleshooter.urls import host_of

from .payloads import BROKEN, DISGUISED, SHORT, TEXTS

SHAREPOINT = "https://contoso.sharepoint.com"
SECONDS = 10
POLICY = host_policy("worldwide", ["https://www.office.com", SHAREPOINT, "https://contoso-my.sharepoint.com"])


@pytest.mark.parametrize("payload", SHORT)
def test_what_is_requested_stays_on_its_host(payload: str):
    """A name in an address that the product makes never changes the host, and adds no parameter or fragment."""
    text = SHORT[payload].encode("utf-8", "replace").decode()
    made = {
        "contoso.sharepoint.com": [
            userphoto.address(SHAREPOINT, "L", text),
            address_of(SHAREPOINT, text, own=False),
            site_copy_of(SHAREPOINT, text),
            people_search.address(SHAREPOINT, text),
            *_item_addresses(f"{SHAREPOINT}/sites/x/SitePages/{text.replace('?', '').replace('#', '')}"),
        ],
        "graph.microsoft.com": [graph_photo.address(text)],
    }
    for host, urls in made.items():
        for url in urls:
            assert host == urlsplit(url).hostname
            assert "#" not in url and "\n" not in url and " " not in url
    assert all("evil.example" != urlsplit(url).hostname for url in outlook_photo.addresses(text))
    assert {} == stored_thumbnail.addresses(SHORT[payload], "https://contoso-my.sharepoint.com")


@pytest.mark.parametrize("payload", TEXTS)
def test_an_address_is_told_apart_or_refused(payload: str):
    """No text is taken for an address of the tenant, whatever it looks like; every reader of addresses survives it."""
    text = TEXTS[payload]
    began = time.process_time()
    for url in (text, f"https://{text}", f"{SHAREPOINT}/{text[:5000]}"):
        for read in (account_in, object_id_in, source_of, stem_of, redact_picture_address, kind_of):
            read(url[:100_000])
        cut_account(url, "ana@contoso.com")
    allowed = POLICY.may_visit(text)
    assert not allowed or host_of(text) == "contoso.sharepoint.com"
    assert not POLICY.may_type(text)
    assert not POLICY.may_visit("https://contoso.sharepoint.com.evil.example/")
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("payload", TEXTS)
def test_redaction_ends_in_time(payload: str):
    """A page or an address of any content is redacted in time that grows with its length and no faster."""
    text = TEXTS[payload][:100_000]
    for around in ("{}", "<input value='{}'>", '$Config={{"a":"{}"}};', "authorization: {}", 'canary":"{}'):
        began = time.process_time()
        redact_address(around.format(text))
        assert time.process_time() - began < SECONDS, around


@pytest.mark.parametrize("payload", SHORT)
def test_an_answer_of_the_api_is_data(payload: str):
    """Names and titles in SharePoint's answers stay text, and the text of a page lies on the tenant's host."""
    text = SHORT[payload]
    answer = json.dumps(
        {"d": {"UserProfileProperties": {"results": [{"Key": "PictureURL", "Value": text}]}, "DisplayName": text}}
    )
    profile = profile_in(response_of("https://x", {"status": 200, "text": answer, "date": text}).data)
    assert profile is not None
    assert text == profile.values["PictureURL"]
    site_copy_in({"value": [{"Name": text, "Picture": {"Url": text}}]}, "ana@contoso.com")
    item = _page_item({"FileRef": f"/sites/x/SitePages/{text}.aspx", "Title": text}, SHAREPOINT)
    assert item is None or urlsplit(item.url).hostname == "contoso.sharepoint.com"
    person = {"id": text, "email": text, "name": text, "upn": "ana@contoso.com"}
    (part,) = people_in(json.dumps([{"webPartId": PEOPLE, "instanceId": text, "properties": {"persons": [person]}}]))
    assert "ana@contoso.com" == part.members[0].upn


ODD = [
    None,
    0,
    1.5,
    True,
    "x",
    [],
    {},
    [[]],
    [None],
    {"results": None},
    {"results": 5},
    {"value": "x"},
    {"d": 5},
    {"d": []},
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_answer_of_another_shape_says_nothing(odd: object):
    """Where another kind of value is expected, an answer is as good as none."""
    for data in (
        odd,
        {"d": odd},
        {"value": odd},
        {"UserProfileProperties": odd},
        {"value": [{"Name": odd, "Picture": odd}]},
    ):
        profile = profile_in(data)
        assert profile is None or profile.timestamp is None
        site_copy_in(data, "ana@contoso.com")
        people_in(json.dumps({"webPartId": PEOPLE, "properties": {"persons": data, "authors": data, "layout": data}}))
    for answer in ({"status": odd, "text": odd, "date": odd}, {}):
        assert response_of("https://x", answer).data is None


@pytest.mark.parametrize(
    "deep", ["[" * 100_000, '{"a":' * 100_000, "[" * 900 + "]" * 900, '{"d":' * 400 + "1" + "}" * 400]
)
def test_json_that_is_nested_absurdly_is_refused(deep: str):
    """JSON of thousands of levels is no answer and no canvas, and ends no run."""
    assert [] == people_in(deep)
    assert response_of("https://x", {"status": 200, "text": deep, "date": ""}).data is None


@pytest.mark.parametrize("payload", SHORT)
def test_a_tenant_file_is_read_or_refused_in_a_line(payload: str, tmp_path: Path):
    """A payload as a value, a key or the content of a tenant file or of locators.toml is read, or refused in a line."""
    text = SHORT[payload].encode("utf-8", "replace").decode()
    quoted = json.dumps(text).replace("\x7f", "\\u007f")
    account = '[accounts.a]\nusername = "a@contoso.com"\n'
    contents = [
        f'name = {quoted}\nsharepoint = "{SHAREPOINT}"\n{account}',
        f'name = "x"\nsharepoint = {quoted}\n{account}',
        f'name = "x"\nsharepoint = "{SHAREPOINT}"\n{quoted} = 1\n{account}',
        f'name = "x"\nsharepoint = "{SHAREPOINT}"\n{account}password = {quoted}\nfederated_hosts = [{quoted}]\n',
        text,
    ]
    for content in contents:
        file = tmp_path / "tenant.toml"
        file.write_bytes(content.encode())
        try:
            tenant = read_tenant(file)
        except InputError as error:
            assert error.where
        else:
            assert host_of(tenant.sharepoint) == "contoso.sharepoint.com"
        for locators in (content, f"[locators]\n{quoted} = {quoted}\n", f'[locators]\n"home.waffle" = {quoted}\n'):
            file.write_bytes(locators.encode())
            with pytest.raises(InputError) if "[locators]" not in locators or '"home' not in locators else _either():
                read_repairs(file)


def _either():
    from contextlib import suppress  # noqa: PLC0415

    return suppress(InputError)


@pytest.mark.parametrize(
    "content",
    [
        "a = " + "[" * 5000,
        "a = " + "9" * 5000,
        ".".join(["a"] * 3000) + " = 1",
        "[" + ".".join(["locators"] * 3000) + "]",
        "a = 2026-99-99",
    ],
    ids=["nested", "digits", "dotted key", "dotted table", "date"],
)
def test_toml_that_python_cannot_take_is_refused(content: str, tmp_path: Path):
    """TOML that Python's parser or a reader cannot take is refused in a line, and is no defect."""
    file = tmp_path / "x.toml"
    file.write_text(content, encoding="utf-8")
    for read in (read_tenant, read_repairs):
        with pytest.raises(InputError):
            read(file)
    file.write_text(f"[locators]\n{content}", encoding="utf-8")
    with pytest.raises(InputError):
        read_repairs(file)


@pytest.mark.parametrize("name", BROKEN)
def test_bytes_that_are_no_picture_are_refused(name: str, tmp_path: Path):
    """A drawing, a script, a bomb or half a picture is refused in words, without decoding it."""
    began = time.process_time()
    with pytest.raises(UnreadablePicture):
        load(BROKEN[name])
    size_of(BROKEN[name])
    (tmp_path / "x.png").write_bytes(BROKEN[name])
    with pytest.raises(UnfitPhoto):
        checked(tmp_path / "x.png")
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", DISGUISED)
def test_only_the_pixels_of_a_disguised_picture_are_read(name: str):
    """A picture with a page, a script or hundreds of frames in it is its first frame, in bounded time."""
    began = time.process_time()
    assert (3,) == load(DISGUISED[name]).pixels.shape[2:]
    assert time.process_time() - began < SECONDS


def test_the_examples_are_what_they_say():
    """The payloads are different from each other."""
    assert len(TEXTS) == len(set(TEXTS.values()))
