"""The component `text`: a passage of the author's, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.prose_fields import Passage, with_passage

if TYPE_CHECKING:
    from reportgen.model import Block


class TextBlock(Component):
    """A passage of Markdown."""

    text: Annotated[Passage, Field(description="The passage, in Markdown, or a file that holds it.")]

    def prose(self) -> tuple[Passage, ...]:
        """Return the passage."""
        return (self.text,)

    def omits(self, block: Block) -> bool:
        """Return whether the block is left out, as it also is where its file is optional and missing."""
        return block.state in {"not_requested", "no_data"} or super().omits(block)

    def compose(self, scope: Scope) -> Block:
        """Return the block: the passage with its variables filled in, or the reason why it is missing."""
        return with_passage(self.frame("text", scope), self.text, scope)
