"""Cautions for keys of a metric that the API is sent as they are, with a value that an author means for the report.

The API takes other values there (see the vendor's payload catalogues), so that such a value is without effect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from reportgen.components import ChartBlock, Metric
from reportgen.components.chart import WrittenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.errors import Problem
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document

_KINDS = {*get_args(WrittenKind), "pie"}
_SIGNS = ("<", ">", "=", " contains ", " starts with ")  # of a condition


def passed_on_warnings(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield a warning for each key of a metric that is sent to the API with a value that is none of the API's."""
    for place, _, block in spec.placed_blocks():
        if isinstance(block, Metric):
            for key, message in _of_block(block):
                yield document.problem((*place, key), f"warning: {message} [W-KEY]")


def _of_block(block: Metric) -> Iterator[tuple[str, str]]:
    """Yield the keys of a block, each with its message."""
    for key, value in (("filter", block.filter), ("filters", block.filters)):
        if isinstance(value, str):
            advice = _instead(block, "where", value if any(sign in value for sign in _SIGNS) else "...")
            yield key, f"{key} is sent to the API, which takes a structure of its own and no text; {advice}"
    if isinstance(block.sort, str):
        advice = _instead(block, "sort_by", block.sort)
        yield "sort", f"sort is sent to the API, which takes a list such as [{block.sort}]; {advice}"
    for key, value in (("chart", block.chart), ("type", block.type)):
        if isinstance(value, str) and value in _KINDS:
            kind = f"kind: {'donut' if value == 'pie' else value}"
            wanted = kind if isinstance(block, ChartBlock) else f"{kind}, in a block with component: chart_v1"
            yield key, f"{key} is sent to the API and does not say how a chart is drawn; write {wanted}"


def _instead(block: Metric, key: str, value: str) -> str:
    """Return the advice to write a key of ours, or to leave the API's out where the block has no such key."""
    return f"write {key}: {value}" if key in type(block).advised_keys() else "copy it from a payload, or leave it out"
