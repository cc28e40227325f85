"""The lines above and below a table: its rows, its comparison and its part, and the author's limits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit
from reportgen.outputs.text.block_states import baseline_words
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.period_notes import compared_period

if TYPE_CHECKING:
    from reportgen.model import Report, Table

_COUNT = Unit("count")
_DOT = " \N{MIDDLE DOT} "
_SIGNS = {"<": "<", "<=": "\N{LESS-THAN OR EQUAL TO}", ">": ">", ">=": "\N{GREATER-THAN OR EQUAL TO}"}


def table_subtitle(table: Table, report: Report, part: int, parts: int) -> str:
    """Return the line above a part of a table; empty where there is nothing to say.

    Args:
        table: The whole table.
        report: Whose locale and compared period it is in.
        part: Number of the part, the first 1.
        parts: How many there are.
    """
    counts = {"num": _count(part, report), "of": _count(parts, report)}
    which = words_of(report.locale).gettext("Part %(num)s of %(of)s") % counts if parts > 1 else ""
    return _DOT.join(filter(None, (_rows_shown(table, report), baseline_words(table.baseline_missing, report), which)))


def _rows_shown(table: Table, report: Report) -> str:
    """Return how many rows of the period are shown, and what is left out; empty where all rows are there."""
    if table.shown >= table.of:
        return ""
    _ = words_of(report.locale).gettext
    gone = [presence == "baseline" for presence in table.presence]
    shown_gone = sum(gone[: table.shown])
    hidden, has_total = sum(gone) - shown_gone, bool(table.total or table.total_baseline)
    sentences = {
        (False, False): _("%(shown)s of %(of)s"),
        (False, True): _("%(shown)s of %(of)s, the total of all %(of)s"),
        (True, False): _("%(shown)s of %(of)s, and %(num)s only in %(period)s"),
        (True, True): _("%(shown)s of %(of)s, and %(num)s only in %(period)s; the total is of all %(of)s"),
    }
    return sentences[hidden > 0, has_total] % {
        "shown": _count(table.shown - shown_gone, report),
        "of": _count(table.of - sum(gone), report),
        "num": _count(hidden, report),
        "period": compared_period(report),
    }


def _count(number: int, report: Report) -> str:
    return format_value(number, _COUNT, report.locale)


def limit_words(table: Table, report: Report) -> str:
    """Return the author's limits of good and bad in words, so that no mark has to be guessed."""
    _ = words_of(report.locale).gettext
    tones = {"good": _("good"), "warn": _("to be watched"), "bad": _("bad")}
    rules = ((column, rule) for column in table.columns if column.printed for rule in column.tones)
    return _DOT.join(
        f"{column.label} {_SIGNS[rule.comparison]} {_exact(rule.limit, column.unit, report.locale)}: {tones[rule.tone]}"
        for column, rule in rules
    )


def _exact(limit: float, unit: Unit, locale: str) -> str:
    """Return a limit with all of its digits: a rounded one would contradict the values beside it."""
    scaled = Decimal(repr(limit)) * (100 if unit.name == "percent" else 1)
    exponent = scaled.normalize().as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    usual = (0 if unit.name == "count" else 1) if unit.decimals is None else unit.decimals
    return format_value(limit, replace(unit, decimals=digits) if digits > usual else unit, locale)
