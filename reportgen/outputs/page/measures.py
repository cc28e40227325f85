"""The sizes of a report's look, as variables of stylesheets and as values of drawings.

A size that only a single rule of a stylesheet needs stays in that rule.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeAlias

from reportgen.outputs.drawing.font_metrics import Typefaces
from reportgen.outputs.drawing.letter_widths import RESERVED_WIDTHS
from reportgen.outputs.page.lengths import Length, TypeStyle, em, fr, mm, px
from reportgen.outputs.page.medium_measures import PAPER, PHONE, SCREEN, TITLES, MediumMeasures

if TYPE_CHECKING:
    from reportgen.outputs.drawing.letter_widths import TextRuler

COLUMNS = 12
"""Columns of a row of blocks."""


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The printed page; only on paper.

    Attributes:
        page_width: Of an upright page, like `page_height`.
        head: From the top of the page to the line in its upper margin.
        foot: From the bottom of the page to the line in its lower margin.
        head_side: Share of the client's name and of the period in the width of the upper line.
        head_middle: Share of the section's title in it.
        contents: Width of the contents beside the first section's title.
        page_number: Width of a page's number in them.
        squeezed_gap: Beside the text of a cell, where a table is too wide for the page.
        image_height: Of an image between the blocks, at most.
        section_gap: Above the title of a section that follows on below another.
    """

    page_width: Length = mm(210)
    page_height: Length = mm(297)
    margin_top: Length = mm(28)
    margin_side: Length = mm(20)
    margin_bottom: Length = mm(25)
    head: Length = mm(13)
    foot: Length = mm(11)
    head_side: Length = fr(39.5)
    head_middle: Length = fr(82)
    contents: Length = mm(54)
    page_number: Length = mm(8)
    squeezed_gap: Length = mm(0.6)
    image_height: Length = mm(200)
    section_gap: Length = mm(16)


@dataclass(frozen=True, slots=True)
class CoverMeasures:
    """Places on the printed cover, from the top of the page; `cover_gap` is from the names down to the period."""

    cover_head: Length = mm(18)
    cover_names: Length = mm(68)
    cover_gap: Length = mm(8)
    cover_days: Length = mm(150)
    cover_issued: Length = mm(268)


@dataclass(frozen=True, slots=True)
class ScreenWidths:
    """Widths of a page on screens; only there.

    Attributes:
        content_width: Of the rows of blocks, at most.
        tablet_chart: Of the drawing of a chart for a tablet; a chart that is wider on a wide screen has such a drawing.
        phone_chart: Of the drawing of a chart for a phone.
        phone_chart_most: Of the same drawing as a browser shows it, at most.
    """

    content_width: Length = px(880)
    tablet_chart: Length = px(680)
    phone_chart: Length = px(350)
    phone_chart_most: Length = px(430)


@dataclass(frozen=True, slots=True)
class RelativeMeasures:
    """Sizes in em of the text that they belong to; on paper and screens.

    Attributes:
        value_spacing: Between the letters of a card's value.
        value_unit: Type size of the words in it, as of a duration.
        arrow: Type size of the arrow before a change.
        sign_lift: From the baseline up to the sign of a value past a limit.
    """

    value_spacing: Length = em(-0.01)
    value_unit: Length = em(0.6)
    arrow: Length = em(0.82)
    sign_lift: Length = em(0.1)


SizeGroup: TypeAlias = PageMeasures | CoverMeasures | ScreenWidths | RelativeMeasures | MediumMeasures
"""Sizes that a stylesheet has as variables."""


@dataclass(frozen=True, slots=True)
class Measures:
    """All sizes of a look."""

    page: PageMeasures = PageMeasures()
    cover: CoverMeasures = CoverMeasures()
    widths: ScreenWidths = ScreenWidths()
    relative: RelativeMeasures = RelativeMeasures()
    paper: MediumMeasures = PAPER
    screen: MediumMeasures = SCREEN
    phone: MediumMeasures = PHONE

    @property
    def turns(self) -> bool:
        """Whether a page that is turned on its side is wider than an upright page."""
        return self.page.page_height.value > self.page.page_width.value

    @property
    def typefaces(self) -> Typefaces:
        """The typefaces of text and titles."""
        return Typefaces(self.paper.text.typeface, self.paper.h1.typeface)

    def set_in(self, typefaces: Typefaces, ruler: TextRuler = RESERVED_WIDTHS) -> Measures:
        """Return these sizes with the typefaces of a theme; `ruler` measures letters of other fonts on paper."""
        screen, phone = (_set_in(medium, typefaces) for medium in (self.screen, self.phone))
        return replace(self, paper=_set_in(self.paper, typefaces.measured_by(ruler)), screen=screen, phone=phone)

    def printed_width(self, columns: int = COLUMNS) -> Length:
        """Return the printed width of some columns."""
        content = self.page.page_width.value - 2 * self.page.margin_side.value
        return mm(_span(columns, content, self.paper.gutter.value))

    def screen_width(self, columns: int = COLUMNS) -> Length:
        """Return the width of some columns on a screen, at most."""
        return px(_span(columns, self.widths.content_width.value, self.screen.gutter.value))

    @property
    def tallest_chart(self) -> Length:
        """The height of a printed chart that fits a page below the titles of its block."""
        page, paper = self.page, self.paper
        room = page.page_height.value - page.margin_top.value - page.margin_bottom.value
        return mm(room - paper.h3.line.value - paper.text.line.value - paper.step.value)

    @property
    def section_head(self) -> Length:
        """The height of the title of a section with a line on its source, and of the gaps below both, on paper."""
        paper = self.paper
        return mm(paper.h1.line.value + paper.small.line.value + 4 * paper.step.value)

    @property
    def turned_width(self) -> Length:
        """The width of the text on a page that is turned on its side."""
        return mm(self.page.page_height.value - 2 * self.page.margin_side.value)


MEASURES = Measures()
"""The look of a report by default: A4."""


def _set_in(medium: MediumMeasures, typefaces: Typefaces) -> MediumMeasures:
    """Return the sizes of a medium with each style in its typeface."""
    for name in (field.name for field in fields(medium)):
        style, typeface = getattr(medium, name), typefaces.titles if name in TITLES else typefaces.text
        if isinstance(style, TypeStyle):
            medium = replace(medium, **{name: replace(style, typeface=typeface)})  # type: ignore[arg-type] # a style
    return medium


def _span(columns: int, content: float, gutter: float) -> float:
    column = (content + gutter) / COLUMNS - gutter
    return columns * (column + gutter) - gutter
