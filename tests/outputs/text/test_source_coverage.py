"""The days of a source that came."""

from __future__ import annotations

from datetime import date

from reportgen.model import Block, Chart, Column, Presence, Series, Table
from reportgen.outputs.text.source_coverage import Coverage, coverage_of

DAYS = ("2026-10-01", "2026-10-02", "2026-10-03")


def chart(*values: int | None) -> Block:
    """Return a chart of three days."""
    return Block("b", "chart", charts=(Chart("line", "date", DAYS, (Series("a", "A", values=values),)),))


def test_the_last_day_and_how_many_came() -> None:
    """The last day with a value, whatever came before it."""
    assert coverage_of([chart(1, None, None)]) == Coverage(date(2026, 10, 1), 1, complete=False)
    assert coverage_of([chart(1, 2, 3)]) == Coverage(date(2026, 10, 3), 3, complete=True)


def test_a_source_is_complete_where_every_chart_is() -> None:
    """Days of one chart do not fill the gaps of another."""
    assert coverage_of([chart(1, 2, 3), chart(1, None, 3)]) == Coverage(date(2026, 10, 3), 3, complete=False)


def test_a_table_by_day_that_lacks_days_counts() -> None:
    """Its rows without figures are days that did not come."""
    columns = (Column("date", "Date", "dimension", values=DAYS), Column("a", "A", "metric", values=(1, 2, None)))
    table = Block("b", "datatable", tables=(Table(columns, ("current",) * 3, left_out=1, bucket="day"),))
    assert coverage_of([table]) == Coverage(date(2026, 10, 2), 2, complete=False)


def test_a_complete_table_by_day_is_complete() -> None:
    """Rows of the compared period alone are none of its days; without the printed days nothing is known of them."""
    days = Column("date", "Date", "dimension", values=(*DAYS, "2026-09-30"))
    values = Column("a", "A", "metric", values=(1, 2, 3, None), baseline=(1, 1, 1, 1))
    presence: tuple[Presence, ...] = ("both", "both", "both", "baseline")
    table = Table((days, values), presence, bucket="day")
    assert coverage_of([Block("b", "datatable", tables=(table,))]) == Coverage(date(2026, 10, 3), 3, complete=True)
    assert coverage_of([Block("b", "datatable", tables=(Table((values,), presence, bucket="day"),))]) is None


def test_other_blocks_say_nothing_of_days() -> None:
    """Nothing is known of a source without a chart by day, and a metric with a range of its own is not asked."""
    assert coverage_of([Block("b", "number")]) is None
    assert coverage_of([Block("b", "chart", charts=chart(1, None, 3).charts, remarks=("last_30_days",))]) is None
