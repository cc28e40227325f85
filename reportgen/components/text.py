"""The component `text`: a passage of the author's, in Markdown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.prose_fields import Passage, PassageFile
from reportgen.queries import Failure

if TYPE_CHECKING:
    from reportgen.model import Block


class TextBlock(Component):
    """A passage of Markdown."""

    text: Annotated[Passage, Field(description="The passage, in Markdown, or a file that holds it.")]

    def passages(self) -> tuple[PassageFile, ...]:
        """Return the file of the passage, where it stands in a file."""
        return (self.text,) if isinstance(self.text, PassageFile) else ()

    def omits(self, block: Block) -> bool:
        """Return whether the block is left out, as it also is where its file is optional and missing."""
        return block.state == "not_requested" or super().omits(block)

    def compose(self, scope: Scope) -> Block:
        """Return the block: the passage with its variables filled in, or the reason why it is missing."""
        block = self.frame("text", scope)
        passage = scope.passages[scope.fill(self.text.file)] if isinstance(self.text, PassageFile) else self.text
        if isinstance(passage, Failure):
            return replace(block, state=passage.missing, reason=passage.reason)
        return replace(block, prose=scope.fill(passage))
