"""reportgen's PDF without a structure tree and without its audit: what tags cost is the difference to `unaudited`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.engines import unaudited
from reportgen.outputs.pdf import pdf_file
from reportgen.outputs.pdf.engine import print_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.content import Content


def prepare(content: Content, folder: Path) -> Callable[[], bytes]:
    """Return the making of a report; every report of this process is without tags from now on."""
    setattr(pdf_file, "print_page", _print_untagged)  # noqa: B010 - a name of that module, and no part of its interface
    return unaudited.prepare(content, folder)


def _print_untagged(*page: Any, **options: Any) -> tuple[bytes, list[str], str]:  # noqa: ANN401 - those of `print_page`
    return print_page(*page, **{**options, "tagged": False})
