"""Typst: markup written by Python, compiled in this process; its charts are given to it as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import typst

from bench.content import CLIENT, TITLE
from bench.engines.given import chart_svg, sparkline_svg
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.content import Content, Table

FONTS = [mpl.get_data_path() + "/fonts/ttf", str(font_file("Regular").parent)]  # of the page, of the charts
_STYLE = f"""
#set text(font: "DejaVu Sans", size: 9pt)
#set page(
  paper: "a4", margin: (x: 18mm, top: 25mm, bottom: 22mm),
  header: context if counter(page).get().first() > 1 [{CLIENT} #h(1fr) October 2026],
  footer: context if counter(page).get().first() > 1 [
    Studio Norte #h(1fr) Page #counter(page).display() of #counter(page).final().first()
  ],
)
#set table(
  stroke: (_, y) => (bottom: if y == 0 {{ 0.5mm }} else {{ 0.2mm + rgb("#cccccc") }}),
  inset: 1mm,
  fill: (_, y) => if calc.odd(y) or y == 0 {{ white }} else {{ rgb("#f4f4f4") }},
  align: (x, _) => if x == 0 {{ left }} else {{ right }},
)
#show table: set text(size: 8pt)
#v(80mm)
#text(size: 32pt, weight: "bold")[{CLIENT}]

{TITLE}

October 2026
#pagebreak()
"""


def prepare(content: Content, _folder: Path) -> Callable[[], bytes]:
    """Return the making of the report."""
    files = {f"card{at}.svg": sparkline_svg(card).encode() for at, card in enumerate(content.cards)}
    files |= {f"chart{at}.svg": chart_svg(chart).encode() for at, chart in enumerate(content.charts)}

    def make() -> bytes:
        source = "\n".join(_source(content)).encode()
        printed: bytes = typst.compile({"main.typ": source, **files}, font_paths=FONTS, ignore_system_fonts=True)
        return printed

    return make


def _source(content: Content) -> Iterator[str]:
    yield _STYLE
    if content.cards:
        yield "= At a glance\n#grid(columns: (1fr,) * 4, gutter: 3mm,"
        yield from (
            f'block(stroke: 0.3mm + rgb("#dddddd"), inset: 2mm, width: 100%)[{card.label}\\ '
            f'#text(15pt, weight: "bold")[{card.value:,}]\\ '
            f'#text(fill: rgb("{"#177245" if card.rose else "#a3262a"}"))[{"▲" if card.rose else "▼"} {card.change}]'
            f'#image("card{at}.svg", width: 100%)],'
            for at, card in enumerate(content.cards)
        )
        yield ")\n#pagebreak()\n= Charts\n#grid(columns: (1fr, 1fr), gutter: 5mm,"
        yield from (
            f'block(breakable: false)[*{chart.title}*\\ #image("chart{at}.svg", width: 100%)],'
            for at, chart in enumerate(content.charts)
        )
        yield ")\n#pagebreak()\n= Tables"
    for table in content.tables:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f"== {table.title}\n#table(columns: (2.5fr, {'1fr, ' * (len(table.columns) - 1)}), table.header("
    yield "".join(f"[*{column.label}*]," for column in table.columns) + "),"
    yield from ("".join(f'"{text}",' for text in row) for row in table.texts())
    yield ")"
