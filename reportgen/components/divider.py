"""The component `divider`: a line between blocks. Written as the bare word."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reportgen.components.component import BareWord, Scope
from reportgen.model import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.queries import Answer, Query


class Divider(BareWord):
    """A line between blocks, written as this bare word."""

    word: ClassVar[str] = "divider"

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: it has nothing but its place."""
        return Block(name=scope.name, kind=self.word)
