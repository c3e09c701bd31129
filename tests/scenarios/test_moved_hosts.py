"""Whole runs on a tenant whose SharePoint has other names than the tenant file's: followed, or explained."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.diagnose import exit_code
from troubleshooter.model.enums import Kind, Surface
from troubleshooter.model.records import Record
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.sandbox.journal import Journal
from troubleshooter.tenant.sandbox import sandbox, tenant_of

pytestmark = pytest.mark.run
ANA = "ana.popescu@contoso.com"
LOGIN = "login.microsoftonline.com"


@dataclass(frozen=True)
class Finished:
    """A run's record, and what arrived at the sandbox."""

    record: Record
    journal: Journal

    @property
    def hosts(self) -> set[str]:
        """Return the hosts that got a request."""
        return {request.host for request in self.journal.requests if request.kind != "browser"}


async def run(fault: str, out: Path, *, account: str = "ana", **keys: object) -> Finished:
    """Run `photo-differs` with `keys` in the tenant file, and the demo's pages under their usual names."""
    with sandbox(fault) as box:
        tenant = replace(tenant_of(box), **keys)  # type: ignore[arg-type]
        wanted = RunRequest(
            scenario="photo-differs", tenant=f"sandbox:{fault}", account=account, subject=ANA, out=out, timeout=20
        )
        finished = await execute.run(prepare(wanted, tenant, SCENARIOS))
        return Finished(finished.record, box.journal)


async def test_sharepoint_on_cloud_microsoft_is_followed(tmp_path: Path):
    """And a stale copy is still one; the names of the tenant file and the new ones both take part."""
    finished = await run("cloud-microsoft+stale-copy", tmp_path, account="helpdesk")
    record = finished.record
    assert ("out-of-sync", 1) == (record.verdict, exit_code(record))
    assert "C1" == record.diagnoses[0].cause
    assert {"contoso.cloud.microsoft", "onedrive.cloud.microsoft", "contoso.sharepoint.com"} <= finished.hosts
    note = next(step.note for step in record.steps if step.id == "sharepoint-icon")
    assert note
    assert "SharePoint answered at contoso.cloud.microsoft, not at contoso.sharepoint.com." == note.text
    assert Surface.STORED_THUMBNAIL in {s.surface for s in record.sightings}


async def test_a_renamed_tenant_is_explained_and_then_followed(tmp_path: Path):
    """With the lines that the first run says, the second passes, although its pages still have the old names."""
    stopped = await run("renamed-tenant", tmp_path)
    assert ("stopped", "tenant-moved", 3) == (stopped.record.verdict, stopped.record.reason, exit_code(stopped.record))
    assert not {host for host in stopped.hosts if "fabrikam" in host}
    assert stopped.record.stop
    said = stopped.record.stop.help.text
    assert "security team" not in said
    lines = re.findall(r"(?:sharepoint|my|visit_hosts) = (?:'[^']+'|\[[^\]]+\])", said)[:3]
    keys = tomllib.loads("\n".join(lines))
    passed = await run("renamed-tenant", tmp_path, **{**keys, "visit_hosts": tuple(keys["visit_hosts"])})
    record = passed.record
    assert ("in-sync", []) == (record.verdict, [d.cause for d in record.diagnoses])
    assert {"fabrikam.sharepoint.com", "fabrikam-my.sharepoint.com", "contoso.sharepoint.com"} <= passed.hosts


async def test_session_control_that_may_be_visited_gets_nothing_typed_and_explains_what_it_refuses(tmp_path: Path):
    """A picture that it keeps from a page is neither a cause nor a missing photo; passwords go to sign-in only."""
    finished = await run("session-control", tmp_path, visit_hosts=("mcas.ms",))
    record = finished.record
    assert ("inconclusive", "pictures-refused", []) == (
        record.verdict,
        record.reason,
        [d.cause for d in record.diagnoses],
    )
    assert ["session-control"] == [finding.id for finding in record.findings]
    assert [Kind.BROKEN] == [s.kind for s in record.sightings if s.kind is not Kind.PHOTO]
    assert "contoso.sharepoint.com.mcas.ms" in finished.hosts
    assert {LOGIN} == {sent.host for sent in (*finished.journal.credentials, *finished.journal.names)}


async def test_a_home_page_under_session_control_is_read_when_it_may_be_visited(tmp_path: Path):
    """The rest of the run is as usual, and a stale copy is still found; nothing is typed under the other name."""
    finished = await run("session-control-home+stale-copy", tmp_path, visit_hosts=("mcas.ms",))
    record = finished.record
    assert ("out-of-sync", "C1") == (record.verdict, record.diagnoses[0].cause)
    assert "m365.cloud.microsoft.mcas.ms" in finished.hosts
    assert {LOGIN} == {sent.host for sent in (*finished.journal.credentials, *finished.journal.names)}
