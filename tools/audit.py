"""Lists what a user of the product installs, and whether anything of it is known to be vulnerable: `make audit`.

Writes dist/sbom.cdx.json, a bill of materials in CycloneDX, with cyclonedx-bom: it knows licenses, and what depends on
what. pip-audit can write one as well, but with neither of them, and only after every look-up. pip-audit looks up the
packages; it counts one that it could not look up as skipped and ends well, so its result is judged here.

Exit code: 0 nothing is known, 1 a vulnerability is known, 3 not every package could be looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
OUT = ROOT / "dist"
TOOLS, PRODUCT = OUT / "audit" / "tools", OUT / "audit" / "product"
SBOM = OUT / "sbom.cdx.json"
OWN = "troubleshooter"
VULNERABLE, UNKNOWN = 1, 3


def judged(packages: Sequence[dict[str, Any]]) -> tuple[int, list[str]]:
    """Return the exit code for what pip-audit said about each package, and the lines that explain it."""
    others = [package for package in packages if package["name"] != OWN]
    known = [_hole(package, hole) for package in others for hole in package.get("vulns", ())]
    missed = [package["name"] for package in others if "skip_reason" in package]
    if not others:
        return UNKNOWN, ["Nothing was looked up: no package was found."]
    if missed:
        why = f"{len(missed)} of {len(others)} packages could not be looked up, so this says nothing about them"
        hint = "; the service may be unreachable from here" if len(missed) == len(others) else f": {', '.join(missed)}"
        return (VULNERABLE if known else UNKNOWN), [*known, f"{why}{hint}."]
    if known:
        return VULNERABLE, known
    return 0, [f"No vulnerability is known in any of {len(others)} packages."]


def _hole(package: dict[str, Any], hole: dict[str, Any]) -> str:
    fixed = ", ".join(hole["fix_versions"]) or "no version"
    return f"{package['name']} {package['version']}: {hole['id']}, fixed in {fixed}"


def without_paths(sbom: dict[str, Any]) -> dict[str, Any]:
    """Return a bill of materials without the folders of this computer."""
    parts = [sbom.get("metadata", {}).get("component", {}), *sbom.get("components", [])]
    for part in parts:
        if links := part.get("externalReferences"):
            part["externalReferences"] = [link for link in links if not link["url"].startswith("file:")]
    return sbom


def _program(folder: Path, name: str) -> str:
    return str(folder / ("Scripts" if sys.platform == "win32" else "bin") / name)


def _install() -> None:
    venv.create(TOOLS, with_pip=True, clear=True)
    venv.create(PRODUCT, with_pip=False, clear=True)
    quiet = [_program(TOOLS, "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*quiet, "install", "pip-audit>=2.7,<3", "cyclonedx-bom>=7,<8"], check=True)
    subprocess.run([*quiet, "--python", _program(PRODUCT, "python"), "install", str(ROOT)], check=True)


def _write_sbom() -> None:
    make = [_program(TOOLS, "cyclonedx-py"), "environment", "--pyproject", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*make, "--of", "JSON", _program(PRODUCT, "python")], check=True, capture_output=True, text=True
    )
    SBOM.write_text(json.dumps(without_paths(json.loads(done.stdout)), indent=1) + "\n", encoding="utf-8")
    print(f"Bill of materials: {SBOM.relative_to(ROOT)}")


def _look_up() -> tuple[int, list[str]]:
    where = sysconfig.get_path("purelib", vars={"base": str(PRODUCT), "platbase": str(PRODUCT)})
    ask = [_program(TOOLS, "pip-audit"), "--path", where, "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run(ask, check=False, capture_output=True, text=True)
    try:
        return judged(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return UNKNOWN, [f"The vulnerability service could not be asked, so this says nothing: {said}"]


def main() -> int:
    """Install, list and look up; return the exit code."""
    OUT.mkdir(exist_ok=True)
    _install()
    _write_sbom()
    code, lines = _look_up()
    for line in lines:
        print(line, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
