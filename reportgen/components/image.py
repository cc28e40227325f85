"""The component `image`: a picture from the spec's folder or a host that the spec allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.yaml_models import PicturePath, Template
from reportgen.queries import Failure

if TYPE_CHECKING:
    from reportgen.model import Block


class ImageBlock(Component):
    """A picture with its alternative text."""

    image: Annotated[
        PicturePath,
        Field(
            description="A PNG, JPEG, WebP, GIF or SVG file below the spec's folder, "
            "or an https address of a host under `images`."
        ),
    ]
    alt: Annotated[Template, Field(description="The alternative text, for readers who cannot see the picture.")]

    def pictures(self) -> tuple[str, ...]:
        """Return the name of the picture."""
        return (self.image,)

    def compose(self, scope: Scope) -> Block:
        """Return the block: the picture with its alternative text, or the reason why it is missing."""
        picture = scope.pictures[self.image]
        if isinstance(picture, Failure):
            return self.frame("image", scope, state=picture.missing, reason=picture.reason)
        return self.frame("image", scope, picture=replace(picture, alt=scope.fill(self.alt)))
