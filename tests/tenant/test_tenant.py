"""A tenant file is checked whole before anything runs, and says in one line what is wrong and what is allowed."""

import tomllib
from pathlib import Path

import pytest

from troubleshooter.errors import InputError
from troubleshooter.redaction.secret import Secret
from troubleshooter.tenant.file import Account, Network
from troubleshooter.tenant.open import opened, read_tenant
from troubleshooter.tenant.sandbox import as_toml, steer
from troubleshooter.tenant.tenant import Tenant

ACCOUNT = '[accounts.ana]\nusername = "ana@contoso.com"\n'
GOOD = f'name = "Contoso"\nsharepoint = "https://contoso.sharepoint.com"\n\n{ACCOUNT}'
SPKI = "A" * 43 + "="
NETWORK = f'[network]\nresolve = "127.0.0.1:8443"\nspki = "{SPKI}"\n'
TOP_KEYS = "name, home, sharepoint, my, cloud, sign_in_hosts, accounts, options, network"
SECRETS = "env:NAME, keyring:SERVICE/USER or prompt"


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a tenant file and reads it."""
    file = tmp_path / "contoso.toml"

    def write(text: str) -> Tenant:
        file.write_text(text, encoding="utf-8")
        return read_tenant(file)

    write.file = file
    return write


def top(line: str) -> str:
    return f"{line}\n{GOOD}"


def swapped(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_the_smallest_file_has_every_default(written):
    """A name, SharePoint and one account are enough: the rest is derived."""
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


def test_a_whole_file_is_read(written):
    """Every key of the contract's example is taken as written, hosts in lower case."""
    tenant = written(
        'name = "Contoso"\nhome = "https://Portal.Office.com/"\nsharepoint = "https://Contoso.SharePoint.com"\n'
        'my = "https://contoso-home.sharepoint.com"\ncloud = "worldwide"\nsign_in_hosts = ["Login.Partner.example"]\n'
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
    assert {"helpdesk": account} == tenant.accounts
    assert {"timeout": 45, "lang": "ro", "headed": True} == tenant.options
    assert Network(resolve="127.0.0.1:8443", spki=SPKI, sandbox="stale-copy") == tenant.network
    assert "stale-copy" == tenant.sandbox


def test_a_lab_without_a_fault_says_so(written):
    """A tenant file with `[network]` that names no fault is a lab's, never a real tenant's."""
    assert "lab" == written(GOOD + NETWORK).sandbox


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
    """With its own home and OneDrive, a tenant of another cloud is read, and signs in at that cloud's hosts."""
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
    "an account that is no table": (
        top('accounts = { ana = "x" }').split("[accounts")[0],
        "accounts.ana: is not allowed; allowed: a table, such as [accounts.helpdesk]",
    ),
    "a host that is no list": (
        GOOD + 'federated_hosts = "adfs.contoso.com"\n',
        "accounts.ana.federated_hosts: is not allowed; allowed: a list of texts",
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
    "a username that is none": (
        swapped('"ana@contoso.com"', '"ana"'),
        "accounts.ana.username: is not of the right form: an address such as ana@contoso.com",
    ),
    "an unknown cloud": (
        top('cloud = "mars"'),
        "cloud: Input should be 'worldwide', 'gcch', 'dod' or 'china'",
    ),
    "SharePoint without https": (
        swapped("https://contoso.", "http://contoso."),
        "sharepoint: 'http://contoso.sharepoint.com' is not an address; allowed: https://HOST, without a path",
    ),
    "SharePoint without a scheme": (
        swapped("https://contoso.", "contoso."),
        "sharepoint: 'contoso.sharepoint.com' is not an address; allowed: https://HOST, without a path",
    ),
    "SharePoint with a path": (
        swapped(".sharepoint.com", ".sharepoint.com/sites/News"),
        "sharepoint: 'https://contoso.sharepoint.com/sites/News' is not an address; "
        "allowed: https://HOST, without a path",
    ),
    "SharePoint with a user": (
        swapped("https://contoso.", "https://ana@contoso."),
        "sharepoint: 'https://ana@contoso.sharepoint.com' is not an address; allowed: https://HOST, without a path",
    ),
    "home with a query": (
        top('home = "https://www.office.com?x=1"'),
        "home: 'https://www.office.com?x=1' is not an address; allowed: https://HOST, without a path",
    ),
    **{
        f"an address with {what}": (
            top(f'home = "{address}"'),
            f"home: {address!r} is not an address; allowed: https://HOST, without a path",
        )
        for what, address in {
            "a port that is no number": "https://www.office.com:abc",
            "a port that is none": "https://www.office.com:70000",
            "a dot at its end": "https://www.office.com.",
            "a fragment": "https://www.office.com#x",
            "a bracket": "https://[www.office.com",
        }.items()
    },
    **{
        f"a host with {what}": (
            GOOD + f'federated_hosts = ["{host}"]\n',
            f"accounts.ana.federated_hosts: {host!r} is not a host name; allowed: a bare name such as sts.contoso.com",
        )
        for what, host in {
            "a star": "*.contoso.com",
            "a dot at its end": "sts.contoso.com.",
            "a space": "a b.c",
            "nothing but dots": "..",
            "letters of another script": "sts.cöntoso.com",
            "a hyphen at its end": "sts-.contoso.com",
        }.items()
    },
    "an empty OneDrive": (top('my = ""'), "my: '' is not an address; allowed: https://HOST, without a path"),
    "SharePoint of nobody": (
        swapped("contoso.sharepoint.com", "contoso.sharepoint.com.evil.example"),
        "sharepoint: 'https://contoso.sharepoint.com.evil.example' is not of cloud 'worldwide'; "
        "allowed: https://….sharepoint.com",
    ),
    "OneDrive of another cloud": (
        top('my = "https://contoso-my.sharepoint.us"'),
        "my: 'https://contoso-my.sharepoint.us' is not of cloud 'worldwide'; allowed: https://….sharepoint.com",
    ),
    "another cloud without its addresses": (
        top('cloud = "gcch"'),
        "cloud 'gcch' needs home and my: only worldwide has defaults",
    ),
    "another cloud without OneDrive": (
        top('cloud = "gcch"\nhome = "https://portal.office365.us"'),
        "cloud 'gcch' needs my: only worldwide has defaults",
    ),
    "a sign-in host with a scheme": (
        top('sign_in_hosts = ["https://sts.contoso.com"]'),
        "sign_in_hosts: 'https://sts.contoso.com' is not a host name; allowed: a bare name such as sts.contoso.com",
    ),
    "a provider with a port": (
        GOOD + 'federated_hosts = ["sts.contoso.com:8443"]\n',
        "accounts.ana.federated_hosts: 'sts.contoso.com:8443' is not a host name; "
        "allowed: a bare name such as sts.contoso.com",
    ),
    "a provider with a path": (
        GOOD + 'federated_hosts = ["sts.contoso.com/adfs"]\n',
        "accounts.ana.federated_hosts: 'sts.contoso.com/adfs' is not a host name; "
        "allowed: a bare name such as sts.contoso.com",
    ),
    "a provider without a domain": (
        GOOD + 'federated_hosts = ["sts"]\n',
        "accounts.ana.federated_hosts: 'sts' is not a host name; allowed: a bare name such as sts.contoso.com",
    ),
    "a short spki": (
        GOOD + NETWORK.replace(SPKI, "AAAA="),
        "network.spki: is not of the right form: base64 SHA-256, 44 characters",
    ),
}
"""What is wrong with a file: its text, and the message behind the file's name."""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_line(written, name):
    """The message says the file, the key, what is wrong and what is allowed, in one line."""
    text, expected = BAD[name]
    with pytest.raises(InputError) as caught:
        written(text)
    assert (str(written.file), expected) == (caught.value.where, caught.value.what)
    assert f"{written.file}: {expected}" == str(caught.value)
    assert 1 == len(str(caught.value).splitlines())


def test_an_option_of_the_wrong_kind_is_named_as_written(written):
    """The key in the message is the file's key, and no part of how it is checked."""
    with pytest.raises(InputError) as caught:
        written(GOOD + "[options.timeout]\nx = 1\n")
    assert "options.timeout" == caught.value.what.partition(": ")[0]


@pytest.mark.parametrize(
    "literal", ["hunter2", "pass:word", "env:", "keyring:", "keyring:service", "", "prompt:", "ENV:X"]
)
@pytest.mark.parametrize(("key", "allowed"), [("password", SECRETS), ("totp", "env:NAME or keyring:SERVICE/USER")])
def test_a_literal_secret_is_refused(written, key, allowed, literal):
    """Only a reference to a secret may stand in a file, and the message does not repeat what stood there."""
    with pytest.raises(InputError) as caught:
        written(f'{GOOD}{key} = "{literal}"\n')
    assert f"accounts.ana.{key}: a literal secret is refused; allowed: {allowed}" == caught.value.what


@pytest.mark.parametrize("literal", [":hunter2", "v:hunter2", "g:abc", "ring:a/b", "nv:hunter2"])
def test_a_secret_that_resembles_a_reference_is_refused(written, literal):
    """A literal secret with a colon in it is no reference, whatever stands before the colon."""
    with pytest.raises(InputError, match="a literal secret is refused") as caught:
        written(f'{GOOD}password = "{literal}"\n')
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("reference", ["prompt", "env:CONTOSO", "keyring:troubleshooter/ana", "keyring:a/b/c"])
def test_a_reference_to_a_secret_is_taken(written, reference):
    """The three ways in which a password may be named are kept as written."""
    assert reference == written(f'{GOOD}password = "{reference}"\n').accounts["ana"].password


def test_nobody_is_asked_for_a_seed(written):
    """A TOTP seed is not typed at a prompt."""
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
def test_only_loopback_is_resolved_to(written, resolve, allowed):
    """A lab is served on this computer: any other address is refused, and so is a port that is none."""
    text = GOOD + NETWORK.replace("127.0.0.1:8443", resolve)
    if allowed:
        assert resolve == written(text).network.resolve
        return
    with pytest.raises(InputError) as caught:
        written(text)
    why = f"{resolve!r} is refused; allowed: a loopback address and a port, such as 127.0.0.1:8443"
    assert f"network.resolve: {why}" == caught.value.what


def test_a_file_that_is_not_there(tmp_path):
    """The option is named, with the file and the system's reason."""
    with pytest.raises(InputError) as caught:
        read_tenant(tmp_path / "none.toml")
    why = f"{tmp_path / 'none.toml'}: No such file or directory; expected a readable TOML file"
    assert ("--tenant", why) == (caught.value.where, caught.value.what)


@pytest.mark.parametrize("data", [b"name = ", b"\xff\xfe", b"a = 1\na = 2"])
def test_a_file_that_is_not_toml(tmp_path, data):
    """What can't be parsed is refused in one line."""
    file = tmp_path / "contoso.toml"
    file.write_bytes(data)
    with pytest.raises(InputError, match="not TOML: ") as caught:
        read_tenant(file)
    assert str(file) == caught.value.where
    assert 1 == len(str(caught.value).splitlines())


def test_an_account_is_found_by_its_name(written):
    """The account of that name is given; for another one the message says which there are."""
    tenant = written(GOOD + '[accounts.helpdesk]\nusername = "helpdesk@contoso.com"\n')
    assert "helpdesk@contoso.com" == tenant.account("helpdesk").username
    with pytest.raises(InputError) as caught:
        tenant.account("helpdeks")
    why = f"{written.file} has no account 'helpdeks'. Did you mean 'helpdesk'? Allowed: ana, helpdesk."
    assert ("--as", why) == (caught.value.where, caught.value.what)


def test_each_account_has_its_own_hosts(written):
    """An identity provider is typed into for the account that names it, and for no other."""
    tenant = written(f'{GOOD}federated_hosts = ["sts.contoso.com"]\n[accounts.radu]\nusername = "radu@contoso.com"\n')
    url = "https://sts.contoso.com/adfs/ls"
    allowed = {name: tenant.hosts(account).may_type(url) for name, account in tenant.accounts.items()}
    assert {"ana": True, "radu": False} == allowed
    assert not tenant.hosts().may_type(url)
    assert [True] * 3 == [tenant.hosts().may_visit(address) for address in (tenant.home, tenant.sharepoint, tenant.my)]


SANDBOX = Tenant(
    name="Contoso",
    home="https://www.office.com",
    sharepoint="https://contoso.sharepoint.com",
    my="https://contoso-my.sharepoint.com",
    cloud="worldwide",
    sign_in_hosts=(),
    accounts={"ana": Account(username="ana@contoso.com", password="env:TROUBLESHOOTER_SANDBOX_PASSWORD")},
    network=Network(resolve="127.0.0.1:8443", spki=SPKI, sandbox="stale-copy"),
    known_secrets={"TROUBLESHOOTER_SANDBOX_PASSWORD": Secret("hunter2-hunter2")},
)


def test_a_written_tenant_is_read_again(written):
    """The file that `sandbox serve` writes leads back to the same tenant, and holds no secret."""
    text = as_toml(SANDBOX)
    assert "hunter2" not in text
    tenant = written(text)
    for key in ("name", "home", "sharepoint", "my", "accounts", "network", "sandbox"):
        assert getattr(SANDBOX, key) == getattr(tenant, key)
    assert {"name", "home", "sharepoint", "my", "accounts", "network"} == tomllib.loads(text).keys()


def test_a_tenants_print_shows_no_secret():
    """Whoever prints a tenant prints no password."""
    assert "hunter2" not in repr(SANDBOX)


@pytest.mark.parametrize("network", ["", NETWORK])
def test_only_a_sandbox_is_steered(written, network):
    """A real tenant, and a lab that names no fault, are left alone."""
    with pytest.raises(InputError) as caught:
        steer(written(GOOD + network), "advance", seconds=60)
    why = f"{written.file} is not a sandbox's; allowed: a file that `sandbox serve` wrote"
    assert ("--tenant", why) == (caught.value.where, caught.value.what)


def test_a_file_is_opened_as_a_tenant(written):
    """What names no sandbox names a file."""
    expected = written(GOOD)
    with opened(str(written.file)) as tenant:
        assert expected == tenant


def test_an_unknown_fault_is_refused():
    """The message offers the nearest fault, and nothing is started."""
    with pytest.raises(InputError) as caught, opened("sandbox:stale-cpy"):
        pass
    assert "sandbox" == caught.value.where
    assert caught.value.what.startswith("no fault 'stale-cpy'. Did you mean 'stale-copy'? Allowed: ")


def test_a_file_named_like_a_sandbox_is_a_file(tmp_path, monkeypatch):
    """`sandbox.toml` is a file's name."""
    monkeypatch.chdir(tmp_path)
    Path("sandbox.toml").write_text(GOOD, encoding="utf-8")
    with opened("sandbox.toml") as tenant:
        assert ("Contoso", None) == (tenant.name, tenant.sandbox)
