"""Signs a run whose report was rendered again, and adds the answer of a timestamp service to a signature."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.cli.console import say

if TYPE_CHECKING:
    from troubleshooter.evidence.run_folder import RunFolder
    from troubleshooter.evidence.signer import Sign


@dataclass(frozen=True)
class Signing:
    """How a run is signed again after its report was rendered."""

    sign: Sign | None
    service: str | None
    """The address of a timestamp service."""

    def renew(self, folder: RunFolder, *, changed: bool) -> None:
        """Sign the manifest with the new report in it, unless files were changed; say if a signature is out of date."""
        from troubleshooter.evidence.run_folder import ENVELOPE  # noqa: PLC0415 - loads the records

        if self.sign and not changed and folder.sealed() is not None:
            folder.sign(self.sign)
            stamped(folder.path, self.service)
        elif self.sign:
            why = "files were changed" if changed else "it has no manifest"
            say(f"troubleshooter: the run is not signed, because {why}")
        elif (folder.path / ENVELOPE).is_file():
            say("The signature does not cover the newly rendered report; --sign KEY signs the run again.")


def stamped(folder: Path, service: str | None) -> bool:
    """Add a timestamp to the signature of a run, if a service is named and the run is signed.

    Returns:
        False if a service is named and gave none, which is said; the run and its signature are complete without.
    """
    from troubleshooter.evidence.run_folder import ENVELOPE, TIMESTAMP, write_own  # noqa: PLC0415 - loads the records

    envelope = folder / ENVELOPE
    if not service or not envelope.is_file():
        return True
    from troubleshooter.evidence.timestamps import NoTimestamp, requested  # noqa: PLC0415 - loads what asks

    try:
        write_own(folder / TIMESTAMP, requested(service, envelope.read_bytes()))
    except NoTimestamp as error:
        say(f"No timestamp was added: {error}. `troubleshooter sign` can add one later.")
        return False
    return True
