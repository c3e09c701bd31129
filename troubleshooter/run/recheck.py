"""Repeats an earlier run, with the inputs from its record, and finds the newest run of a chain on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from troubleshooter.errors import InputError
from troubleshooter.evidence.run_folder import RECORD, RunFolder
from troubleshooter.model.enums import Verdict
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record
from troubleshooter.run.options import declared, validated
from troubleshooter.run.request import RunRequest, RunSettings


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
        return {option.key: value for option in repeated if (value := self.input(option.name)) is not None}

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


def latest(of: Earlier, out: Path) -> Earlier:
    """Return the newest run of the chain that `of` belongs to: `of`, or a later run in `out` or beside `of`."""
    first = of.record.previous.first if of.record.previous else of.record.id
    newest = of
    for parent in {out.resolve(), of.folder.path.resolve().parent}:
        for path in sorted(parent.glob(f"*Z-{of.record.scenario}*")) if parent.is_dir() else ():
            try:
                found = read(path)
            except InputError:
                continue  # not a run, or a run that died before it had a record
            chain = found.record.previous
            whole = found.record.finished and not found.record.interrupted_by
            if whole and chain and chain.first == first and found.record.started > newest.record.started:
                newest = found
    return newest
