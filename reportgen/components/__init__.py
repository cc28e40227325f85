"""The components: each block of a spec is a component, known by its key.

The union is the registry, the validator and the JSON Schema: a new component is one file, one
template and one name in the union.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Tag

from reportgen.components.api_metric import API_KEYS
from reportgen.components.callout import CalloutBlock
from reportgen.components.chart import ChartBlock
from reportgen.components.component import Component, Scope
from reportgen.components.datatable import DatatableBlock
from reportgen.components.divider import Divider
from reportgen.components.formula import CalculatedNumber, FormulaBlock, SumBlock
from reportgen.components.heading import HeadingBlock
from reportgen.components.history import HistoryBlock
from reportgen.components.image import ImageBlock
from reportgen.components.metric import Metric
from reportgen.components.metric_table import MetricTableBlock
from reportgen.components.number import NumberBlock
from reportgen.components.number_lists import MetricListBlock, SummaryBlock
from reportgen.components.page_break import PageBreak
from reportgen.components.text import TextBlock

__all__ = [
    "API_KEYS",
    "BARE_BLOCKS",
    "BLOCK_KEYS",
    "AnyBlock",
    "CalculatedNumber",
    "ChartBlock",
    "Component",
    "HeadingBlock",
    "HistoryBlock",
    "Metric",
    "MetricListBlock",
    "MetricTableBlock",
    "NumberBlock",
    "Scope",
    "SummaryBlock",
]

BLOCK_KEYS = (
    "formula",
    "sum",
    "history",
    "text",
    "heading",
    "callout",
    "summary",
    "image",
    "metric_list",
    "metric_table",
)
"""The keys that say what a block without a `component` is."""

BARE_BLOCKS = ("divider", "page_break")
"""The blocks that are a single word."""


def _kind(written: object) -> str | None:
    """Return the tag of a block's component: the value of `component`, its own key, or the bare word."""
    if not isinstance(written, dict):
        return written if isinstance(written, str) else None
    if "component" in written:
        return str(written["component"])
    # No tag is a key of its own block: pydantic puts tags into the places of errors, among the keys.
    return next((f"<{key}>" for key in BLOCK_KEYS if key in written), None)


AnyBlock: TypeAlias = Annotated[
    Annotated[NumberBlock, Tag("number_v1")]
    | Annotated[ChartBlock, Tag("chart_v1")]
    | Annotated[DatatableBlock, Tag("datatable_v1")]
    | Annotated[FormulaBlock, Tag("<formula>")]
    | Annotated[SumBlock, Tag("<sum>")]
    | Annotated[HistoryBlock, Tag("<history>")]
    | Annotated[TextBlock, Tag("<text>")]
    | Annotated[HeadingBlock, Tag("<heading>")]
    | Annotated[CalloutBlock, Tag("<callout>")]
    | Annotated[SummaryBlock, Tag("<summary>")]
    | Annotated[MetricListBlock, Tag("<metric_list>")]
    | Annotated[MetricTableBlock, Tag("<metric_table>")]
    | Annotated[ImageBlock, Tag("<image>")]
    | Annotated[Divider, Tag("divider")]
    | Annotated[PageBreak, Tag("page_break")],
    Discriminator(_kind),
]
"""Any block of a spec."""
