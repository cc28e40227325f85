"""References between a spec's blocks: names, sources, trends and formulas.

Read from the document rather than from validated models, so that these problems are reported
together with all others.
"""

from __future__ import annotations

from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, TypeAlias

from pydantic import TypeAdapter, ValidationError

from reportgen.components.conditions import Condition
from reportgen.components.did_you_mean import nearest
from reportgen.components.formula_expression import parse
from reportgen.components.yaml_models import ValueFormat, unit_of
from reportgen.connect.remote_pictures import address_problem, is_remote
from reportgen.model import RAW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from reportgen.components.formula_expression import Expression
    from reportgen.errors import Problem
    from reportgen.model import Unit
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document, Place

    Blocks: TypeAlias = list[tuple[Place, dict[str, JsonValue], JsonValue]]

_CHART = "chart_v1"
_NUMBER = "number_v1"
_FORMAT: TypeAdapter[ValueFormat | None] = TypeAdapter(ValueFormat | None)


def reference_problems(document: Document) -> list[Problem]:
    """Return a problem for each reference to nothing and each repeated name or id."""
    blocks = list(_blocks(document))
    return [
        *_repeated(document, blocks, "name"),
        *_repeated(document, blocks, "id"),
        *_sources(document, blocks),
        *_trends(document, blocks),
        *_formulas(document, blocks),
        *_conditions(document, blocks),
        *_pictures(document, blocks),
        *_listed(document, blocks),
        *_summaries_of_nothing(document, blocks),
    ]


def requirement_problems(document: Document, spec: ReportSpec) -> Iterator[Problem]:
    """Yield a problem for each required block that the spec lacks, also by its default name."""
    names = [name for _, blocks in spec.named_sections() for name, _ in blocks]
    for index, name in enumerate(spec.require.blocks):
        if name not in names:
            yield document.problem(("require", "blocks", index), f"{name!r} is no block; {nearest(name, names)}")


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
    """Return the advice on a name that two blocks have."""
    if any(document.origin(place).by for place in places):
        return "change one, or write a prefix where it is included, as in with: {prefix: shop}"
    return "change one"


def _sources(document: Document, blocks: Blocks) -> Iterator[Problem]:
    sources = document.value_at(("sources",))
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
    numbers = [str(block["name"]) for _, block, _ in blocks if isinstance(block.get("name"), str) and _is_number(block)]
    for place, block, _ in blocks:
        for key in ("metric_list", "summary"):
            listed = block.get(key)
            for index, name in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(name, str) and name not in numbers:
                    advice = nearest(name, numbers) if numbers else "no number of the spec has a name"
                    yield document.problem((*place, key, index), f"{name!r} is the name of no number; {advice}")


def _summaries_of_nothing(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each `summary: auto` in a section without figures."""
    sections = {
        place[1] for place, block, _ in blocks if {"component", "formula"} & block.keys() and not block.get("hidden")
    }
    for place, block, _ in blocks:
        if block.get("summary") == "auto" and place[1] not in sections:
            message = (
                "this section shows no number, chart or table to tell of; write summary: report for the whole report"
            )
            yield document.problem((*place, "summary"), message)


def _metrics(block: dict[str, JsonValue]) -> set[str]:
    metrics = block.get("metrics")
    return {str(metric) for metric in metrics} if isinstance(metrics, list) else set()


def _formulas(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each unknown number, circle or unit conflict in formulas; the model checks their syntax."""
    named = {str(block["name"]): block for _, block, _ in blocks if isinstance(block.get("name"), str)}
    numbers = [name for name, block in named.items() if _is_number(block)]
    sound: dict[str, tuple[Place, Expression]] = {}
    for place, block, _ in blocks:
        expression = _expression(block)
        unknown = [name for name in expression.names if name not in numbers] if expression else []
        for name in unknown:
            yield document.problem((*place, "formula"), _no_operand(name, named, numbers))
        if expression and not unknown:
            sound[str(block.get("name", place))] = ((*place, "formula"), expression)
    order = []
    for step in _in_order({name: expression.names for name, (_, expression) in sound.items()}):
        if isinstance(step, str):
            order.append(step)
        else:
            yield document.problem(sound[step[0]][0], f"stands on itself: {' -> '.join(step)}; break the circle")
    ordered = [(name, *sound[name]) for name in order if name in sound]
    yield from _unit_conflicts(document, named, ordered)
    yield from _mixed_days(document, named, ordered)


def _conditions(document: Document, blocks: Blocks) -> Iterator[Problem]:
    """Yield a problem for each unknown number or unit conflict in conditions; the model checks their syntax."""
    named = {str(block["name"]): block for _, block, _ in blocks if isinstance(block.get("name"), str)}
    numbers = [name for name, block in named.items() if _is_number(block)]
    currency = document.value_at(("currency",))
    units = {
        name: _written_unit(block, currency if isinstance(currency, str) else None) for name, block in named.items()
    }
    for place, condition in _written_conditions(document, blocks):
        unknown = [name for name in condition.names if name not in numbers]
        for name in unknown:
            yield document.problem(place, _no_operand(name, named, numbers))
        if not unknown:
            yield from (document.problem(place, message) for message in condition.conflicts(units))


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
                yield (*place, "when"), Condition.of(written)


def _is_number(block: dict[str, JsonValue]) -> bool:
    return block.get("component") == _NUMBER or ("formula" in block and "component" not in block)


def _expression(block: dict[str, JsonValue]) -> Expression | None:
    formula = block.get("formula")
    if "component" in block or not isinstance(formula, str):
        return None
    try:
        return parse(formula)
    except ValueError:
        return None


def _no_operand(name: str, named: dict[str, dict[str, JsonValue]], numbers: list[str]) -> str:
    advice = nearest(name, numbers) if numbers else "no number of the spec has a name"
    if name in named:
        return f"{name!r} is a block, but no number to calculate with; {advice}"
    return f"{name!r} is the name of no number of the spec; {advice}"


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
    written = document.value_at(("currency",))
    currency = written if isinstance(written, str) else None
    units = {name: _written_unit(block, currency) for name, block in named.items()}
    for name, place, expression in formulas:
        try:
            unit = expression.unit(units)
        except ValueError as error:
            yield document.problem(place, str(error))
        else:
            units[name] = unit if units.get(name, RAW) == RAW else units[name]


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
