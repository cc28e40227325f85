"""The styles of cells: their colours, sizes and lines, by openpyxl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

from reportgen.outputs.workbook.excel_names import rgb

if TYPE_CHECKING:
    from typing import TypeAlias

    from openpyxl import Workbook

    from reportgen.model import Theme
    from reportgen.outputs.workbook.sheet_cells import CellStyle

    StyleKey: TypeAlias = tuple[CellStyle, str, bool]

BODY = 11
"""Points of the text of cells."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """The look of a style of cells: colours by the theme's names, sizes in points; a text that shrinks is never cut."""

    size: int = BODY
    bold: bool = False
    color: str = "ink"
    align: Literal["left", "right"] = "left"
    top: str = ""
    bottom: str = "hair"
    underline: bool = False
    wrap: bool = True
    indent: int = 1
    shrinks: bool = False


LOOKS: dict[CellStyle, CellLook] = {
    "title": CellLook(size=18, bold=True, bottom="", wrap=False),
    "caption": CellLook(color="ink-3", bottom="", wrap=False),
    "fact_name": CellLook(color="ink-3", bottom="", wrap=False),
    "fact": CellLook(bottom="", wrap=False),
    "heading": CellLook(bold=True, bottom="accent"),
    "heading_right": CellLook(bold=True, bottom="accent", align="right"),
    "heading_filtered": CellLook(bold=True, bottom="accent", align="right", indent=2),
    "text": CellLook(),
    "plain": CellLook(bottom="", wrap=False, shrinks=True),
    "figure": CellLook(bottom="", wrap=False, align="right"),
    "muted": CellLook(color="ink-3"),
    "back": CellLook(color="accent", bottom="", wrap=False),
    "link": CellLook(color="accent", underline=True),
    "number": CellLook(align="right", wrap=False),
    "good": CellLook(align="right", color="good", wrap=False),
    "bad": CellLook(align="right", color="bad", wrap=False),
    "total": CellLook(bold=True, top="rule", bottom=""),
    "total_right": CellLook(bold=True, top="rule", bottom="", align="right", wrap=False),
}


class StyleNumbers(dict["StyleKey", int]):
    """The numbers of the styles of cells in the file of a workbook, in the order of their first cells.

    A key is a style, a number format, and whether a text is quoted: then it stays text when its cell is edited.
    openpyxl looks a style up by its name, which takes longer than writing a cell.
    """

    def __init__(self, book: Workbook) -> None:
        """Begin without any style of a workbook, which has a sheet before the first is asked for."""
        super().__init__()
        self._book = book

    def __missing__(self, key: StyleKey) -> int:
        """Return the number of a style that no cell had."""
        style, code, quoted = key
        cell = WriteOnlyCell(self._book.worksheets[0])
        cell.style = f"Report {style.replace('_', ' ')}"
        cell.number_format, cell.quotePrefix = code, quoted
        number = self[key] = int(cell.style_id)
        return number


def named_style(style: CellStyle, look: CellLook, theme: Theme, *, turned: bool) -> NamedStyle:
    """Return a style; in a turned sheet texts begin at the right, and figures end there still, so that they line up."""

    def edge(name: str) -> Side | None:
        return Side("thin" if name in {"hair", "rule"} else "medium", rgb(theme, name)) if name else None

    return NamedStyle(
        f"Report {style.replace('_', ' ')}",
        font=Font(
            "Calibri", look.size, look.bold, color=rgb(theme, look.color), u="single" if look.underline else None
        ),
        border=Border(top=edge(look.top), bottom=edge(look.bottom)),
        alignment=Alignment(
            "right" if turned else look.align,
            "bottom" if "heading" in style else "top",
            wrap_text=look.wrap,
            shrink_to_fit=look.shrinks,
            # Text would touch the number left of it, and buttons of filters cover headings that end at the right.
            indent=look.indent if look.align == "left" or look.indent > 1 else 0,
        ),
    )
