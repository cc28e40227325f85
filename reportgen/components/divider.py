"""The component `divider`: a line between blocks. Written as the bare word."""

from __future__ import annotations

from typing import ClassVar

from reportgen.components.component import BareWord


class Divider(BareWord):
    """A line between blocks, written as this bare word."""

    word: ClassVar[str] = "divider"
