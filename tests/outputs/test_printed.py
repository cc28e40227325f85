"""A report's texts are worked out once, whatever files are made of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.model import Block, Reading, Unit
from reportgen.outputs import printed
from reportgen.outputs.drawing.cover_chart import leading_days
from reportgen.outputs.printed import PrintedReport
from reportgen.report_rendering import finish
from tests.outputs import reports

if TYPE_CHECKING:
    from collections.abc import Callable

LISTED = replace(reports.NUMBER.readings[0], label="Reach")
WHOLE = reports.report(
    *reports.FULL,
    Block("list", "metric_list", "In short", readings=(LISTED,)),
    Block("words", "summary", "In words", readings=(LISTED,), tells_of=("reach",)),
)


def test_each_text_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards, table grids, alternative texts, chart data and summaries: once for HTML, PDF, workbook and audit together.

    A list and a summary tell of a card's reading again, and need no card of their own for it. The days on the cover
    are a drawing of their own, with one text for all sizes in which they are drawn.
    """
    made: Counter[tuple[object, ...]] = Counter()

    def counted(name: str, key: Callable[..., tuple[object, ...]]) -> None:
        function: Callable[..., Any] = getattr(printed, name)

        def make(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
            made[name, *key(*arguments, **options)] += 1
            return function(*arguments, **options)

        monkeypatch.setattr(printed, name, make)

    counted("reading_card", lambda reading, _report, reason: (replace(reading, label=""), reason))
    counted("TableLayout", lambda table, _report, width, _measures: (id(table), width))
    counted("alt_text", lambda chart, label, *_, small: (chart, label, small))
    counted("plotted", lambda chart, _report: (id(chart),))
    counted("sentences", lambda block, *_: (block.name,))
    report, artifacts = finish(WHOLE, ["html", "pdf", "xlsx"])
    assert (report.verdict, len(artifacts)) == (WHOLE.verdict, 3)
    assert {name for name, *_ in made} == {"reading_card", "TableLayout", "alt_text", "plotted", "sentences"}
    assert {key: count for key, count in made.items() if count > 1} == {}
    days = leading_days(WHOLE)
    assert days is not None
    assert made["alt_text", days.drawn, days.block.label, False] == 1


def test_what_is_asked_again_is_the_same() -> None:
    """What was made is kept with the report, and is not made of another one with equal parts."""
    one, other = (
        PrintedReport(reports.report(reports.TABLE)),
        PrintedReport(reports.report(reports.TABLE, locale="pt-BR")),
    )
    (table,) = one.report.blocks[0].tables
    assert one.grids(table, 12, paged=True) is one.grids(table, 12, paged=True)
    assert one.grids(table, 12, paged=True) != other.grids(table, 12, paged=True)


@pytest.mark.parametrize(("value", "width", "columns"), [(12, 2, 2), (1_234_567_890_123.45, 2, 3), (10**30, 3, 5)])
def test_a_card_is_as_wide_as_its_value_needs(value: float, width: int, columns: int) -> None:
    """A figure is never broken: where it would be smaller than its label, its card is wider than the author's."""
    reading = Reading("spend", Unit("currency", "BRL"), value)
    card = replace(reports.NUMBER, width=width, readings=(reading,), charts=())
    (section,) = PrintedReport(reports.report(card, locale="pt-BR")).sections
    assert [block.width for block in section.rows[0].blocks] == [columns]
