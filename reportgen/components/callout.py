"""The component `callout`: a short passage of the author's that stands out."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.prose_fields import Markdown, Passage, with_passage
from reportgen.model import Block, Tone


class CalloutBlock(Component):
    """A short passage of Markdown beside a coloured rule."""

    callout: Annotated[Markdown, Field(description="The passage, in Markdown.")]
    tone: Annotated[Tone, Field(description="The tone that its coloured rule shows.")] = "neutral"

    def prose(self) -> tuple[Passage, ...]:
        """Return the passage."""
        return (self.callout,)

    def omits(self, block: Block) -> bool:
        """Return whether the block is left out, as it also is where nothing is left of its passage."""
        return block.state == "no_data" or super().omits(block)

    def compose(self, scope: Scope) -> Block:
        """Return the block: the passage with its variables filled in, and its tone."""
        return replace(with_passage(self.frame("callout", scope), self.callout, scope), tone=self.tone)
