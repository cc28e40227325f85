"""The pixels that pictures are printed in: as many as paper and good screens show, at their sizes on the page."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from reportgen.outputs.page.lengths import mm, px
from reportgen.outputs.page.measures import MEASURES

if TYPE_CHECKING:
    from reportgen.outputs.page.lengths import Length

_DOTS_A_POINT = 220 / 72  # of paper; the eye tells no more apart in photographs
_DOTS_A_PIXEL = 2  # of a good screen, for a pixel of CSS

LOGO_WIDTH, LOGO_HEIGHT = (mm(60), px(0)), (mm(11), px(48))
"""Of the client's logo on paper and on screens, as in `report.css` and `screen.css`; the agency's is smaller."""

COVER_WIDTH = px(1000)
"""Of the cover's image on screens; a wider screen shows it a little coarser."""


def logo_pixels() -> tuple[int, int]:
    """Return the pixels of a logo, in width and in height."""
    return _pixels(*LOGO_WIDTH), _pixels(*LOGO_HEIGHT)


def cover_pixels() -> int:
    """Return the pixels in width of the cover's image, which is as wide as the page."""
    return _pixels(MEASURES.page.page_width, COVER_WIDTH)


def block_pixels(columns: int) -> int:
    """Return the pixels of a picture that fills some columns; on a phone it fills the width."""
    shown = max(MEASURES.screen_width(columns).value, MEASURES.widths.phone_chart_most.value)
    return _pixels(MEASURES.printed_width(columns), px(shown))


def _pixels(printed: Length, shown: Length) -> int:
    return ceil(max(printed.points * _DOTS_A_POINT, shown.value * _DOTS_A_PIXEL))
