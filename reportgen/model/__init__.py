"""The report between fetching and rendering: frozen, complete, and the same for every output.

Values are raw numbers with units; display text is made by the outputs.
"""

from __future__ import annotations

from reportgen.model.changes import MOST_TIMES, Change, Direction, Judgement, change_of, quotient
from reportgen.model.chart_forms import (
    MOST_BARS,
    MOST_ROWS,
    ROUND_KINDS,
    UNCOMPARED,
    FormMisfit,
    foreseen_misfit,
    form_of,
    misfit_of,
    steps_of,
)
from reportgen.model.chart_points import aligned, days_of
from reportgen.model.chart_series import Annotation, BlockChartKind, Chart, ChartKind, Series
from reportgen.model.client_and_agency import AgencyCard, ClientCard, Contact
from reportgen.model.coarser_buckets import by_week_or_month, in_units
from reportgen.model.edition_for_clients import client_edition
from reportgen.model.exact_numbers import exact, meant, number_of, sum_of
from reportgen.model.file_bytes import file_digest
from reportgen.model.goal_verdicts import NEAR, Goal, GoalKind, OverTime, Standing, Target
from reportgen.model.name_order import name_order
from reportgen.model.picture_bytes import Picture
from reportgen.model.readings import GRAVEST_FIRST, ComparedValue, LimitTone, Missing, Reading, Remark, Tone
from reportgen.model.report import (
    Artifact,
    CoverPage,
    Flow,
    PageSetup,
    Paper,
    PdfVariant,
    QueryRecord,
    Report,
    ReportHeading,
    Section,
    SourceState,
    SourceStatus,
    Verdict,
)
from reportgen.model.report_blocks import UNREAD, Block, BlockState, Caution, ChartHeight
from reportgen.model.report_theme import FontFamily, Theme
from reportgen.model.tables import Column, ComparedCells, LimitSign, Presence, Table, ToneRule, cut_rows
from reportgen.model.units import RATES, RAW, Number, Unit, UnitName, Value, number_or_none

__all__ = [
    "GRAVEST_FIRST",
    "MOST_BARS",
    "MOST_ROWS",
    "MOST_TIMES",
    "NEAR",
    "RATES",
    "RAW",
    "ROUND_KINDS",
    "UNCOMPARED",
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
    "ComparedCells",
    "ComparedValue",
    "Contact",
    "CoverPage",
    "Direction",
    "Flow",
    "FontFamily",
    "FormMisfit",
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
    "aligned",
    "by_week_or_month",
    "change_of",
    "client_edition",
    "cut_rows",
    "days_of",
    "exact",
    "file_digest",
    "foreseen_misfit",
    "form_of",
    "in_units",
    "meant",
    "misfit_of",
    "name_order",
    "number_of",
    "number_or_none",
    "quotient",
    "steps_of",
    "sum_of",
]
