"""Rules of summaries about charts of categories and tables: the first row, the largest change, the total."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.characters import unbroken
from reportgen.formatting import format_value
from reportgen.model import RATES, ROUND_KINDS, change_of, cut_rows, form_of
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import N_, listed_text, words_of
from reportgen.outputs.text.chart_labels import label_in_words
from reportgen.outputs.text.counts_and_shares import share_of, share_text
from reportgen.outputs.text.number_cards import move
from reportgen.outputs.text.summaries.rule import STRONG, PossibleSentence, is_tiny, moved_by, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Column, Number, Table, Unit, Value
    from reportgen.outputs.text.summaries.rule import SummaryFacts
    from reportgen.periods import Period

_RANKED = frozenset({"bar", "horizontal_bar", "pie", "donut"})
_FEWEST = 3
_AHEAD = 11, 10  # 11 to 10 of the second, at least; whole numbers, which no huge count overflows
_MATERIAL = 5  # a row below a fifth of the largest is a detail
_NO_NAMES = frozenset({"", "other", "others", "unknown", "(other)", "(not set)", "(none)"})
_LEADS = (
    N_("%(title)s: %(row)s comes first, with %(figure)s."),
    N_("%(title)s: %(row)s leads, with %(figure)s."),
)
_MOVED = N_("%(title)s: %(row)s went from %(before)s to %(figure)s.")
_RANK_MOVES = {
    True: (N_("%(title)s: %(row)s rose from %(before)s to %(figure)s."), _MOVED),
    False: (N_("%(title)s: %(row)s fell from %(before)s to %(figure)s."), _MOVED),
}
_TOTALS = {
    True: N_("%(title)s: %(metric)s rose by %(change)s in total, to %(value)s."),
    False: N_("%(title)s: %(metric)s fell by %(change)s in total, to %(value)s."),
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a ranking: its name, its value, and the compared value or None."""

    name: str
    value: Number
    baseline: Number | None


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The rows of a chart or a table as names with values.

    Attributes:
        title: Of its block.
        metric: Name of the metric; empty where the title holds it.
        unit: Of the values.
        rows: The printed rows of the period that have a value.
        total: The API's total of the values; None where it sent none or they do not add up.
        has_shares: Whether the share of each row is printed.
        quoted: Whether its names are quoted: those of a table may be whole sentences.
        compared: The days that it is compared with, where these are not those of the report.
    """

    title: str
    metric: str
    unit: Unit
    rows: tuple[_Row, ...]
    total: Number | None = None
    has_shares: bool = False
    quoted: bool = False
    compared: Period | None = None

    @property
    def top(self) -> _Row | None:
        """The row that is clearly ahead of the second; None where no row is, or the row has no name."""
        if len(self.rows) < _FEWEST:
            return None
        first, second, *_ = sorted(self.rows, key=lambda row: row.value, reverse=True)
        clear = (
            first.value > 0
            and first.value * _AHEAD[1] >= second.value * _AHEAD[0]
            and not is_tiny(first.value, self.unit)
        )
        return first if clear and first.name.strip().casefold() not in _NO_NAMES else None


def leaders(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on the first row of each ranking, where it is clearly ahead."""
    _ = words_of(facts.locale).gettext
    for ranking in _rankings(facts):
        if top := ranking.top:
            values = {**_names(ranking, top, facts), "figure": _part(ranking, top, facts)}
            weight, fact = 41 if ranking.has_shares or ranking.total else 39, _fact(ranking, top)
            yield PossibleSentence(weight, tuple(map(_, _LEADS)), values, fact)


def movers(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on the largest change of each ranking, where a row that matters changed strongly."""
    _ = words_of(facts.locale).gettext
    for ranking in _rankings(facts):
        moved = [(_moved(row, ranking), row) for row in ranking.rows]
        size, row = max(moved, default=(0.0, None), key=lambda pair: pair[0])
        if not size or row is None or row.baseline is None:
            continue
        values = {
            **_names(ranking, row, facts),
            "before": facts.against(facts.figure(row.baseline, ranking.unit), ranking.compared),
            "figure": _with_metric(ranking, facts.figure(row.value, ranking.unit)),
        }
        words = tuple(map(_, _RANK_MOVES[row.value > row.baseline]))
        weight, against_report = 36 + 20 * min(size, 1.0), ranking.compared is None
        yield PossibleSentence(weight, words, values, _fact(ranking, row), compared=against_report)


def totals(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on the change of a table's total, which is the API's and never added up here."""
    for block in facts.complete_blocks:
        for table in block.tables:
            index = _sorted_by(table)
            if index is not None and table.total and table.total_baseline:
                cells = (table.total[index], table.total_baseline[index])
                yield from _total(block, table.columns[index], cells, facts, table.compared)


def _total(
    block: Block, column: Column, cells: tuple[Value, Value], facts: SummaryFacts, compared: Period | None
) -> Iterator[PossibleSentence]:
    change = change_of(*cells, column.unit, column.direction, column.band)
    size = moved_by(change, cells[1], column.unit)
    if change is None or not size:
        return
    text, moved = format_value(cells[0], column.unit, facts.locale), move(change, column.unit, facts.locale)
    values = {
        "title": facts.name(block.label),
        "metric": facts.name(column.label),
        "change": facts.against(isolated(unsigned(moved), facts.locale), compared),
        "value": isolated(text, facts.locale),
    }
    message = words_of(facts.locale).gettext(_TOTALS[change.absolute > 0])
    yield PossibleSentence(
        38 + 40 * min(size, 1.0), (message,), values, fact=f"{text} {moved.text}", compared=compared is None
    )


def _rankings(facts: SummaryFacts) -> Iterator[_Ranking]:
    """Yield the rankings of charts and tables that have names in words."""
    for block in facts.complete_blocks:
        for chart in block.charts:
            if chart.kind in _RANKED and chart.label_type == "category" and len(chart.series) == 1:
                yield _of_chart(block, chart, facts.locale)
        for table in block.tables:
            index = _sorted_by(table)
            names = [column for column in table.columns if column.role == "dimension" and column.printed]
            if index is not None and names and names[0].unit.name != "date":
                yield _of_table(block, table, names, table.columns[index], facts.locale)


def _of_chart(block: Block, chart: Chart, locale: str) -> _Ranking:
    (series,) = chart.series
    baseline = series.baseline or (None,) * len(chart.labels)
    names = [label_in_words(chart, label, locale) for label in chart.labels]
    if chart.other:
        names[-1] = ""  # several categories, of which none may be large
    rows = tuple(
        _Row(name, value, before)
        for name, value, before in zip(names, series.values, baseline, strict=True)
        if value is not None
    )
    title = block.label or series.label
    has_shares = form_of(chart) in ROUND_KINDS
    return _Ranking(
        title, _metric_name(series.label, block), series.unit, rows, has_shares=has_shares, compared=chart.compared
    )


def _of_table(block: Block, table: Table, names: Sequence[Column], column: Column, locale: str) -> _Ranking:
    """Return the ranking of a table, whose rows have all their names where the first of them does not tell them."""
    baseline = column.baseline or (None,) * len(column.values)
    telling = names[:1] if len(set(names[0].values)) == len(names[0].values) else names
    cells = zip(zip(*(each.values for each in telling), strict=True), column.values, baseline, strict=True)
    cut = cut_rows(table.columns)
    rows = tuple(
        _Row(
            listed_text((unbroken(str(part)) for part in name if part is not None), locale),
            value,
            before if isinstance(before, int | float) and at not in cut else None,
        )
        for at, (name, value, before) in enumerate(list(cells)[: table.shown])
        if isinstance(value, int | float)
    )
    total = table.total[table.columns.index(column)] if table.total and column.additive else None
    whole = total if isinstance(total, int | float) else None
    metric = _metric_name(column.label, block)
    return _Ranking(block.label, metric, column.unit, rows, whole, quoted=True, compared=table.compared)


def _sorted_by(table: Table) -> int | None:
    """Return the index of the column that sorts all rows, the largest first; None without such a column.

    Rows that are not printed count too: the first of the printed rows may be the last of all.
    """
    for index, column in enumerate(table.columns):
        rows = zip(column.values, table.presence, strict=False)
        values = [value for value, presence in rows if presence != "baseline"]
        numbers = [value for value in values if isinstance(value, int | float)]
        measured = column.printed and column.is_numeric and column.unit.name not in RATES
        if (
            measured
            and numbers
            and len(numbers) == len(values)
            and all(value >= after for value, after in pairwise(numbers))
        ):
            return index
    return None


def _moved(row: _Row, ranking: _Ranking) -> float:
    """Return a row's change as a share; 0 where it is not strong, or the row is a detail or has no name."""
    if row.baseline is None or row.name.strip().casefold() in _NO_NAMES:
        return 0.0
    largest = max(each.value for each in ranking.rows)
    change = change_of(row.value, row.baseline, ranking.unit, "neutral")
    size = moved_by(change, row.baseline, ranking.unit)
    matters = len(ranking.rows) >= _FEWEST and max(row.value, row.baseline) * _MATERIAL >= largest
    return size if matters and size >= STRONG and ranking.unit.name not in RATES else 0.0


def _fact(ranking: _Ranking, row: _Row) -> str:
    """Return the fact that a sentence on a row tells: its value."""
    return f"{ranking.title} {ranking.metric} {row.name} {row.value}"


def _names(ranking: _Ranking, row: _Row, facts: SummaryFacts) -> dict[str, str]:
    quoted = words_of(facts.locale).gettext("\N{LEFT DOUBLE QUOTATION MARK}%(name)s\N{RIGHT DOUBLE QUOTATION MARK}")
    name = facts.name(row.name)
    return {"title": facts.name(ranking.title), "row": quoted % {"name": name} if ranking.quoted else name}


def _part(ranking: _Ranking, row: _Row, facts: SummaryFacts) -> str:
    """Return a value with its share or its total, as far as the report prints these."""
    _, text = words_of(facts.locale).gettext, facts.figure(row.value, ranking.unit)
    if ranking.has_shares:
        share = share_text(share_of(row.value, [each.value for each in ranking.rows]), facts.locale)
        text = _("%(value)s, a share of %(share)s") % {"value": text, "share": share}
    elif ranking.total and ranking.total >= row.value:
        text = _("%(value)s of %(total)s") % {"value": text, "total": facts.figure(ranking.total, ranking.unit)}
    return _with_metric(ranking, text)


def _with_metric(ranking: _Ranking, figure: str) -> str:
    return f"{figure} ({ranking.metric})" if ranking.metric else figure


def _metric_name(metric: str, block: Block) -> str:
    """Return the name of a metric; empty where the title of its block holds it."""
    return "" if metric.casefold() in block.label.casefold() else metric
