"""What every component has: its place in the report, its queries, its block."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from reportgen.components.yaml_models import Name, Template, Title, Width, YamlModel
from reportgen.model import UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from reportgen.components.prose_fields import PassageFile
    from reportgen.model import Annotation, Block, Number, Picture
    from reportgen.periods import Window
    from reportgen.queries import Answer, Failure, Query, Source


@dataclass(frozen=True, slots=True)
class Scope:
    """What a component is resolved in.

    Attributes:
        name: The block's name, unique in the report.
        source: The account it asks; None where the block asks nothing.
        window: The days reported and compared with.
        currency: ISO 4217 code for amounts that name none; None where nobody said.
        fill: Replaces variables in the author's text.
        pictures: Images by the name the author gave, or why one is not there.
        passages: Words of the author's files, by the path below the spec, or why they are not there.
        annotations: What the author says of days, in their order.
        blocks: The blocks this one builds on, already resolved, by name; a block of an absent source
            is not among them.
        goal: The client's goal for this block, over the block's own; None where the client sets none.
        neutral_band: Fraction of a value's size that its change has to reach to be judged.
    """

    name: str
    source: Source | None
    window: Window
    currency: str | None
    fill: Callable[[str], str]
    pictures: Mapping[str, Picture | Failure] = field(default_factory=dict)
    passages: Mapping[str, str | Failure] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()
    blocks: Mapping[str, Block] = field(default_factory=dict)
    goal: Number | None = None
    neutral_band: float = 0


class Component(YamlModel):
    """One block of a spec. Its YAML keys are its fields."""

    name: Annotated[
        Name | None,
        Field(description="Its name in formulas, goals, `require` and links; left out, one is made for it."),
    ] = None
    width: Annotated[Width, Field(description="How many of the page's 12 columns it fills.")] = 12
    new_row: Annotated[
        bool, Field(description="Whether it starts a new row, whatever room is left in the one before.")
    ] = False
    label: Annotated[Title, Field(description="The title that the reader sees.")] = ""
    note: Annotated[Template, Field(description="A sentence of yours, printed small under the block.")] = ""
    hidden: Annotated[
        bool,
        Field(description="Whether it is asked for but not shown: for numbers that only a formula or `require` needs."),
    ] = False
    on_failure: Annotated[
        Literal["show", "omit"],
        Field(description="Whether a block that could not be read says so or is left out."),
    ] = "show"
    source: Annotated[
        Name | None, Field(description="The account it asks: a name under `sources`. Left out, its section's.")
    ] = None

    def queries(self, scope: Scope) -> tuple[Query, ...]:  # noqa: ARG002 - most components ask nothing
        """Return what has to be asked for this block."""
        return ()

    def pictures(self) -> tuple[str, ...]:
        """Return the names of the images this block shows, relative to the spec."""
        return ()

    def passages(self) -> tuple[PassageFile, ...]:
        """Return the files whose words this block shows."""
        return ()

    def pictures_of(self, scope: Scope, answers: Mapping[Query, Answer]) -> tuple[str, ...]:  # noqa: ARG002 - most show none
        """Return the addresses of pictures that the answers name and this block shows."""
        return ()

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the blocks that have to be resolved before this one; see `Scope.blocks`."""
        return ()

    def omits(self, block: Block) -> bool:
        """Tell whether the block that this one resolved to is left out of the pages."""
        return self.on_failure == "omit" and block.state in UNREAD

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Make the block from what was answered.

        Args:
            scope: The same as for `queries`.
            answers: An answer for each of `queries`.
        """
        raise NotImplementedError

    def notes(self, scope: Scope) -> tuple[str, ...]:
        """Return the author's note as a block's notes."""
        return (scope.fill(self.note),) if self.note else ()


class BareWord(Component):
    """A component that is written as one word, without keys."""

    word: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: object) -> object:
        return {} if value == cls.word else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe it as its word."""
        return {"const": cls.word, "description": (cls.__doc__ or "").strip()}
