"""The component `text`: the author's words, in Markdown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.prose_fields import Passage, PassageFile
from reportgen.model import Block
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.queries import Answer, Query


class TextBlock(Component):
    """A passage of Markdown."""

    text: Annotated[Passage, Field(description="The words, in Markdown, or a file that holds them.")]

    def passages(self) -> tuple[PassageFile, ...]:
        """Return the file that its words stand in."""
        return (self.text,) if isinstance(self.text, PassageFile) else ()

    def omits(self, block: Block) -> bool:
        """Tell whether the block is left out: its file is optional and not there."""
        return block.state == "not_requested" or super().omits(block)

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: prose with its variables filled in, or why there is none."""
        block = Block(
            name=scope.name,
            kind="text",
            label=scope.fill(self.label),
            width=self.width,
            new_row=self.new_row,
            notes=self.notes(scope),
        )
        written = scope.passages[scope.fill(self.text.file)] if isinstance(self.text, PassageFile) else self.text
        if isinstance(written, Failure):
            return replace(block, state=written.missing, reason=written.reason)
        return replace(block, prose=scope.fill(written))
