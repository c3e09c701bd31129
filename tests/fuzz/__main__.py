# ruff: noqa: T201 - a script that prints its result
"""Searches for inputs that raise anything unforeseen: `python -m tests.fuzz [--only NAME] [--seconds N]`.

With atheris, which `make fuzz` installs where there is a wheel for this Python, the search follows the code that an
input reaches; without it, hypothesis searches at random. Each target has its own process, because atheris ends its own.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

OUT = Path(__file__).parents[2] / "dist"
"""Where atheris leaves an input that it found."""


def _property(name: str, examples: int) -> Callable[..., Any]:
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - so that atheris can instrument what it imports

    target = TARGETS[name]

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def check(value: object) -> None:
        target.check(value)

    return check


def _at_random(name: str, seconds: float) -> None:
    ends, turn = time.monotonic() + seconds, time.time_ns()
    while time.monotonic() < ends:
        turn += 1
        seed(turn)(_property(name, 200))()


def _by_coverage(name: str, seconds: float) -> None:
    import atheris  # noqa: PLC0415 - optional

    with atheris.instrument_imports(include=["troubleshooter"]):
        fuzz = _property(name, 1).hypothesis.fuzz_one_input
    seeds = OUT / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for number in range(20):  # an empty input is too short for a strategy to make anything of it
        (seeds / str(number)).write_bytes(random.Random(number).randbytes(2048))
    atheris.Setup(
        ["fuzz", f"-max_total_time={seconds:.0f}", f"-artifact_prefix={OUT}/", "-verbosity=0", str(seeds)], fuzz
    )
    atheris.Fuzz()


def main() -> int:
    """Search for the given time, shared by the targets; return 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600, help="for all targets together")
    parser.add_argument("--only", metavar="NAME", help="one target, in this process")
    options = parser.parse_args()
    if options.only:
        (_by_coverage if find_spec("atheris") else _at_random)(options.only, options.seconds)
        return 0
    print(f"searching with {'atheris' if find_spec('atheris') else 'hypothesis'}", flush=True)
    names, found = _names(), []
    for name in names:
        again = ["-m", "tests.fuzz", "--only", name, "--seconds", str(options.seconds / len(names))]
        done = subprocess.run([sys.executable, *again], check=False)
        print(f"{name}: {'nothing found' if done.returncode == 0 else 'FOUND, see above'}", flush=True)
        found += [name] * (done.returncode != 0)
    return 1 if found else 0


def _names() -> list[str]:
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415

    return list(TARGETS)


if __name__ == "__main__":
    sys.exit(main())
