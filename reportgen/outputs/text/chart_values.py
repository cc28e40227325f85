"""The values of a chart as text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING

from reportgen.formatting import format_axis, format_briefly, format_value
from reportgen.model import exact, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from reportgen.model import Number, Unit

    Writer: TypeAlias = Callable[[Sequence[Number], Unit, str], list[str]]

MISSING = "\N{EN DASH}"
_LONGEST = 24


def value_text(value: Number, unit: Unit, locale: str) -> str:
    """Return a value in full, or as a power of ten where that is longer than a label can be."""
    return _written(format_value, value, unit, locale)


def value_texts(values: Sequence[Number], unit: Unit, locale: str) -> list[str]:
    """Return the values of a drawing in full; see `value_text`."""
    return [value_text(value, unit, locale) for value in values]


def brief_texts(values: Sequence[Number | Decimal], unit: Unit, locale: str) -> list[str]:
    """Return the values of a drawing briefly, with one number of decimals, so that they compare at a glance."""
    numbers = [number_of(exact(value)) for value in values]
    try:
        texts = format_briefly(numbers, unit, locale)
    except InvalidOperation:  # beyond the digits that the formatter calculates with
        texts = [""] * len(numbers)
    return [_or_power(text, value) for text, value in zip(texts, numbers, strict=True)]


def texts_or_dashes(write: Writer, values: Sequence[Number | Decimal | None], unit: Unit, locale: str) -> list[str]:
    """Return the values of a drawing by `value_texts` or `brief_texts`, and a dash in place of each that is missing."""
    known = [value for value in values if value is not None]
    texts = iter(write([number_of(value) if isinstance(value, Decimal) else value for value in known], unit, locale))
    return [MISSING if value is None else next(texts) for value in values]


def tick_text(value: Number | Decimal, unit: Unit, locale: str, step: Decimal | None = None) -> str:
    """Return a value briefly, as beside an axis; a tick with the decimals of the step between ticks."""
    return _written(partial(format_axis, step=step), number_of(exact(value)), unit, locale)


def _written(write: Callable[[Number, Unit, str], str], value: Number, unit: Unit, locale: str) -> str:
    try:
        text = write(value, unit, locale)
    except InvalidOperation:  # beyond the digits that the formatter calculates with
        text = ""
    return _or_power(text, value)


def _or_power(text: str, value: Number) -> str:
    """Return the text of a value, or a power of ten where there is none or it is longer than a label can be."""
    return text if 0 < len(text) <= _LONGEST else f"{exact(value).normalize():.3g}".replace("-", "\N{MINUS SIGN}")
