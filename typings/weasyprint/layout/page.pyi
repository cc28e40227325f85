from collections.abc import Iterator, Sequence

from weasyprint import HTML
from weasyprint.formatting_structure.boxes import Box, PageBox

from . import LayoutContext

def make_all_pages(
    context: LayoutContext, root_box: Box, html: HTML, pages: Sequence[PageBox]
) -> Iterator[PageBox]: ...
