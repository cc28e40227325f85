"""The `@font-face` rules of the embedded family, for the web page and for the PDF."""

from __future__ import annotations

from reportgen.outputs.drawing.font_metrics import FAMILY, NORMAL, WEIGHTS
from reportgen.outputs.drawing.font_subsets import font_subset

SCHEME = "reportgen-font"
"""Scheme of the private addresses under which the PDF asks for its fonts."""

FACES = {face: (weight, "normal") for weight, face in WEIGHTS.items()} | {"It": (NORMAL, "italic")}
"""Font file -> its CSS weight and style."""


def linked_faces() -> str:
    """Return `@font-face` rules that name the fonts by private addresses, for the PDF."""
    return "".join(_face(face, f"url({SCHEME}:{face})") for face in FACES)


def embedded_faces(extra: str) -> str:
    """Return `@font-face` rules that hold the fonts, for the HTML.

    `extra` are characters beyond Latin and punctuation; those the family lacks are left to the reader's system.
    """
    return "".join(
        _face(face, f'url(data:font/woff2;base64,{font_subset(face, extra)}) format("woff2")') for face in FACES
    )


def _face(face: str, source: str) -> str:
    weight, style = FACES[face]
    return f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};src:{source}}}\n'
