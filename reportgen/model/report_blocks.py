"""A block of a report: a few closed data shapes, whatever component it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from reportgen.model.chart_series import Chart
from reportgen.model.picture_bytes import Picture
from reportgen.model.readings import Missing, Reading, Remark, Tone
from reportgen.model.tables import Table

BlockState: TypeAlias = Literal["ok", "partial", Missing]

UNREAD: frozenset[BlockState] = frozenset({"failed", "not_returned", "expired"})
"""The states of a block whose answer did not come."""

ChartHeight: TypeAlias = Literal["short", "medium", "tall"]
"""The height of a chart that its author wants."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning for staff.

    Attributes:
        code: Stable, such as `W-WIDTH`.
        text: The fault and what to do, in English.
        block: Name of the block it concerns; None where it concerns the report.
    """

    code: str
    text: str
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a report: a few closed data shapes, whatever component it came from.

    Attributes:
        name: Unique in the report; the anchor in the outputs.
        kind: The component, which names its template.
        label: Title for the reader; may be empty.
        state: `ok`, `partial`, or why it has nothing to show.
        reason: What went wrong, for staff; empty where nothing did. Never shown to a client.
        width: Columns of 12 that it fills.
        new_row: Whether it starts a new row whatever room is left.
        keep_with_next: Whether the block after it stands on the same page.
        height: Of its charts; None where a page may make them higher or lower.
        reference_key: The API's name of the metric; None where the block is no metric.
        source: Alias of the source it was asked of; None where it asks nothing.
        queries: Digests of the queries it was made from.
        made_of: Aliases of the sources of the numbers that its figures are calculated from; empty of other blocks.
        made_without: Aliases of the sources that did not answer all that its figures are made of: also not all of what
            they are compared with, or of a history.
        trend_queries: How many of them, the last, are those of a sparkline's chart, or of the numbers that the
            formulas of a history are calculated from.
        readings: Single values.
        charts: Charts.
        tables: Tables.
        prose: Markdown.
        prose_pictures: The pictures in it, by their addresses in it; those that could not be had are missing.
        tone: The tone of a callout.
        picture: An image; None where there is none.
        notes: The author's words under the block.
        remarks: Remarks on its figures, as closed words.
        cautions: Warnings for staff; the finished report gathers them in its `warnings`.
        tells_of: Names of the blocks that a summary is about; empty in every other block.
    """

    name: str
    kind: str
    label: str = ""
    state: BlockState = "ok"
    reason: str = ""
    width: int = 12
    new_row: bool = False
    keep_with_next: bool = False
    height: ChartHeight | None = None
    reference_key: str | None = None
    source: str | None = None
    queries: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    made_without: tuple[str, ...] = ()
    trend_queries: int = 0
    readings: tuple[Reading, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    prose: str = ""
    prose_pictures: dict[str, Picture] = field(default_factory=dict)
    tone: Tone = "neutral"
    picture: Picture | None = None
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cautions: tuple[Caution, ...] = ()
    tells_of: tuple[str, ...] = ()

    @property
    def lacks_answer(self) -> bool:
        """Whether an answer to it did not come, be it that of a single account among several."""
        return self.state in UNREAD or any(table.without for table in self.tables)

    @property
    def own_queries(self) -> tuple[str, ...]:
        """Digests of the block's own queries, without those of a formula's numbers and of a sparkline's chart.

        A history asks for its numbers itself, in days of its own.
        """
        if self.reference_key is None and not any(chart.windows for chart in self.charts):
            return ()
        return self.queries[: len(self.queries) - self.trend_queries]
