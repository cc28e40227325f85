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
    Remark,
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
    Goal,
    Judgement,
    Missing,
    Number,
    Reading,
    Standing,
    Unit,
    UnitName,
    Value,
    change_of,
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
    "Goal",
    "Judgement",
    "Missing",
    "Number",
    "Picture",
    "QueryRecord",
    "Reading",
    "Remark",
    "Report",
    "Section",
    "Series",
    "SourceStatus",
    "Standing",
    "State",
    "Table",
    "Theme",
    "Unit",
    "UnitName",
    "Value",
    "Verdict",
    "change_of",
]
