"""A report of a single table, as it is when it is resolved: nothing is asked for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.model import AgencyCard, Block, ClientCard, Report, Section
from reportgen.periods import Period
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from reportgen.model import Table


def report_of_table(table: Table, title: str) -> Report:
    """Return a report that holds a table under a title."""
    october = Period(date(2026, 10, 1), date(2026, 10, 31), "month")
    return Report(
        spec="bench",
        title="Bench",
        locale="en",
        timezone="UTC",
        as_of=date(2026, 11, 1),
        client=ClientCard("", "Bench"),
        agency=AgencyCard(""),
        period=october,
        baselines=(),
        theme=load_theme("paper"),
        sources=(),
        queries={},
        sections=(Section("", (Block("table", "datatable", title, tables=(table,)),)),),
    )
