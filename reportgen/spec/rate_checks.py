"""Cautions for rates that would be printed a hundred times too large or too small: the API's 0.05 and 5 are both 5%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components import CalculatedNumber, Metric, NumberBlock
from reportgen.components.additive_metrics import adds_up
from reportgen.components.column_options import TableFieldSpec
from reportgen.components.formula import FormulaBlock
from reportgen.components.goal_numbers import percent_doubt, percent_fault
from reportgen.components.goals import GoalSpec
from reportgen.errors import Problem
from reportgen.model import RATES
from reportgen.spec.curated_presentation import curated_rate
from reportgen.titles import integration_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.components import AnyBlock
    from reportgen.components.yaml_models import FormatSpec
    from reportgen.model import UnitName
    from reportgen.spec.client_file import Client
    from reportgen.spec.goals_file import GoalsFile
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document, Place

_TIMES_100 = re.compile(r"\*\s*100(?:\.0*)?\s*$|^\s*100(?:\.0*)?\s*\*")
_QUOTIENT = re.compile(r"\s*`?([^\W\d][\w.:]*)`?\s*/\s*`?([^\W\d][\w.:]*)`?\s*")
_PLAIN_NUMBER = re.compile(r"(?<![\w.:`])\d")  # not within a name, `metrics.p95`
_PARTS = re.compile(r"\.(?:total|baseline)$")
_COUNTED: frozenset[UnitName] = frozenset({"count", "currency", "milliseconds", "seconds", "minutes", "hours"})
_SENT = {"percent": "as a fraction, such as 0.05", "percent_100": "in percent, such as 5"}


def rate_warnings(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield a warning for each rate whose format or goal does not suit the scale of its values."""
    numbers = spec.blocks_by_name()
    for place, section, block in spec.placed_blocks():
        source = spec.sources.get(spec.source_of(section, block) or "")
        found = [*_goals(block), *_formulas(block, numbers), *_formats(block, source.integration if source else "")]
        for where, message in found:
            yield document.problem((*place, *where), f"warning: {message}")
    if spec.goals:
        yield from goals_file_warnings(spec.goals, spec)


def goals_file_warnings(file: GoalsFile, spec: ReportSpec) -> Iterator[Problem]:
    """Yield a warning for the first line of each number of a spec whose goals in a file do not suit its scale."""
    blocks, told = spec.blocks_by_name(), set[str]()
    for row in file.rows:
        goal = GoalSpec(months={row.month: row.goal})
        doubt = _client_goal_doubt(goal, blocks[row.name]) if row.name in blocks and row.name not in told else None
        if doubt:
            told.add(row.name)
            yield Problem(str(file.path), row.line, 1, row.name, f"warning: {doubt} [W-GOAL]")


def client_goal_warnings(spec: ReportSpec, client: Client, document: Document) -> Iterator[Problem]:
    """Yield a warning for each goal of a client that does not suit the scale of its number."""
    blocks = spec.blocks_by_name()
    for name, goal in client.goals.items():
        doubt = _client_goal_doubt(goal, blocks[name]) if name in blocks else None
        if doubt and ("goals", name) in document.values:
            yield document.problem(("goals", name), f"warning: {doubt} [W-GOAL]")


def _client_goal_doubt(goal: GoalSpec, block: AnyBlock) -> str | None:
    unit = _unit(block)
    is_settled = unit is not None or isinstance(block, NumberBlock)  # a formula's unit may follow from its numbers
    return (percent_fault(goal.numbers(), unit) if is_settled else None) or percent_doubt(goal.numbers(), unit)


def _goals(block: AnyBlock) -> Iterator[tuple[Place, str]]:
    if isinstance(block, NumberBlock | CalculatedNumber) and block.goal:
        doubt = percent_doubt(block.goal.numbers(), _unit(block))
        if doubt:
            yield ("goal",), f"{doubt} [W-GOAL]"


def _formulas(block: AnyBlock, numbers: Mapping[str, AnyBlock]) -> Iterator[tuple[Place, str]]:
    """Yield the places of formulas that are printed as if they counted in hundreds and do not, or the other way."""
    written: list[tuple[Place, str, FormatSpec | None]] = []
    if isinstance(block, FormulaBlock):
        written.append((("formula",), block.formula, block.format))
    for name, own in getattr(block, "fields", {}).items():
        if isinstance(own, TableFieldSpec) and own.formula:
            written.append((("fields", name, "formula"), own.formula, own.format))
    for place, formula, written_format in written:
        unit = written_format.as_ if written_format else None
        if unit == "percent" and _TIMES_100.search(formula):
            message = "is printed 100 times too large: format: percent takes a share"
            yield place, f"{formula!r} {message}; leave * 100 out, or write format: percent_100 [W-PERCENT]"
        if unit == "percent_100" and _is_share(formula, block, numbers):
            message = "is printed 100 times too small: it is a share, and format: percent_100 takes percent"
            yield place, f"{formula!r} {message}; write format: percent [W-PERCENT]"


def _is_share(formula: str, block: AnyBlock, numbers: Mapping[str, AnyBlock]) -> bool:
    """Return whether a formula is a quotient of two counts or amounts: columns of its table, or numbers of the spec.

    What is itself calculated with a plain number, such as `clicks * 100`, may be one in hundreds.
    """
    quotient = _QUOTIENT.fullmatch(formula)
    names = [_PARTS.sub("", name) for name in quotient.groups()] if quotient else []
    if isinstance(block, Metric):
        units = [block.field_format(name) for name in names]
        counted = [
            unit.as_ in _COUNTED if unit else adds_up(block, name) for name, unit in zip(names, units, strict=True)
        ]
        columns = ((name, own) for name, own in block.fields.items() if isinstance(own, TableFieldSpec))
        formulas = {name: own.formula or "" for name, own in columns}
    else:
        counted = [name in numbers and _unit(numbers[name]) in _COUNTED for name in names]
        formulas = {name: own.formula for name, own in numbers.items() if isinstance(own, FormulaBlock)}
    return bool(counted) and all(counted) and not any(_PLAIN_NUMBER.search(formulas.get(name, "")) for name in names)


def _formats(block: AnyBlock, integration: str) -> Iterator[tuple[Place, str]]:
    """Yield the places of formats that take a known rate for another scale than its source sends."""
    if not isinstance(block, Metric):
        return
    for name in block.metrics:
        written, known = block.field_format(name), curated_rate(name, integration)
        if written and known and written.as_ in RATES and written.as_ != known:
            own = name in block.fields and block.fields[name].format is not None
            place: Place = ("fields", name, "format") if own else ("format",)
            title = integration_title(integration)
            yield place, f"{title} sends {name!r} {_SENT[known]}; write format: {known} [W-PERCENT]"


def _unit(block: AnyBlock) -> UnitName | None:
    """Return the unit of a number by its format; None of other blocks, and where the format is left out."""
    written = block.value_format() if isinstance(block, NumberBlock) else getattr(block, "format", None)
    return written.as_ if written else None
