"""The texts of a chart: made legible, broken and shortened to fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.characters import legible, without_ignorable
from reportgen.outputs.drawing.font_metrics import NORMAL, is_set_in, text_width
from reportgen.outputs.drawing.line_breaks import broken_lines
from reportgen.outputs.drawing.text_shaping import needs_shaping

if TYPE_CHECKING:
    from reportgen.model import Chart

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def lettered(text: str) -> str:
    """Return a text on one line, without soft hyphens and other characters that have no glyph and change no letter.

    Where letters join, or are another font's, as those of emoji, these characters change letters, and stay.
    """
    line = legible(text)
    bare = without_ignorable(line)
    return bare if bare != line and is_set_in(bare) and not needs_shaping(bare) else line


def with_lettered_labels(chart: Chart) -> Chart:
    """Return a chart with the labels and the names of its series as they are drawn; see `lettered`."""
    series = tuple(replace(each, label=lettered(each.label) or lettered(each.field)) for each in chart.series)
    return replace(chart, labels=tuple(map(lettered, chart.labels)), series=series)


def shortened(text: str, room: float, size: float, weight: int = NORMAL) -> str:
    """Return a text, cut with an ellipsis where it is wider than the room."""
    if text_width(text, size, weight) <= room:
        return text
    left = room - text_width(_ELLIPSIS, size, weight)
    kept = 0
    while kept < len(text) and (left := left - text_width(text[kept], size, weight)) >= 0:
        kept += 1
    return text[:kept].rstrip() + _ELLIPSIS


def wrapped(text: str, room: float, size: float, lines: int = 2) -> tuple[str, ...]:
    """Return a text broken into lines; the last line ends in an ellipsis where the text is longer."""
    return tuple(shortened(line, room, size) for line in broken_lines(text, room, size, lines)) if text else ()
