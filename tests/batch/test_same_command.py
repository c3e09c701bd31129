"""A run is continued by the command that began it, with `--resume`; another command is another run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios import SCENARIOS
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.batch.start import begin, resume, resumed_inputs
from troubleshooter.errors import InputError
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunSettings
from troubleshooter.tenant.sandbox import sandbox, tenant_of
from troubleshooter.tenant.tenant import Tenant

from .made import resumed

ANA, DAN = "ana.popescu@contoso.com", "dan.munteanu@contoso.com"


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    """Return the tenant of a sandbox."""
    with sandbox("healthy") as box:
        yield tenant_of(box)


class Runs:
    """Begins a run in a folder, and continues it."""

    def __init__(self, tenant: Tenant, folder: Path) -> None:
        self.folder = folder
        self._tenant = tenant
        self._settings = RunSettings(out=folder, timeout=20, non_interactive=True)
        self.file = folder / "users.csv"
        self.file.write_text(f"upn\n{ANA}\n{DAN}\n")
        self.given = {"users": self.file, "tenant": "sandbox", "accounts": ("helpdesk",), "depth": "full"}

    def begun(self, **more: Any) -> Path:
        """Begin the run, and let its process die; return its folder."""
        request = VerifyRequest(**{**self.given, **more, "run_dir": self.folder / "run"})
        begun = begin(request, self._settings, self._tenant, self._prepare)
        begun.journal.close()
        return begun.folder.path

    def continued(self, run: Path, **given: Any) -> VerifyRequest:
        """Continue the run with `given` on the command line; return what it is asked to do."""
        begun = resume(run, VerifyRequest(resume=run, **given), self._settings, self._tenant, self._prepare)
        begun.journal.close()
        return begun.request

    def _prepare(self, wanted: Any) -> Any:
        return prepare(wanted, self._tenant, SCENARIOS, None)


@pytest.fixture
def runs(tenant: Tenant, tmp_path: Path) -> Runs:
    """Return what begins and continues runs."""
    return Runs(tenant, tmp_path)


def test_the_same_command_continues_a_run(runs: Runs):
    """With all of its options, with some of them, or with none; the list may have been sorted."""
    run = runs.begun()
    assert "full" == runs.continued(run, **runs.given, run_dir=run).depth
    assert "full" == runs.continued(run, depth="full").depth
    assert "full" == runs.continued(run).depth
    runs.file.write_text(f"upn\n{DAN}\n{ANA}\n")
    assert runs.continued(run, **runs.given)


def test_the_same_command_continues_a_part_of_a_list(runs: Runs):
    """The list that is given is the whole one; the run is about a part of it."""
    run = runs.begun(shard="1/2")
    assert runs.continued(run, **runs.given, shard="1/2")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"depth": "quick"}, "--depth: can't be changed when a run is resumed; in .*run it was full"),
        ({"accounts": ("ana",)}, "--as: can't be changed when a run is resumed; in .*run it was helpdesk"),
        ({"shard": "1/2"}, "--shard: can't be changed when a run is resumed; in .*run it was not given"),
        ({"no_confirm": True}, "--no-confirm: can't be changed when a run is resumed; in .*run it was not given"),
        ({"run_dir": Path("elsewhere")}, "--run-dir: can't be changed when a run is resumed; that run is in .*run"),
    ],
)
def test_another_command_does_not(other: dict[str, Any], said: str, runs: Runs):
    """What differs is named, with what it was; nothing is written."""
    run = runs.begun()
    with pytest.raises(InputError, match=said):
        runs.continued(run, **{**runs.given, **other})


def test_another_list_does_not(runs: Runs):
    """A user more, or less, is another list."""
    run = runs.begun()
    runs.file.write_text(f"upn\n{ANA}\n")
    with pytest.raises(InputError, match=r"users\.csv is not the list that the run began with: 1 removed"):
        runs.continued(run, **runs.given)


def test_reading_what_a_run_was_given_does_not_begin_a_period(runs: Runs):
    """A period that is there and has no end is one whose process died."""
    run = runs.begun()
    resumed_inputs(run)
    with resumed(run) as kept:
        assert 2 == len(kept._file.rows("SELECT id FROM period"))
