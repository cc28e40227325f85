"""The component `text`: the author's words, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator

from reportgen.components.component import Component, Scope
from reportgen.components.written import NOT_YET, Template, refuse
from reportgen.model import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.queries import Answer, Query


def _inline(written: object) -> object:
    if isinstance(written, dict):
        return refuse(NOT_YET, "not yet: text from a file; write the text here")
    return written


class TextBlock(Component):
    """A passage of Markdown."""

    text: Annotated[Template, BeforeValidator(_inline)]

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: prose with its variables filled in."""
        return Block(
            name=scope.name,
            kind="text",
            label=scope.fill(self.label),
            width=self.width,
            new_row=self.new_row,
            prose=scope.fill(self.text),
            notes=self.notes(scope),
        )
