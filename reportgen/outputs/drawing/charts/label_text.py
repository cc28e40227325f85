"""The texts of a chart: made legible, broken and shortened to fit."""

from __future__ import annotations

import math
from bisect import bisect
from collections import defaultdict
from dataclasses import replace
from itertools import chain, takewhile
from typing import TYPE_CHECKING, TypeVar

from reportgen.characters import legible, whole_letters, without_ignorable
from reportgen.outputs.drawing.font_metrics import NORMAL
from reportgen.outputs.drawing.line_breaks import lines_of, pieces_of
from reportgen.outputs.drawing.text_shaping import needs_shaping
from reportgen.outputs.text.long_words import SIGNS, name_parts, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reportgen.model import Chart
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.font_metrics import Typeface

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_OF_A_WORD = 2  # lines
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
    """Return a text broken into lines; the last line ends in an ellipsis where the text is longer.

    Words wider than the room, such as addresses, also break behind their signs; a text of a single word takes two
    lines at most, so that a list of addresses is no tower.
    """
    words, pieces = pieces_of(text), list[str]()
    for piece in words:
        pieces += name_parts(piece) if typeface.width(piece.rstrip(), size) > room else (piece,)
    most = min(lines, _OF_A_WORD) if len(words) == 1 else lines
    broken = lines_of(pieces, room, typeface, size, most) if text else ()
    return tuple(shortened(line, room, size, typeface) for line in broken)


def told_apart(texts: Sequence[str], fit: Callable[[str], _Fitted]) -> list[_Fitted]:
    """Return texts as they fit; those that would look alike are cut in the middle, where they still are alike.

    `PMAX | Autumn | Remarketing v0` and `v1` are told apart by their last words, pages of a site by their last parts.

    Args:
        texts: The names of a chart's labels or parts.
        fit: Returns a text as it fits its room, cut at its end where it does not.
    """
    found = _without_beginnings(texts, fit)
    return [fit(found.get(text, text)) for text in texts]


def _without_beginnings(names: Iterable[str], fit: Callable[[str], _Fitted]) -> dict[str, str]:
    """Return the names that would look alike without what they share, by name; no name that nothing tells apart."""
    alike: defaultdict[_Fitted, set[str]] = defaultdict(set)
    for name in names:
        alike[fit(name)].add(name)
    found: dict[str, str] = {}
    for group in alike.values():
        if len(group) > 1 and (cut := _cut_in_the_middle(sorted(group), fit)):
            further = _without_beginnings(cut.values(), fit)
            found |= {name: further.get(text, text) for name, text in cut.items()}
    return found


def _cut_in_the_middle(names: Sequence[str], fit: Callable[[str], _Fitted]) -> dict[str, str]:
    """Return names without words that all of them share, else without the beginning of addresses; nothing where alike.

    They keep as many of their first words as leave the most of them told apart, and the words, or the parts of an
    address, from the first that differs.
    """

    def count(made: Sequence[str]) -> int:
        return len({fit(text) for text in made})

    found = chain(_shorter(names, words_of), [*_shorter(names, name_parts)][-1:])
    made = max(found, key=count, default=names)
    return dict(zip(names, made, strict=True)) if count(made) > 1 else {}


def _shorter(names: Sequence[str], parts_of: Callable[[str], list[str]]) -> Iterator[list[str]]:
    """Yield names with an ellipsis for their last shared part, for their last two, and so on."""
    parts = [parts_of(f"{name} ") for name in names]
    shared = [alike[0] for alike in takewhile(lambda column: len({*column}) == 1, zip(*parts, strict=False))]
    for kept in reversed(range(len(shared))):
        begin = "".join(shared[:kept]).rstrip(SIGNS) + ELLIPSIS + shared[-1][-1]
        yield [(begin + "".join(own[len(shared) :])).rstrip() for own in parts]


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
