"""The texts of a chart: made legible, broken and shortened to fit."""

from __future__ import annotations

import math
from bisect import bisect
from collections import defaultdict
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, TypeVar

from reportgen.characters import legible, whole_letters, without_ignorable
from reportgen.outputs.drawing.font_metrics import NORMAL
from reportgen.outputs.drawing.line_breaks import broken_lines
from reportgen.outputs.drawing.text_shaping import needs_shaping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reportgen.model import Chart
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.font_metrics import Typeface

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_Fitted = TypeVar("_Fitted", str, tuple[str, ...])  # a text on a line, or on some lines


def lettered(text: str, typeface: Typeface) -> str:
    """Return a text on one line, without soft hyphens and other characters that have no glyph and change no letter.

    Where letters join, or are another font's, as those of emoji, these characters change letters, and stay.
    """
    line = legible(text)
    bare = without_ignorable(line)
    return bare if bare != line and typeface.sets(bare) and not needs_shaping(bare) else line


def with_lettered_labels(chart: Chart, typeface: Typeface) -> Chart:
    """Return a chart with the labels and the names of its series as they are drawn; see `lettered`."""
    series = tuple(
        replace(each, label=lettered(each.label, typeface) or lettered(each.field, typeface)) for each in chart.series
    )
    return replace(chart, labels=tuple(lettered(label, typeface) for label in chart.labels), series=series)


def shortened(text: str, room: float, size: float, typeface: Typeface, weight: int = NORMAL) -> str:
    """Return a text, cut with an ellipsis where it is wider than the room."""
    if typeface.width(text, size, weight) <= room:
        return text
    letters = whole_letters(text)
    most = bisect(range(len(letters)), room, key=lambda kept: typeface.width(_cut(letters, kept), size, weight))
    return _cut(letters, max(most - 1, 0))


def _cut(letters: Sequence[str], kept: int) -> str:
    return "".join(letters[:kept]).rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float, typeface: Typeface, lines: int = 2) -> tuple[str, ...]:
    """Return a text broken into lines; the last line ends in an ellipsis where the text is longer."""
    broken = broken_lines(text, room, typeface, size, lines) if text else ()
    return tuple(shortened(line, room, size, typeface) for line in broken)


def told_apart(texts: Sequence[str], fit: Callable[[str], _Fitted]) -> list[_Fitted]:
    """Return texts as they fit; those that would look alike are cut in the middle, where they still are alike.

    `PMAX | Autumn | Remarketing v0` and `v1` are told apart by their last words.

    Args:
        texts: The names of a chart's labels or parts.
        fit: Returns a text as it fits its room, cut at its end where it does not.
    """
    fitted = [fit(text) for text in texts]
    alike: defaultdict[_Fitted, set[str]] = defaultdict(set)
    for text, shown in zip(texts, fitted, strict=True):
        alike[shown].add(text)
    found: dict[str, str] = {}
    for names in alike.values():
        if len(names) > 1:
            found |= _cut_in_the_middle(sorted(names), fit)
    return [fit(found[text]) if text in found else shown for text, shown in zip(texts, fitted, strict=True)]


def _cut_in_the_middle(names: Sequence[str], fit: Callable[[str], _Fitted]) -> dict[str, str]:
    """Return names without words that all of them share, as many as it takes to tell them apart; nothing where none do.

    They keep their first words, and the words from the first that differs.
    """
    words = zip(*(name.split(" ") for name in names), strict=False)
    shared = [alike[0] for alike in takewhile(lambda column: len({*column}) == 1, words)]
    for kept in reversed(range(len(shared))):
        begin = " ".join(shared[:kept]) + ELLIPSIS
        made = {name: f"{begin} {' '.join(name.split(' ')[len(shared) :])}".rstrip() for name in names}
        if len({fit(text) for text in made.values()}) == len(names):
            return made
    return {}


def labels_apart(
    labels: Iterable[tuple[float, str]], frame: Frame, gap: float = 0
) -> Iterator[tuple[float, float, str]]:
    """Yield labels with their places and the middles of their texts, without labels that meet the label before.

    Args:
        labels: Places in points from the left, ascending, with their texts.
        frame: The drawing's; the first and the last text stay within it.
        gap: Between two texts, in points.
    """
    end = -math.inf
    for place, text in labels:
        half = frame.typeface.width(text, frame.size) / 2
        middle = min(max(place, half), frame.width - half)
        if middle - half > end + gap:
            yield place, middle, text
            end = middle + half
