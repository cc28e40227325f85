"""The component `heading`: a title between the blocks of a section."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.yaml_models import Title

if TYPE_CHECKING:
    from reportgen.model import Block


class HeadingBlock(Component):
    """A title between the blocks of a section."""

    heading: Annotated[Title, Field(description="The words of the title.")]

    def omits(self, block: Block) -> bool:
        """Return whether the block is left out, as it is where nothing is left of its words."""
        return block.state == "no_data" or super().omits(block)

    def compose(self, scope: Scope) -> Block:
        """Return the block: a label on a row of its own."""
        words = scope.fill(self.heading)
        block = self.frame("heading", scope, label=words, new_row=True)
        return block if words else replace(block, state="no_data")
