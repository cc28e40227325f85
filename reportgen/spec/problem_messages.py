"""Pydantic's errors as problems for the author: the place, the value, and what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components import BARE_BLOCKS, BLOCK_KEYS
from reportgen.components.decimal_points import taken_for_decimals
from reportgen.components.did_you_mean import near_word, nearest
from reportgen.components.yaml_models import COLOR_PATTERN, CURRENCY_PATTERN, NAME_PATTERN, UNKNOWN_KEY
from reportgen.periods import day_advice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import JsonValue, ValidationError
    from pydantic_core import ErrorDetails

    from reportgen.errors import Problem
    from reportgen.spec.yaml_reader import Document, Place

_PATTERNS = {
    NAME_PATTERN: "small letters, digits and underscores, beginning with a letter, such as reach_by_day",
    COLOR_PATTERN: "a colour such as '#8A3B12', in quotes",
    CURRENCY_PATTERN: "an ISO code of three capital letters, such as BRL",
}
_TITLES = {"blocks": "label", "sections": "title"}
"""Part of a spec -> the key of its title, which its `name` is taken for."""
_MEANT = {
    "count": "int integer whole",
    "decimal": "float double",
    "currency": "money EUR USD BRL GBP",
    "xlsx": "excel Excel",
}
"""A word of ours -> words of other tools to which another word of ours is nearer by its letters, or none."""
_OF_NUMBERS = {"int_parsing", "int_type", "int_from_float", "float_parsing", "float_type"}
_MOST_LETTERS = 60  # of a value in a message
_BLOCKS = ("component", *BLOCK_KEYS)
_METRICS = ("number_v1", "chart_v1", "datatable_v1")


def problems_of(error: ValidationError, document: Document, under: Place = ()) -> Iterator[Problem]:
    """Yield a problem for each mistake, at its place in the file; the validated value stands at `under`."""
    value = document.value_at(under)
    errors = [(_place(detail, value), detail) for detail in error.errors()]
    for place in (misplaced := _blocks_among_sections(errors, value)):
        yield document.problem((*under, *place), _among_sections(document, (*under, *place)))
    refused: dict[Place, list[ErrorDetails]] = {}  # by each member of a union
    for place, detail in errors:
        if place[:2] not in misplaced and not _follows(place, detail, errors):
            refused.setdefault(place, []).append(detail)
    for place, details in refused.items():
        message = _number_or_word(details) or message_of(details[0])
        at_key = details[0]["type"] == UNKNOWN_KEY or _is_empty(details[0])  # YAML puts no value at what follows it
        yield document.problem((*under, *place), message, at_key=at_key)


def _blocks_among_sections(errors: list[tuple[Place, ErrorDetails]], value: JsonValue) -> list[Place]:
    """Return the places of sections that are blocks: they have the keys of one and none of a section, or are a word."""
    sections = value.get("sections") if isinstance(value, dict) else None
    refused = {place[1] for place, _ in errors if place[:1] == ("sections",) and len(place) > 1}
    return [
        ("sections", at)
        for at, section in enumerate(sections if isinstance(sections, list) else ())
        if at in refused
        and (
            section in BARE_BLOCKS
            or (isinstance(section, dict) and not {"blocks", "title"} & {*section} and {*_BLOCKS} & {*section})
        )
    ]


def _among_sections(document: Document, place: Place) -> str:
    """Return the message of a block that stands among the sections, with a block to move it below, if one is there."""
    beside = (*place[:-1], int(place[-1]) - 1, "blocks", 0)
    if beside in document.values:
        where = f"move all its lines to the right, until it begins in the column of line {document.line(beside)}"
    else:
        where = "write a section above it, - title: ... and below it blocks:, and move it to the right of that"
    return f"this is a block, and stands where sections begin; {where}"


def _number_or_word(details: list[ErrorDetails]) -> str | None:
    """Return the message of a value that is neither a number nor a word of a few; None where both are not expected."""
    number = next((detail for detail in details if detail["type"] in _OF_NUMBERS), None)
    words = [word for detail in details if detail["type"] == "literal_error" for word in _words(detail)]
    return f"{message_of(number)}, or a word: {', '.join(words)}" if number and words else None


def _follows(place: Place, detail: ErrorDetails, errors: list[tuple[Place, ErrorDetails]]) -> bool:
    """Return whether an error only follows from another: of a part of the value, or of its misspelt key."""
    if detail["type"] == "missing":
        beside = [where[-1] for where, other in errors if other["type"] == UNKNOWN_KEY and where[:-1] == place[:-1]]
        value = detail["input"]
        has_known = isinstance(value, dict) and bool(set(value) - set(beside))
        return any(near_word(str(place[-1]), [str(key)]) or not has_known for key in beside)
    has_part = any(len(where) > len(place) and where[: len(place)] == place for where, _ in errors)
    return has_part and (detail["type"] in {"too_short", "literal_error"} or detail["type"].endswith("_type"))


def _place(detail: ErrorDetails, value: JsonValue) -> Place:
    """Return the place in the file: pydantic's location without the names of union members."""
    place: Place = ()
    location = detail["loc"]
    for index, step in enumerate(location):
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif detail["type"] != "missing" or index < len(location) - 1:
            continue  # a member of a union, not a step in the file
        place = (*place, step)
    return place


def message_of(detail: ErrorDetails) -> str:
    """Return the message of an error: the fault of the value, and what to write."""
    if _is_empty(detail):
        return "nothing stands here; write a value, or take it out; a value that begins with # has to be in quotes"
    if detail["type"] in _MESSAGES:
        return _MESSAGES[detail["type"]](detail, detail["input"])
    context = detail.get("ctx", {})
    if "message" in context:  # of our own validators
        return _another_block(detail) or str(context["message"])
    if "error" in context:
        return str(context["error"])
    given = detail["input"]
    if detail["type"] == "string_type" and isinstance(given, int | float | list | dict):
        is_one = isinstance(given, int | float) or (isinstance(given, list) and len(given) == 1)  # `[new]` means itself
        return f"expected text, not {_quoted(given)}; {'put it in quotes' if is_one else 'write a single text'}"
    return f"{_quoted(given)} does not fit: {detail['msg'].removeprefix('Input ')}"


def _is_empty(detail: ErrorDetails) -> bool:
    """Return whether nothing stands behind a key, and no validator of ours has a message for it."""
    return (
        detail["input"] is None
        and detail["type"] not in {"missing", "value_error"}
        and "message" not in detail.get("ctx", {})
    )


def _another_block(detail: ErrorDetails) -> str | None:
    """Return the message of a key that stands in a block and makes another block; None for any other error."""
    if detail["type"] != UNKNOWN_KEY or detail["loc"][-1] not in BLOCK_KEYS or "blocks" not in detail["loc"][-4:]:
        return None
    return f"{detail['loc'][-1]!r} is another block; each begins with a hyphen: put `- ` before its first key"


def _pattern(detail: ErrorDetails, given: object) -> str:
    wanted, place = _PATTERNS.get(detail["ctx"]["pattern"], detail["msg"]), detail["loc"]
    shown = next((title for part, title in _TITLES.items() if part in place), None) if place[-1:] == ("name",) else None
    title = f"; the title that the reader sees is {shown}" if shown else ""
    return f"{_quoted(given)} does not fit; write {wanted}{title}"


def _no_component(detail: ErrorDetails, given: object) -> str:
    if isinstance(given, str):
        key, colon, value = given.partition(":")
        if key in BLOCK_KEYS:
            advice = f"put a space after the colon: {key}: {value}" if colon else f"write its value too: {key}: ..."
            return f"{_quoted(given)} is no block; {advice}"
        return f"{_quoted(given)} is no block; {nearest(given, [*BARE_BLOCKS, *BLOCK_KEYS])}"
    written = str(detail["ctx"]["tag"])
    known = [word for word in _words(detail) if word.endswith("_v1")]
    like = next((word for word in known if word.endswith(f"{written}_v1")), None)  # table: datatable_v1
    return f"component {written!r} cannot be drawn; {f'did you mean {like!r}?' if like else nearest(written, known)}"


def _no_block(_: ErrorDetails, given: object) -> str:
    written = {str(key): value for key, value in given.items()} if isinstance(given, dict) else {}
    if bare := next((key for key in written if key in BARE_BLOCKS), None):
        return f"{bare} is a word of its own; write - {bare} without a colon"
    if meant := next((key for key, value in written.items() if _is_component(key, value)), None):
        return f"{meant!r} is no key here; did you mean 'component'?"
    if {"reference_key", "metrics"} & set(written):
        return f"'component' is missing; write component: and one of {', '.join(_METRICS)}"
    near = next((f"; did you mean {found!r}?" for key in written if (found := near_word(key, _BLOCKS, 0.75))), "")
    keys = f"one of the keys {', '.join(_BLOCKS)}, or is one of the words {' and '.join(BARE_BLOCKS)}"
    return f"a block has {keys}; this one has {', '.join(written) or _quoted(given)}{near}"


def _is_component(key: str, value: object) -> bool:
    """Return whether a key of a block is `component`, misspelt or by another name."""
    return near_word(key.casefold(), ["component"], 0.75) is not None or (isinstance(value, str) and value in _METRICS)


def _no_list(_: ErrorDetails, given: object) -> str:
    if isinstance(given, dict) and given:
        return f"expected a list, each entry of which begins with a hyphen: put `- ` before {next(iter(given))}"
    if isinstance(given, bool):
        return f"expected a list, not {_quoted(given)}"
    return f"expected a list, not {_quoted(given)}; put it in brackets, with commas between entries: [{given}]"


def _no_keys(detail: ErrorDetails, given: object) -> str:
    if isinstance(given, str) and detail["loc"][:-1] == ("sources",):
        kind = given.strip("{} ").removeprefix("integration:").strip()
        without = ", without quotes" if kind != given else ""
        return f"expected keys, not {_quoted(given)}; write {{integration: {kind}}}{without}"
    entries = given if isinstance(given, list) else []
    values = [value for entry in entries if isinstance(entry, dict) and len(entry) == 1 for value in entry.values()]
    is_flat = len(values) == len(entries) > 0 and not any(isinstance(value, list | dict) for value in values)
    without = "; write them below it, without hyphens" if is_flat else ""
    return f"expected keys, not {_quoted(given)}{without}"


def _no_whole_number(_: ErrorDetails, given: object) -> str:
    return f"{_quoted(given)} is no whole number; write its digits alone, such as 12"


def _no_number(_: ErrorDetails, given: object) -> str:
    if isinstance(given, str) and (message := taken_for_decimals(given)):
        return f"{message}, without quotes"
    if isinstance(given, str) and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", given):
        return f"{_quoted(given)} is a text; write the number without quotes: {given}"
    return f"{_quoted(given)} is no number; write its digits alone, with a point before decimals, as in 50000 or 0.05"


def _no_uuid(detail: ErrorDetails, given: object) -> str:
    wanted = "copy the customer integration's, such as 4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
    if isinstance(given, str) and given.startswith("{"):
        wanted = f"it stands without braces: {given.rpartition(':')[2].strip('{} ')}"
    elif isinstance(given, str) and "," in given:
        wanted = "several accounts stand in brackets: [4addc0da-..., 0b9a4c1e-...]"
    if detail["loc"][-1] == "integration":  # of a client's source, written as in a spec
        wanted = "the kind of account stands in the spec alone, and its id stands here in place of {integration: ...}"
    return f"{_quoted(given)} is no uuid; {wanted}"


_MESSAGES: dict[str, Callable[[ErrorDetails, object], str]] = {
    "missing": lambda detail, _: f"{detail['loc'][-1]!r} is missing",
    "literal_error": lambda detail, given: (
        f"{_quoted(given)} is none of the words here; {_nearest_word(given, detail)}"
    ),
    "string_pattern_mismatch": _pattern,
    "union_tag_invalid": _no_component,
    "union_tag_not_found": _no_block,
    **dict.fromkeys(("uuid_parsing", "uuid_type"), _no_uuid),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), _no_whole_number),
    **dict.fromkeys(("float_parsing", "float_type"), _no_number),
    "bool_parsing": lambda _, given: f"{_quoted(given)} is neither true nor false",
    **dict.fromkeys(
        ("date_from_datetime_parsing", "date_from_datetime_inexact", "date_type"),
        lambda _, given: f"{_quoted(given)} is no day; {day_advice(str(given))}",
    ),
    "model_type": _no_keys,
    "tuple_type": _no_list,
    "dict_type": _no_keys,
    **dict.fromkeys(
        ("too_short", "string_too_short"), lambda _, given: f"{_quoted(given)} is empty; write what belongs here"
    ),
}


def _nearest_word(given: object, detail: ErrorDetails) -> str:
    words = _words(detail)
    if meant := next((word for word, others in _MEANT.items() if word in words and str(given) in others.split()), None):
        return f"did you mean {meant!r}?"
    if isinstance(given, str) and given in words:
        return f"write it without quotes: {given}"
    return nearest(str(given), words)


def _words(detail: ErrorDetails) -> list[str]:
    """Return the words that an error expects."""
    expected = str(detail["ctx"].get("expected") or detail["ctx"].get("expected_tags"))
    words = re.findall(r"'([^']*)'", expected) or [expected]
    return [word for word in words if not word.startswith("<")]


def _quoted(value: object) -> str:
    text = str(value) if isinstance(value, int) else repr(value)  # a whole number as it was written
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 3] + "..."
