"""Foreign values in a report: values of another client's report are refused, not shown."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.queries import ChartAnswer, Failure, NumberAnswer, RichCell, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.model import Block, Report
    from reportgen.queries import Answer, Query

# Labels that stand for those that did not come, and first days of buckets, which name nobody.
_MADE_LABEL = re.compile(r"#\d+|\d{4}-\d{2}-\d{2}(T\d{2}:00( \(2\))?)?")


def refuse_foreign_blocks(report: Report) -> None:
    """Refuse a report with a block that was made from queries of another report.

    The digest of a query holds its account, so a block of another client's account is noticed.

    Raises:
        OutputError: A block is foreign; the message names it.
    """
    for block in (*report.blocks, *report.hidden):
        if not report.queries.keys() >= set(block.queries):
            raise _refusal(block.name, report.client.slug)


def refuse_foreign_values(client: str, blocks: Iterable[Block], answers: Mapping[Query, Answer]) -> None:
    """Refuse blocks of metrics with a value or a label that is in none of the answers to their queries.

    The labels of days, and zero where a day did not come, are worked out from the report's own dates.

    Args:
        client: The name of the report's client.
        blocks: Blocks of metrics; other blocks calculate their values.
        answers: The answers of this report alone.

    Raises:
        OutputError: A block is foreign; the message names the first.
    """
    given: dict[str, list[Answer]] = defaultdict(list)
    for query, answer in answers.items():
        for digest in query.digests:  # the merged answer of several accounts is given to each of their queries
            given[digest].append(answer)
    for block in blocks:
        own = {
            value for digest in block.queries for answer in given.get(digest, ()) for value in _answered_values(answer)
        }
        shown = (value for value in _shown_values(block) if not _is_made_here(value))
        if not given.keys() >= set(block.queries) or not own.issuperset(shown):
            raise _refusal(block.name, client)


def _refusal(block: str, client: str) -> OutputError:
    message = (
        f"the block {block!r} of {client!r} holds what was not answered to it, perhaps another client's values; "
        "nothing was made of this report"
    )
    return OutputError(message)


def _is_made_here(value: object) -> bool:
    """Return whether a value may stand for a bucket of time that did not come: its label, or zero."""
    return value == 0 or (isinstance(value, str) and _MADE_LABEL.fullmatch(value) is not None)


def _answered_values(answer: Answer) -> Iterator[object]:
    """Yield every value and label of an answer."""
    match answer:
        case NumberAnswer():
            yield from (answer.value, answer.baseline)
        case ChartAnswer():
            yield from answer.labels
            yield from (value for series in (*answer.series, *answer.known) for value in series)
        case TableAnswer():
            for cell in (cell for row in answer.rows for cell in row):
                yield from (cell.text, cell.value) if isinstance(cell, RichCell) else (cell,)
        case Failure():
            return
    if not isinstance(answer, NumberAnswer) and answer.baseline:
        yield from _answered_values(answer.baseline)


def _shown_values(block: Block) -> Iterator[object]:
    """Yield every value and label that a block shows."""
    for reading in block.readings:
        yield from _present((reading.value, reading.baseline, *(each.baseline for each in reading.further)))
    for chart in block.charts:
        yield from (label for label in (*chart.labels, *chart.baseline_labels) if label)
        yield from (value for series in chart.series for value in _present((*series.values, *series.baseline)))
    for table in block.tables:
        yield from (value for column in table.columns for value in _present((*column.values, *column.baseline)))
        yield from _present((*(table.total or ()), *(table.total_baseline or ())))


def _present(values: Iterable[object]) -> Iterator[object]:
    return (value for value in values if value is not None)
