"""The component `callout`: a few words of the author's that stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.yaml_models import Template
from reportgen.model import Block, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.queries import Answer, Query


class CalloutBlock(Component):
    """A short passage of Markdown beside a coloured rule."""

    callout: Annotated[Template, Field(description="The words, in Markdown.")]
    tone: Annotated[Tone, Field(description="What its coloured rule says of it.")] = "neutral"

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: prose with its variables filled in, and its tone."""
        return Block(
            name=scope.name,
            kind="callout",
            label=scope.fill(self.label),
            width=self.width,
            new_row=self.new_row,
            prose=scope.fill(self.callout),
            tone=self.tone,
            notes=self.notes(scope),
        )
