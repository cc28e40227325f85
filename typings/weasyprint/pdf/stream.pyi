from contextlib import AbstractContextManager
from typing import TypedDict

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.text.ffi import PangoFont

from .fonts import Font

class _Mark(TypedDict):
    tag: str
    mcid: int

class Stream(pydyf.Stream):
    _tags: dict[object, _Mark] | None
    @property
    def ctm(self) -> Matrix: ...
    def transform(self, *, a: float = 1, d: float = 1) -> None: ...
    def stacked(self) -> AbstractContextManager[None]: ...
    def add_font(self, pango_font: PangoFont) -> tuple[Font, float]: ...
