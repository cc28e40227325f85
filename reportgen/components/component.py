"""The base of every component: its keys, its queries and its block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from reportgen.components.number_parts import When, condition_on_numbers
from reportgen.components.prose_fields import PassageFile, passage_pictures
from reportgen.components.yaml_models import Name, Template, Title, Width, YamlModel
from reportgen.made_once import KeptResults
from reportgen.model import UNREAD, Block
from reportgen.periods import USUAL_STARTS, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from reportgen.components.conditions import Condition
    from reportgen.components.goals import GoalSpec
    from reportgen.components.prose_fields import Passage
    from reportgen.components.variables import Filling
    from reportgen.model import Annotation, Picture
    from reportgen.periods import Period, UnitStarts
    from reportgen.queries import Answer, Failure, Query, Source


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a component: its account, window, texts, pictures and other blocks.

    Attributes:
        name: The block's name, unique in the report.
        source: The account it asks; None where the block asks nothing.
        window: The days reported and compared with.
        currency: ISO 4217 code of amounts without a currency of their own; None where it is unknown.
        fill: Replaces variables and live words in the author's text.
        pictures: Pictures by the name the author gave, or the failure to load them.
        passages: Texts of the author's files, by the path below the spec, or the failure to read them.
        annotations: The author's annotations of days, in the order of the days.
        blocks: The blocks this block builds on, already resolved, by name; without those of absent sources.
        goal: The client's goal for this block, over the block's own; None where the client sets none.
        spec_period: The period that the spec itself asks for, which goals are meant for; None for the window's.
        zone: The time zone of its days.
        starts: The days that weeks and fiscal years begin on.
        neutral_band: Fraction of a value's size that its change has to reach to be judged.
        other_text: Returns the name of what is added up, from how many it stands for, in the report's language.
        renames: Dimension -> name that the API sends -> name for the reader, for every block.
        absent_is_zero: Whether the source leaves out days of zero.
        days: The days of the block, where its author wrote a period of its own.
        trend_days: The days of a number's small line, where it is made of the number's own history.
        days_text: The same for a title, in the report's language; empty where the block has none of its own.
        compared: The compared days of the window, where they are not those of the report.
        is_ended: Whether its window is a whole bucket of a history, other than the report's own days, so that an answer
            may be kept.
        asks_apart: Whether a number's compared days are asked in a request of their own, and not in that of its days:
            the API compares with the report's own days alone, so that each of its answers has an id of its own.
        operands: The numbers that a history is made of, and those that these are calculated from, each with its scope.
        numbers: The numbers of the report whose days add up, by the keys of their figures; see `figure_key`.
        account_title: The head of the column that names the accounts of a source, in the report's language.
    """

    name: str
    source: Source | None
    window: Window
    currency: str | None
    fill: Filling
    pictures: Mapping[str, Picture | Failure] = field(default_factory=dict)
    passages: Mapping[str, str | Failure] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()
    blocks: Mapping[str, Block] = field(default_factory=dict)
    goal: GoalSpec | None = None
    spec_period: Period | None = None
    zone: str = "UTC"
    starts: UnitStarts = USUAL_STARTS
    neutral_band: float = 0
    other_text: Callable[[int], str] = "Other ({})".format
    renames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    absent_is_zero: bool = False
    days: Period | None = None
    trend_days: Period | None = None
    days_text: str = ""
    compared: Period | None = None
    is_ended: bool = False
    asks_apart: bool = False
    operands: Mapping[str, tuple[Component, Scope]] = field(default_factory=dict)
    numbers: Mapping[tuple[str, ...], Decimal] = field(default_factory=dict)
    account_title: str = "Account"
    _made: KeptResults = field(default_factory=KeptResults, init=False, repr=False, compare=False)

    def in_days(self, days: Period, *, whole: bool = True) -> Scope:
        """Return the scope of a number in other days; its own where these are the days that it is asked for anyway.

        It is made once, as a history asks and resolves its number in dozens of days.

        Args:
            days: The days of a bucket.
            whole: Whether they are all days of it.
        """
        return self._made.once((days, whole), None, lambda: self._moved(days, whole=whole))

    def queries_of(self, component: Component, make: Callable[[], tuple[Query, ...]]) -> tuple[Query, ...]:
        """Return the queries of a component in this scope, made at its first use; it is asked for them twice."""
        return self._made.once(id(component), component, make)

    def _moved(self, days: Period, *, whole: bool) -> Scope:
        if self.window.current.dates == days.dates:
            return replace(self, days_text="")
        compared = self.window.baseline is not None and self.window.baseline.dates == days.dates
        return replace(
            self,
            window=Window(days),
            days=None,
            trend_days=None,
            days_text="",
            compared=None,
            is_ended=whole and days.complete and not compared,  # a compared value is new, and so is its bucket's
            asks_apart=True,
            blocks={},
        )


class Component(YamlModel):
    """A block of a spec. Its YAML keys are its fields.

    Attributes:
        needs_all: Whether it is left out with any of the blocks it builds on, and not only with all of them.
        calculates: Whether it adds, divides or otherwise calculates with the numbers it builds on.
    """

    needs_all: ClassVar[bool] = True
    calculates: ClassVar[bool] = False

    name: Annotated[
        Name | None,
        Field(description="Its name in formulas, goals, `require` and links; left out, a name is made for it."),
    ] = None
    width: Annotated[Width, Field(description="How many of the page's 12 columns it fills.")] = 12
    new_row: Annotated[
        bool, Field(description="Whether it starts a new row, whatever room is left in the row before.")
    ] = False
    keep_with_next: Annotated[
        bool, Field(description="Whether the block after it stands on the same printed page.")
    ] = False
    label: Annotated[Title, Field(description="The title that the reader sees.")] = ""
    note: Annotated[Template, Field(description="A sentence of yours, printed small under the block.")] = ""
    hidden: Annotated[
        bool,
        Field(description="Whether it is asked for but not shown: for numbers that only a formula or `require` needs."),
    ] = False
    when: When = None
    on_failure: Annotated[
        Literal["show", "omit"],
        Field(description="Whether a block that could not be read says so or is left out."),
    ] = "show"
    source: Annotated[
        Name | None, Field(description="The account it asks: a name under `sources`. Left out, its section's.")
    ] = None

    def of_accounts(self) -> Self:
        """Return this block as it is of a source with several accounts."""
        return self

    def queries(self, scope: Scope) -> tuple[Query, ...]:  # noqa: ARG002 - most components ask nothing
        """Return the queries of this block."""
        return ()

    def author_keys(self, scope: Scope) -> Iterator[tuple[Query, tuple[str, ...]]]:
        """Yield the queries of this block, each with the names that its answer may have in a hand-made file."""
        yield from ((query, (scope.name,)) for query in self.queries(scope))

    def pictures(self) -> tuple[str, ...]:
        """Return the names of the pictures this block shows, relative to the spec."""
        return ()

    def prose(self) -> tuple[Passage, ...]:
        """Return the passages of Markdown this block shows."""
        return ()

    def passages(self) -> tuple[PassageFile, ...]:
        """Return the files of the passages this block shows."""
        return tuple(passage for passage in self.prose() if isinstance(passage, PassageFile))

    def prose_pictures(self, scope: Scope) -> tuple[str, ...]:
        """Return the names of the pictures in this block's passages, relative to the spec; `scope` has their texts."""
        return tuple(path for passage in self.prose() for path in passage_pictures(passage, scope).values())

    def pictures_of(self, scope: Scope, answers: Mapping[Query, Answer]) -> tuple[str, ...]:  # noqa: ARG002 - most show none
        """Return the addresses of pictures that the answers name and this block shows."""
        return ()

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the blocks that have to be resolved before this block; see `Scope.blocks`."""
        return ()

    def condition(self) -> Condition | None:
        """Return the condition without which this block is not shown; None where it always is."""
        return condition_on_numbers(self.when) if self.when else None

    def omits(self, block: Block) -> bool:
        """Return whether the block that this component resolved to is left out of the pages."""
        return self.on_failure == "omit" and block.state in UNREAD

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - most components ask nothing
        """Return the block made from the answers; a component that asks nothing has `compose` instead.

        Args:
            scope: The same as for `queries`.
            answers: An answer for each of `queries`.
        """
        return self.compose(scope)

    def completed(self, block: Block, scope: Scope) -> Block:  # noqa: ARG002 - most print what was answered
        """Return the block with the figures made of its answered values; most components print the latter alone."""
        return block

    def compose(self, scope: Scope) -> Block:
        """Return the block of a component that asks nothing."""
        raise NotImplementedError

    def frame(self, kind: str, scope: Scope, **content: Any) -> Block:  # noqa: ANN401 - fields of any type
        """Return this component's block: its name, label, width, row and notes, and further fields of its content."""
        own: dict[str, Any] = {
            "label": scope.fill(self.label),
            "width": self.width,
            "new_row": self.new_row,
            "keep_with_next": self.keep_with_next,
            "notes": (note,) if (note := scope.fill(self.note)) else (),
        }
        return Block(scope.name, kind, **own | content)


class BareWord(Component):
    """A component that is written as a single word, without keys."""

    word: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: object) -> object:
        return {} if value == cls.word else value

    def compose(self, scope: Scope) -> Block:
        """Return the block, which has no content."""
        return self.frame(self.word, scope)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of its word."""
        return {"const": cls.word, "description": (cls.__doc__ or "").strip()}
