"""The component `heading`: a title between the blocks of a section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.yaml_models import Title
from reportgen.model import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.queries import Answer, Query


class HeadingBlock(Component):
    """A title."""

    heading: Annotated[Title, Field(description="The words of the title.")]

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: a label and nothing under it."""
        title = scope.fill(self.heading)
        return Block(
            name=scope.name, kind="heading", label=title, width=self.width, new_row=True, notes=self.notes(scope)
        )
