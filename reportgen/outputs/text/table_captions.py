"""The lines above and below a table: its rows, its comparison, its part, its incomplete rows, and limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.formatting import format_period, format_value
from reportgen.formatting.telling_digits import printed_decimals, shown_number
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.block_states import baseline_words
from reportgen.outputs.text.catalogues import listed_text, named_text, words_of
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.outputs.text.period_notes import compared_days, compared_period, form_of_days

if TYPE_CHECKING:
    from reportgen.model import Report, Table, Unit
    from reportgen.outputs.text.period_notes import DaysForm

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
    counts = {"num": count_text(part, report.locale), "of": count_text(parts, report.locale)}
    number = words_of(report.locale).gettext("Part %(num)s of %(of)s") % counts if parts > 1 else ""
    days = format_period(table.days, report.locale) if table.days else ""
    missing = baseline_words(table.baseline_missing, report, table)
    return _DOT.join(filter(None, (days, rows_shown(table, report), missing, number)))


def rows_shown(table: Table, report: Report) -> str:
    """Return the count of the rows shown and of the rows left out; empty where all rows are there."""
    if table.shown >= table.of:
        return ""
    _ = words_of(report.locale).gettext
    gone = [presence == "baseline" for presence in table.presence]
    shown_gone = sum(gone[: table.shown])
    hidden, has_total = sum(gone) - shown_gone, bool(table.total or table.total_baseline)
    whole = _("%(shown)s of %(of)s"), _("%(shown)s of %(of)s, the total of all %(of)s")
    alone: dict[DaysForm, tuple[str, str]] = {
        "day": (
            _("%(shown)s of %(of)s, and %(num)s only on %(period)s"),
            _("%(shown)s of %(of)s, and %(num)s only on %(period)s; the total is of all %(of)s"),
        ),
        "months": (
            _("%(shown)s of %(of)s, and %(num)s only in %(period)s"),
            _("%(shown)s of %(of)s, and %(num)s only in %(period)s; the total is of all %(of)s"),
        ),
        "days": (
            _("%(shown)s of %(of)s, and %(num)s only in the period %(period)s"),
            _("%(shown)s of %(of)s, and %(num)s only in the period %(period)s; the total is of all %(of)s"),
        ),
    }
    sentences = alone[form_of_days(compared_days(report, table))] if hidden else whole
    return sentences[has_total] % {
        "shown": count_text(table.shown - shown_gone, report.locale),
        "of": count_text(table.of - sum(gone), report.locale),
        "num": count_text(hidden, report.locale),
        "period": compared_period(report, table),
    }


def limit_words(table: Table, report: Report) -> str:
    """Return the author's limits of good and bad in words, which explain the marks in a table."""
    _ = words_of(report.locale).gettext
    tones = {"good": _("good"), "warn": _("to be watched"), "bad": _("bad")}
    rules = ((column, rule) for column in table.columns if column.printed for rule in column.tones)
    return _DOT.join(
        named_text(
            f"{column.label} {_SIGNS[rule.comparison]} {_exact(rule.limit, column.unit, report.locale)}",
            tones[rule.tone],
            report.locale,
        )
        for column, rule in rules
    )


def incomplete_rows(table: Table, report: Report) -> str:
    """Return which weeks, months or other buckets of a table are incomplete, those of the compared period first."""
    named = (
        (column, cells[at])
        for column in table.columns
        for cells, cut in ((column.baseline, column.baseline_cut), (column.values, column.cut))
        for at in cut
        if at < table.shown and column.printed
    )
    names = dict.fromkeys(
        isolated(format_value(name, column.unit, report.locale), report.locale) for column, name in named
    )
    if not names:
        return ""
    return words_of(report.locale).gettext("Incomplete: %(names)s") % {"names": listed_text(names, report.locale)}


def _exact(limit: float, unit: Unit, locale: str) -> str:
    """Return a limit with all of its digits: rounded it would contradict the values beside it."""
    shown = shown_number(limit, unit)
    exponent = shown.normalize().as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    is_rounded = digits > printed_decimals(shown, unit)
    return format_value(limit, replace(unit, decimals=digits) if is_rounded else unit, locale)
