"""Expressions as trees: written as an author writes them, and worked out with fractions.

A node is a tuple. Values: `("number", "2.5")`, `("percent", "10", hundred)`, `("name", name)`, `("text", text)`,
`("minus", value)` and `("+" | "-" | "*" | "/", left, right)`. Statements: `("compared", sign, left, right)`,
`("missing", value)`, `("not", statement)`, `("and" | "or", left, right)`.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Node: TypeAlias = tuple[Any, ...]

_TIES = {"or": 1, "and": 2, "not": 3, "compared": 4, "missing": 4, "+": 5, "-": 5, "*": 6, "/": 6, "minus": 7}

_LEAVES: dict[str, Callable[[str], str]] = {
    "number": str,
    "percent": "{}%".format,
    "name": lambda name: name if name.isidentifier() or set(name) & {".", ":"} else f"`{name}`",
    "text": lambda text: f'"{text}"' if "'" in text else f"'{text}'",
}


def written(node: Node, least: int = 0) -> str:
    """Return a node as text, in parentheses where it ties less than `least`."""
    tie = _TIES.get(node[0], 9)
    text = _written(node, tie)
    return f"({text})" if tie < least else text


def _written(node: Node, tie: int) -> str:
    kind, first, *more = node
    if kind in _LEAVES:
        return _LEAVES[kind](first)
    if kind in {"minus", "not"}:
        return f"{'-' if kind == 'minus' else 'not '}{written(first, tie)}"
    if kind == "missing":
        return f"{written(first, tie + 1)} is missing"
    if kind == "compared":
        return f"{written(more[0], tie + 1)} {first} {written(more[1], tie + 1)}"
    return f"{written(first, tie)} {kind} {written(more[0], tie + 1)}"


def worked_out(node: Node, values: Mapping[str, float | str | None]) -> Fraction | None:
    """Return a value, or None where a name has none, or a divisor is zero."""
    kind, first, *more = node
    if kind == "number":
        return Fraction(first)
    if kind == "percent":
        return Fraction(first) / (1 if more[0] else 100)
    if kind == "name":
        found = values[first]
        return None if found is None or isinstance(found, str) else Fraction(str(found))
    sides = [worked_out(side, values) for side in (first, *more)]
    if None in sides or (kind == "/" and sides[1] == 0):
        return None
    left, right = sides[0] or Fraction(0), (sides[1] if more else None) or Fraction(0)
    if kind == "/":
        return left / right
    return {"minus": -left, "+": left + right, "-": left - right, "*": left * right}[kind]


def is_true(node: Node, values: Mapping[str, float | str | None]) -> bool | None:
    """Return whether a statement is true, or None where nobody can say."""
    kind, first, *more = node
    if kind == "not":
        return {True: False, False: True, None: None}[is_true(first, values)]
    if kind == "missing":
        return (_text(first, values) if first[0] == "name" else worked_out(first, values)) is None
    if kind == "compared":
        return _compared(first, more[0], more[1], values)
    decisive = bool(kind == "or")
    truths = {is_true(first, values), is_true(more[0], values)}
    if decisive in truths:
        return decisive
    return None if None in truths else not decisive


def _compared(sign: str, left: Node, right: Node, values: Mapping[str, float | str | None]) -> bool | None:
    if "text" in {left[0], right[0]} or sign in {"contains", "starts with"}:
        one, other = _text(left, values), _text(right, values)
        if one is None or other is None:
            return None
        return {
            "=": one == other,
            "!=": one != other,
            "contains": one.find(other) >= 0,
            "starts with": one[: len(other)] == other,
        }[sign]
    first, second = worked_out(left, values), worked_out(right, values)
    if first is None or second is None:
        return None
    a, b = float(first), float(second)
    return {"<": a < b, "<=": a <= b, "=": a == b, "!=": a != b, ">=": a >= b, ">": a > b}[sign]


def _text(node: Node, values: Mapping[str, float | str | None]) -> str | None:
    found = node[1] if node[0] == "text" else values[node[1]]
    composed = unicodedata.normalize("NFC", "" if found is None else str(found)).strip()
    return unicodedata.normalize("NFC", composed.casefold()) or None
