"""SECURITY.md names real tests for every threat, and an audit that learned nothing fails."""

from __future__ import annotations

import re

import pytest
from support.tools import ROOT, tool

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
TABLE = TEXT[TEXT.index("## Threats") : TEXT.index("## What it does not")]
ROWS = [row.split("|")[1:-1] for row in TABLE.splitlines() if row.startswith("| ")][2:]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("row", ROWS, ids=[row[0].strip() for row in ROWS])
def test_every_threat_has_a_control_and_tests_that_exist(row: list[str]):
    """Each threat has a control and at least one test; each named test is a test of the named file."""
    threat, control, named = row
    assert threat.strip() and control.strip()
    tests = _TEST.findall(named)
    assert tests and "" == _TEST.sub("", named).strip()
    for file, test in tests:
        assert (ROOT / file).is_file(), file
        assert re.search(rf"^(?:async )?def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), test


def test_the_table_is_read():
    """The rows above are those of the document."""
    assert len(ROWS) > 20
    assert [] == [line for line in TABLE.splitlines() if "::" in line and not line.startswith("| ")]


FOUND = {"name": "pillow", "version": "1.0", "vulns": []}
HOLE = {**FOUND, "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.0"]}]}
SKIPPED = {"name": "numpy", "skip_reason": "Dependency not found on PyPI"}
OWN = {"name": "troubleshooter", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([FOUND, OWN], 0, "No vulnerability is known in any of 1 packages."),
        ([HOLE, OWN], 1, "pillow 1.0: PYSEC-1, fixed in 2.0"),
        ([FOUND, SKIPPED], 3, "1 of 2 packages could not be looked up, so this says nothing about them: numpy."),
        ([SKIPPED, OWN], 3, "the service may be unreachable from here"),
        ([HOLE, SKIPPED], 1, "1 of 2 packages could not be looked up"),
        ([OWN], 3, "Nothing was looked up"),
    ],
)
def test_an_audit_that_could_not_look_up_a_package_fails(packages: list[dict], code: int, said: str):
    """Silence about a package is no good answer: the audit fails, and says which packages are meant."""
    found, lines = tool("audit").judged(packages)
    assert code == found
    assert said in " ".join(lines)


def test_a_bill_of_materials_names_no_folder():
    """The bill of materials can be sent on: it names no folder of the computer that made it."""
    links = [{"type": "vcs", "url": "https://x.example"}, {"type": "distribution", "url": "file:///home/ana/x"}]
    sbom = {"metadata": {"component": {"externalReferences": links}}, "components": [{"externalReferences": links}, {}]}
    assert "ana" not in str(tool("audit").without_paths(sbom))
