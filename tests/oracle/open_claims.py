"""The list of claims that do not hold yet, each with why and a seed that shows it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """Why a claim does not hold yet.

    Attributes:
        reason: What is wrong.
        place: Where, as module and function of the package.
        seed: Of a report that shows it.
    """

    reason: str
    place: str
    seed: int


def open_claims() -> dict[str, OpenClaim]:
    """Return the claims of `open_claims.toml` by name; a name that stands twice is an error."""
    faults = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).get("fault", [])
    named = [(name, OpenClaim(one["reason"], one["place"], one["seed"])) for one in faults for name in one["claims"]]
    assert len(dict(named)) == len(named)
    return dict(named)
