"""Reports made from drawn answers say what the oracle works out; what does not hold yet is listed with its reason."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.oracle.conftest import MANY, SEED
from tests.oracle.made_report import DisagreementError
from tests.oracle.open_claims import open_claims

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.oracle.claims import Claim
    from tests.oracle.rendering import Renderer

MODULES = tuple(
    import_module(f"tests.oracle.{path.stem}") for path in sorted(Path(__file__).parent.glob("claims_of_*.py"))
)
CLAIMS = {claim.name: claim for module in MODULES for claim in module.CLAIMS}
OPEN = open_claims()
FIRST_SEED, OTHER_SEEDS = 1, (2, 3)
_CLOSED = [name for name in CLAIMS if name not in OPEN]


def _findings(claim: Claim, seed: int, renderer: Renderer, folder: Path) -> list[str]:
    """Render the report that a claim draws from a seed, and return what is wrong in it."""
    case = claim.case(Random(f"{seed} {claim.name}"))  # noqa: S311 - for repeatable choices, not for secrets
    made = renderer.render(case.draft.write(folder), folder / "out")
    try:
        found = list(case.check(made))
    except DisagreementError as disagreement:
        return [f"seed {seed}, {claim.name}: {disagreement}"]
    return [f"seed {seed}, block {one.block}, {claim.name}: expected {one.expected}, got {one.got}" for one in found]


def _hold(claim: Claim, seeds: Iterable[int], renderer: Renderer, folder: Path) -> None:
    found = [line for seed in seeds for line in _findings(claim, seed, renderer, folder / str(seed))]
    if found:
        raise DisagreementError("\n".join(found[:20]))


@pytest.mark.parametrize("name", _CLOSED)
def test_claims(name: str, renderer: Renderer, tmp_path: Path) -> None:
    """A claim holds of a drawn report."""
    _hold(CLAIMS[name], [FIRST_SEED], renderer, tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize("name", _CLOSED)
def test_claims_of_other_reports(name: str, renderer: Renderer, tmp_path: Path) -> None:
    """A claim holds of reports drawn from two other seeds."""
    _hold(CLAIMS[name], OTHER_SEEDS, renderer, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name, marks=pytest.mark.xfail(strict=True, raises=DisagreementError, reason=f"{one.reason} ({one.place})")
        )
        for name, one in OPEN.items()
    ],
)
def test_open_claims(name: str, renderer: Renderer, tmp_path: Path) -> None:
    """A claim that does not hold yet fails with its seed; where it passes, it is to be taken off the list."""
    _hold(CLAIMS[name], (OPEN[name].seed,), renderer, tmp_path)


def test_open_claims_are_claims() -> None:
    """The list names nothing that no claim is called, and no name is given twice."""
    assert set(OPEN) <= set(CLAIMS)
    assert len(CLAIMS) == sum(len(module.CLAIMS) for module in MODULES)


@pytest.mark.oracle
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", _CLOSED)
def test_claims_of_many_reports(name: str, renderer: Renderer, tmp_path: Path) -> None:
    """A claim holds of hundreds of drawn reports."""
    _hold(CLAIMS[name], range(SEED, SEED + MANY), renderer, tmp_path)
