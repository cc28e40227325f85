from xml.etree.ElementTree import Element

from .compiler import CompiledSelector

class ElementWrapper:
    etree_element: Element
    @classmethod
    def from_html_root(cls, root: Element, content_language: str | None = None) -> ElementWrapper: ...

class Matcher:
    lower_local_name_selectors: dict[str, list[tuple[object, object, int, str | None, object]]]
    other_selectors: list[tuple[object, object, int, str | None, object]]
    def add_selector(self, selector: CompiledSelector, payload: object) -> None: ...

def compile_selector_list(input: str) -> list[CompiledSelector]: ...
