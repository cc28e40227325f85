"""Web pages that tests write and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.outputs import reports
from tests.outputs.pages import page

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Block


def written(folder: Path, *blocks: Block, locale: str = "en") -> str:
    """Write a page of some blocks and return its address."""
    path = folder / "page.html"
    path.write_text(page(reports.report(*blocks, locale=locale), "screen"), "utf-8")
    return path.as_uri()
