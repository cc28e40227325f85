"""Cautions for options of fields that a block does not have, and for columns to sort by that it does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.column_options import TableFieldSpec
from reportgen.components.did_you_mean import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.errors import Problem
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document, Place

_DIRECTIONS = {**dict.fromkeys(("desc", "descending"), "-"), **dict.fromkeys(("asc", "ascending"), "")}
_BY_ACCOUNT = "account"  # a column of the report, where a source is several accounts


def field_warnings(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield a warning for each field that has options, new names or a table's order, and that no such block has."""
    yield from _renamed(spec, document)
    for place, _, block in spec.placed_blocks():
        if isinstance(block, Metric):
            for where, message in _of_block(block):
                yield document.problem((*place, *where), f"warning: {message} [W-FIELD]", at_key=len(where) > 1)


def _renamed(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield a warning for each dimension of the spec's `rename` that no block of it is broken down by."""
    blocks = [block for section in spec.sections for block in section.blocks if isinstance(block, Metric)]
    dimensions = sorted({name for block in blocks for name in block.dimension_names()})
    for name in spec.rename:
        if name not in {*dimensions, _BY_ACCOUNT}:
            advice = nearest(name, dimensions) if dimensions else "there is none"
            message = f"{name!r} is no dimension of any block, so nothing is renamed; {advice}"
            yield document.problem(("rename", name), f"warning: {message} [W-FIELD]", at_key=True)


def _of_block(block: Metric) -> Iterator[tuple[Place, str]]:
    asked = [*block.dimension_names(), *block.metrics]
    computed = [
        name for name, own in block.fields.items() if isinstance(own, TableFieldSpec) and own.formula is not None
    ]
    known = {*asked, *computed, _BY_ACCOUNT, block.reference_key}  # a chart of many series has that name
    for name in block.fields:
        if name not in known:
            yield ("fields", name), f"{name!r} is no field of this block; {nearest(name, asked)}"
    sort_by = getattr(block, "sort_by", None)
    if isinstance(sort_by, str) and sort_by.removeprefix("-") not in known:
        yield ("sort_by",), _no_column(sort_by.removeprefix("-"), [*asked, *computed])


def _no_column(name: str, columns: list[str]) -> str:
    """Return the message of a text to sort by that is no column, such as `cpa desc` or `cpa, clicks`."""
    column, direction = (*re.split(r"[\s,:;]+", name.strip(), maxsplit=1), "")[:2]
    if column not in columns or not direction:
        return f"{name!r} is no column of this table; {nearest(name, columns)}"
    if direction.casefold() in _DIRECTIONS:
        return f"{name!r} is no column of this table; write {_DIRECTIONS[direction.casefold()]}{column}"
    return f"{name!r} is no column of this table; rows are sorted by a single column, such as {column}"
