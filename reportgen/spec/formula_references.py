"""References of formulas, sums, conditions and histories to the numbers of a spec; see `block_references`."""

from __future__ import annotations

from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, TypeAlias

from pydantic import TypeAdapter, ValidationError

from reportgen.components.conditions import Condition
from reportgen.components.did_you_mean import nearest
from reportgen.components.formula_expression import parse, sum_of
from reportgen.components.number_cells import shared_unit
from reportgen.components.number_parts import NUMBER_NAMES, condition_on_numbers, number_units
from reportgen.components.yaml_models import ValueFormat, unit_of
from reportgen.model import RAW, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import JsonValue

    from reportgen.components.expression_terms import Operand
    from reportgen.components.formula_expression import Expression
    from reportgen.errors import Problem
    from reportgen.spec.yaml_reader import Document, Place

    Blocks: TypeAlias = list[tuple[Place, dict[str, JsonValue], JsonValue]]

_NUMBER = "number_v1"
_OTHERS = ("chart_v1", "datatable_v1")
_MOST_UNITS = 2
_OF_A_COMPARISON = {"baseline", "change"}
_FORMAT: TypeAdapter[ValueFormat | None] = TypeAdapter(ValueFormat | None)


def formula_problems(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each unknown number, circle or unit conflict in formulas; the model checks their syntax."""
    named = _named(blocks)
    numbers = [name for name, block in named.items() if is_number(block)]
    sound: dict[str, tuple[Place, Expression]] = {}
    for place, block, _ in blocks:
        expression = _expression(block)
        key = "sum" if _summed(block) else "formula"
        for operand in _unknown(expression.operands, numbers) if expression else []:
            at: Place = ("sum", _summed(block).index(operand.word)) if key == "sum" else (key,)
            yield document.problem((*place, *at), _no_operand(operand, named, numbers))
        if expression and not _unknown(expression.operands, numbers):
            sound[str(block.get("name", place))] = ((*place, key), expression)
    order = []
    for step in _in_order({name: expression.names for name, (_, expression) in sound.items()}):
        if isinstance(step, str):
            order.append(step)
        else:
            yield document.problem(sound[step[0]][0], f"stands on itself: {' -> '.join(step)}; break the circle")
    ordered = [(name, *sound[name]) for name in order if name in sound]
    yield from _unit_conflicts(document, named, ordered)
    yield from _mixed_days(document, named, ordered)


def condition_problems(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each unknown number or unit conflict in conditions; the model checks their syntax."""
    named = _named(blocks)
    numbers = [name for name, block in named.items() if is_number(block)]
    units = _written_units(document, named)
    for place, condition in _written_conditions(document, blocks):
        unknown = _unknown(condition.operands, numbers)
        messages = [_no_operand(operand, named, numbers) for operand in unknown] or _conflicts(condition, units)
        yield from (document.problem(place, message) for message in messages)


def cell_problems(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each unknown number, unit conflict and other days in the cells of tables made of numbers."""
    named = _named(blocks)
    numbers = [name for name, block in named.items() if is_number(block)]
    units = _written_units(document, named)
    own = {name: _written_unit(block, None) for name, block in named.items()}
    for place, block, _ in blocks:
        days: dict[str, JsonValue] = {}
        in_columns: dict[str, Unit] = {}
        for at, expression in _cells(block):
            unknown = _unknown(expression.operands, numbers)
            messages = [_no_operand(operand, named, numbers) for operand in unknown] or _conflicts(expression, units)
            yield from (document.problem((*place, *at), message) for message in messages)
            if messages:
                continue
            if message := _mixed_column(str(at[-1]), _cell_unit(expression, units, own), in_columns):
                yield document.problem((*place, *at), message)
            days |= {name: _period_of(name, named) for name in expression.names}
            first = next(iter(days), "")
            if other := next((name for name in expression.names if days[name] != days[first]), None):
                message = (
                    f"{first} and {other} cover different days, which do not stand in one table; "
                    "a history shows numbers by month or quarter"
                )
                yield document.problem((*place, *at), message)


def _conflicts(written: Condition | Expression, units: Mapping[str, Unit]) -> list[str]:
    """Return the conflict of units in a condition or a formula, as a message; none where units go together."""
    found = number_units(written.operands, units)
    try:
        written.settled(found) if isinstance(written, Condition) else written.unit(found)
    except ValueError as error:
        return [str(error)]
    return []


def _cell_unit(expression: Expression, units: Mapping[str, Unit], own: Mapping[str, Unit]) -> Unit:
    """Return the unit of a cell, with a currency where a format of its numbers names one: another is of the account."""
    name = expression.unit(number_units(expression.operands, units)).name
    named = {own[operand.word].currency for operand in expression.operands} - {None}
    return Unit(name, currency=named.pop() if name == "currency" and len(named) == 1 else None)


def _mixed_column(column: str, unit: Unit, in_columns: dict[str, Unit]) -> str:
    """Return why a cell is in another unit than those above it; empty where it is not, or its format is unknown.

    `in_columns` is given what is known of the unit of each column.
    """
    if unit == RAW:
        return ""
    above = in_columns.setdefault(column, unit)
    if above.name == unit.name and None in {above.currency, unit.currency}:
        in_columns[column] = Unit(unit.name, currency=above.currency or unit.currency)
        return ""
    try:
        shared_unit(column, [above, unit])
    except ValueError as error:
        return str(error)
    return ""


def _cells(block: dict[str, JsonValue]) -> Iterator[tuple[Place, Expression]]:
    """Yield each cell of a table made of numbers that can be read, and its place in the block."""
    rows = block.get("metric_table")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        for column, text in row.items() if isinstance(row, dict) else ():
            if column != "row" and isinstance(text, str):
                with suppress(ValueError):
                    yield ("metric_table", index, column), parse(text, NUMBER_NAMES)


def _period_of(name: str, named: dict[str, dict[str, JsonValue]]) -> JsonValue:
    """Return the period that a number's author wrote; of a formula, that of its first number."""
    seen: set[str] = set()
    while name in named and name not in seen and (expression := _expression(named[name])) and expression.names:
        seen.add(name)
        name = expression.names[0]
    return named.get(name, {}).get("period")


def _written_conditions(document: Document, blocks: Blocks) -> Iterator[tuple[Place, Condition]]:
    """Yield each condition of a section or a block that can be read, and its place."""
    sections = document.value_at(("sections",))
    holders: list[tuple[Place, JsonValue]] = [
        (("sections", number), section) for number, section in enumerate(sections if isinstance(sections, list) else ())
    ]
    holders += [(place, block) for place, block, _ in blocks]
    for place, holder in holders:
        written = holder.get("when") if isinstance(holder, dict) else None
        if isinstance(written, str):
            with suppress(ValueError):
                yield (*place, "when"), condition_on_numbers(written)


def _summed(block: dict[str, JsonValue]) -> list[str]:
    """Return the names that a sum adds up; none of another block."""
    names = block.get("sum")
    return [str(name) for name in names] if isinstance(names, list) and "formula" not in block else []


def _expression(block: dict[str, JsonValue]) -> Expression | None:
    if summed := _summed(block):
        return sum_of(summed)
    formula = block.get("formula")
    if "component" in block or not isinstance(formula, str):
        return None
    try:
        return parse(formula, NUMBER_NAMES)
    except ValueError:
        return None


def _unknown(operands: Iterable[Operand], numbers: list[str]) -> list[Operand]:
    """Return the operands that name no number, each name once."""
    unknown: dict[str, Operand] = {}
    for operand in operands:
        if operand.word not in numbers:
            unknown.setdefault(operand.word, operand)
    return list(unknown.values())


def _no_operand(operand: Operand, named: dict[str, dict[str, JsonValue]], numbers: list[str]) -> str:
    name = operand.word
    advice = nearest(name, numbers) if numbers else "no number of the spec has a name"
    column = f"column {operand.at}: " if operand.at else ""  # a name in a list has none
    if name in named:
        return f"{column}{name!r} is a block, but no number to calculate with; {advice}"
    return f"{column}{name!r} is the name of no number of the spec; {advice}"


def _in_order(needs: dict[str, tuple[str, ...]]) -> Iterator[str | list[str]]:
    """Yield each circle, as its names with the first repeated at the end, then the other names, needs first."""
    while True:
        try:
            order = list(TopologicalSorter(needs).static_order())
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]  # graphlib names a need before what needs it
            yield circle
            needs = {name: its for name, its in needs.items() if name not in circle}
        else:
            yield from order
            return


def _mixed_days(
    document: Document, named: dict[str, dict[str, JsonValue]], formulas: list[tuple[str, Place, Expression]]
) -> Iterator[Problem]:
    """Yield a problem for each formula of numbers that have not all the same period."""
    periods = {name: block.get("period") for name, block in named.items() if "component" in block}
    for name, place, expression in formulas:
        first, *others = expression.names
        periods[name] = periods.get(first)
        for other in others:
            if periods.get(other) != periods[name]:
                message = f"{first} and {other} cover different days; write the same period in both"
                yield document.problem(place, message)
                break


def _unit_conflicts(
    document: Document, named: dict[str, dict[str, JsonValue]], formulas: list[tuple[str, Place, Expression]]
) -> Iterator[Problem]:
    """Yield a problem for each formula that mixes units, as far as the spec has formats."""
    units = _written_units(document, named)
    for name, place, expression in formulas:
        try:
            unit = expression.unit(number_units(expression.operands, units))
        except ValueError as error:
            yield document.problem(place, str(error))
        else:
            units[name] = unit if units.get(name, RAW) == RAW else units[name]


def _named(blocks: Blocks) -> dict[str, dict[str, JsonValue]]:
    """Return the blocks that have names, by name."""
    return {str(block["name"]): block for _, block, _ in blocks if isinstance(block.get("name"), str)}


def _written_units(document: Document, named: dict[str, dict[str, JsonValue]]) -> dict[str, Unit]:
    """Return the units of blocks by their names, as far as the spec has formats."""
    currency = document.value_at(("currency",))
    known = currency if isinstance(currency, str) else None
    return {name: _written_unit(block, known) for name, block in named.items()}


def _written_unit(block: dict[str, JsonValue], currency: str | None) -> Unit:
    """Return the unit of a block's number; raw where its format is missing or wrong."""
    metrics, fields = block.get("metrics"), block.get("fields")
    field = str(metrics[0] if isinstance(metrics, list) and len(metrics) == 1 else block.get("reference_key"))
    own = fields.get(field) if isinstance(fields, dict) else None
    written = (own.get("format") if isinstance(own, dict) else None) or block.get("format")
    try:
        return unit_of(_FORMAT.validate_python(written), currency)
    except ValidationError:
        return RAW


def history_problems(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each history of more than two units, and of a number that has none.

    That is a number with a range of its own, and one that is calculated from the comparison of another.
    """
    named = _named(blocks)
    units = _written_units(document, named)
    for place, block, _ in blocks:
        history = block.get("history")
        names = [str(name) for name in history] if isinstance(history, list) else [str(history)]
        numbers = list(dict.fromkeys(name for name in names if name in named)) if history else []
        if len({units[name] for name in numbers} - {RAW}) > _MOST_UNITS:
            yield document.problem(
                (*place, "history"), "has numbers of more than two units; make a history of each two"
            )
        for name in (calculated := _calculated_from(numbers, named)):
            custom = named[name].get("custom")
            if isinstance(custom, dict) and custom.get("custom_period"):
                message = f"{name} covers days of its own, whatever it is asked for, so it has no history"
                yield document.problem((*place, "history"), message)
        if compared := next(_compared_operands(calculated, named), None):
            name, operand = compared
            message = (
                f"{name} is calculated from {operand.text}, and the months of a history are compared with nothing; "
                f"make a history of what does not need it, and show {name} as a number"
            )
            yield document.problem((*place, "history"), message)


def _compared_operands(names: list[str], named: dict[str, dict[str, JsonValue]]) -> Iterator[tuple[str, Operand]]:
    """Yield each part of a number that only a comparison gives, with the name of the number calculated from it."""
    for name in names:
        expression = _expression(named[name])
        for operand in expression.operands if expression else ():
            if operand.part in _OF_A_COMPARISON:
                yield name, operand


def _calculated_from(names: list[str], named: dict[str, dict[str, JsonValue]]) -> list[str]:
    """Return the names of numbers with those that they are calculated from, each once."""
    found = list(names)
    for name in found:
        expression = _expression(named[name])
        found += [need for need in (expression.names if expression else ()) if need in named and need not in found]
    return found


def is_number(block: dict[str, JsonValue]) -> bool:
    """Return whether the keys of a block are those of a number, or would be with a component that is known."""
    component = block.get("component", _NUMBER if {"formula", "sum"} & block.keys() else None)
    return component is not None and component not in _OTHERS
