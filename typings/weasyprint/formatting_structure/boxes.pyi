from collections.abc import Iterator, Mapping, Sequence

class Box:
    element_tag: str
    style: Mapping[str, object]
    bookmark_label: str | None
    position_x: float
    position_y: float
    width: float
    height: float
    def all_children(self) -> Sequence[Box]: ...
    def descendants(self) -> Iterator[Box]: ...

class LineBox(Box): ...
class PageBox(Box): ...

class ReplacedBox(Box):
    replacement: object
