"""The report between fetching and rendering: frozen, complete, and the same for every output.

Values are raw numbers with units; display text is made by the outputs.
"""

from __future__ import annotations

from reportgen.model.report import (
    UNREAD,
    AgencyCard,
    Artifact,
    Block,
    Caution,
    ClientCard,
    QueryRecord,
    Report,
    Section,
    SourceStatus,
    State,
    Theme,
    Verdict,
)
from reportgen.model.shapes import (
    Chart,
    ChartKind,
    Column,
    Picture,
    Series,
    Table,
)
from reportgen.model.values import (
    RATES,
    RAW,
    Change,
    Direction,
    Judgement,
    Missing,
    Number,
    Reading,
    Unit,
    UnitName,
    Value,
)

__all__ = [
    "RATES",
    "RAW",
    "UNREAD",
    "AgencyCard",
    "Artifact",
    "Block",
    "Caution",
    "Change",
    "Chart",
    "ChartKind",
    "ClientCard",
    "Column",
    "Direction",
    "Judgement",
    "Missing",
    "Number",
    "Picture",
    "QueryRecord",
    "Reading",
    "Report",
    "Section",
    "Series",
    "SourceStatus",
    "State",
    "Table",
    "Theme",
    "Unit",
    "UnitName",
    "Value",
    "Verdict",
]
