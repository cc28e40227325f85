"""Rules about charts of categories and about tables: what comes first, which row moved most, and the total."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import RATES, change_of
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.chart_forms import prints_shares
from reportgen.outputs.text.number_cards import move
from reportgen.outputs.text.shares import share_of, share_text
from reportgen.outputs.text.summaries.rule import STRONG, PossibleSentence, is_tiny, moved_by, name_of, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Chart, Column, Number, Table, Unit, Value
    from reportgen.outputs.text.summaries.rule import SummaryFacts

_RANKED = frozenset({"bar", "horizontal_bar", "pie", "donut"})
_FEWEST = 3
_AHEAD = 11, 10  # at least this many for so many of the second; whole numbers, which no huge count overflows
_MATERIAL = 5  # times it is as much as the largest, or the row is a detail
_NOBODY = frozenset({"", "other", "others", "unknown", "(other)", "(not set)", "(none)"})
_LEADS = (
    N_("%(title)s: %(row)s comes first, with %(figure)s."),
    N_("%(title)s: %(row)s leads, with %(figure)s."),
)
_WENT = N_("%(title)s: %(row)s went from %(before)s to %(figure)s.")
_RANK_MOVES = {
    True: (N_("%(title)s: %(row)s rose from %(before)s to %(figure)s."), _WENT),
    False: (N_("%(title)s: %(row)s fell from %(before)s to %(figure)s."), _WENT),
}
_TOTALS = {
    True: N_("%(title)s: %(metric)s rose by %(change)s in total, to %(value)s."),
    False: N_("%(title)s: %(metric)s fell by %(change)s in total, to %(value)s."),
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One name of a ranking: its value, and the compared one or None."""

    name: str
    value: Number
    baseline: Number | None


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Names with a value each, from a chart or a table.

    Attributes:
        title: Of its block.
        metric: What is measured; empty where the title says it.
        unit: Of the values.
        rows: The printed ones of the period that have a value.
        total: What the values are parts of; None where nobody sent it or they are no parts.
        cut: Whether the share of each is printed.
        quoted: Whether its names are quoted: those of a table may be whole sentences.
    """

    title: str
    metric: str
    unit: Unit
    rows: tuple[_Row, ...]
    total: Number | None = None
    cut: bool = False
    quoted: bool = False

    @property
    def top(self) -> _Row | None:
        """The row that is clearly ahead of the second; None where none is, or it is nobody's name."""
        if len(self.rows) < _FEWEST:
            return None
        first, second, *_ = sorted(self.rows, key=lambda row: row.value, reverse=True)
        clear = (
            first.value > 0
            and first.value * _AHEAD[1] >= second.value * _AHEAD[0]
            and not is_tiny(first.value, self.unit)
        )
        return first if clear and first.name.strip().casefold() not in _NOBODY else None


def leaders(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say what comes first, where something clearly does."""
    _ = words_of(told.locale).gettext
    for ranking in _rankings(told):
        if top := ranking.top:
            values = {**_names(ranking, top, told), "figure": _part(ranking, top, told)}
            yield PossibleSentence(41 if ranking.cut or ranking.total else 39, tuple(map(_, _LEADS)), values)


def movers(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which row of each ranking moved most, where a row that matters moved strongly."""
    _ = words_of(told.locale).gettext
    for ranking in _rankings(told):
        moved = [(_moved(row, ranking), row) for row in ranking.rows]
        size, row = max(((one, row) for one, row in moved if one), default=(0.0, None), key=lambda pair: pair[0])
        if row is None or row.baseline is None:
            continue
        values = {
            **_names(ranking, row, told),
            "before": isolated(format_value(row.baseline, ranking.unit, told.locale), told.locale),
            "figure": _measured(ranking, isolated(format_value(row.value, ranking.unit, told.locale), told.locale)),
        }
        words = tuple(map(_, _RANK_MOVES[row.value > row.baseline]))
        yield PossibleSentence(36 + 20 * min(size, 1.0), words, values, compared=True)


def totals(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say how a table's own total moved; none is ever added up here."""
    for block in told.sound:
        for table in block.tables:
            index = _sorted_by(table)
            if index is not None and table.total and table.total_baseline:
                cells = (table.total[index], table.total_baseline[index])
                yield from _total(block, table.columns[index], cells, told)


def _total(block: Block, column: Column, cells: tuple[Value, Value], told: SummaryFacts) -> Iterator[PossibleSentence]:
    change = change_of(*cells, column.unit, column.direction, column.band)
    size = moved_by(change, cells[1], column.unit)
    if change is None or not size:
        return
    text, moved = format_value(cells[0], column.unit, told.locale), move(change, column.unit, told.locale)
    values = {
        "title": name_of(block.label, told.locale),
        "metric": name_of(column.label, told.locale),
        "change": isolated(unsigned(moved), told.locale),
        "value": isolated(text, told.locale),
    }
    said = words_of(told.locale).gettext(_TOTALS[change.absolute > 0])
    yield PossibleSentence(38 + 40 * min(size, 1.0), (said,), values, fact=f"{text} {moved.text}", compared=True)


def _rankings(told: SummaryFacts) -> Iterator[_Ranking]:
    """Yield the rankings of charts and tables that have names in words."""
    for block in told.sound:
        for chart in block.charts:
            if chart.kind in _RANKED and chart.label_type == "category" and len(chart.series) == 1:
                yield _of_chart(block, chart)
        for table in block.tables:
            index = _sorted_by(table)
            names = next((one for one in table.columns if one.role == "dimension" and one.printed), None)
            if index is not None and names and names.unit.name != "date":
                yield _of_table(block, table, names, table.columns[index])


def _of_chart(block: Block, chart: Chart) -> _Ranking:
    (series,) = chart.series
    baseline = series.baseline or (None,) * len(chart.labels)
    rows = tuple(
        _Row(label, value, before)
        for label, value, before in zip(chart.labels, series.values, baseline, strict=True)
        if value is not None
    )
    title = block.label or series.label
    return _Ranking(title, _unsaid(series.label, block), series.unit, rows, cut=prints_shares(chart))


def _of_table(block: Block, table: Table, names: Column, column: Column) -> _Ranking:
    baseline = column.baseline or (None,) * len(column.values)
    cells = zip(names.values, column.values, baseline, strict=True)
    rows = tuple(
        _Row(str(name), value, before if isinstance(before, int | float) else None)
        for name, value, before in list(cells)[: table.shown]
        if isinstance(value, int | float)
    )
    total = table.total[table.columns.index(column)] if table.total and column.additive else None
    whole = total if isinstance(total, int | float) else None
    return _Ranking(block.label, _unsaid(column.label, block), column.unit, rows, whole, quoted=True)


def _sorted_by(table: Table) -> int | None:
    """Return the column that the printed rows are sorted by, the largest first; None where there is none."""
    for index, column in enumerate(table.columns):
        values = [
            value
            for value, presence in zip(column.values[: table.shown], table.presence, strict=False)
            if presence != "baseline"
        ]
        numbers = [value for value in values if isinstance(value, int | float)]
        measured = column.printed and column.is_numeric and column.unit.name not in RATES
        if measured and numbers and len(numbers) == len(values) and all(one >= two for one, two in pairwise(numbers)):
            return index
    return None


def _moved(row: _Row, ranking: _Ranking) -> float:
    """Return how far a row moved as a share; 0 where that is not strong, or the row is a detail or nobody's."""
    if row.baseline is None or row.name.strip().casefold() in _NOBODY:
        return 0.0
    largest = max(one.value for one in ranking.rows)
    change = change_of(row.value, row.baseline, ranking.unit, "neutral")
    size = moved_by(change, row.baseline, ranking.unit)
    matters = len(ranking.rows) >= _FEWEST and max(row.value, row.baseline) * _MATERIAL >= largest
    return size if matters and size >= STRONG and ranking.unit.name not in RATES else 0.0


def _names(ranking: _Ranking, row: _Row, told: SummaryFacts) -> dict[str, str]:
    name = name_of(row.name, told.locale)
    if ranking.quoted:
        name = words_of(told.locale).gettext(
            "\N{LEFT DOUBLE QUOTATION MARK}%(name)s\N{RIGHT DOUBLE QUOTATION MARK}"
        ) % {"name": name}
    return {"title": name_of(ranking.title, told.locale), "row": name}


def _part(ranking: _Ranking, row: _Row, told: SummaryFacts) -> str:
    """Return a value with what it is a part of, as far as the report prints that."""
    _, locale = words_of(told.locale).gettext, told.locale
    value = isolated(format_value(row.value, ranking.unit, locale), locale)
    if ranking.cut:
        share = share_text(share_of(row.value, [one.value for one in ranking.rows]), locale)
        return _measured(ranking, _("%(value)s, a share of %(share)s") % {"value": value, "share": share})
    if ranking.total and ranking.total >= row.value:
        total = isolated(format_value(ranking.total, ranking.unit, locale), locale)
        return _measured(ranking, _("%(value)s of %(total)s") % {"value": value, "total": total})
    return _measured(ranking, value)


def _measured(ranking: _Ranking, figure: str) -> str:
    return f"{figure} ({ranking.metric})" if ranking.metric else figure


def _unsaid(metric: str, block: Block) -> str:
    """Return the name of what is measured; empty where the title of its block says it."""
    return "" if metric.casefold() in block.label.casefold() else metric
