"""Each option's single declaration decides what it allows, where it may be given and what the record keeps."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.cli.options import COMMON, Output, merged
from troubleshooter.errors import InputError
from troubleshooter.redaction.secret import Secret
from troubleshooter.run.options import validated
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest, RunSettings
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.tenant import Tenant

TENANT = Tenant(
    name="Contoso",
    home="https://www.office.com",
    sharepoint="https://contoso.sharepoint.com",
    my="https://contoso-my.sharepoint.com",
    cloud="worldwide",
    sign_in_hosts=(),
    accounts={"ana": Account(username="Ana@contoso.com", password="env:ANA")},
    known_secrets={"ANA": Secret("swordfish")},
)
ROOT = Path(__file__).parents[2]
PAGE = "https://contoso.sharepoint.com/sites/hr/SitePages/Team.aspx"

WRONG = {
    "lang": ("xx", "--lang: 'xx'; allowed: en, ro"),
    "browser": ("lynx", "--browser: 'lynx'; allowed: chrome, msedge, chromium"),
    "sign_in": ("somehow", "--sign-in: 'somehow'; allowed: auto, interactive"),
    "timeout": (0.0, "--timeout: 0; expected seconds, more than 0 and at most 3600"),
    "max_time": (-1.0, "--max-time: -1; expected seconds, more than 0 and at most 3600"),
    "executable": ("nowhere", "--executable: nowhere is not a file; expected the program of a browser"),
    "changed_at": ("soon", "--changed-at: 'soon' is not a valid time; expected a past time such as 2026"),
    "ui_locale": ("zz-@@", "--ui-locale: 'zz-@@' is not a language tag; expected one such as ro-RO"),
    "surfaces": ("default,,", "--surfaces: 'default,,' contains an empty name; expected names separated by commas"),
    "proxy": ("http://ana:swordfish@", "--proxy: not a valid proxy; expected HOST:PORT"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_names_its_option(name: str):
    """A wrong value gives one line with its option and what is expected; a proxy's password is not repeated."""
    value, expected = WRONG[name]
    with pytest.raises(InputError) as refused:
        validated(RunSettings, {name: value})
    assert str(refused.value).startswith(expected)
    assert "swordfish" not in str(refused.value)


def test_a_time_in_the_future_is_refused():
    """A time of change in the future is refused, unless it is only minutes ahead of the clock."""
    near, far = (datetime.now(UTC) + timedelta(minutes=minutes) for minutes in (2, 20))
    assert near == validated(RunSettings, {"changed_at": near.isoformat()}).changed_at
    with pytest.raises(InputError, match="is in the future"):
        validated(RunSettings, {"changed_at": far.isoformat()})


def test_signing_in_by_hand_needs_somebody():
    """`--sign-in interactive` shows the browser, and excludes `--non-interactive`."""
    by_hand = {"sign_in": "interactive"}
    with pytest.raises(InputError, match=r"^--sign-in: interactive needs somebody to sign in; leave out --non-inter"):
        validated(RunSettings, {**by_hand, "non_interactive": True})
    assert validated(RunSettings, by_hand).in_window
    assert not validated(RunSettings, {}).in_window


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"colour": "red"},
            "t.toml: options.colour: no such option. Allowed: allow-changes, also, also-profile, browser",
        ),
        ({"langs": "ro"}, "t.toml: options.langs: no such option. Did you mean 'lang'? Allowed: "),
        ({"subject": "ana@contoso.com"}, "t.toml: options.subject: no such option"),
        ({"timeout": "long"}, "t.toml: options.timeout: 'long' is not allowed; expected a number"),
        ({"timeout": True}, "t.toml: options.timeout: True is not allowed; expected a number"),
        ({"headed": "yes"}, "t.toml: options.headed: 'yes' is not allowed; expected true or false"),
        ({"ticket": 4711}, "t.toml: options.ticket: 4711 is not allowed; expected a string"),
        ({"ui-locale": "ro", "ui_locale": "en"}, "t.toml: options.ui_locale: given twice, also as ui-locale; expected"),
        ({"lang": ["ro"]}, "t.toml: options.lang: ['ro'] is not allowed; expected a string"),
    ],
)
def test_a_tenant_file_is_checked_by_the_same_declaration(options: dict[str, object], expected: str):
    """A tenant file may set any option, with the option's type, except those that say what to run."""
    with pytest.raises(InputError) as refused:
        merged({}, options, "t.toml")
    assert str(refused.value).startswith(expected)


def test_a_tenant_file_may_set_every_common_option():
    """A tenant file may set every common option by its long name, with - or _; the command line takes precedence."""
    samples = {bool: True, float: 7, Path: "x", str: "en"}
    named = {option.key: samples[option.type] for option in COMMON}
    assert {option.name for option in COMMON} == set(merged({}, named, "t.toml"))
    assert {"show_others": True} == merged({}, {"show_others": True}, "t.toml")
    both = merged({"timeout": 5.0}, {"timeout": 7, "surfaces": ["userphoto-s", "Default"], "json": True}, "t.toml")
    assert (5.0, ("userphoto-s", "default")) == (
        validated(RunSettings, both).timeout,
        validated(RunSettings, both).surfaces,
    )
    assert Output(as_json=True) == validated(Output, both)


def test_the_record_keeps_what_a_second_run_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The recorded inputs contain absolute paths and all defaults, but no secret."""
    monkeypatch.chdir(tmp_path)
    Path("contoso.toml").touch()
    request = RunRequest(scenario="resync-photo", tenant="contoso.toml", account="ana", changed_at="2026-11-22 10:41Z")
    assert {
        "scenario": "resync-photo",
        "tenant": str(tmp_path / "contoso.toml"),
        "account": "ana",
        "subject": "ana@contoso.com",
        "pages": [],
        "expect": None,
        "photo": None,
        "allow_changes": False,
        "strict": False,
        "surfaces": ["default"],
        "also_profile": None,
        "changed_at": "2026-11-22T10:41:00.000Z",
        "lang": "en",
        "ticket": None,
        "show_others": False,
        "browser": None,
        "executable": None,
        "headed": False,
        "sign_in": "auto",
        "ui_locale": None,
        "timeout": 30.0,
        "max_time": 180.0,
        "proxy": None,
        "locators": None,
    } == prepare(request, TENANT, SCENARIOS).inputs()


def test_every_input_is_recorded_as_it_was_given(tmp_path: Path):
    """Inputs are recorded as they were given: `sandbox` as a name, and `headed` if a person signs in by hand."""
    given = {
        "pages": (PAGE,), "surfaces": "all", "lang": "ro", "ticket": "INC-1", "show_others": True, "browser": "msedge",
        "executable": sys.executable, "sign_in": "interactive", "ui_locale": "ro-RO", "timeout": 5, "proxy": "h:1",
    }  # fmt: skip
    request = RunRequest(scenario="photo-differs", tenant="sandbox", subject="Mia@contoso.com", account="ana", **given)
    inputs = prepare(request, TENANT, SCENARIOS).inputs()
    same = given | {"pages": [PAGE], "surfaces": ["all"], "headed": True, "tenant": "sandbox", "account": "ana"}
    assert same | {"subject": "mia@contoso.com"} == {name: inputs[name] for name in (*same, "subject")}


def test_the_record_keeps_a_proxy_without_its_password():
    """A second run takes it from the command line or the environment again."""
    given = {"scenario": "photo-differs", "tenant": "sandbox", "account": "ana", "pages": (PAGE,)}
    request = RunRequest(**given, proxy="http://ana:swordfish@proxy.example:8080")
    assert "http://proxy.example:8080" == prepare(request, TENANT, SCENARIOS).inputs()["proxy"]
    assert "swordfish" in prepare(request, TENANT, SCENARIOS).browser.proxy.settings().values()


def test_a_proxy_of_the_environment_is_checked_before_anything_runs(monkeypatch: pytest.MonkeyPatch):
    """Its password is masked from then on."""
    request = RunRequest(scenario="photo-differs", tenant="sandbox", account="ana", pages=(PAGE,))
    monkeypatch.setenv("HTTPS_PROXY", "http://ana:sword%21fish@proxy.example:8080")
    assert "••• •••" == prepare(request, TENANT, SCENARIOS).redactor.redact("sword!fish sword%21fish")
    monkeypatch.setenv("https_proxy", "socks5://ana:swordfish@proxy.example:8080")
    with pytest.raises(InputError) as error:
        prepare(request, TENANT, SCENARIOS)
    assert "https_proxy" == error.value.where


ROW = """    colour: Annotated[str | None, Option("The colour of the report.", metavar="NAME", repeated=True)] = None

"""
BEFORE = """    @property
    def interactive(self)"""
WITH_ROW = """
import importlib.util, sys
from pathlib import Path
from types import SimpleNamespace

import typer
from typer.testing import CliRunner

name, row, before = sys.argv[1:]
spec = importlib.util.find_spec(name)
source = Path(spec.origin).read_text(encoding="utf-8")
assert 1 == source.count(before), "the place of the new row is gone"
module = sys.modules[name] = importlib.util.module_from_spec(spec)
exec(compile(source.replace(before, row + before), spec.origin, "exec"), module.__dict__)

from tests.run.test_options import SCENARIOS, TENANT, merged, prepare, validated
from troubleshooter.cli import app
from troubleshooter.cli.options import COMMON, with_options
from troubleshooter.run.recheck import Earlier

for command in ("run", "demo", "recheck"):
    print(CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output)
probe = typer.Typer()
probe.command()(with_options(COMMON)(lambda given: print("given:", given)))
for args, env in ((["--colour", "red"], {}), ([], {"TROUBLESHOOTER_COLOUR": "red"})):
    print(CliRunner().invoke(probe, args, env=env).output)
values = {"scenario": "photo-differs", "tenant": "sandbox", "account": "ana", **merged({}, {"colour": "red"}, "t.toml")}
inputs = prepare(validated(module.RunRequest, values), TENANT, SCENARIOS).inputs()
print("recorded:", inputs["colour"])
print("repeated:", Earlier(None, SimpleNamespace(inputs=inputs)).options()["colour"])
"""


def test_an_option_is_one_row():
    """One more row in the request adds the option to the help, the command line, the environment, a tenant file, the
    record's inputs and `recheck`."""
    script = [sys.executable, "-c", WITH_ROW, "troubleshooter.run.request", ROW, BEFORE]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "" == done.stderr
    assert 3 == len(
        re.findall(r"--colour +NAME +The colour of the report. \[env var: TROUBLESHOOTER_COLOUR\]", done.stdout)
    )
    assert 2 == done.stdout.count("given: {'colour': 'red'}")
    assert done.stdout.endswith("recorded: red\nrepeated: red\n")


@pytest.mark.parametrize(
    "given", [{"subject": "a\udcff@contoso.com"}, {"pages": ("https://x/\udcff",)}, {"ticket": "\udcff"}]
)
def test_bytes_that_are_not_text_are_refused(given: dict[str, object]):
    """What a shell passes in another encoding is refused before it reaches an address or a file."""
    with pytest.raises(InputError, match="not text in this computer's encoding; expected UTF-8"):
        validated(RunRequest, {"tenant": "sandbox", **given})
