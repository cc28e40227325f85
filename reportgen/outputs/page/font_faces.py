"""The `@font-face` rules of a page's typefaces, for the web page and for the PDF."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import BUILT_IN, FAMILY, NORMAL, WEIGHTS, Typefaces
from reportgen.outputs.drawing.font_subsets import extra_characters, font_of, font_subset, lacked_characters
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.outputs.drawing.font_metrics import Typeface

SCHEME = "reportgen-font"
"""Scheme of the private addresses under which the PDF asks for its fonts."""

FACES = {face: (weight, "normal") for weight, face in WEIGHTS.items()} | {"It": (NORMAL, "italic")}
"""Font file of the built-in family -> its CSS weight and style."""

_NO_IMITATIONS = "html{font-synthesis:none}\n"
"""A weight that a theme lacks is set in its regular font as it is, in browsers as in the PDF."""


def linked_faces(typefaces: Typefaces | None = None) -> str:
    """Return `@font-face` rules that name the fonts by private addresses, for the PDF; None is the built-in family."""
    rules = [_face(FAMILY, *FACES[face], f"url({SCHEME}:{face})") for face in FACES]
    for typeface in typefaces.own if typefaces else ():
        rules += [_face(typeface.name, *style, f"url({SCHEME}:{_address(file)})") for style, file in _styles(typeface)]
    return "".join(rules)


def linked_font(address: str, typefaces: Typefaces) -> bytes | None:
    """Return the font of a private address, without its scheme; None where no typeface has it."""
    if address in FACES:
        return font_file(address).read_bytes()
    files = (file for typeface in typefaces.own for _, file in _styles(typeface))
    return next((file for file in files if _address(file) == address), None)


def embedded_faces(text: str, typefaces: Typefaces | None = None) -> str:
    """Return `@font-face` rules that hold the fonts, for the HTML; None is the built-in family.

    Args:
        text: The text of the page. Letters that no font here has are left to the reader's system.
        typefaces: The typefaces of the page.
    """
    own = typefaces.own if typefaces else ()
    if not typefaces or BUILT_IN in (typefaces.text, typefaces.titles):
        extra = extra_characters(text)
        rules = [_face(FAMILY, *FACES[face], _held(font_subset(face, extra))) for face in FACES]
    else:
        lacked = "".join(sorted({letter for typeface in own for letter in lacked_characters(text, typeface)}))
        rules = [_face(FAMILY, *FACES[face], _held(font_of(face, lacked))) for face in FACES if lacked]
    for typeface in own:
        extra = extra_characters(text, typeface)
        given = {file: style for style, file in reversed(list(_styles(typeface)))}
        rules += [_face(typeface.name, *style, _held(font_subset(file, extra))) for file, style in given.items()]
    return "".join(rules) + (_NO_IMITATIONS if own else "")


def _styles(typeface: Typeface) -> Iterator[tuple[tuple[int, str], bytes]]:
    """Yield each weight and style of a theme's typeface with its font, the regular first."""
    own = typeface.own
    if own:
        yield (NORMAL, "normal"), own.regular
        yield from (((weight, "normal"), own.upright(weight)) for weight in WEIGHTS if weight != NORMAL)
        yield (NORMAL, "italic"), own.italic or own.regular


def _address(file: bytes) -> str:
    return hashlib.sha256(file).hexdigest()


def _held(font: str) -> str:
    return f'url(data:font/woff2;base64,{font}) format("woff2")'


def _face(family: str, weight: int, style: str, source: str) -> str:
    return f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};src:{source}}}\n'
