"""The house as it was drawn: who may import whom, how big things are, and what is not in it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "storage", "handlers", "web", "knowledge", "casework", "documents", "simulator")
MAY_IMPORT: dict[str, frozenset[str]] = {
    "bot": frozenset({"storage", "handlers", "web", "knowledge", "casework", "documents", "simulator"}),
    "storage": frozenset({"handlers", "web", "knowledge", "casework"}),
    "handlers": frozenset({"knowledge", "casework"}),
    "web": frozenset({"knowledge", "casework", "documents", "handlers"}),
    "documents": frozenset(),
    "knowledge": frozenset(),
    "casework": frozenset(),
    "simulator": frozenset(),
}
ONLY_FROM = {("bot", "simulator"): {"bot.demo", "bot.demo_host"}}
"""The command line's demo is the only place where the counterpart may be used."""
ONLY_OF = {("web", "handlers"): "handlers.wording"}
"""The console previews what the phone shows."""
LONGEST_MODULE = 260
LONGEST_FUNCTION = 40
# Only what a stranger could read from these would tell of the place where it was made.
PLACES = re.compile(r"/work/|/tmp/bash_jobs|/root/|/home/[a-z]+/")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|crates\.io|mirrors?\.[a-z]+\.(?:com|edu|cn)")
TEXT = frozenset({".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".csv", ".json", ".html", ".css", ".js", ".typ", ""})


@cache
def modules() -> tuple[Path, ...]:
    """Every module of ours outside tests."""
    return tuple(sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """The module as syntax."""
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """The dotted names a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                yield from (f"{module}.{alias.name}" for alias in names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, nested ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def tracked() -> list[Path]:
    """Every file under version control, or in the folder where there is none."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = found.stdout.split("\0") if found.returncode == 0 else []
    paths = [ROOT / name for name in names if name] or [p for name in PACKAGES for p in (ROOT / name).rglob("*")]
    return [path for path in paths if path.is_file()]


def listed(faults: list[str]) -> str:
    """The faults one below the other."""
    return "\n" + "\n".join(faults)


def test_packages_import_only_what_stands_below_them() -> None:
    faults = []
    for path in modules():
        package = path.relative_to(ROOT).parts[0]
        for name in imported(path):
            other = name.partition(".")[0]
            if other in PACKAGES and other != package and other not in MAY_IMPORT[package]:
                faults.append(f"{name_of(path)} imports {name}")
    assert not faults, listed(faults)


def test_only_the_demo_knows_the_simulator_and_the_web_only_the_wording() -> None:
    faults = []
    for path in modules():
        package, own = path.relative_to(ROOT).parts[0], name_of(path)
        for name in imported(path):
            other = name.partition(".")[0]
            allowed = ONLY_FROM.get((package, other))
            if allowed is not None and own not in allowed:
                faults.append(f"{own} imports {name}")
            part = ONLY_OF.get((package, other))
            if part is not None and not name.startswith(part):
                faults.append(f"{own} imports {name}")
    assert not faults, listed(faults)


def test_the_arrows_between_packages_make_no_circle() -> None:
    arrows = {package: set(MAY_IMPORT[package]) for package in PACKAGES}
    arrows["storage"].discard("web")  # storage implements the console's ports; the console never imports storage
    arrows["storage"].discard("handlers")
    while leaves := [package for package, others in arrows.items() if not others]:
        for leaf in leaves:
            del arrows[leaf]
        for others in arrows.values():
            others.difference_update(leaves)
    assert not arrows


def test_modules_import_each_other_in_no_circle() -> None:
    names = {name_of(path): path for path in modules()}
    below: dict[str, set[str]] = {}
    for name, path in names.items():
        direct = {other if other in names else other.rpartition(".")[0] for other in _at_top(path)}
        below[name] = (direct & names.keys()) - {name}
    done: set[str] = set()
    for name in names:
        circle = _circle_from(name, below, (), done)
        assert not circle, " → ".join(circle)


def _at_top(path: Path) -> Iterator[str]:
    """What a module needs to be imported: imports inside functions come later."""
    for node in tree(path).body:
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{alias.name}" for alias in names)


def _circle_from(name: str, below: dict[str, set[str]], way: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    if name in way:
        return (*way[way.index(name) :], name)
    if name in done:
        return ()
    for other in sorted(below[name]):
        if circle := _circle_from(other, below, (*way, name), done):
            return circle
    done.add(name)
    return ()


def test_casework_needs_nothing_but_the_standard_library() -> None:
    faults = []
    for path in modules():
        if path.relative_to(ROOT).parts[0] != "casework":
            continue
        outside = {name.partition(".")[0] for name in imported(path)} - {"casework"}
        faults += [f"{name_of(path)} imports {name}" for name in sorted(outside - set(sys.stdlib_module_names))]
    assert not faults, listed(faults)


def test_sql_stands_in_storage_only() -> None:
    """Handlers, web and casework know no database; the edge only runs works on it."""
    faults = []
    for path in modules():
        if path.relative_to(ROOT).parts[0] in ("handlers", "web", "casework", "documents"):
            faults += [f"{name_of(path)} imports {name}" for name in imported(path) if name.startswith("sqlite")]
    assert not faults, listed(faults)


def test_no_module_is_too_long() -> None:
    sizes = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    faults = [f"{name}: {lines} lines" for name, lines in sizes.items() if lines > LONGEST_MODULE]
    assert not faults, listed(faults)


def test_no_function_is_too_long() -> None:
    """Nested functions count into the one around them; what it promises does not."""
    faults = []
    for path in modules():
        for function in functions(path):
            lines = (function.end_lineno or 0) - function.lineno + 1
            if ast.get_docstring(function):
                lines -= (function.body[0].end_lineno or 0) - function.body[0].lineno + 1
            if lines > LONGEST_FUNCTION:
                faults.append(f"{name_of(path)}.{function.name}: {lines} lines")
    assert not faults, listed(faults)


def test_every_module_says_what_it_is_for() -> None:
    faults = [name_of(p) for p in modules() if p.read_text("utf-8").strip() and not ast.get_docstring(tree(p))]
    assert not faults, listed(faults)


def test_every_public_function_and_class_says_what_it_promises() -> None:
    """Methods of protocols and properties that only name a value may be silent."""
    faults = []
    for path in modules():
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_") and not ast.get_docstring(node):
                faults.append(f"{name_of(path)}.{node.name}")
    assert not faults, listed(faults)


def test_nothing_is_ignored_or_swallowed_without_a_reason() -> None:
    faults = []
    for path in [*modules(), *(ROOT / "tests").rglob("*.py")]:
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            place = f"{path.relative_to(ROOT)}:{number}"
            if re.search(r"# type: ignore(?!\[[\w-]+\])|# noqa(?!: [A-Z]+\d+)|# mypy: ignore", line):
                faults.append(f"{place}: {line.strip()}")
            if re.search(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|^\s*except:\s*$", line):
                faults.append(f"{place}: {line.strip()}")
    assert not faults, listed(faults)


def test_no_argument_is_checked_with_assert() -> None:
    """Asserts are gone under -O."""
    faults = []
    for path in modules():
        faults += [f"{name_of(path)}:{node.lineno}" for node in ast.walk(tree(path)) if isinstance(node, ast.Assert)]
    assert not faults, listed(faults)


@pytest.mark.parametrize(("what", "pattern"), [("a place", PLACES), ("a registry", REGISTRIES)])
def test_no_tracked_file_names_where_it_was_made(what: str, pattern: re.Pattern[str]) -> None:
    faults = []
    for path in tracked():
        if path == Path(__file__) or path.suffix not in TEXT or "static" in path.parts:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if found := pattern.search(line):
                faults.append(f"{path.relative_to(ROOT)}:{number}: {found[0]}")
    assert not faults, f"{what}: " + listed(faults[:40])
