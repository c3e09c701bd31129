"""Print metrics of the code's structure; `--of DIR` measures another checkout.

    python tools/structure.py
    git worktree add ../before v0.1.0 && python tools/structure.py --of ../before

A room is a folder of the package, or a module at its top level. All metrics are read from the sources. To measure
times, use `time make check` and `time make test`; to count the tests that need a browser, or that need none, use
`pytest --collect-only -q -m browser` or `pytest --collect-only -q -m "not browser"`.
"""

from __future__ import annotations

import argparse
import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "troubleshooter"
_STATE = frozenset({"self", "cls"})


def main() -> None:
    """Print the metrics of a checkout."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--of", type=Path, default=Path(__file__).parents[1], metavar="DIR", help="the checkout")
    root = arguments.parse_args().of.resolve()
    package = root / PACKAGE
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}
    lines = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in trees if path.name != "__init__.py")
    arrows = {arrow for path, tree in trees.items() for arrow in room_imports(package, path, tree)}
    figures = {
        "modules at the top level": len([p for p in package.glob("*.py") if not p.name.startswith("__")]),
        "rooms": len({room for arrow in arrows for room in arrow}),
        "imports across rooms (pairs of rooms)": len(arrows),
        "circles of rooms (pairs that import each other)": sum((b, a) in arrows for a, b in arrows) // 2,
        "circles of modules in the sandbox": circles(package, trees),
        "lines of a module: median": int(statistics.median(lines)),
        "lines of a module: 90 %": lines[int(len(lines) * 0.9)],
        "lines of a module: longest": lines[-1],
        "attributes assigned from outside their class": sum(outside_assignments(tree) for tree in trees.values()),
        "files that catch Playwright's errors": sum(catches_playwright(tree) for tree in trees.values()),
    }
    for name, figure in figures.items():
        print(f"{name:<52}{figure:>6}")


def room_of(package: Path, path: Path) -> str:
    """Return the room of a file: the first folder below the package, or the module itself."""
    return path.relative_to(package).parts[0].removesuffix(".py")


def room_imports(package: Path, path: Path, tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield a pair of rooms for each import from another room."""
    own = room_of(package, path)
    for target in imported_modules(package, path, tree):
        room = target.split(".")[0]
        if room and room != own and not room.startswith("__"):
            yield own, room


def imported_modules(package: Path, path: Path, tree: ast.AST) -> Iterator[str]:
    """Yield the modules of the package that a file imports, relative to the package, such as `steps.home`."""
    here = path.relative_to(package).with_suffix("").parts
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level:
            base = [*here[: len(here) - node.level], *(node.module or "").split(".")]
        elif node.module and node.module.split(".")[0] == PACKAGE:
            base = node.module.split(".")[1:]
        else:
            continue
        for alias in node.names:
            longer = [part for part in (*base, alias.name) if part]
            file = package.joinpath(*longer)
            yield ".".join(longer if file.with_suffix(".py").exists() or file.is_dir() else filter(None, base))


def circles(package: Path, trees: dict[Path, ast.AST]) -> int:
    """Return how many of the sandbox's modules import themselves by way of others."""
    names = {".".join(p.relative_to(package).with_suffix("").parts).removesuffix(".__init__"): p for p in trees}
    sandbox = [name for name in names if name.startswith("sandbox")]
    leads = {
        name: {m for m in imported_modules(package, names[name], trees[names[name]]) if m in sandbox and m != name}
        for name in sandbox
    }
    return sum(name in reachable(name, leads) for name in sandbox)


def reachable(start: str, leads: dict[str, set[str]]) -> set[str]:
    """Return everything that can be reached from `start`."""
    found: set[str] = set()
    waiting = list(leads[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += leads.get(name, ())
    return found


def outside_assignments(tree: ast.AST) -> int:
    """Return how many assignments set an attribute of an object other than `self`."""
    count = 0
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else targets
        flat = [t for target in targets for t in (target.elts if isinstance(target, ast.Tuple) else [target])]
        for target in flat:
            if isinstance(target, ast.Attribute):
                owner = target.value
                count += not (isinstance(owner, ast.Name) and owner.id in _STATE)
    return count


def catches_playwright(tree: ast.AST) -> bool:
    """Return whether a file imports Playwright's errors."""
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("playwright")
        and any(alias.name in {"Error", "TimeoutError"} for alias in node.names)
        for node in ast.walk(tree)
    )


if __name__ == "__main__":
    main()
