"""The parameters `{with.NAME}` of a fragment, replaced as text, without Jinja and without `str.format`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from reportgen.components.did_you_mean import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

Scalar: TypeAlias = str | bool | int | float

_PARAMETER = re.compile(r"\{\{|\}\}|\{with\.([^{}\n]*)\}")


def parameters_in(text: str) -> list[str]:
    """Return the names of the parameters in a text; `{{` is a plain brace."""
    return [match[1] for match in _PARAMETER.finditer(text) if match[1] is not None]


def filled(text: str, given: Mapping[str, Scalar]) -> Scalar:
    """Return a text with the values of its parameters; a parameter alone stays a number, or true or false.

    Raises:
        ValueError: A parameter is not given; the message names it and what to do.
    """
    for name in parameters_in(text):
        if name not in given:
            advice = nearest(name, list(given)) if given else f"write with: {{{name}: ...}} beside the include"
            raise ValueError(f"{{with.{name}}} is not given; {advice}")
    alone = _PARAMETER.fullmatch(text)
    if alone and alone[1] is not None:
        return given[alone[1]]
    return _PARAMETER.sub(lambda match: match[0] if match[1] is None else str(given[match[1]]), text)
