from typing import Protocol

from .ffi import PangoLayoutLine
from .fonts import FontConfiguration

class _Style(Protocol):
    font_config: FontConfiguration
    def __getitem__(self, name: str, /) -> object: ...

class _Context(Protocol):
    dictionaries: dict[object, object]

class Layout:
    layout: object
    text: str
    def get_first_line(self) -> tuple[PangoLayoutLine, int | None]: ...

def create_layout(text: str, style: _Style, context: None, max_width: None, justification_spacing: float) -> Layout: ...
def split_first_line(
    text: str, style: _Style, context: _Context, max_width: float, justification_spacing: float
) -> tuple[Layout, int, int | None, float, float, float]: ...
