"""The values of a chart as text."""

from __future__ import annotations

from decimal import InvalidOperation
from functools import partial
from typing import TYPE_CHECKING

from reportgen.formatting import format_axis, format_value
from reportgen.model import exact, number_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from reportgen.model import Number, Unit

_LONGEST = 24


def value_text(value: Number, unit: Unit, locale: str) -> str:
    """Return a value in full, or as a power of ten where that is longer than a label can be."""
    return _written(format_value, value, unit, locale)


def tick_text(value: Number | Decimal, unit: Unit, locale: str, step: Decimal | None = None) -> str:
    """Return a value briefly, as beside an axis; a tick with the decimals of the step between ticks."""
    return _written(partial(format_axis, step=step), number_of(exact(value)), unit, locale)


def _written(write: Callable[[Number, Unit, str], str], value: Number, unit: Unit, locale: str) -> str:
    try:
        text = write(value, unit, locale)
    except InvalidOperation:  # beyond the digits that the formatter calculates with
        text = ""
    return text if 0 < len(text) <= _LONGEST else f"{exact(value).normalize():.3g}".replace("-", "\N{MINUS SIGN}")
