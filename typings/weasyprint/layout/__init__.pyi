from collections.abc import Callable, Iterator, Sequence

from weasyprint import HTML
from weasyprint.css import StyleFor
from weasyprint.formatting_structure.boxes import Box, PageBox

class LayoutContext:
    style_for: StyleFor
    get_image_from_uri: Callable[..., object]
    target_collector: object
    footnotes: Sequence[Box]

def initialize_page_maker(context: LayoutContext, root_box: Box) -> None: ...
def layout_document(html: HTML, root_box: Box, context: LayoutContext) -> Iterator[PageBox]: ...
