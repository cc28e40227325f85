"""References between a spec's blocks: names, sources, trends and lists; those of formulas are `formula_references`.

Read from the document rather than from validated models, so that these problems are reported
together with all others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components.did_you_mean import nearest
from reportgen.connect.picture_addresses import address_problem, is_remote
from reportgen.spec.formula_references import (
    cell_problems,
    condition_problems,
    formula_problems,
    history_problems,
    is_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import JsonValue

    from reportgen.errors import Problem
    from reportgen.spec.formula_references import Blocks
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document, Place

_CHART = "chart_v1"
_REFERENCE = re.compile(r"\.(formula|history|metric_list|summary|trend|when)\b")
_MAY_HOLD_A_NAME = re.compile(r"(sections)?[.\d]*(blocks)?[.\d]*(name|component|reference_key)?")  # in a fragment too


def reference_problems(document: Document) -> list[Problem]:
    """Return a problem for each reference to nothing and each repeated name or id."""
    blocks = list(_blocks(document))
    return [
        *_repeated(document, blocks, "name"),
        *_repeated(document, blocks, "id"),
        *_sources(document, blocks),
        *_trends(document, blocks),
        *formula_problems(document, blocks),
        *history_problems(document, blocks),
        *cell_problems(document, blocks),
        *condition_problems(document, blocks),
        *_pictures(document, blocks),
        *_listed(document, blocks),
        *_summaries_of_nothing(document, blocks),
    ]


def follows_from(problem: Problem, others: Sequence[Problem]) -> bool:
    """Return whether a reference to nothing only follows from another problem: at its place, or of the name's block."""
    refers = _REFERENCE.search(problem.place) is not None
    return any(problem.place == other.place or (refers and _MAY_HOLD_A_NAME.fullmatch(other.place)) for other in others)


def requirement_problems(document: Document, spec: ReportSpec) -> Iterator[Problem]:
    """Yield a problem for each required block that the spec lacks, also by its default name."""
    names = list(spec.blocks_by_name())
    for index, name in enumerate(spec.require.blocks):
        if name not in names:
            yield document.problem(("require", "blocks", index), f"{name!r} is no block; {nearest(name, names)}")


def section_name_problems(document: Document, spec: ReportSpec) -> Iterator[Problem]:
    """Yield a problem for each name of a section that another section or a block has too, also by its default name."""
    taken = dict.fromkeys(spec.blocks_by_name(), "a block")
    for number, section in enumerate(spec.sections):
        if section.name in taken:
            place: Place = ("sections", number, "name")
            message = f"{section.name!r} is the name of {taken[section.name]} too"
            yield document.problem(place, f"{message}; {_advice(document, place)}")
        elif section.name:
            taken[section.name] = "another section"


def _blocks(document: Document) -> Iterator[tuple[Place, dict[str, JsonValue], JsonValue]]:
    """Yield the place and keys of each block that has keys, and its section's source."""
    sections = document.value_at(("sections",))
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
            message = f"{value!r} is the {key} of the block in {_line(document, (*seen[value], key), place)} too"
            yield document.problem((*place, key), f"{message}; {_advice(document, seen[value], place)}")
        seen.setdefault(value, place)


def _line(document: Document, place: Place, seen_from: Place) -> str:
    """Return the line of a place, with its file where that is another file."""
    file = document.origin(place).file
    other = f" of {file}" if file != document.origin(seen_from).file else ""
    return f"line {document.line(place)}{other}"


def _advice(document: Document, *places: Place) -> str:
    """Return the advice on a name that two parts have."""
    if any(document.origin(place).by for place in places):
        return "change one, or write a prefix where it is included, as in with: {prefix: shop}"
    return "change one"


def _sources(document: Document, blocks: Blocks) -> Iterator[Problem]:
    sources = document.value_at(("sources",))
    if not isinstance(sources, dict) and ("sources",) in document.values:
        return  # a problem itself
    known = list(sources) if isinstance(sources, dict) else []
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
    charts = {
        str(block["name"]): block for _, block, _ in blocks if block.get("component") == _CHART and "name" in block
    }
    for place, block, _ in blocks:
        trend, metrics = block.get("trend"), _metrics(block)
        if isinstance(trend, str) and trend not in charts:
            advice = nearest(trend, list(charts)) if charts else "no chart block has a name"
            yield document.problem((*place, "trend"), f"{trend!r} is no chart block; {advice}")
        elif isinstance(trend, str) and block.get("period") != charts[trend].get("period"):
            message = f"the chart {trend!r} covers other days than this number; write the same period in both"
            yield document.problem((*place, "trend"), message)
        elif isinstance(trend, str) and metrics.isdisjoint(_metrics(charts[trend])):
            message = f"the chart {trend!r} shows none of this number's metrics, {', '.join(sorted(metrics))}"
            yield document.problem((*place, "trend"), message)


def _pictures(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each address of a picture that may not be fetched; the model checks the hosts."""
    hosts = document.value_at(("images", "hosts"))
    allowed = tuple(str(host) for host in hosts) if isinstance(hosts, list) else ()
    for place, block, _ in blocks:
        image = block.get("image")
        if isinstance(image, str) and is_remote(image) and (problem := address_problem(image, allowed)):
            yield document.problem((*place, "image"), problem)


def _listed(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each name in a list or a summary that no number has."""
    numbers = [str(block["name"]) for _, block, _ in blocks if isinstance(block.get("name"), str) and is_number(block)]
    for place, block, _ in blocks:
        for key in ("metric_list", "summary", "history"):
            listed = block.get(key)
            if key == "history" and isinstance(listed, str) and listed not in numbers:
                yield document.problem((*place, key), _no_number(listed, numbers))
            for index, name in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(name, str) and name not in numbers:
                    yield document.problem((*place, key, index), _no_number(name, numbers))


def _no_number(name: str, numbers: list[str]) -> str:
    advice = nearest(name, numbers) if numbers else "no number of the spec has a name"
    return f"{name!r} is the name of no number; {advice}"


def _summaries_of_nothing(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each `summary: auto` in a section without figures."""
    sections = {
        place[1]
        for place, block, _ in blocks
        if {"component", "formula", "sum", "metric_table"} & block.keys() and not block.get("hidden")
    }
    for place, block, _ in blocks:
        if block.get("summary") == "auto" and place[1] not in sections:
            message = (
                "this section shows no number, chart or table to tell of; write summary: report for the whole report"
            )
            yield document.problem((*place, "summary"), message)


def _metrics(block: dict[str, JsonValue]) -> set[str]:
    metrics = block.get("metrics")
    return set(map(str, metrics if isinstance(metrics, list) else [metrics]))
