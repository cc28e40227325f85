"""pyproject.toml names what the code imports; constraints.txt pins that and all that comes with it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reportgen.outputs.pdf.engine import KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.utils import NormalizedName

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
RUNTIME = [Requirement(line) for line in (*PROJECT["project"]["dependencies"], *EXTRAS)]
DEVELOPMENT = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]
OPTIONAL = [Requirement(line) for line in PROJECT["dependency-groups"]["bench"]]
LINES = (ROOT / "constraints.txt").read_text().splitlines()
PINNED = [line for line in map(Requirement, LINES) if not line.marker or line.marker.evaluate()]  # on this Python
PINS = {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in PINNED}


def needed(wished: Sequence[Requirement] = (*RUNTIME, *DEVELOPMENT)) -> set[NormalizedName]:
    """Return the names of what is wished, by default all that has to be installed, and what that asks for in turn."""
    waiting = [*wished]
    found = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        found.add(name)
        below = (Requirement(line) for line in requires(name) or ())
        extras = wanted.extras or {""}
        waiting += [
            one for one in below if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return found


def imported() -> set[str]:
    """Return the top-level names that the package's code imports, without Python's and its own."""
    found = set()
    for file in (ROOT / "reportgen").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"reportgen", "_typeshed"}  # type checkers bring the latter


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    """The package relies on no accident of another's dependencies, and carries none that it does not use."""
    owners = packages_distributions()
    used = {canonicalize_name(owners[name][0]) for name in imported()}
    declared = {canonicalize_name(one.name) for one in RUNTIME}
    # pydantic_core is half of pydantic, pinned by it; zoneinfo reads tzdata where the system has no zones; Dask makes
    # the certificate of a local cluster with cryptography.
    assert used - {"pydantic-core"} == declared - {"cryptography", "tzdata"}


def test_lines_hold_a_name_and_a_version_only() -> None:
    """No address, path or option stands among the pins, and they are in order; a pin may be for older Pythons alone."""
    pin = r'[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+(; python_version < "3\.\d+")?'
    assert all(re.fullmatch(pin, line) for line in LINES)
    assert sorted(LINES, key=str.casefold) == LINES


def optional() -> set[NormalizedName]:
    """Return the names of what only `make bench` needs, whether it is installed or not."""
    return {canonicalize_name(one.name) for one in OPTIONAL}


def test_everything_needed_is_pinned() -> None:
    """Nothing that a dependency drags in floats."""
    assert len(needed()) > 10
    assert (needed() | optional()) - PINS.keys() == set()


def test_nothing_else_is_pinned() -> None:
    """A pin that nothing needs any more goes; pip and what an editable build adds are the set-up's own."""
    assert PINS.keys() - needed() - optional() == {"pip", "editables"}


def test_the_peers_bring_nothing_that_is_not_named() -> None:
    """The group of peers names what comes with them, so that all of it is pinned though it is not installed here."""
    installed = [one for one in OPTIONAL if version_of(one.name)]
    assert needed(installed) - needed() <= optional()


def test_the_installed_versions_are_the_pinned_ones() -> None:
    """The suite runs on the versions that users get."""
    assert {name: version(name) for name in needed()} == {name: PINS[name] for name in needed()}
    assert all(version_of(name) in {None, PINS[name]} for name in optional())


def test_the_page_engine_is_one_that_is_known() -> None:
    """No other version is asked for than those whose private parts are known; the pins are among them."""
    bounds = {one.name: one.specifier for one in RUNTIME if one.name in KNOWN}
    for name, known in KNOWN.items():
        *major, last = map(int, known.split("."))
        before, after = (".".join(map(str, [*major, last + step])) for step in (-1, 1))
        pin = PINS[canonicalize_name(name)]
        assert list(bounds[name].filter([f"{before}.9", known, f"{known}.7", pin, after])) == [
            known,
            f"{known}.7",
            pin,
        ]


def test_time_zones_come_along() -> None:
    """Z05: where the system has no zones, as on Windows and in small images, those of the package are read."""
    code = "import zoneinfo; zoneinfo.reset_tzpath(to=()); print(zoneinfo.ZoneInfo('America/Sao_Paulo').key)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "America/Sao_Paulo\n"


def version_of(name: str) -> str | None:
    """Return the installed version of a package; None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
