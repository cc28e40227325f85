"""The text of values and changes in a locale. Halves are rounded away from zero, as Excel rounds them.

A value that would be rounded to 0, or a rate to 100 %, and is neither, is written as a bound, `<0.1%`; a negative value
and a change, whose signs leave no room for a bound, have as many decimals as it takes. An author's decimals are kept.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_scientific

from reportgen.formatting.cldr import (
    NO_BREAK,
    babel_locale,
    compact_divisors,
    currency_affixes,
    fixed_pattern,
    fixed_text,
    rounded,
)
from reportgen.formatting.dates import format_written_date
from reportgen.formatting.durations import SECONDS_IN, clock
from reportgen.formatting.telling_digits import bound_of, misleads, printed_decimals, telling_decimals, telling_unit
from reportgen.model import RATES, RAW, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from babel import Locale

    from reportgen.model import Change, Goal, Number, Value

MINUS = "\N{MINUS SIGN}"

_MOST_SHORT_DECIMALS = 3
_MOST_SHARE_DECIMALS = 6
_OFF_PACE = frozenset({"behind", "above_pace"})
_BRIEF_DECIMALS, _THOUSAND = 2, 1000
_FIGURES = re.compile(r"\d([\d.,\s\u066b\u066c]*\d)?")
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_POINTS = {"ar": "نقطة مئوية", "de": "PP", "es": "p.p.", "fr": "pt", "ja": "ポイント", "pt": "p.p."}
"""Words of percentage points by language; the rest of the world writes pp."""

_MARKS = "\u200e\u200f\u061c"  # of direction
_DIGITS = 700  # of the widest float, and of its smallest fraction


def format_value(value: Value, unit: Unit, locale: str) -> str:
    """Return the text of a value in a locale.

    Args:
        value: In the API's own scale: a `percent` is a fraction (0.048), a `percent_100` is not
            (4.8), durations are in the unit's own measure. A value that is no day, month, quarter or week under
            `date` is returned as it came, without separators.
        unit: The unit of the value; without a name a number keeps every digit it came with.
        locale: Hyphenated CLDR name.

    Raises:
        ValueError: The value is None.
    """
    if value is None:
        raise ValueError("a missing value has no text; the output words its reason")
    if unit.name == "date":
        return format_written_date(value, locale)
    if isinstance(value, str):
        return value
    return _format_number(value, unit, locale)


@lru_cache(maxsize=16_384, typed=True)  # an output prints a number two or three times, and the audit once more
def _format_number(value: Number, unit: Unit, locale: str) -> str:
    if unit.name is None and "e" in repr(value):  # 1e-320 as it came, not in 322 characters
        return str(format_scientific(Decimal(repr(value)), locale=babel_locale(locale))).replace("-", MINUS)
    return _number_text(Decimal(repr(value)), unit, locale)


def format_change(change: Change, unit: Unit, locale: str) -> str:
    """Return the text of a change, with its sign: a percentage, percentage points or an amount.

    Rates move in percentage points; a move from zero, from below it or to below it, and one of more than 1,000 %, is
    written in the unit of the value. A change that is not 0 has as many decimals as it takes to say so.
    """
    if unit.name in RATES:
        points = points_of(change, unit)
        return _with_upright_sign(_signed(points, points_unit(unit, points), locale) + points_word(locale), locale)
    share = change.printed_share
    moved, unit = (change.absolute, unit) if share is None else (share, Unit("percent"))
    return _with_upright_sign(_signed(Decimal(repr(moved)), telling_unit(moved, unit), locale), locale)


def points_of(change: Change, unit: Unit) -> Decimal:
    """Return the percentage points that a rate moved."""
    return Decimal(repr(change.absolute)) * (100 if unit.name == "percent" else 1)


def points_word(locale: str) -> str:
    """Return the suffix of percentage points; CLDR has no unit for them."""
    return NO_BREAK + _POINTS.get(babel_locale(locale).language, "pp")


def points_unit(unit: Unit, points: Number | Decimal = 0) -> Unit:
    """Return the unit of percentage points of a rate: with the author's decimals, else enough to tell them from 0."""
    if unit.decimals is not None:
        return Unit("decimal", decimals=unit.decimals)
    return telling_unit(float(points), Unit("decimal", decimals=1), free=True)


def format_progress(goal: Goal, locale: str) -> tuple[str, str]:
    """Return the share of a goal that is reached, and that expected by now; the first is empty where there is none.

    They are in whole percent, and more exact where that would say 0 or 100 %, or the same of a value off its pace.
    """
    if goal.progress is None:
        return "", _percent_text(goal.expected, locale)
    pair = "", ""
    for decimals in range(_MOST_SHARE_DECIMALS + 1):
        pair = _percent_text(goal.progress, locale, decimals), _percent_text(goal.expected, locale, decimals)
        if pair[0] != pair[1] or goal.standing not in _OFF_PACE:
            break
    return pair


def _percent_text(share: float, locale: str, decimals: int = 0) -> str:
    return format_value(share, telling_unit(share, Unit("percent", decimals=decimals), free=True), locale)


def format_names(names: Sequence[str], locale: str) -> str:
    """Return a list of names as the locale writes it, `A, B, and C`."""
    return format_list(names, locale=babel_locale(locale))


@lru_cache(maxsize=4096, typed=True)  # a chart is drawn for each width of screen and for paper
def format_axis(value: Number, unit: Unit, locale: str, step: Decimal | None = None) -> str:
    """Return a value briefly, as beside an axis.

    Args:
        value: A tick, or an amount.
        unit: Its unit.
        locale: Hyphenated CLDR name.
        step: The distance of the ticks, whose decimals the short form keeps; None for at most two decimals.
    """
    number = Decimal(repr(value))
    if unit.name in SECONDS_IN:
        seconds, cldr = number * SECONDS_IN[unit.name], babel_locale(locale)
        digits = printed_decimals(seconds, Unit(unit.name))
        parts = clock(seconds, cldr, telling_decimals(seconds, unit, digits) or digits)
        return _with_minus(" ".join(text for amount, text in parts if amount) or parts[-1][1], cldr)
    if unit.name in RATES:
        exact = number.normalize() * (100 if unit.name == "percent" else 1)
        digits = max(0, -int(exact.normalize().as_tuple().exponent))
        return format_value(value, Unit(unit.name, decimals=digits), locale)
    cldr = babel_locale(locale)
    with localcontext(prec=_DIGITS):
        short = _compact(number, 2, cldr, step) or _plain_text(number, RAW, cldr)
    return _with_minus(_with_currency(short, unit, cldr), cldr)


def format_briefly(values: Sequence[Number], unit: Unit, locale: str) -> list[str]:
    """Return amounts briefly for reading them beside one another: with one number of decimals, at most two.

    Short forms, `21.35K`, have a number of their own; where there are thousands, other amounts have no decimals. An
    amount that would be rounded to 0, and is none, has as many as it takes.

    Args:
        values: The amounts of a drawing.
        unit: Their unit; rates are written as in texts.
        locale: Hyphenated CLDR name.
    """
    if unit.name in RATES:
        return [format_value(value, unit, locale) for value in values]
    if unit.name in SECONDS_IN:
        return [format_axis(value, unit, locale) for value in values]
    cldr, numbers = babel_locale(locale), [Decimal(repr(value)) for value in values]
    with localcontext(prec=_DIGITS):
        shorts = [_compact(number, _BRIEF_DECIMALS, cldr) for number in numbers]
        texts = _short_texts(numbers, shorts, cldr)
        texts = [
            text if re.search("[1-9]", text) or not number else _plain_text(number, RAW, cldr)
            for number, text in zip(numbers, texts, strict=True)
        ]
    return [_with_minus(_with_currency(text, unit, cldr), cldr) for text in texts]


def _short_texts(numbers: Sequence[Decimal], shorts: Sequence[str | None], cldr: Locale) -> list[str]:
    """Return the short forms of numbers, or the numbers in full where they have none, each kind evenly long."""
    figures = [_short_figure(number, cldr) if short else number for number, short in zip(numbers, shorts, strict=True)]
    digits = {
        is_short: _shared_decimals(
            figure for figure, short in zip(figures, shorts, strict=True) if bool(short) is is_short
        )
        for is_short in (True, False)
    }
    if any(abs(number) >= _THOUSAND for number in numbers):
        digits[False] = 0
    written = [fixed_text(figure, digits[bool(short)], cldr) for figure, short in zip(figures, shorts, strict=True)]
    return [
        _FIGURES.sub(text.lstrip("-"), short, count=1) if short else text
        for text, short in zip(written, shorts, strict=True)
    ]


def _shared_decimals(figures: Iterable[Decimal]) -> int:
    """Return the decimals that the figure with the most of them needs, at most two."""
    near = (rounded(figure, _BRIEF_DECIMALS).normalize().as_tuple().exponent for figure in figures)
    return max((0, *(-int(exponent) for exponent in near)))


def _short_figure(number: Decimal, cldr: Locale) -> Decimal:
    """Return the figure of the short form of a number, which is rounded before its size is looked at: 999,999 is 1M."""
    divisor = _divisor(number, cldr)
    near = rounded(number / divisor, _BRIEF_DECIMALS) * divisor
    return near / _divisor(near, cldr)


def _divisor(number: Decimal, cldr: Locale) -> int:
    """Return the number that the short form of a number is divided by; 1 where it has none."""
    return next((divisor for size, divisor in compact_divisors(cldr) if abs(number) >= size), 1)


def _number_text(number: Decimal, unit: Unit, locale: str) -> str:
    cldr = babel_locale(locale)
    with localcontext(prec=_DIGITS):
        text = _plain_text(number + 0, unit, cldr)  # adding nothing turns -0 into 0
    return _with_minus(text, cldr)


def _with_minus(text: str, cldr: Locale) -> str:
    """Return a text with the sign of a minus, which letters that run to the left would turn behind the digits."""
    if cldr.text_direction == "rtl" and not text.isascii():
        text = re.sub(f"(?<!{_LEFT_TO_RIGHT})-(?!{_LEFT_TO_RIGHT})", f"{_LEFT_TO_RIGHT}-", text)
    return text.replace("-", MINUS)


def _plain_text(number: Decimal, unit: Unit, cldr: Locale) -> str:
    if unit.name is None or unit.name in {"text", "date"}:
        return str(cldr.decimal_formats[None].apply(number, cldr, decimal_quantization=False))
    shown = number * SECONDS_IN.get(unit.name, 100 if unit.name == "percent" else 1)
    digits = printed_decimals(shown, unit)
    if unit.decimals is None and misleads(shown, unit, digits):
        return _telling_text(shown, unit, digits, cldr)
    return _rounded_text(shown, unit, digits, cldr)


def _rounded_text(shown: Decimal, unit: Unit, digits: int, cldr: Locale) -> str:
    """Return the text of a rate in percent, of a duration in seconds, or of any other number."""
    if unit.name in SECONDS_IN:
        return " ".join(text for _, text in clock(shown, cldr, digits))
    if unit.name in RATES:
        return str(fixed_pattern(cldr, "percent", digits).apply(rounded(shown, digits) / 100, cldr))
    short = _compact(shown, 1, cldr) if unit.compact else None
    return _with_currency(short or fixed_text(shown, digits, cldr), unit, cldr)


def _telling_text(shown: Decimal, unit: Unit, digits: int, cldr: Locale) -> str:
    """Return the text of a number that would mislead: a bound, or where it is negative with more decimals."""
    more = telling_decimals(shown, unit, digits) if shown < 0 else None
    if more is not None:
        return _rounded_text(shown, unit, more, cldr)
    sign, figure = bound_of(abs(shown), digits)
    text = _rounded_text(figure, unit, digits, cldr)
    number = text.lstrip(_MARKS)
    # A line that runs to the left would turn the sign around, so that it reads as its contrary.
    upright = _LEFT_TO_RIGHT if cldr.text_direction == "rtl" else ""
    return f"{text.removesuffix(number)}{upright}{'-' if shown < 0 else ''}{sign}{number}"


def _compact(number: Decimal, digits: int, cldr: Locale, step: Decimal | None = None) -> str | None:
    """Return the short form of a number, or None where CLDR has none for its size, as for 12345 in German.

    It is rounded here, since Babel rounds halves to even and has 999,950 as 1000K. With a step it has the decimals
    of the step, and is None where those are more than are read at a glance.
    """
    divisor = next((divisor for size, divisor in compact_divisors(cldr) if abs(number) >= size), None)
    if divisor is None:
        return None
    if step is not None:
        digits = -int((step / divisor).normalize().as_tuple().exponent)
        if digits > _MOST_SHORT_DECIMALS:
            return None
    near = rounded(number / divisor, max(0, digits)) * divisor
    text: str = format_compact_decimal(near, locale=cldr, fraction_digits=max(0, digits))
    return text if any(map(str.isalpha, text)) else None


def _with_currency(text: str, unit: Unit, cldr: Locale) -> str:
    """Return an amount with its symbol and its minus where the locale puts them."""
    if unit.name != "currency" or not unit.currency:
        return text
    negative = text.startswith("-")
    prefix, suffix = currency_affixes(unit.currency, cldr, negative=negative)
    return f"{prefix}{text.removeprefix('-')}{suffix}"


def _with_upright_sign(text: str, locale: str) -> str:
    """Return a signed text whose sign stands before its digits also where letters in it run to the left."""
    if text.isascii() or babel_locale(locale).text_direction == "ltr":
        return text
    return re.sub(f"^([{_MARKS}]*)(?<!{_LEFT_TO_RIGHT})([+{MINUS}])", rf"\1{_LEFT_TO_RIGHT}\2", text)


def _signed(number: Decimal, unit: Unit, locale: str) -> str:
    text = _number_text(number, unit, locale)
    return f"+{text}" if number > 0 and re.search("[1-9]", text) else text  # no plus before a rounded zero
