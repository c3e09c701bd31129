"""What reaches a terminal: nothing in a name, a title or an address makes it act, or fakes a line of the product's."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.cli.console import Log, answer_path, guarded, say
from troubleshooter.cli.options import Output
from troubleshooter.cli.progress import conclude, watching
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.diagnose import diagnosed, judged
from troubleshooter.errors import InputError, InputErrors
from troubleshooter.model.enums import StepStatus
from troubleshooter.model.locators import FoundBy, LocatorMatch
from troubleshooter.model.message import message
from troubleshooter.model.records import Step, Stop
from troubleshooter.run.runner import PlannedStep
from troubleshooter.scenario import StepDefinition
from troubleshooter.signin.operator import Task

from ..diagnose.records import record
from ..run.runs import NOON, made

EVIL = "a\x1b[2J\x9b31m\u202e\x7f\nVerdict: in-sync\r\u2028b"
SAFE = r"a\u001b[2J\u009b31m\u202e\u007f\nVerdict: in-sync\r\u2028b"


class Terminal(io.StringIO):
    """A terminal that keeps what it gets."""

    def isatty(self) -> bool:
        return True


def is_safe(text: str) -> bool:
    """Return whether none of what EVIL would do is in `text`."""
    return not any(part in text for part in ("\x1b[2J", "\x9b", "\u202e", "\x7f", "\nVerdict: in-sync", "\r\u2028"))


def step() -> Step:
    """Return the record of a step whose title and note hold what a page said."""
    said = message("{page}", page=EVIL)
    return Step(id="b4", article_step="B4", title=said.text, status=StepStatus.FAILED, note=said)


def test_a_line_is_one_line(capsys: pytest.CaptureFixture[str]):
    """Whatever is in it."""
    say(EVIL)
    assert f"{SAFE}\n" == capsys.readouterr().err


def test_a_run_on_a_terminal_is_safe(monkeypatch: pytest.MonkeyPatch):
    """The progress display, its lines, what the operator is asked, and the result."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv("TERM", "xterm")

    async def nothing(step: object) -> None:
        """Do nothing."""

    operator = AtTerminal()
    definition = StepDefinition("b4", "B4", "{page}", nothing)
    with watching(Output(), operator) as observer:
        observer.begin(PlannedStep(definition, "b4", message("{page}", page=EVIL)))
        for left in (90, 80):
            operator.show(Task(message("{user}", user=EVIL)), left)
        observer.done(step())
    said = message("{host}", host=EVIL)
    conclude(record(stop=Stop(step="b4", what=said, help=said, code=EVIL), sandbox=EVIL), verbose=True)
    text = terminal.getvalue()
    assert is_safe(text), repr(text)
    assert "\x1b[?25l" in text, "the display is shown"
    assert 4 <= text.count(SAFE)


def test_errors_logs_and_tracebacks_are_safe(capsys: pytest.CaptureFixture[str]):
    """What is wrong in a file, what a library logs, and a defect whose text comes from a page."""

    @guarded
    def refuse() -> None:
        raise InputError(EVIL, EVIL)

    @guarded
    def fail() -> None:
        raise RuntimeError(EVIL)

    for command in (refuse, fail):
        with pytest.raises(typer.Exit):
            command()
    Log().emit(logging.LogRecord("x", logging.WARNING, "x", 1, EVIL, None, None))
    text = capsys.readouterr().err
    assert is_safe(text)
    assert f"troubleshooter: {SAFE}: {SAFE}\n" in text


def test_the_end_of_the_driver_is_no_news(capsys: pytest.CaptureFixture[str]):
    """What asyncio says of calls that Ctrl-C cut off is left out; other exceptions that nobody awaited are printed."""
    for text in ("Connection closed while reading from the driver", "something else"):
        error = Exception(text)
        never = logging.LogRecord("asyncio", logging.ERROR, "x", 1, "never retrieved", None, (Exception, error, None))
        Log().emit(never)
    assert "driver" not in (shown := capsys.readouterr().err)
    assert "something else" in shown


def test_a_file_that_was_added_to_a_run_cannot_fake_a_line(tmp_path: Path):
    """`report` names what does not match the manifest, whatever its name is."""
    run = made(tmp_path, NOON)
    run.folder.seal()
    (run.folder.path / EVIL.replace("/", "")).touch()
    done = CliRunner().invoke(app, ["report", str(run.folder.path)])
    assert is_safe(done.stderr)
    assert SAFE in done.stderr


@pytest.mark.parametrize("args", [[EVIL], ["demo", f"--{EVIL}"], ["demo", EVIL], ["sandbox", EVIL]])
def test_wrong_usage_is_safe(args: list[str]):
    """Also where typer says what is wrong."""
    assert is_safe(CliRunner().invoke(app, args).stderr)


def test_a_record_as_json_is_safe_and_the_same(tmp_path: Path):
    """`--json` escapes what a terminal would act on; whoever reads it gets what the record holds."""
    run = made(tmp_path, NOON, subject_name=EVIL)
    run.folder.seal()
    out = CliRunner().invoke(app, ["report", str(run.folder.path), "--json"]).stdout
    assert is_safe(out)
    assert EVIL == type(run.record).model_validate_json(out).subject_name


def test_a_path_stays_usable_where_a_program_reads_it(capsys: pytest.CaptureFixture[str], monkeypatch):
    """A family emoji in a folder's name is joined by a format character: a pipe gets it, a terminal does not."""
    path = "reports/👩\u200d👧/index.html"
    answer_path(path)
    assert f"{path}\n" == capsys.readouterr().out
    stream = Terminal()
    monkeypatch.setattr("sys.stdout", stream)
    answer_path(path)
    assert "reports/👩\\u200d👧/index.html\n" == stream.getvalue()


def test_the_verdict_of_a_record_is_printed_from_its_own_field(capsys: pytest.CaptureFixture[str]):
    """Causes and texts of a stored record can add no line."""
    conclude(diagnosed(judged(record(ticket=EVIL))), verbose=False)
    assert 1 == sum(line.startswith("Verdict:") for line in capsys.readouterr().err.splitlines())


def test_the_result_says_which_repairs_were_used(capsys: pytest.CaptureFixture[str]):
    """The ids of the elements that selectors of the user's file found, and the file's name."""
    repaired = LocatorMatch(id="home.waffle", by=FoundBy.REPAIR, selector="#new", position=0)
    conclude(record(locators=(repaired,), inputs={"locators": f"/t/{EVIL}.toml"}), verbose=False)
    assert f"Found by selectors of {SAFE}.toml: home.waffle.\n" in capsys.readouterr().err
    conclude(record(), verbose=False)
    assert "Found by" not in capsys.readouterr().err


def test_an_error_about_a_long_text_is_short(capsys: pytest.CaptureFixture[str]):
    """An error that repeats a long input keeps its beginning, which says where, and its end, which says what to do."""

    @guarded
    def fails() -> None:
        raise InputError("--page", f"{'x' * 100_000} is outside the tenant; expected a page of contoso.sharepoint.com")

    with pytest.raises(typer.Exit):
        fails()
    line = capsys.readouterr().err
    assert line.startswith("troubleshooter: --page: xxx")
    assert line.endswith("expected a page of contoso.sharepoint.com\n")
    assert len(line) < 2000


def test_each_mistake_has_a_line(capsys: pytest.CaptureFixture[str]):
    """Several mistakes in a file are a line each, which nothing in them can break, and exit code 2."""

    @guarded
    def command() -> None:
        raise InputErrors("users.csv", [f"line 3: {EVIL}", "line 9: b", "line 10: c"], most=2)

    with pytest.raises(typer.Exit) as left:
        command()
    assert 2 == left.value.exit_code
    expected = [f"line 3: {SAFE}", "line 9: b", "1 more mistake"]
    assert [f"troubleshooter: users.csv: {line}" for line in expected] == capsys.readouterr().err.splitlines()


def test_several_mistakes_are_also_one_error():
    """Where only one line has room, it has the first mistake and the number of the others."""
    assert "users.csv: line 3: a (2 more)" == str(InputErrors("users.csv", ["line 3: a", "line 9: b", "line 10: c"]))
    assert "users.csv: line 3: a" == str(InputErrors("users.csv", ["line 3: a"]))
