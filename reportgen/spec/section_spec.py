"""A section of a spec: its title, its source and its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from reportgen.components import AnyBlock
from reportgen.components.number_parts import When, condition_on_numbers
from reportgen.components.yaml_models import Name, Title, YamlModel
from reportgen.spec.include_spec import OrInclude

if TYPE_CHECKING:
    from reportgen.components.conditions import Condition


class SectionSpec(YamlModel):
    """A section: blocks under a title."""

    name: Annotated[
        Name | None, Field(description="Its name in a client's `hide`, `order` and `titles`, beside its title.")
    ] = None
    title: Annotated[Title, Field(description="The heading of the section and its line in the contents.")] = ""
    subtitle: Annotated[
        Title,
        Field(description="A sentence under the title: what the section has to say, in larger letters than text."),
    ] = ""
    source: Annotated[
        Name | None, Field(description="The source of all its blocks that name none: a name under `sources`.")
    ] = None
    new_page: Annotated[
        bool | None,
        Field(description="Whether it begins a page; left out, the `flow` of the pages decides."),
    ] = None
    hidden: Annotated[
        bool,
        Field(description="Whether all its blocks are asked for but not shown, as numbers that formulas need."),
    ] = False
    when: When = None
    blocks: Annotated[
        tuple[AnyBlock, ...], OrInclude(), Field(description="Its blocks, in the order of the page; see Blocks.")
    ]

    @model_validator(mode="after")
    def _subtitle_has_a_title(self) -> SectionSpec:
        if self.subtitle and not self.title:
            raise ValueError("subtitle: stands under a title, and this section has none; write title:")
        return self

    def blocks_as_shown(self) -> tuple[AnyBlock, ...]:
        """Return its blocks, each hidden where the section is."""
        if not self.hidden:
            return self.blocks
        return tuple(block.model_copy(update={"hidden": True}) for block in self.blocks)

    def condition(self) -> Condition | None:
        """Return the condition without which this section is not shown; None where it always is."""
        return condition_on_numbers(self.when) if self.when else None
