"""Plants canaries as password, seed, cookies and tokens; nothing that a run writes contains one, however it ends.

`LEAKS=all` tries every fault of the sandbox with every scenario, a recheck, the doctor, and as a colleague.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe

import pytest
from PIL import Image
from starlette.responses import HTMLResponse
from support import canaries
from support.left_over import files_left, processes_left

from pytest_troubleshooter import words
from troubleshooter.cli import app
from troubleshooter.redaction.sinks import SINKS
from troubleshooter.run import execute
from troubleshooter.sandbox import FAULTS, running
from troubleshooter.sandbox.hosts.login import interrupts
from troubleshooter.tenant.sandbox import SANDBOX_PASSWORD, as_toml, tenant_of

pytestmark = pytest.mark.run

CORE = "K4n4ryP4ssZq"
PASSWORD = f"a&\"<{CORE}>'/+ é"
SEED = "KRSXG5CTMVRXEZLUKRSXG5CT"
TOKEN = "T0kenK4n4ryVx"
PROXY = "Pr0xyK4n4ryWm"
CANARIES = {"password": PASSWORD, "its core": CORE, "seed": SEED, "token": TOKEN, "proxy": PROXY}
DOINGS = ("photo-differs", "add-photo", "resync-photo", "recheck", "verify", "doctor")
"""Scenarios, and the commands that access a tenant in their own way."""
USERS = "upn,page,account\n{subject},{page},ana\nstefan.tanase@contoso.com,,\n"
"""A list for `verify`: one user in a session of their own, one in a session of the account that checks."""
LEAKY = Path(__file__).parent / "support" / "leaky.py"


@dataclass
class Written:
    """Everything that a run wrote, with its exit code and its canaries."""

    code: int
    bytes: dict[str, bytes] = field(repr=False)
    canaries: dict[str, str] = field(repr=False)

    def leaks(self) -> set[tuple[str, str]]:
        """Return which canary is in which file."""
        return canaries.found_in(self.bytes, self.canaries)


def hostile(*asked: object, **values: object) -> HTMLResponse:
    """Return an unknown sign-in page that repeats the password and the session's token in every way that it can."""
    said = "".join(f"<p>{way}</p>" for way in canaries.spelled(PASSWORD) if "<" not in way)
    token = f"{TOKEN}{token_urlsafe(9)}"
    answer = HTMLResponse(
        '<!DOCTYPE html><html lang="en"><head><meta name="PageID" content="ConvergedSomethingNew"><title>New</title>'
        f'<script>var $Config={{"pgid":"ConvergedSomethingNew","sFT":"{token}","sNew":"{token}","a":["{token}"],'
        f'"urlPost":"https:\\/\\/login.microsoftonline.com\\/x?ctx={token}"}};</script></head><body>{said}'
        f'<form><input value="{token}" type=hidden name=SAMLResponse><textarea name="wresult">{token}</textarea>'
        f'<input type="hidden" name="canary" value="{token}"></form>'
        f'<a href="https://x.example/?code={token}&amp;size=S#id_token={token}">a</a>'
        f"<pre>Authorization: Bearer {token}\nCookie: ESTSAUTH={token}; a={token}\nSet-Cookie: x={token}\n</pre>"
        f'<script>var more = {{"answer":"{{\\"flowToken\\":\\"{token}\\",\\"client_info\\":\\"{token}\\"}}"}};</script>'
        "</body></html>"
    )
    answer.set_cookie("seen", token, secure=True)
    return answer


def _ended(args: list[str], where: Path, env: dict[str, str], until: str, by: str) -> tuple[int, bytes, bytes]:
    """Run the program to its end, or send it the signal `by` once a line of stderr begins with `until`.

    However it ends, it leaves no temporary file and no process.
    """
    temporary = Path(env["TMPDIR"])
    process = subprocess.Popen(
        [sys.executable, str(LEAKY), *args],
        cwd=where,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    early = b""
    if until:
        assert process.stderr
        for line in process.stderr:
            early += line
            if line.startswith(until.encode()):
                break
        # A terminal sends Ctrl-C to every process of the group.
        (os.killpg if by == "SIGINT" else os.kill)(process.pid, signal.Signals[by])
    out, err = process.communicate(timeout=240)
    assert [] == processes_left(temporary)
    assert by == "SIGKILL" or [] == files_left(temporary)  # the next run removes what a killed one left
    return process.returncode, out, early + err


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Yield a folder for temporary files whose path is as short as a computer's own, so that a socket's path fits."""
    with tempfile.TemporaryDirectory(prefix="left-") as folder:
        yield Path(folder)


@pytest.fixture
def run(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that runs the program against the sandbox, with canaries as all of its secrets."""

    def start(
        what: str,
        fault: str,
        *more: str,
        account: str = "ana",
        until: str = "",
        by: str = "SIGTERM",
        page: bool = False,
        doing: str = "photo-differs",
    ) -> Written:
        if page:
            real = interrupts.page
            monkeypatch.setattr(
                interrupts,
                "page",
                lambda asked, template, *a, **v: (hostile if "kmsi" in template else real)(asked, template, *a, **v),
            )
        with running(fault, password=PASSWORD, token_prefix=TOKEN) as box:
            where = tenant_of(box)
            text = as_toml(where)
            if not box.totp_seed:
                text = re.sub(r"(\[accounts\.ana\]\n)", r'\1totp = "env:LEAK_SEED"\n', text)
            (tmp_path / "t.toml").write_text(text)
            pages = ["--page", where.default_pages[0]]
            scenario = doing if doing in ("add-photo", "resync-photo") else "photo-differs"
            # Lab tenants use no proxy, so its URL is only recorded.
            shared = ["--proxy", f"http://ana:{PROXY}@127.0.0.1:9", *more]
            args = ["run", scenario, "--tenant", "t.toml", "--as", account, "--subject", box.subject, *pages, *shared]
            args += ["--ticket", f"INC-1 {PASSWORD} ?_oat_={TOKEN}", "--verbose"]
            if doing == "add-photo":
                Image.new("RGB", (700, 700), "#8899aa").save(tmp_path / "new.jpg")
                args += ["--allow-changes", "--photo", "new.jpg"]
            if doing == "pytest":
                (tmp_path / "test_leak.py").write_text("def test_it(photo_check): assert photo_check().in_sync")
                args = [
                    "pytest",
                    "test_leak.py",
                    "-p",
                    "pytest_troubleshooter",
                    "-p",
                    "no:cacheprovider",
                    "--showlocals",
                ]
                args += ["--photo-tenant", "t.toml", "--photo-as", account, "--photo-ticket", f"INC-1 {PASSWORD}"]
            if doing == "verify":
                users = USERS.format(subject=box.subject, page=where.default_pages[0])
                (tmp_path / "users.csv").write_text(users, encoding="utf-8")
                args = ["verify", "users.csv", "--tenant", "t.toml", "--as", "helpdesk", "--workers", "1", *shared]
                args += ["--depth", "quick", "--ticket", f"INC-1 {PASSWORD} ?_oat_={TOKEN}", "--verbose"]
            if doing == "doctor":
                args = ["doctor", "--tenant", "t.toml", *shared]
            env = {SANDBOX_PASSWORD: PASSWORD, "LEAK_PASSWORD": PASSWORD, "LEAK_SEED": SEED}
            env |= {name: secret.reveal() for name, secret in where.known_secrets.items()}
            if doing == "pytest":
                env |= {"TROUBLESHOOTER_PROXY": shared[1], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
            env |= {"TMPDIR": str(temporary), "DEBUG": "pw:*", "PYTHONPATH": str(Path(__file__).parents[1])}
            code, out, err = _ended([what, *args], tmp_path, env, until, by)
            if doing == "recheck":
                first = next(path.name for path in (tmp_path / "reports").iterdir() if path.is_dir())
                code, *again = _ended([what, "recheck", f"reports/{first}", "--verbose", *more], tmp_path, env, "", by)
                out, err = out + again[0], err + again[1]
            assert any(TOKEN in entry.query for entry in box.journal.requests), "no token was planted"
        written = canaries.files_in(tmp_path / "reports") | {"stdout": out, "stderr": err}
        assert doing == "doctor" or any(name.endswith("record.json") for name in written), err.decode()
        own = {name: secret.reveal() for name, secret in where.known_secrets.items()}
        return Written(code, written, CANARIES | own)

    return start


@pytest.mark.parametrize(
    ("what", "fault", "more", "code"),
    [
        ("nothing", "healthy", {}, 0),
        ("nothing", "wrong-password", {}, 3),
        ("nothing", "healthy", {"page": True}, 3),
        ("crash", "healthy", {}, 70),
        ("nothing", "healthy", {"until": "B2"}, 4),
        ("nothing", "healthy", {"until": "B2", "by": "SIGINT"}, 130),
        ("nothing", "healthy", {"until": "B2", "by": "SIGKILL"}, -9),
        ("nothing", "upload-popup", {"doing": "add-photo"}, 4),
        ("nothing", "stale-copy", {"doing": "resync-photo"}, 4),
        ("nothing", "mfa-totp", {"doing": "recheck"}, 0),
        ("nothing", "healthy", {"doing": "verify"}, 0),
        ("nothing", "wrong-password", {"doing": "verify"}, 3),
        ("nothing", "wrong-password", {"doing": "doctor"}, 3),
        ("crash", "healthy", {"doing": "pytest", "account": "helpdesk"}, 1),
    ],
    ids=[
        *("in sync, as JSON", "wrong password", "unknown screen", "crash in a step", "SIGTERM", "Ctrl-C", "killed"),
        *("a photo added", "a copy renewed", "the same again"),
        *("many users", "many users, wrong password", "the doctor", "pytest"),
    ],
)
def test_no_secret_is_written(what: str, fault: str, more: dict[str, object], code: int, run):
    """However a run ends, no canary is in any file, file name or line that it writes, in any spelling."""
    written = run(what, fault, *(["--json"] if not more else []), **more)
    assert code == written.code, written.bytes["stderr"].decode()
    assert set() == written.leaks()
    everything = b"".join(written.bytes.values())
    assert [] == re.findall(rb"login_hint=(?!\xe2\x80\xa2)[^&\s]+", everything)
    assert b"pw:" not in written.bytes["stderr"]
    named = {name for name in written.bytes if "popescu" in name}
    assert bool(named) == (more.get("doing") == "verify")  # users' own folders among many


WHERE = {
    "record": r"/(record|manifest)\.json$|^index\.(json|html)$",
    "report": r"/index\.html$",
    "log": r"/log\.txt$",
    "page": r"\.sign-in\.html$",
    "console": r"^stderr$",
    "addresses": r"/(record\.json|manifest\.json|index\.html)$|^index\.(json|html)$",
    "pytest": r"^stdout$",
}
"""Every sink, and a pattern for the files into which it lets text; two files repeat what records say."""


def test_every_sink_is_tried():
    """The sinks of the loaded program are exactly those that are switched off below."""
    assert execute.run
    assert app
    assert words.said
    assert WHERE.keys() == SINKS.names()


@pytest.mark.parametrize("sink", WHERE)
def test_the_search_finds_what_one_sink_lets_through(sink: str, run):
    """With one sink switched off, the same search finds canaries in that sink's files and nowhere else."""
    as_pytest = {"doing": "pytest", "account": "helpdesk"} if sink == "pytest" else {}
    found = run(sink, "healthy", page=sink not in ("console", "pytest"), **as_pytest).leaks()
    assert {re.search(WHERE[sink], place.split("!")[0]) is not None for _, place in found} == {True}, found


@pytest.mark.parametrize(("doing", "account"), [*((doing, "ana") for doing in DOINGS), ("photo-differs", "helpdesk")])
@pytest.mark.parametrize("fault", FAULTS if os.environ.get("LEAKS") == "all" else ())
def test_no_secret_is_written_whatever_the_fault(fault: str, doing: str, account: str, run):
    """No secret is written under any fault: in each scenario as the user, a recheck, the doctor, or as a colleague."""
    written = run("nothing", fault, "--timeout", "6", account=account, doing=doing)
    assert written.code in (0, 1, 3, 4), written.bytes["stderr"].decode()
    assert set() == written.leaks()
