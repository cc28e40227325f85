"""The sizes of a look on each paper: A4, US Letter and slides, upright or on their long side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import LIGHT
from reportgen.outputs.page.lengths import TypeStyle, mm, pt
from reportgen.outputs.page.measures import MEASURES, CoverMeasures, Measures, PageMeasures

if TYPE_CHECKING:
    from reportgen.model import PageSetup, Paper

_LETTER = replace(
    MEASURES,
    page=PageMeasures(page_width=mm(215.9), page_height=mm(279.4), image_height=mm(188)),
    cover=CoverMeasures(cover_names=mm(64), cover_days=mm(140), cover_issued=mm(250.4)),
    paper=replace(MEASURES.paper, chart=replace(MEASURES.paper.chart, cover=mm(88))),
)
_SLIDE = replace(
    MEASURES,
    page=PageMeasures(
        page_width=mm(254),
        page_height=mm(142.875),
        margin_top=mm(20),
        margin_side=mm(16),
        margin_bottom=mm(16),
        head=mm(8),
        foot=mm(7),
        image_height=mm(85),
    ),
    cover=CoverMeasures(
        cover_head=mm(12), cover_names=mm(32), cover_gap=mm(5), cover_days=mm(86), cover_issued=mm(129)
    ),
    paper=replace(
        MEASURES.paper,
        chart=replace(MEASURES.paper.chart, wide=mm(50), narrow=mm(48), cover=mm(30), tall=1.2),
        display=TypeStyle(LIGHT, pt(34), mm(13)),
        h1=TypeStyle(LIGHT, pt(26), mm(10)),
    ),
)
_PAPERS: dict[Paper, Measures] = {"a4": MEASURES, "letter": _LETTER, "slide": _SLIDE}

_LOW_CHART, _LOW_IMAGE = mm(50), mm(130)
_ISSUED = 29  # millimetres above the bottom of the page


def measures_of(page: PageSetup) -> Measures:
    """Return the sizes of a report's look on its paper; a slide always lies on its long side."""
    measures = _PAPERS[page.paper]
    return _on_long_side(measures) if page.landscape and measures.turns else measures


def _on_long_side(upright: Measures) -> Measures:
    """Return the sizes on a page that is turned: the cover's names above a low chart."""
    width, height = upright.page.page_height, upright.page.page_width
    page = replace(upright.page, page_width=width, page_height=height, image_height=_LOW_IMAGE)
    issued = mm(page.page_height.value - _ISSUED)
    return replace(
        upright,
        page=page,
        cover=CoverMeasures(cover_names=mm(44), cover_days=mm(118), cover_issued=issued),
        paper=replace(upright.paper, chart=replace(upright.paper.chart, cover=_LOW_CHART)),
    )
