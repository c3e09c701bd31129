"""A full disk, or a folder that is gone: one line, exit code 4 (2 if nothing ran), and what is there stays whole."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from support.fakes import TENANT
from typer.testing import CliRunner

from scenarios import SCENARIOS
from troubleshooter.cli import app
from troubleshooter.cli.console import guarded
from troubleshooter.diagnose import exit_code, judged
from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Reason, StepStatus, Verdict
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest

from ..diagnose.records import STEPS, record
from .runs import NOON

Fill = Callable[[str, int], None]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Fill:
    """Return a function that fills the disk for one file, once that was written so many times."""
    write = Path.write_bytes

    def fill(name: str, after: int = 0) -> None:
        left = [after]

        def written(path: Path, data: bytes) -> int:
            if name in path.name:
                left[0] -= 1
                if left[0] < 0:
                    write(path, data[: len(data) // 2])
                    raise OSError(errno.ENOSPC, "No space left on device")
            return write(path, data)

        monkeypatch.setattr(Path, "write_bytes", written)

    return fill


async def run(out: Path) -> execute.Finished:
    """Make a run whose browser does not start."""
    wanted = RunRequest(
        scenario="photo-differs",
        tenant="t.toml",
        account="ana",
        sign_in="interactive",
        executable="/bin/false",
        pages=(f"{TENANT.sharepoint}/a.aspx",),
        out=out,
    )
    return await execute.run(prepare(wanted, TENANT, SCENARIOS))


def report(folder: Path) -> tuple[int, str]:
    """Render the report again; return the exit code and what was said."""
    done = CliRunner().invoke(app, ["report", str(folder)])
    assert (folder / "index.html").stat().st_size > 10_000
    return done.exit_code, done.stderr


def names(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def only(out: Path) -> Path:
    """Return the folder of the only run in `out`."""
    return out / names(out)[0]


async def test_a_disk_that_is_full_at_the_start_is_wrong_input(tmp_path: Path, full: Fill):
    """No room for the first record: `--out` is named, and no folder is left."""
    full("record.json")
    with pytest.raises(InputError, match=r"^--out: .*record.json: No space left on device; expected a writable folder"):
        await run(tmp_path / "reports")
    assert [] == names(tmp_path / "reports")


@pytest.mark.browser
async def test_a_report_that_cannot_be_written_can_be_rendered_later(tmp_path: Path, full: Fill, monkeypatch):
    """The record and the manifest stand: nothing is missing but the report."""
    full("index.html")
    with pytest.raises(CannotWrite, match=r"index.html: No space left on device$"):
        await run(tmp_path)
    monkeypatch.undo()
    folder = only(tmp_path)
    assert ["evidence", "manifest.json", "record.json", "report.css"] == names(folder)
    assert (3, "") == report(folder)


@pytest.mark.browser
async def test_a_run_that_could_not_be_sealed_says_so(tmp_path: Path, full: Fill, monkeypatch):
    """Without a manifest nothing shows whether its files were changed; it can be rendered all the same."""
    full("manifest.json")
    with pytest.raises(CannotWrite, match=r"manifest.json: No space"):
        await run(tmp_path)
    monkeypatch.undo()
    code, said = report(only(tmp_path))
    assert (4, True) == (code, "manifest.json: is missing although the check finished" in said)


@pytest.mark.browser
async def test_the_last_whole_record_stays(tmp_path: Path, full: Fill, monkeypatch):
    """A record that cannot be written leaves the one before, which says that the run died."""
    full("record.json", 1)
    with pytest.raises(CannotWrite):
        await run(tmp_path)
    monkeypatch.undo()
    folder = only(tmp_path)
    last = RunFolder(folder).read_record()
    assert (Verdict.INCONCLUSIVE, Reason.CRASHED) == (last.verdict, last.reason)
    assert (4, "") == report(folder)


async def test_a_folder_that_is_deleted_meanwhile_is_no_defect(tmp_path: Path):
    """Every file is refused as on a full disk."""
    folder = RunFolder.new(tmp_path, "photo-differs", NOON)
    shutil.rmtree(folder.path)
    for write in (
        lambda: folder.keep(b"picture", ".png"),
        lambda: folder.write_record(record()),
        lambda: folder.write_report("<p>"),
        folder.seal,
    ):
        with pytest.raises(CannotWrite, match="No such file or directory"):
            write()


def test_a_step_whose_picture_cannot_be_saved_explains_the_rest():
    """Cannot tell, because a file could not be written: exit code 4, never a verdict from what was seen before."""
    lost = STEPS[0].model_copy(update={"status": StepStatus.FAILED, "reason": Reason.NOT_SAVED})
    ended = judged(record(steps=(*STEPS[1:], lost), finished=NOON))
    assert (Verdict.INCONCLUSIVE, Reason.NOT_SAVED, 4) == (ended.verdict, ended.reason, exit_code(ended))


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device", "/tmp/x"),
            4,
            "troubleshooter: /tmp/x: No space left on device",
        ),
        (OSError(errno.EROFS, "Read-only file system"), 4, "troubleshooter: Read-only file system"),
        (
            CannotWrite(Path("r/record.json"), OSError(errno.EDQUOT, "Disk quota exceeded")),
            4,
            "troubleshooter: r/record",
        ),
        (OSError(errno.EBADF, "Bad file descriptor"), 70, "Traceback"),
    ],
)
def test_a_full_disk_is_one_line(error: Exception, code: int, line: str, capsys: pytest.CaptureFixture[str]):
    """Wherever it was noticed; any other error of the system is still a defect."""

    @guarded
    def command() -> None:
        raise error

    with pytest.raises(typer.Exit) as ended:
        command()
    said = capsys.readouterr().err
    assert (code, True) == (ended.value.exit_code, said.startswith(line))
    assert (code == 4) == (1 == len(said.splitlines()))
