"""What a spec's blocks say of each other: names, sources and trends.

Read from the file itself rather than from validated models, so that these problems are told
together with all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reportgen.components.written import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from reportgen.errors import Problem
    from reportgen.spec.yaml_file import Document, Place

    Blocks: TypeAlias = list[tuple[Place, dict[str, JsonValue], JsonValue]]

_CHART = "chart_v1"


def reference_problems(document: Document) -> list[Problem]:
    """Return a problem for each reference that leads nowhere and each name or id used twice."""
    blocks = list(_blocks(document.value))
    return [
        *_repeated(document, blocks, "name"),
        *_repeated(document, blocks, "id"),
        *_sources(document, blocks),
        *_trends(document, blocks),
    ]


def _blocks(value: JsonValue) -> Iterator[tuple[Place, dict[str, JsonValue], JsonValue]]:
    """Yield the place and keys of each block that has keys, and its section's source."""
    sections = value.get("sections") if isinstance(value, dict) else None
    for number, section in enumerate(sections if isinstance(sections, list) else ()):
        blocks = section.get("blocks") if isinstance(section, dict) else None
        for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
            if isinstance(section, dict) and isinstance(block, dict):
                yield ("sections", number, "blocks", index), block, section.get("source")


def _repeated(document: Document, blocks: Blocks, key: str) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for place, block, _ in blocks:
        value = block.get(key)
        if not isinstance(value, str):
            continue
        if value in seen:
            line = document.values[(*seen[value], key)][0]
            yield document.problem((*place, key), f"{value!r} is the {key} of the block in line {line} too; change one")
        seen.setdefault(value, place)


def _sources(document: Document, blocks: Blocks) -> Iterator[Problem]:
    written = document.value.get("sources") if isinstance(document.value, dict) else None
    known = list(written) if isinstance(written, dict) else []
    reported: set[Place] = set()
    for place, block, from_section in blocks:
        own = block.get("source")
        alias = own or from_section
        if alias is None and "component" not in block:
            continue
        where = (*place, "source") if own else (*place[:2], "source") if from_section else place
        if where in reported:
            continue
        reported.add(where)
        if alias is None:
            yield document.problem(where, "asks a metric of no source; write source: in the block or its section")
        elif alias not in known:
            advice = nearest(str(alias), known) if known else "the spec has no sources:"
            yield document.problem(where, f"{alias!r} is none of the spec's sources; {advice}")


def _trends(document: Document, blocks: Blocks) -> Iterator[Problem]:
    named = {
        str(block["name"]): block for _, block, _ in blocks if block.get("component") == _CHART and "name" in block
    }
    charts = list(named)
    for place, block, _ in blocks:
        trend = block.get("trend")
        if isinstance(trend, str) and trend not in charts:
            advice = nearest(trend, charts) if charts else "no chart block has a name"
            yield document.problem((*place, "trend"), f"{trend!r} is no chart block; {advice}")
        elif isinstance(trend, str) and not _names(block) & _names(named[trend]):
            message = f"the chart {trend!r} shows none of this number's metrics, {', '.join(sorted(_names(block)))}"
            yield document.problem((*place, "trend"), message)


def _names(block: dict[str, JsonValue]) -> set[str]:
    metrics = block.get("metrics")
    return {str(metric) for metric in metrics} if isinstance(metrics, list) else set()
