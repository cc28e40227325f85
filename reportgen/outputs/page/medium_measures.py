"""The sizes that paper, wide screens and phones each have."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportgen.outputs.drawing.font_metrics import BOLD, LIGHT, NORMAL
from reportgen.outputs.page.lengths import Length, TypeStyle, mm, pt, px

TITLES = frozenset({"display", "h1", "h2", "h3"})
"""Styles that are set in a theme's fonts of titles: the cover's names, and the titles of sections and blocks."""


@dataclass(frozen=True, slots=True)
class ChartMeasures:
    """The charts of a medium; they are drawn, so no stylesheet has these sizes.

    Attributes:
        text: Size of their type.
        wide: Height of a chart of nine columns or more.
        narrow: Height of a chart of fewer columns.
        cover: Height of the chart of days on the cover.
        tall: How many times as high as usual a chart is that its author wants tall.
    """

    text: Length
    wide: Length
    narrow: Length
    cover: Length
    tall: float = 1.35


@dataclass(frozen=True, slots=True)
class MediumMeasures:
    """The sizes that paper, wide screens and phones each have.

    Attributes:
        gutter: Between blocks that stand side by side.
        step: Of the grid in the height; most gaps are half of it or some of it.
        thick: Of the rules that open and close tables.
        line: Of the rules above cards.
        thin: Of the rules between rows.
        display: The names on the cover.
        h1: The titles of sections.
        h2: Headings between blocks.
        h3: The titles of blocks.
        period: The period on the cover.
        against: The compared period on the cover.
        prose: Commentary and sentences.
        text: Tables, labels and changes.
        small: Heads of tables, notes and compared values.
        value: The value of a card.
        absent: Type size of the words in place of a missing value.
        slot: Height of a card's sparkline.
        bar: Height of the bar of a goal, and the gap below it.
        due_reach: Height of the mark of the goal's pace above that bar.
        prose_width: Of commentary and notes, at most.
        sentence_width: Of a summary's sentences, at most.
        cell_padding: Above and below the text of a table's cell.
        cell_gap: Beside it.
        word_gap: Before a column of words that follows a column of figures.
        figure_gap: Before figures that follow their own bar.
        table_bar: Height of a bar in a table.
        sign: Width of the sign of a value past a limit.
        ring: Line width of the sign that is a ring.
        picture: Width of a picture in a table.
        picture_gap: Behind it.
    """

    chart: ChartMeasures
    gutter: Length
    step: Length
    thick: Length
    line: Length
    thin: Length
    display: TypeStyle
    h1: TypeStyle
    h2: TypeStyle
    h3: TypeStyle
    period: TypeStyle
    against: TypeStyle
    prose: TypeStyle
    text: TypeStyle
    small: TypeStyle
    value: TypeStyle
    absent: Length
    slot: Length
    bar: Length
    due_reach: Length
    prose_width: Length
    sentence_width: Length = mm(126.5)
    cell_padding: Length = mm(1)
    cell_gap: Length = mm(2)
    word_gap: Length = mm(4)
    figure_gap: Length = mm(1)
    table_bar: Length = mm(2)
    sign: Length = mm(1.8)
    ring: Length = mm(0.3)
    picture: Length = mm(10)
    picture_gap: Length = mm(2)


PAPER = MediumMeasures(
    chart=ChartMeasures(text=pt(8), wide=mm(66), narrow=mm(62), cover=mm(96)),
    gutter=mm(4),
    step=mm(4),
    thick=pt(0.75),
    line=pt(0.5),
    thin=pt(0.25),
    display=TypeStyle(LIGHT, pt(52), mm(20)),
    h1=TypeStyle(LIGHT, pt(32), mm(12)),
    h2=TypeStyle(NORMAL, pt(17), mm(8)),
    h3=TypeStyle(BOLD, pt(11.5), mm(6)),
    period=TypeStyle(BOLD, pt(17), mm(8)),
    against=TypeStyle(NORMAL, pt(13), mm(6)),
    prose=TypeStyle(NORMAL, pt(10.5), mm(6)),
    text=TypeStyle(NORMAL, pt(9), mm(4)),
    small=TypeStyle(NORMAL, pt(8), mm(4)),
    value=TypeStyle(LIGHT, pt(21), mm(10)),
    absent=pt(13),
    slot=mm(8),
    bar=mm(1),
    due_reach=mm(0.6),
    prose_width=mm(126.5),
)
SCREEN = MediumMeasures(
    chart=ChartMeasures(text=px(13), wide=px(320), narrow=px(300), cover=px(320)),
    gutter=px(24),
    step=px(16),
    thick=px(1),
    line=px(1),
    thin=px(1),
    display=TypeStyle(LIGHT, px(72), px(80)),
    h1=TypeStyle(LIGHT, px(46), px(56)),
    h2=TypeStyle(NORMAL, px(30), px(40)),
    h3=TypeStyle(BOLD, px(19), px(28)),
    period=TypeStyle(BOLD, px(24), px(36)),
    against=TypeStyle(NORMAL, px(19), px(28)),
    prose=TypeStyle(NORMAL, px(17), px(28)),
    text=TypeStyle(NORMAL, px(15), px(20)),
    small=TypeStyle(NORMAL, px(13.5), px(20)),
    value=TypeStyle(LIGHT, px(33), px(44)),
    absent=px(19),
    slot=px(44),
    bar=px(4),
    due_reach=px(2.4),
    prose_width=px(660),
    sentence_width=px(660),
    cell_padding=px(6),
    cell_gap=px(8),
)
PHONE = replace(
    SCREEN,
    chart=ChartMeasures(text=px(12.5), wide=px(250), narrow=px(250), cover=px(104)),
    gutter=px(16),
    display=TypeStyle(LIGHT, px(36), px(40)),
    h1=TypeStyle(LIGHT, px(34), px(40)),
    h2=TypeStyle(NORMAL, px(26), px(32)),
    h3=TypeStyle(BOLD, px(18), px(24)),
    period=TypeStyle(BOLD, px(20), px(28)),
    value=TypeStyle(LIGHT, px(28), px(38)),
    slot=px(36),
)
