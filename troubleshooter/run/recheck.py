"""Repeats an earlier run, with the inputs from its record, and finds the newest run of a chain on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from troubleshooter.errors import InputError
from troubleshooter.evidence.record_file import RECORD
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Verdict
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record
from troubleshooter.run.options import declared, validated
from troubleshooter.run.repairs import is_default
from troubleshooter.run.request import RunRequest, RunSettings
from troubleshooter.tenant.open import is_sandbox


@dataclass(frozen=True)
class Earlier:
    """A finished run, read back from disk."""

    folder: RunFolder
    record: Record

    def input(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """Return the run's input `name`; None if it had none."""
        return self.record.inputs.get(name)

    @property
    def tenant(self) -> str:
        """The value of `--tenant`.

        Raises:
            InputError: the record does not contain it.
        """
        spec = self.input("tenant")
        if not isinstance(spec, str) or not spec:
            raise InputError("RUN_DIR", f"{self.folder.path / RECORD} does not say which tenant the run was made in")
        return spec

    def options(self) -> dict[str, object]:
        """Return the options of the run that also apply to the next one, named as in a tenant file."""
        repeated = (option for option in declared(RunSettings) if option.option.repeated)
        found = {option.key: value for option in repeated if (value := self.input(option.name)) is not None}
        named = found.get("locators")
        if named and not is_sandbox(self.tenant) and is_default(Path(str(named)), self.tenant):
            del found["locators"]  # the file beside the tenant file is used as it is by then, or no longer there
        return found

    def request(self, settings: RunSettings, photo: Path | None) -> RunRequest:
        """Return the request of the run that repeats this one.

        Args:
            settings: how to perform it.
            photo: the photo to add, if it is given again.

        Raises:
            InputError: a picture that this run was given is gone.
        """
        expected, added = self.record.expected, self.record.photo
        return validated(
            RunRequest,
            {
                **dict(settings),
                "scenario": self.record.scenario,
                "tenant": self.tenant,
                "account": self.record.account,
                "subject": self.record.subject,
                "pages": self.input("pages") or (),
                "expect": self._file("expect", expected.shot if expected else None),
                "photo": photo or self._file("photo", added.shot if added else None) or settings.photo,
                "sent_before": self.sent,
            },
        )

    def _file(self, name: str, kept: str | None) -> Path | None:
        """Return the file that was given as `name`, else its copy in the evidence.

        Raises:
            InputError: both are gone.
        """
        given = self.input(name)
        if not given:
            return None
        copy = self.folder.path / kept if kept else None
        for path in (Path(str(given)), copy):
            if path and path.is_file():
                return path
        raise InputError(f"--{name}", f"{given} is gone, and so is its copy in {self.folder.path}")

    @property
    def sent(self) -> bool:
        """Whether this run, or an earlier one in its chain, sent the photo."""
        return RecordView(self.record).sent is not None

    @property
    def whole(self) -> bool:
        """Whether this run was completed: nothing interrupted it, and it did not crash."""
        return self.record.finished is not None and not self.record.interrupted_by

    @property
    def waits_for_a_person(self) -> bool:
        """Whether this run was stopped by something that only a person can change."""
        return RecordView(self.record).waits_for_a_person

    @property
    def secret_refused(self) -> bool:
        """Whether this run was stopped after it sent a secret that was, or may have been, refused."""
        return RecordView(self.record).secret_refused

    @property
    def reached(self) -> bool:
        """Whether the goal is reached: in sync, or the outcome that the scenario aims for."""
        return self.record.verdict is Verdict.IN_SYNC or RecordView(self.record).reached


def read(run_dir: Path) -> Earlier:
    """Return the run in `run_dir`.

    Raises:
        InputError: the folder contains no run.
    """
    folder = RunFolder(run_dir)
    return Earlier(folder, folder.read_record())


@dataclass(frozen=True)
class Chain:
    """A run, and the runs that repeat it: all that are on disk, by the time at which they started."""

    runs: tuple[Earlier, ...]

    @property
    def newest(self) -> Earlier:
        """The run to repeat: the newest that was not ended early, or that sent the photo, which is not sent twice."""
        kept = [run for run in self.runs if run.whole or run.record.sent]
        return kept[-1] if kept else self.runs[-1]

    @property
    def known(self) -> Earlier | None:
        """The newest conclusive run; None if there is none."""
        return next((run for run in reversed(self.runs) if RecordView(run.record).tells), None)


def chain_of(run: Earlier, out: Path) -> Chain:
    """Return the chain that `run` belongs to: its runs in `out` and beside `run`."""
    first = run.record.previous.first if run.record.previous else run.record.id
    runs = {run.record.id: run}
    for parent in {out.resolve(), run.folder.path.resolve().parent}:
        for path in parent.glob(f"*Z-{run.record.scenario}*") if parent.is_dir() else ():
            found = _named(path, first)
            if found and (found.record.subject, found.record.tenant) == (run.record.subject, run.record.tenant):
                runs.setdefault(found.record.id, found)
    return Chain(tuple(sorted(runs.values(), key=lambda found: (found.record.started, found.record.id))))


def _named(path: Path, first: str) -> Earlier | None:
    """Return the run in `path` if it belongs to the chain that begins with the run `first`."""
    try:
        if first.encode() not in (path / RECORD).read_bytes():
            return None
        found = read(path)
    except (OSError, InputError):
        return None  # not a run, or a run that died before it had a record
    previous = found.record.previous
    return found if first in (found.record.id, previous.first if previous else None) else None
