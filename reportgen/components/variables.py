"""The closed list of variables an author may use in text, such as `{client.name}`.

Replaced without Jinja and without `str.format`, so text is never evaluated. `{{` and `}}` are
braces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components.did_you_mean import near_word

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLES = (
    "client.name",
    "client.slug",
    "period.label",
    "period.id",
    "period.start",
    "period.end",
    "baseline.label",
    "spec.name",
    "agency.name",
    "as_of",
)
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}?")


def check_variables(text: str, known: tuple[str, ...] = VARIABLES) -> str:
    """Return a text unchanged, if every variable in it is known.

    Raises:
        ValueError: A variable is unknown or a brace is open; the message names the nearest.
    """
    for match in _PLACEHOLDER.finditer(text):
        if match[0] in {"{{", "}}"}:
            continue
        if not match[0].endswith("}"):
            raise ValueError(f"the brace before {match[1][:20]!r} is not closed; write {{{{ for a plain brace")
        if match[1] not in known:
            near = near_word(match[1], known, 0.5)
            advice = f"did you mean {{{near}}}?" if near else "write {{ for a plain brace."
            raise ValueError(f"{{{match[1]}}} is no variable; {advice} Known are {', '.join(known)}")
    return text


def fill_variables(text: str, values: Mapping[str, str]) -> str:
    """Return a checked text with the values of its variables."""

    def value(match: re.Match[str]) -> str:
        return match[0][0] if match[0] in {"{{", "}}"} else values[match[1]]

    return _PLACEHOLDER.sub(value, text)
