"""What is drawn of a page, ready for its templates: they read it, and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.outputs.page.chart_drawings import DrawingSize
    from reportgen.outputs.page.table_layout import TableGrid


@dataclass(frozen=True, slots=True)
class GridParts:
    """A table, or the part of it that stands together.

    Attributes:
        grid: Its cells.
        head: Address of the drawing of its heads; empty where the page engine sets them.
        groups: Addresses of the drawings of its rows, in groups; none where the page engine sets them.
    """

    grid: TableGrid
    head: str = ""
    groups: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class BlockParts:
    """What is drawn of a block.

    Attributes:
        whole: Address of the drawing of the whole block; empty where the templates write it.
        charts: The HTML of each chart that has labels, by its sizes.
        tables: Each of its tables in parts.
    """

    whole: str = ""
    charts: Sequence[Mapping[DrawingSize, str]] = ()
    tables: Sequence[Sequence[GridParts]] = ()


@dataclass(frozen=True, slots=True)
class PageParts:
    """What is drawn of a page.

    Attributes:
        blocks: By their names.
        cover: The HTML of the days on the cover, by its sizes; empty where there are none.
        draws_margins: Whether what stands in the margins is drawn, so that no template writes it.
        page_numbers: Addresses of the drawings of page numbers, by the names of the places.
        turned: Numbers of the sections that begin on a turned page.
    """

    blocks: Mapping[str, BlockParts]
    cover: Mapping[DrawingSize, str] = field(default_factory=dict)
    draws_margins: bool = False
    page_numbers: Mapping[str, str] = field(default_factory=dict)
    turned: frozenset[int] = frozenset()
