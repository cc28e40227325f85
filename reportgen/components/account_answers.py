"""The answers of several accounts, merged into the answer of their source: the only place that does so.

Values are added up exactly, label by label; the rows of tables are put together with the account's name behind the
dimensions. What one account lacks is missing in the sum, which is never smaller for it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.components.comparison import difference_cautions
from reportgen.components.dated_rows import text_of
from reportgen.components.row_names import trimmed
from reportgen.components.row_sums import is_sum_of_others, unnamed_total_caution
from reportgen.components.total_row import is_total_of_nothing, without_total
from reportgen.model import GRAVEST_FIRST, Caution, number_of, number_or_none, sum_of
from reportgen.queries import ChartAnswer, Failure, Merging, NumberAnswer, RichCell, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.model import Block, Missing, Number
    from reportgen.periods import Period, Window
    from reportgen.queries import Answer, Cell, Query

    _Row = tuple[Cell, ...]

_WITHOUT_DATA: Mapping[str, Answer] = {"datatable_v1": TableAnswer(()), "number_v1": NumberAnswer(None)}
"""Component -> the answer of an account that has no data."""


def with_merged(queries: Iterable[Query], answers: Mapping[Query, Answer]) -> dict[Query, Answer]:
    """Return answers together with the merged answer to each query of several accounts.

    Args:
        queries: The queries of blocks.
        answers: An answer to the query of each account.
    """
    merged = {query: _merged(query, answers) for query in queries if query.source.members}
    return {**answers, **merged}


def comparable(now: TableAnswer, then: Answer) -> Answer:
    """Return the compared answer of a table; a failure where an account lacks either answer.

    Else its rows would be told as new, or as gone.
    """
    if now.lacking:
        return Failure("not_comparable", "")
    return _failure(then.lacking) if isinstance(then, TableAnswer) and then.lacking else then


def with_lacking(block: Block, lacking: Sequence[tuple[str, Failure]]) -> Block:
    """Return the block of a table as partial where an account gave no answer, whose rows are left out."""
    if not lacking:
        return block
    names = tuple(name for name, _ in lacking)
    reason = "; ".join(filter(None, (block.reason, _failure(lacking).reason)))
    tables = tuple(replace(table, without=names) for table in block.tables)
    return replace(block, state="partial", reason=reason, tables=tables)


def lacking_caution(names: Sequence[str]) -> Caution:
    """Return the caution that a chart has gaps, because some of its source's accounts lack values."""
    text = f"{', '.join(names)}: lacks values that other accounts have, and so do their sums"
    return Caution("W-ACCOUNTS", f"{text}; write absent: zero where its source leaves out zeros")


def _merged(query: Query, answers: Mapping[Query, Answer]) -> Answer:
    rule = query.merging
    if rule is None or rule.refusal:
        refusal = rule.refusal if rule else "its question has no rule to merge the answers of accounts"
        return Failure("failed", refusal, ("unmergeable",))
    whole = _WITHOUT_DATA.get(str(query.metric.get("component")))
    own = [(each.source.name or each.source.uuid, answers[each]) for each in query.by_account]
    came = _with_empty(own, whole) if whole else own
    failed = [(name, answer) for name, answer in came if isinstance(answer, Failure)]
    tables = [(name, answer) for name, answer in came if isinstance(answer, TableAnswer)]
    if tables and len(tables) + len(failed) == len(came):
        return _table(query, tables, failed)
    if failed:
        return _failure(failed)
    charts = [(name, answer) for name, answer in came if isinstance(answer, ChartAnswer)]
    if len(charts) == len(came):
        return _chart(charts, len(rule.added))
    numbers = [(name, answer) for name, answer in came if isinstance(answer, NumberAnswer)]
    if len(numbers) == len(came):
        return _number(numbers, query.window)
    return Failure("failed", "its accounts answered in different shapes")


def _with_empty(named: Sequence[tuple[str, Answer]], empty: Answer) -> list[tuple[str, Answer]]:
    """Return answers, an empty one in place of that of each account without data, which is no failure.

    Numbers of which no account has data keep what the API says of it.
    """
    if isinstance(empty, NumberAnswer) and not any(isinstance(answer, NumberAnswer) for _, answer in named):
        return [*named]
    return [
        (name, empty if isinstance(answer, Failure) and answer.missing == "no_data" else answer)
        for name, answer in named
    ]


def _failure(failed: Sequence[tuple[str, Failure]]) -> Failure:
    """Return the failure of accounts: the gravest word, and the reasons by name."""
    gravest = next(word for word in GRAVEST_FIRST if any(failure.missing == word for _, failure in failed))
    return Failure(gravest, "; ".join(f"{name}: {failure.reason or failure.missing}" for name, failure in failed))


def _caution_on(names: Iterable[str], text: str) -> tuple[Caution, ...]:
    found = ", ".join(names)
    return (Caution("W-ACCOUNTS", f"{found}: {text}"),) if found else ()


def _carried(named: Sequence[tuple[str, NumberAnswer | ChartAnswer | TableAnswer]]) -> Iterator[Caution]:
    """Yield the cautions of the answers of accounts, each with the account's name."""
    for name, answer in named:
        own = difference_cautions(answer) if isinstance(answer, NumberAnswer) else ()
        yield from (replace(caution, text=f"{name}: {caution.text}") for caution in (*answer.cautions, *own))


def _number(named: Sequence[tuple[str, NumberAnswer]], window: Window) -> NumberAnswer:
    """Return the sum of numbers in both periods; missing where an account has none."""
    values = {name: _numeric(answer.value) for name, answer in named}
    before = {name: _numeric(answer.baseline) for name, answer in named}
    reasons = {answer.baseline_missing or "no_data" for _, answer in named if answer.baseline is None}
    why: Missing | None = next((word for word in GRAVEST_FIRST if word in reasons), None)
    return NumberAnswer(
        _sum(values.values()),
        _sum(before.values()),
        baseline_missing=why if window.baseline else None,
        cautions=(
            *_carried(named),
            *_gap(values, window.current),
            *(_gap(before, window.baseline) if window.baseline else ()),
        ),
        lacks_account=None in values.values() and any(value is not None for value in values.values()),
    )


def _gap(values: Mapping[str, Number | None], period: Period) -> tuple[Caution, ...]:
    """Return the caution that a sum is missing because some accounts, though not all, have no value."""
    lacking = [name for name, value in values.items() if value is None]
    text = f"has no value in {period.dates}, and so the sum of the accounts has none"
    return _caution_on(lacking, text) if len(lacking) < len(values) else ()


def _chart(named: Sequence[tuple[str, ChartAnswer]], count: int) -> ChartAnswer | Failure:
    """Return the sums of charts, label by label.

    Args:
        named: The charts by the names of their accounts.
        count: How many series each has, one for each metric.
    """
    if faults := [(name, Failure("failed", fault)) for name, chart in named if (fault := _fault(chart, count))]:
        return _failure(faults)
    points = [(name, _points(chart)) for name, chart in named]
    labels = {key: label for _, chart in reversed(named) for key, label in reversed(_keyed(chart))}
    known = {
        key: tuple(_sum(own[key][at] for _, own in points if key in own) for at in range(count))
        for key in reversed(labels)
    }
    if all(_is_falling([own[key][0] for key in own]) for _, own in points):  # the API has sorted them
        known = dict(sorted(known.items(), key=lambda point: _least_first(point[1][0]), reverse=True))
    whole = {key: sums if all(key in own for _, own in points) else (None,) * count for key, sums in known.items()}
    return ChartAnswer(
        tuple(labels[key] for key in known),
        tuple(zip(*whole.values(), strict=True)),
        cautions=tuple(_carried(named)),
        known=tuple(zip(*known.values(), strict=True)),
        lacking=tuple(name for name, own in points if any(key not in own or None in own[key] for key in known)),
    )


def _fault(chart: ChartAnswer, count: int) -> str:
    """Return why a chart cannot be added to others; empty where it can."""
    lengths = {len(chart.labels), *(len(series) for series in chart.series)}
    if lengths == {0}:
        return ""
    if len(chart.series) != count:
        return f"{len(chart.series)} series came for {count} metrics, and the API does not name them"
    if len(lengths) > 1:
        return f"{len(chart.labels)} labels came with series of other lengths"
    keys = [key for key, _ in _keyed(chart)]
    return next((f"the label {key!r} stands twice" for key in keys if keys.count(key) > 1), "")


def _keyed(chart: ChartAnswer) -> list[tuple[str, str]]:
    """Return each label with the text by which it is found in other charts."""
    return [(str(trimmed((label,))[0]), label) for label in chart.labels]


def _points(chart: ChartAnswer) -> dict[str, tuple[Number | None, ...]]:
    """Return the values of each label of a chart."""
    values = zip(*chart.series, strict=True)
    return {key: point for (key, _), point in zip(_keyed(chart), values, strict=True)}


def _is_falling(values: Sequence[Number | None]) -> bool:
    return all(_least_first(before) >= _least_first(after) for before, after in pairwise(values))


def _least_first(value: Number | None) -> tuple[bool, Number]:
    """Return the place of a value in an order from the least; a missing value is before all."""
    return (value is not None, value or 0)


def _table(
    query: Query, named: Sequence[tuple[str, TableAnswer]], failed: Sequence[tuple[str, Failure]]
) -> TableAnswer | Failure:
    """Return the rows of tables, each with its account's name behind the dimensions, and the sum of their totals."""
    rule, dimensions = query.merging or Merging(), query.metric.get("dimensions")
    width = len(dimensions) if isinstance(dimensions, list) else 0
    parted = [(name, *_parted(table, width, rule, [other for _, other in named])) for name, table in named]
    rows = [_with_name(row, name, width) for name, own, _ in parted for row in own]
    if failed and not rows:
        return _failure(failed)
    totals = [total for _, own, total in parted if own or total]
    unlike = [name for name, own, total in parted if own and total is None] if any(totals) else []
    is_whole = bool(totals) and not (failed or unlike) and all(totals)
    text = "sent no total, so the total of its source's accounts is not known"
    return TableAnswer(
        (*rows, *([_total([total for total in totals if total], width, rule)] if is_whole else ())),
        cautions=(*_carried(named), *_caution_on(unlike, text), *_unnamed_totals(parted, width, rule)),
        lacking=tuple(failed),
    )


def _parted(
    table: TableAnswer, width: int, rule: Merging, tables: Sequence[TableAnswer]
) -> tuple[list[_Row], _Row | None]:
    """Return the rows of an account, and its total; a single row may be the total where others have theirs."""
    rows = list(table.rows)
    if not width:
        return rows, None
    alone = is_total_of_nothing(rows, rule.total_row) or any(
        without_total(list(other.rows), rule.total_row)[1] for other in tables
    )
    return without_total(rows, rule.total_row, alone=alone)


def _unnamed_totals(
    parted: Sequence[tuple[str, Sequence[_Row], _Row | None]], width: int, rule: Merging
) -> Iterator[Caution]:
    """Yield the caution on each account whose last row seems to be its total, under a name of its own."""
    for name, rows, total in parted:
        if not (width and rows) or total or rule.total_row is False:
            continue
        added = [width + at for at, is_added in enumerate(rule.added) if is_added]
        columns = [[_numeric(row[at]) if at < len(row) else None for row in rows] for at in added]
        if is_sum_of_others(columns, len(rows) - 1):
            found = unnamed_total_caution(text_of(rows[-1][0]))
            yield replace(found, text=f"{name}: {found.text}")


def _with_name(row: _Row, name: str, width: int) -> _Row:
    """Return a row with the name of its account behind its dimensions."""
    padded = row + (None,) * (width - len(row))
    return (*padded[:width], name, *padded[width:])


def _total(totals: Sequence[_Row], width: int, rule: Merging) -> _Row:
    """Return the sum of totals, without the columns that do not add up."""
    cells = [total[width:] + (None,) * len(rule.added) for total in totals]
    sums = (_sum(_numeric(own[at]) for own in cells) if is_added else None for at, is_added in enumerate(rule.added))
    return (*totals[0][:width], None, *sums)


def _numeric(cell: Cell) -> Number | None:
    return number_or_none(cell.value if isinstance(cell, RichCell) else cell)


def _sum(values: Iterable[Number | None]) -> Number | None:
    """Return the exact sum of values; None where any of them is missing."""
    numbers = list(values)
    return None if None in numbers else number_of(sum_of(numbers))
