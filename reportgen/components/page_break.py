"""The component `page_break`: a new page for the following blocks. Written as the bare word."""

from __future__ import annotations

from typing import ClassVar

from reportgen.components.component import BareWord


class PageBreak(BareWord):
    """A new page for the following blocks; written as this bare word."""

    word: ClassVar[str] = "page_break"
