"""Excel's printing of the number formats that are used, for tests that compare it with the page."""

from __future__ import annotations

import operator
import re
from decimal import Decimal

from reportgen.formatting import babel_locale

_COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def as_excel_shows(number: Decimal, code: str, locale: str) -> str:
    """Print a number by an Excel number format, with the separators that Excel takes from the reader's locale."""
    sections = _sections(number, code)
    code = sections[0]
    literal = re.compile(r'"([^"]*)"|(%)|(#,##0(?:\.(0+))?)')
    digits = next((match for match in literal.finditer(code) if match[3]), None)
    if digits is None:
        return literal.sub(lambda match: match[1], code)
    scaled = number * 100 if "%" in re.sub(r'"[^"]*"', "", code) else number
    near = scaled.quantize(Decimal(1).scaleb(-len(digits[4] or "")), rounding="ROUND_HALF_UP")
    own_section = near < 0 and len(sections) > 1
    cldr = babel_locale(locale)
    symbols, grouping = cldr.number_symbols["latn"], cldr.decimal_formats[None].grouping
    whole, _, fraction = f"{abs(near):f}".partition(".")
    groups = [whole[-grouping[0] :]]
    whole = whole[: -grouping[0]]
    while whole:
        groups.insert(0, whole[-grouping[1] :])
        whole = whole[: -grouping[1]]
    text = symbols["group"].join(groups) + (symbols["decimal"] + fraction if fraction else "")
    shown = literal.sub(lambda match: text if match[3] else match[1] or match[2], sections[1 if own_section else 0])
    return ("-" if near < 0 and not own_section else "") + shown


def _sections(number: Decimal, code: str) -> list[str]:
    """Return the section of a code whose condition a number fulfils, else its sections by sign."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    for section in sections:
        condition = re.match(r"\[([<>]=?)([0-9.]+)\]", section)
        if condition and _COMPARISONS[condition[1]](number, Decimal(condition[2])):
            return [section[condition.end() :]]
    return sections[-1:] if code.startswith(("[<", "[>")) else sections


def as_excel_prints(seconds: Decimal, code: str) -> str:
    """Print a duration by an Excel number format of elapsed time."""
    sizes = {"h": 3600, "m": 60, "s": 1}
    (code,) = _sections(seconds / 86_400, code)
    first = code[code.index("[") + 1] if "[" in code else "s"
    (digits,) = {len(fraction) for fraction in re.findall(r"s\.(0+)", code)} or {0}
    near = seconds.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")

    def part(match: re.Match[str]) -> str:
        if match["literal"] is not None:
            return match["literal"]
        letter = match["letter"]
        if letter == "s":
            return str(near if letter == first else near % 60)
        whole = int(near) // sizes[letter]
        return str(whole if letter == first else whole % 60)

    return re.sub(r'"(?P<literal>[^"]*)"|\[?(?P<letter>[hms])\]?(\.0+)?', part, code)
