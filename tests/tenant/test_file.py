"""A tenant file is checked as a whole before anything runs; one line says what is wrong and what is allowed."""

from __future__ import annotations

import pytest

from troubleshooter.errors import InputError
from troubleshooter.tenant.file import Account, Network

from .files import ACCOUNT, GOOD, NETWORK, SPKI

TOP_KEYS = "name, home, sharepoint, my, cloud, sign_in_hosts, visit_hosts, accounts, options, network"
SECRETS = "env:NAME, keyring:SERVICE/USER or prompt"


def top(line: str) -> str:
    return f"{line}\n{GOOD}"


def swapped(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_whole_file_is_read(written):
    """Every key is read as written, except that hosts are in lower case."""
    tenant = written(
        'name = "Contoso"\nhome = "https://Portal.Office.com/"\nsharepoint = "https://Contoso.SharePoint.com"\n'
        'my = "https://contoso-home.sharepoint.com"\ncloud = "worldwide"\nsign_in_hosts = ["Login.Partner.example"]\n'
        'visit_hosts = ["MCAS.ms"]\n'
        '[accounts.helpdesk]\nusername = "helpdesk@contoso.com"\npassword = "env:CONTOSO_PASSWORD"\n'
        'totp = "keyring:troubleshooter/helpdesk-totp"\nfederated_hosts = ["STS.contoso.com"]\n'
        '[options]\ntimeout = 45\nlang = "ro"\nheaded = true\n' + NETWORK + 'sandbox = "stale-copy"\n'
    )
    account = Account(
        username="helpdesk@contoso.com",
        password="env:CONTOSO_PASSWORD",
        totp="keyring:troubleshooter/helpdesk-totp",
        federated_hosts=("sts.contoso.com",),
    )
    assert ("https://portal.office.com", "https://contoso.sharepoint.com") == (tenant.home, tenant.sharepoint)
    assert "https://contoso-home.sharepoint.com" == tenant.my
    assert ("login.partner.example",) == tenant.sign_in_hosts
    assert ("mcas.ms",) == tenant.visit_hosts
    assert {"helpdesk": account} == tenant.accounts
    assert {"timeout": 45, "lang": "ro", "headed": True} == tenant.options
    assert Network(resolve="127.0.0.1:8443", spki=SPKI, sandbox="stale-copy") == tenant.network
    assert "stale-copy" == tenant.sandbox


@pytest.mark.parametrize(
    ("cloud", "home", "sharepoint", "my"),
    [
        ("gcch", "https://portal.office365.us", "https://contoso.sharepoint.us", "https://contoso-my.sharepoint.us"),
        ("dod", "https://www.ohome.apps.mil", "https://contoso.dps.mil", "https://contoso-my.dps.mil"),
        ("dod", "https://www.ohome.apps.mil", "https://contoso.sharepoint.us", "https://contoso-my.sharepoint.us"),
        ("china", "https://portal.partner.microsoftonline.cn", "https://contoso.sharepoint.cn", "https://contoso-my.sharepoint.cn"),
    ],
)  # fmt: skip
def test_each_cloud_has_its_addresses(written, cloud, home, sharepoint, my):
    """A tenant in another cloud is read with its own home and OneDrive, and signs in at that cloud's hosts."""
    text = f'name = "C"\ncloud = "{cloud}"\nhome = "{home}"\nsharepoint = "{sharepoint}"\nmy = "{my}"\n{ACCOUNT}'
    tenant = written(text)
    assert (cloud, home, sharepoint, my) == (tenant.cloud, tenant.home, tenant.sharepoint, tenant.my)
    assert not tenant.hosts().may_type("https://login.microsoftonline.com/")


BAD = {
    "a mistyped key": (
        top('nmae = "x"'),
        f"nmae: no such key. Did you mean 'name'? Allowed: {TOP_KEYS}.",
    ),
    "an unheard-of key": (top('zzz = "x"'), f"zzz: no such key. Allowed: {TOP_KEYS}."),
    "an account that is not a table": (
        top('accounts = { ana = "x" }').split("[accounts")[0],
        "accounts.ana: is not allowed; expected a table, such as [accounts.helpdesk]",
    ),
    "hosts that are not a list": (
        GOOD + 'federated_hosts = "adfs.contoso.com"\n',
        "accounts.ana.federated_hosts: is not allowed; expected a list of strings",
    ),
    "a mistyped key of an account": (
        GOOD + 'pasword = "env:X"\n',
        "accounts.ana.pasword: no such key. Did you mean 'password'? "
        "Allowed: username, password, totp, federated_hosts.",
    ),
    "a mistyped key of the network": (
        GOOD + NETWORK + 'sandbx = "x"\n',
        "network.sandbx: no such key. Did you mean 'sandbox'? Allowed: resolve, spki, sandbox.",
    ),
    "no name": (swapped('name = "Contoso"\n', ""), "name: is required"),
    "no SharePoint": (swapped('sharepoint = "https://contoso.sharepoint.com"\n', ""), "sharepoint: is required"),
    "no accounts": (swapped(ACCOUNT, ""), "accounts: is required"),
    "no username": (swapped('username = "ana@contoso.com"\n', ""), "accounts.ana.username: is required"),
    "no spki": (GOOD + '[network]\nresolve = "127.0.0.1:1"\n', "network.spki: is required"),
    "a username that is not an address": (
        swapped('"ana@contoso.com"', '"ana"'),
        "accounts.ana.username: has the wrong format; expected an address such as ana.popescu@contoso.com",
    ),
    "an unknown cloud": (
        top('cloud = "mars"'),
        "cloud: 'mars'; allowed: worldwide, gcch, dod, china",
    ),
    "SharePoint without https": (
        swapped("https://contoso.", "http://contoso."),
        "sharepoint: 'http://contoso.sharepoint.com' is not an address; expected https://HOST, without a path",
    ),
    "SharePoint without a scheme": (
        swapped("https://contoso.", "contoso."),
        "sharepoint: 'contoso.sharepoint.com' is not an address; expected https://HOST, without a path",
    ),
    "SharePoint with a path": (
        swapped(".sharepoint.com", ".sharepoint.com/sites/News"),
        "sharepoint: 'https://contoso.sharepoint.com/sites/News' is not an address; "
        "expected https://HOST, without a path",
    ),
    "SharePoint with a user": (
        swapped("https://contoso.", "https://ana@contoso."),
        "sharepoint: 'https://ana@contoso.sharepoint.com' is not an address; expected https://HOST, without a path",
    ),
    "home with a query": (
        top('home = "https://www.office.com?x=1"'),
        "home: 'https://www.office.com?x=1' is not an address; expected https://HOST, without a path",
    ),
    **{
        f"an address with {what}": (
            top(f'home = "{address}"'),
            f"home: {address!r} is not an address; expected https://HOST, without a path",
        )
        for what, address in {
            "a port that is not a number": "https://www.office.com:abc",
            "a port out of range": "https://www.office.com:70000",
            "a final dot": "https://www.office.com.",
            "a fragment": "https://www.office.com#x",
            "a bracket": "https://[www.office.com",
        }.items()
    },
    **{
        f"a host with {what}": (
            GOOD + f'federated_hosts = ["{host}"]\n',
            f"accounts.ana.federated_hosts: {host!r} is not a host name; expected a bare name such as sts.contoso.com",
        )
        for what, host in {
            "an asterisk": "*.contoso.com",
            "a final dot": "sts.contoso.com.",
            "a space": "a b.c",
            "nothing but dots": "..",
            "letters of another script": "sts.cöntoso.com",
            "a final hyphen": "sts-.contoso.com",
        }.items()
    },
    "an empty OneDrive": (top('my = ""'), "my: '' is not an address; expected https://HOST, without a path"),
    "SharePoint in another domain": (
        swapped("contoso.sharepoint.com", "contoso.sharepoint.com.evil.example"),
        "sharepoint: 'https://contoso.sharepoint.com.evil.example' is not in cloud 'worldwide'; "
        "expected https://….sharepoint.com",
    ),
    "OneDrive of another cloud": (
        top('my = "https://contoso-my.sharepoint.us"'),
        "my: 'https://contoso-my.sharepoint.us' is not in cloud 'worldwide'; expected https://….sharepoint.com",
    ),
    "another cloud without its addresses": (
        top('cloud = "gcch"'),
        "cloud 'gcch' needs home and my: only worldwide has defaults",
    ),
    "another cloud without OneDrive": (
        top('cloud = "gcch"\nhome = "https://portal.office365.us"'),
        "cloud 'gcch' needs my: only worldwide has defaults",
    ),
    "a host that is visited and typed into": (
        top('visit_hosts = ["STS.contoso.com"]\nsign_in_hosts = ["sts.contoso.com"]'),
        "visit_hosts: 'sts.contoso.com' is also a sign-in host; list it in only one of the two",
    ),
    "a sign-in host with a scheme": (
        top('sign_in_hosts = ["https://sts.contoso.com"]'),
        "sign_in_hosts: 'https://sts.contoso.com' is not a host name; expected a bare name such as sts.contoso.com",
    ),
    "a provider with a port": (
        GOOD + 'federated_hosts = ["sts.contoso.com:8443"]\n',
        "accounts.ana.federated_hosts: 'sts.contoso.com:8443' is not a host name; "
        "expected a bare name such as sts.contoso.com",
    ),
    "a provider with a path": (
        GOOD + 'federated_hosts = ["sts.contoso.com/adfs"]\n',
        "accounts.ana.federated_hosts: 'sts.contoso.com/adfs' is not a host name; "
        "expected a bare name such as sts.contoso.com",
    ),
    "a provider without a domain": (
        GOOD + 'federated_hosts = ["sts"]\n',
        "accounts.ana.federated_hosts: 'sts' is not a host name; expected a bare name such as sts.contoso.com",
    ),
    "a short spki": (
        GOOD + NETWORK.replace(SPKI, "AAAA="),
        "network.spki: has the wrong format; expected base64 SHA-256, 44 characters",
    ),
}
"""Bad files, and the messages that follow the file's name in the error."""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_line(written, name):
    """A bad file is refused in one line with the file, the key, what is wrong and what is allowed."""
    text, expected = BAD[name]
    with pytest.raises(InputError) as caught:
        written(text)
    assert (str(written.file), expected) == (caught.value.where, caught.value.what)
    assert f"{written.file}: {expected}" == str(caught.value)
    assert 1 == len(str(caught.value).splitlines())


def test_an_option_of_the_wrong_type_is_named_as_written(written):
    """The message contains the key as it is in the file, and no details of the check."""
    with pytest.raises(InputError) as caught:
        written(GOOD + "[options.timeout]\nx = 1\n")
    assert "options.timeout" == caught.value.what.partition(": ")[0]


@pytest.mark.parametrize(
    "literal", ["hunter2", "pass:word", "env:", "keyring:", "keyring:service", "", "prompt:", "ENV:X"]
)
@pytest.mark.parametrize(("key", "allowed"), [("password", SECRETS), ("totp", "env:NAME or keyring:SERVICE/USER")])
def test_a_literal_secret_is_refused(written, key, allowed, literal):
    """A file may only contain a reference to a secret; the message does not repeat what it contains."""
    with pytest.raises(InputError) as caught:
        written(f'{GOOD}{key} = "{literal}"\n')
    assert f"accounts.ana.{key}: a literal secret is refused; allowed: {allowed}" == caught.value.what


@pytest.mark.parametrize("literal", [":hunter2", "v:hunter2", "g:abc", "ring:a/b", "nv:hunter2"])
def test_a_secret_that_resembles_a_reference_is_refused(written, literal):
    """A literal secret that contains a colon is not a reference, whatever precedes the colon."""
    with pytest.raises(InputError, match="a literal secret is refused") as caught:
        written(f'{GOOD}password = "{literal}"\n')
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("reference", ["prompt", "env:CONTOSO", "keyring:troubleshooter/ana", "keyring:a/b/c"])
def test_a_reference_to_a_secret_is_accepted(written, reference):
    """The three kinds of reference to a password are kept as written."""
    assert reference == written(f'{GOOD}password = "{reference}"\n').accounts["ana"].password


def test_nobody_is_asked_for_a_seed(written):
    """A TOTP seed can't be given at a prompt."""
    with pytest.raises(InputError, match=r"totp: a literal secret is refused; allowed: env:NAME or keyring"):
        written(f'{GOOD}totp = "prompt"\n')


@pytest.mark.parametrize(
    ("resolve", "allowed"),
    [
        ("127.0.0.1:8443", True),
        ("localhost:1", True),
        ("[::1]:65535", True),
        ("127.0.0.1:0", False),
        ("127.0.0.1:65536", False),
        ("127.0.0.1", False),
        ("127.0.0.1:", False),
        ("127.0.0.1:http", False),
        ("127.0.0.1.evil.example:443", False),
        ("10.0.0.1:443", False),
        ("0.0.0.0:443", False),
        ("contoso.sharepoint.com:443", False),
        ("::1:443", False),
        (":443", False),
    ],
)
def test_only_the_loopback_is_resolved_to(written, resolve, allowed):
    """A lab is served on this computer, so any other address and an invalid port are refused."""
    text = GOOD + NETWORK.replace("127.0.0.1:8443", resolve)
    if allowed:
        assert resolve == written(text).network.resolve
        return
    with pytest.raises(InputError) as caught:
        written(text)
    why = f"{resolve!r} is refused; expected a loopback address and a port, such as 127.0.0.1:8443"
    assert f"network.resolve: {why}" == caught.value.what
