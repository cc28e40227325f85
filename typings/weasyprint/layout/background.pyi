from collections.abc import Callable

from weasyprint.formatting_structure.boxes import Box, PageBox

def layout_box_backgrounds(page: PageBox, box: Box, get_image_from_uri: Callable[..., object]) -> None: ...
