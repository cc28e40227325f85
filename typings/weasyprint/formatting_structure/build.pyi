from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from weasyprint.css import StyleFor
from weasyprint.css.counters import CounterStyle

from .boxes import Box

def build_formatting_structure(
    element_tree: Element,
    style_for: StyleFor,
    get_image_from_uri: Callable[..., object],
    base_url: str | None,
    target_collector: object,
    counter_style: CounterStyle,
    footnotes: Sequence[Box],
) -> Box: ...
