"""The blocks that a new section begins with: a shipped fragment for each integration whose metrics are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from reportgen.resources import examples_folder
from reportgen.spec.fragment_prefix import prefixed
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from pydantic import JsonValue

_Block: TypeAlias = "dict[str, JsonValue]"


@dataclass(frozen=True, slots=True)
class StarterKeys:
    """The words of the API in the starter of an integration: reference keys, and names of metrics."""

    reference_keys: frozenset[str]
    metrics: frozenset[str]


def starter_blocks(integration: str, alias: str, taken: set[str]) -> list[_Block]:
    """Return the blocks that a section of an integration begins with; empty where its metrics are not known.

    Args:
        integration: The kind of the integration.
        alias: The account's alias, which is put before all names where one of them is taken.
        taken: Names of the spec's other blocks; the new names are added.
    """
    blocks = list(_blocks(integration))
    if any(block.get("name") in taken for block in blocks):
        blocks = [block for block in prefixed(list(blocks), alias) if isinstance(block, dict)]
    taken.update(str(block["name"]) for block in blocks if "name" in block)
    return blocks


def starter_keys(integration: str) -> StarterKeys:
    """Return the words of the API in the starter of an integration; none where it has no starter."""
    blocks = _blocks(integration)
    keys = frozenset(str(block["reference_key"]) for block in blocks if "reference_key" in block)
    metrics = (names for block in blocks if isinstance(names := block.get("metrics"), list))
    return StarterKeys(keys, frozenset(str(name) for names in metrics for name in names))


@lru_cache(maxsize=32)
def _blocks(integration: str) -> tuple[_Block, ...]:
    path = examples_folder() / "starters" / f"{integration}.yaml"
    written = read_yaml(path).value if path.is_file() else []
    return tuple(block for block in written if isinstance(block, dict)) if isinstance(written, list) else ()
