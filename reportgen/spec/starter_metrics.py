"""The metrics that a new spec begins with, from the shipped examples of the same integration."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from reportgen.resources import examples_folder
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class StarterKeys:
    """The words of the API in the starter of an integration: reference keys, and names of metrics."""

    reference_keys: frozenset[str]
    metrics: frozenset[str]


_Block: TypeAlias = "dict[str, JsonValue]"

_EXAMPLES = ("instagram", "multichannel")  # the first that uses an integration gives its blocks
_EXAMPLE_KEYS = {"source", "goal", "annotations"}  # keys of the example, not of the metric


def starter_blocks(integration: str, alias: str, taken: set[str]) -> list[_Block]:
    """Return the blocks that a section of an integration begins with; empty where no example uses it.

    Args:
        integration: The kind of the integration.
        alias: The account's alias, which is put before names that are taken.
        taken: Names of the spec's other blocks; the new names are added.
    """
    blocks = _blocks(integration)
    names = [str(block["name"]) for block in blocks]
    renamed = {name: f"{alias}_{name}" if name in taken else name for name in names}
    taken.update(renamed.values())
    return [_renamed(block, renamed) for block in blocks]


def starter_keys(integration: str) -> StarterKeys:
    """Return the words of the API in the starter of an integration; none where it has no starter."""
    blocks = _blocks(integration)
    names = (str(name) for block in blocks for name in _sequence(block.get("metrics")))
    return StarterKeys(frozenset(str(block.get("reference_key")) for block in blocks), frozenset(names))


@lru_cache(maxsize=32)
def _blocks(integration: str) -> tuple[_Block, ...]:
    for example in _EXAMPLES:
        found = list(_blocks_of(_mapping(read_yaml(examples_folder() / f"{example}.yaml").value), integration))
        if found:
            known = {str(block["name"]) for block in found}
            return tuple(_without_example_keys(block, known) for block in found)
    return ()


def _blocks_of(spec: Mapping[str, JsonValue], integration: str) -> Iterator[_Block]:
    """Yield the metrics of a spec that come from accounts of an integration."""
    sources = _mapping(spec.get("sources"))
    for section in map(_mapping, _sequence(spec.get("sections"))):
        for block in map(_mapping, _sequence(section.get("blocks"))):
            source = _mapping(sources.get(str(block.get("source") or section.get("source"))))
            if "reference_key" in block and "name" in block and source.get("integration") == integration:
                yield dict(block)


def _without_example_keys(block: _Block, known: set[str]) -> _Block:
    """Return a block without keys of the example's client and without a trend of another account."""
    left = {key: value for key, value in block.items() if key not in _EXAMPLE_KEYS}
    if str(left.get("trend")) not in known:
        left.pop("trend", None)
    return left


def _renamed(block: _Block, names: Mapping[str, str]) -> _Block:
    trend = block.get("trend")
    own: _Block = {"name": names[str(block["name"])]}
    return {**block, **own, **({"trend": names[str(trend)]} if trend else {})}


def _mapping(node: JsonValue) -> Mapping[str, JsonValue]:
    return node if isinstance(node, dict) else {}


def _sequence(node: JsonValue) -> Sequence[JsonValue]:
    return node if isinstance(node, list) else []
