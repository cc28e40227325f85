"""The report between fetching and rendering: frozen, complete, and the same for every output.

Values are raw numbers with units; display text is made by the outputs.
"""

from __future__ import annotations

from reportgen.model.changes import Change, Direction, Judgement, change_of
from reportgen.model.charts_and_tables import (
    Annotation,
    BlockChartKind,
    Chart,
    ChartKind,
    Column,
    LimitSign,
    Picture,
    Presence,
    Series,
    Table,
    ToneRule,
)
from reportgen.model.client_and_agency import AgencyCard, ClientCard, Contact
from reportgen.model.edition_for_clients import client_edition
from reportgen.model.file_bytes import file_digest
from reportgen.model.goal_verdicts import Goal, GoalKind, OverTime, Standing, Target
from reportgen.model.report import (
    UNREAD,
    Artifact,
    Block,
    BlockState,
    Caution,
    ChartHeight,
    CoverPage,
    Flow,
    FontFamily,
    PageSetup,
    Paper,
    PdfVariant,
    QueryRecord,
    Report,
    ReportHeading,
    Section,
    SourceState,
    SourceStatus,
    Theme,
    Verdict,
)
from reportgen.model.units import RATES, RAW, Number, Unit, UnitName, Value
from reportgen.model.values import LimitTone, Missing, Reading, Remark, Tone

__all__ = [
    "RATES",
    "RAW",
    "UNREAD",
    "AgencyCard",
    "Annotation",
    "Artifact",
    "Block",
    "BlockChartKind",
    "BlockState",
    "Caution",
    "Change",
    "Chart",
    "ChartHeight",
    "ChartKind",
    "ClientCard",
    "Column",
    "Contact",
    "CoverPage",
    "Direction",
    "Flow",
    "FontFamily",
    "Goal",
    "GoalKind",
    "Judgement",
    "LimitSign",
    "LimitTone",
    "Missing",
    "Number",
    "OverTime",
    "PageSetup",
    "Paper",
    "PdfVariant",
    "Picture",
    "Presence",
    "QueryRecord",
    "Reading",
    "Remark",
    "Report",
    "ReportHeading",
    "Section",
    "Series",
    "SourceState",
    "SourceStatus",
    "Standing",
    "Table",
    "Target",
    "Theme",
    "Tone",
    "ToneRule",
    "Unit",
    "UnitName",
    "Value",
    "Verdict",
    "change_of",
    "client_edition",
    "file_digest",
]
