"""Rules for the architecture that can be checked automatically."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = [p for d in ("troubleshooter", "scenarios", "pytest_troubleshooter") for p in (ROOT / d).rglob("*.py")]


def test_imports_point_one_way():
    """The import contracts in pyproject.toml hold."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout


def test_no_waiting_for_time():
    """Neither the product nor its tests sleep."""
    sleeping = re.compile(r"time\.sleep|wait_for_timeout|asyncio\.sleep\((?!0\))")
    tests = [p for p in (ROOT / "tests").rglob("*.py") if p != Path(__file__)]
    assert [] == [p for p in (*SOURCES, *tests) if sleeping.search(p.read_text(encoding="utf-8"))]


def test_selectors_are_in_pages_surfaces_and_signin_only():
    """Only `pages/`, `surfaces/` and `signin/` contain locators for the service; the sandbox renders what they find."""
    locator = re.compile(
        r"""\.locator\(\s*["'](?!img["'])|query_selector|#O365_|mectrl_|data-sp-|\.ms-Persona|\.fui-"""
    )
    allowed = {"pages", "signin", "surfaces", "sandbox", "report"}
    strays = [
        p
        for p in SOURCES
        if not allowed & set(p.relative_to(ROOT).parts) and locator.search(p.read_text(encoding="utf-8"))
    ]
    assert [] == strays


def test_bytes_come_from_the_browser_only():
    """Only the browser sends requests to a tenant; others go to a sandbox, or to a timestamp service that is named."""
    client = re.compile(
        r"APIRequestContext|route\.fetch|context\.request\b|\bhttp\.client\b|urllib\.request|httpx"
        r"|\bimport requests\b|\brequests\.(?:get|post|request|Session)\b"
    )
    product = [p for p in SOURCES if "sandbox" not in p.relative_to(ROOT).parts]
    found = {p.name for p in product if client.search(p.read_text(encoding="utf-8"))}
    assert {"sandbox_control.py", "timestamps.py"} == found


def test_only_compare_reads_pixels():
    """Only `compare` loads numpy and imagehash; what writes pictures, and the sandbox, load Pillow as well."""
    writers = ("camera.py", "report_picture.py", "thumbnail.py", "tiles.py")
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(ROOT).parts
        if "compare" not in parts:
            assert not re.search(r"^\s*(?:import|from) (?:numpy|imagehash)", text, re.MULTILINE), path
        if not {"compare", "sandbox"} & set(parts) and path.name not in writers:
            assert not re.search(r"^\s*(?:import|from) PIL", text, re.MULTILINE), path


def test_wheel_carries_the_scenarios(tmp_path: Path):
    """The wheel contains scenarios and pytest plugin beside the package, probes, the report's files, but no tests."""
    import zipfile  # noqa: PLC0415

    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    for wanted in (
        "scenarios/photo_differs.py",
        "pytest_troubleshooter/__init__.py",
        "troubleshooter/report/outputs/templates/mail.html",
        "troubleshooter/signin/probe.js",
        "troubleshooter/pages/avatars.js",
        "troubleshooter/pages/upload.js",
        "troubleshooter/report/style.css",
        "troubleshooter/report/tokens.css",
        "troubleshooter/locale/ro.po",
    ):
        assert wanted in names
    assert not [n for n in names if n.startswith("tests/")]
    (entries,) = (name for name in names if name.endswith(".dist-info/entry_points.txt"))
    text = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).read(entries).decode()
    assert "[pytest11]\ntroubleshooter = pytest_troubleshooter\n" in text
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(next(tmp_path.glob("*.whl"))).extractall(unpacked)
    script = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r}); from scenarios import SCENARIOS; "
        "import troubleshooter; print(troubleshooter.__file__, *SCENARIOS)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert f"{unpacked / 'troubleshooter' / '__init__.py'} photo-differs add-photo resync-photo" == done.stdout.strip()
