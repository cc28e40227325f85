"""The component `image`: a picture from the spec's folder or a host that the spec allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.yaml_models import Template
from reportgen.model import Block
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.queries import Answer, Query


class ImageBlock(Component):
    """A picture."""

    image: Annotated[
        str,
        Field(
            description="A PNG, JPEG or SVG file below the spec's folder, or an https address of a host under `images`."
        ),
    ]
    alt: Annotated[Template, Field(description="What it shows, in words, for readers who cannot see it.")]

    def pictures(self) -> tuple[str, ...]:
        """Return the one picture it shows."""
        return (self.image,)

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: the picture with its alternative text, or why there is none."""
        block = Block(
            name=scope.name,
            kind="image",
            label=scope.fill(self.label),
            width=self.width,
            new_row=self.new_row,
            notes=self.notes(scope),
        )
        match scope.pictures[self.image]:
            case Failure(missing=missing, reason=reason):
                return replace(block, state=missing, reason=reason)
            case picture:
                return replace(block, picture=replace(picture, alt=scope.fill(self.alt)))
