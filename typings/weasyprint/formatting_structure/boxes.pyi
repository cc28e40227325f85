from collections.abc import Iterator, Sequence
from typing import Protocol
from xml.etree.ElementTree import Element

from weasyprint.css import ComputedStyle

class Box:
    element: Element
    element_tag: str
    style: ComputedStyle
    children: Sequence[Box]
    bookmark_label: str | None
    position_x: float
    position_y: float
    width: float
    height: float
    margin_bottom: float
    def all_children(self) -> Sequence[Box]: ...
    def descendants(self) -> Iterator[Box]: ...
    def border_box_x(self) -> float: ...
    def border_box_y(self) -> float: ...
    def border_height(self) -> float: ...
    def border_width(self) -> float: ...
    def translate(self, dx: float = 0, dy: float = 0) -> None: ...
    def content_box_y(self) -> float: ...

class LineBox(Box): ...

class TextBox(Box):
    text: str

class TableBox(Box): ...

class TableRowGroupBox(Box):
    is_header: bool

class _PageType(Protocol):
    name: str | None

class PageBox(Box):
    page_type: _PageType

class ReplacedBox(Box):
    replacement: object
    def __init__(self, element_tag: str, style: ComputedStyle, element: Element, replacement: object) -> None: ...

class BlockReplacedBox(ReplacedBox): ...
