"""What an author writes: the base of every YAML model, and the types its fields share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NoReturn, Self, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from reportgen.components.did_you_mean import nearest
from reportgen.components.variables import check_variables
from reportgen.model import RAW, Direction, Unit, UnitName

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

UNKNOWN_KEY = "unknown_key"
NOT_YET = "not_yet"


class YamlModel(BaseModel):
    """Something an author writes: frozen, and every key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def _name_unknown_keys(cls, value: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Report unknown keys with the nearest right one, beside all other problems."""
        if not isinstance(value, dict) or cls.model_config.get("extra") != "forbid":
            return handler(value)
        known = [field.alias or name for name, field in cls.model_fields.items()]
        unknown = [key for key in value if key not in known]
        if not unknown:
            return handler(value)
        problems = [_unknown_key(str(key), value[key], known) for key in unknown]
        try:
            handler({key: value[key] for key in value if key in known})
        except ValidationError as error:
            problems += [_again(detail) for detail in error.errors()]
        raise ValidationError.from_exception_data(cls.__name__, problems)


def refuse(kind: str, message: str) -> NoReturn:
    """Refuse a value with a message that is shown as it is."""
    raise PydanticCustomError(kind, "{message}", {"message": message})


def _unknown_key(key: str, value: object, known: list[str]) -> InitErrorDetails:
    message = f"{key!r} is no key here; {nearest(key, known)}"
    return InitErrorDetails(
        type=PydanticCustomError(UNKNOWN_KEY, "{message}", {"message": message}), loc=(key,), input=value
    )


def _again(detail: object) -> InitErrorDetails:
    """Turn a reported error back into one to report, beside others."""
    assert isinstance(detail, dict)  # noqa: S101 - pydantic's ErrorDetails is a TypedDict
    context = detail.get("ctx", {})
    custom = detail["type"] in {UNKNOWN_KEY, NOT_YET}
    kind = PydanticCustomError(detail["type"], "{message}", context) if custom else detail["type"]
    return InitErrorDetails(type=kind, loc=detail["loc"], input=detail["input"], ctx=context)


def _not_yet(_value: JsonValue) -> JsonValue:
    return refuse(NOT_YET, "not yet: this version of reportgen does not know how to do it; leave the key out")


NotYet: TypeAlias = Annotated[
    JsonValue,
    BeforeValidator(_not_yet),
    WithJsonSchema({"not": {}, "description": "Recognised, but not supported by this version."}),
]
"""A key that is part of the format and that this version refuses."""


def _text(value: object) -> object:
    """Accept a YAML number where text is meant, as in `period: 2026`."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text: TypeAlias = Annotated[str, BeforeValidator(_text)]
Template: TypeAlias = Annotated[str, BeforeValidator(_text), AfterValidator(check_variables)]
"""Text in which variables such as `{client.name}` are replaced."""

LONGEST_TITLE = 300  # letters, some four lines of a page; the page engine takes minutes to break a word of 50,000


def _short(text: str) -> str:
    if len(text) > LONGEST_TITLE:
        message = f"a title, label or name of {len(text):,} letters fits no page; shorten it to {LONGEST_TITLE}"
        raise ValueError(message)
    return text


Title: TypeAlias = Annotated[Template, AfterValidator(_short)]
"""A template that is printed as a title, a label or a name."""

PlainTitle: TypeAlias = Annotated[Text, AfterValidator(_short)]
"""The same without variables."""

NAME_PATTERN = r"^[a-z][a-z0-9_]*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
COLOR_PATTERN = r"^#[0-9A-Fa-f]{6}$"

Name: TypeAlias = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""A block's or source's own name: small letters, digits and underscores."""

CurrencyCode: TypeAlias = Annotated[str, StringConstraints(pattern=CURRENCY_PATTERN)]
"""ISO 4217, three capital letters."""

Color: TypeAlias = Annotated[str, StringConstraints(pattern=COLOR_PATTERN)]
"""`#RRGGBB`, in quotes: YAML takes what follows an unquoted # for a comment."""

GoalTarget: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""What a value is meant to reach, in its own scale."""

Width: TypeAlias = Annotated[int, Field(ge=1, le=12)]


class FormatSpec(YamlModel):
    """How values are written: a unit, and what may be said about it."""

    as_: UnitName = Field(alias="as", description="What the number is; see Formats.")
    currency: Annotated[
        CurrencyCode | None, Field(description="With `as: currency`: in which one, whatever the client's is.")
    ] = None
    decimals: Annotated[
        Annotated[int, Field(ge=0, le=6)] | None,
        Field(description="How many digits are printed after the decimal sign."),
    ] = None
    compact: Annotated[bool, Field(description="Whether large numbers are shortened, as in 12.3K.")] = False

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe both forms: the word alone, and the mapping."""
        return {"anyOf": [{"enum": list(get_args(UnitName))}, handler(schema)]}


def _from_word(value: object) -> object:
    return {"as": value} if isinstance(value, str) else value


Format: TypeAlias = Annotated[FormatSpec, BeforeValidator(_from_word)]
"""A format: one of the closed words, or a mapping with `as`."""


def unit_of(written: FormatSpec | None, currency: str | None) -> Unit:
    """Return the unit an author's format means; `currency` is the report's, for amounts without one."""
    if written is None:
        return RAW
    money = written.currency or currency if written.as_ == "currency" else None
    return Unit(written.as_, money, written.decimals, written.compact)


class FieldSpec(YamlModel):
    """How one field of a chart or table is shown."""

    label: Annotated[Title | None, Field(description="Its name for the reader.")] = None
    format: Annotated[
        Format | None, Field(description="How its values are written, where that differs from the block's.")
    ] = None
    direction: Annotated[
        Direction | None, Field(description="Whether a rise is good news, where that differs from the block's.")
    ] = None
