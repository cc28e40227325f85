"""Texts of cells that are longer than their lines: how many lines they take, and where they are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.characters import whole_letters
from reportgen.outputs.drawing.line_breaks import pieces_in_lines, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.outputs.drawing.font_metrics import Typeface

ELLIPSIS = "…"
_KERNED, _ESTIMATED = 0.98, 0.88
"""Shares of the room that measured letters fill, and letters of other fonts, whose widths are estimated."""

_WIDEST = 1.25  # em, of a letter


def cut_text(text: str, room: float, most: int, typeface: Typeface) -> str:
    """Return a text that takes some lines at most in a room in em; a cut one ends with an ellipsis.

    Blank lines are left out of a text that is cut, as no line may be spent on them.
    """
    if _is_short(text, room, most):
        return text
    room *= _filled(text, typeface)
    kept, begun, lines = "", 0, 0
    for begins, piece in _set(text, room, typeface):
        if begins and lines == most:
            return kept[:begun] + _with_ellipsis(kept[begun:], room, typeface)
        if begins:
            kept = kept.rstrip("\n") + ("\n" if kept[-1:] == "\n" else "")
            begun, lines = len(kept), lines + 1
        kept += piece
    return text


def count_lines(text: str, room: float, typeface: Typeface) -> int:
    """Return about how many lines a text takes in a room in em."""
    if _is_short(text, room, 1):
        return 1
    return max(
        1, sum(begins for begins, _ in _set(text, room * _filled(text, typeface), typeface)) + text.count("\n\n")
    )


def _filled(text: str, typeface: Typeface) -> float:
    letters = text.replace("\n", "")
    return _KERNED if typeface.setting(letters).sets(letters) else _ESTIMATED


def _is_short(text: str, room: float, most: int) -> bool:
    """Return whether a text surely takes so few lines, by the count of its letters."""
    return len(text) * _WIDEST <= room and text.count("\n") < most


def _set(text: str, room: float, typeface: Typeface) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of a text, and whether a line begins with it; each paragraph ends with a line break."""
    for paragraph in text.split("\n"):
        parts = (part for word in pieces_of(paragraph) for part in _parts(word, room, typeface))
        for at, (begins, piece) in enumerate(pieces_in_lines(parts, room, typeface)):
            yield begins or not at, piece
        if paragraph:
            yield False, "\n"


def _parts(word: str, room: float, typeface: Typeface) -> Iterator[str]:
    """Yield a word, in parts where it is wider than a line; no mark is torn off its letter."""
    if typeface.width(word.rstrip(" ")) <= room:
        yield word
        return
    part = ""
    for letter in whole_letters(word):
        if part and typeface.width(part + letter) > room:
            yield part
            part = ""
        part += letter
    yield part


def _with_ellipsis(line: str, room: float, typeface: Typeface) -> str:
    """Return a line with an ellipsis, which takes the place of its last word where there is no room for it."""
    kept = line.rstrip()
    while kept and typeface.width(kept + ELLIPSIS) > room:
        kept = kept.rpartition(" ")[0].rstrip() if " " in kept else "".join(whole_letters(kept)[:-1])
    return kept.rstrip(" ,;:.–-") + ELLIPSIS
