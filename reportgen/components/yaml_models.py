"""The base of every YAML model, and the types that their fields share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    Literal,
    NoReturn,
    Self,
    TypeAlias,
    TypeVar,
    get_args,
    overload,
)

from babel.numbers import is_currency
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

from reportgen.components.key_advice import key_advice
from reportgen.components.texts_by_language import InLanguages
from reportgen.components.variables import check_variables, check_words
from reportgen.model import RAW, Direction, Unit, UnitName
from reportgen.periods import is_day_pattern

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema, ErrorDetails

_Value = TypeVar("_Value")

UNKNOWN_KEY = "unknown_key"
NOT_YET = "not_yet"


_YES_OR_NO = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}

FileKind: TypeAlias = Literal["picture", "prose", "theme", "font", "fragment", "goals", "secret"]
"""The kind of a file that an author's file names."""


@dataclass(frozen=True, slots=True)
class NamesFile:
    """The mark of a field whose text is the path of a file; `named_files` finds the files of a report by it.

    Attributes:
        kind: The kind of file.
        words: Texts that are no path.
    """

    kind: FileKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAdvised:
    """The mark of a field that no message proposes in place of an unknown key: it would be accepted without effect."""


PicturePath: TypeAlias = Annotated[str, NamesFile("picture")]
"""A PNG, JPEG or SVG file, by its path from the folder of the file that names it; or an https address."""

FontPath: TypeAlias = Annotated[str, NamesFile("font")]
"""A TTF or OTF file, by its path from the folder of the theme's file."""

GoalsPath: TypeAlias = Annotated[str, NamesFile("goals"), Field(min_length=1)]
"""A CSV file of goals by month, by its path from the folder of the file that names it."""

SecretPath: TypeAlias = Annotated[str, NamesFile("secret")]
"""A file that holds a token, by its path from the folder of the file that names it."""


class worked_out_once(Generic[_Value]):  # noqa: N801 - named like the decorator that it is
    """A property of a `YamlModel` that is worked out once, and kept beside its fields.

    A `cached_property` puts its value among the fields. There it would be in the way of other threads, which go
    through the fields of a spec that the reports of a run share, and it would be copied with fields that it does not
    follow from.
    """

    def __init__(self, work_out: Callable[[Any], _Value]) -> None:
        """Decorate a method without arguments; its name is the property's."""
        self._work_out, self.__doc__ = work_out, work_out.__doc__

    @overload
    def __get__(self, model: None, kind: type[YamlModel]) -> Self: ...

    @overload
    def __get__(self, model: YamlModel, kind: type[YamlModel]) -> _Value: ...

    def __get__(self, model: YamlModel | None, kind: type[YamlModel]) -> Self | _Value:
        """Return the value for a model, or this property itself where it is asked of the class."""
        if model is None:
            return self
        kept: dict[Callable[[Any], Any], Any] | None = getattr(model, "_worked_out", None)
        if kept is None:
            kept = {}
            object.__setattr__(model, "_worked_out", kept)
        if self._work_out not in kept:
            kept[self._work_out] = self._work_out(model)
        value: _Value = kept[self._work_out]
        return value


class YamlModel(BaseModel):
    """A model of what an author writes: frozen, and an unknown key is an error."""

    __slots__ = ("_worked_out",)  # no field: it is neither copied, compared nor written

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(worked_out_once,))

    @model_validator(mode="wrap")
    @classmethod
    def _name_unknown_keys(cls, value: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Return the validated model; report unknown keys with the nearest known key, beside all other problems."""
        if not isinstance(value, dict) or cls.model_config.get("extra") != "forbid":
            return handler(value)
        known = [field.alias or name for name, field in cls.model_fields.items()]
        unknown = [key for key in value if key not in known]
        if not unknown:
            return handler(value)
        problems = [_unknown_key(str(key), value[key], cls.advised_keys()) for key in unknown]
        try:
            handler({key: value[key] for key in value if key in known})
        except ValidationError as error:
            problems += [_repeated_error(detail) for detail in error.errors()]
        raise ValidationError.from_exception_data(cls.__name__, problems)

    @classmethod
    def advised_keys(cls) -> list[str]:
        """Return the keys that a message may propose in place of an unknown key."""
        fields = cls.model_fields.items()
        return [field.alias or name for name, field in fields if NotAdvised() not in field.metadata]


def refuse(kind: str, message: str) -> NoReturn:
    """Refuse a value with a message that is shown as it is."""
    raise _error(kind, message)


def _error(kind: str, message: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "{message}", {"message": message})


def _unknown_key(key: str, value: object, advised: list[str]) -> InitErrorDetails:
    error = _error(UNKNOWN_KEY, f"{key!r} is no key here; {key_advice(key, advised)}")
    return InitErrorDetails(type=error, loc=(key,), input=value)


def _repeated_error(detail: ErrorDetails) -> InitErrorDetails:
    """Return a reported error as an error to report again, beside others."""
    context = detail.get("ctx", {})
    custom = detail["type"] in {UNKNOWN_KEY, NOT_YET}
    kind = _error(detail["type"], context["message"]) if custom else detail["type"]
    return InitErrorDetails(type=kind, loc=detail["loc"], input=detail["input"], ctx=context)


def _unsupported(_value: JsonValue) -> JsonValue:
    return refuse(NOT_YET, "not yet: this version of reportgen does not know how to do it; leave the key out")


NotYet: TypeAlias = Annotated[
    JsonValue,
    BeforeValidator(_unsupported),
    NotAdvised(),
    WithJsonSchema({"not": {}, "description": "Recognised, but not supported by this version."}),
]
"""A key that is part of the format and that this version refuses."""


def yes_or_no(value: object) -> object:
    """Return whether a word is yes or no, as `yes` and `off` are to keys that take nothing else; others unchanged."""
    return _YES_OR_NO.get(value.casefold(), value) if isinstance(value, str) else value


def _text(value: object) -> object:
    """Return a whole number of YAML as it is written, as in `period: 2026` or `label: 0800`; others unchanged."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text: TypeAlias = Annotated[str, BeforeValidator(_text)]
PathTemplate: TypeAlias = Annotated[str, BeforeValidator(_text), AfterValidator(check_variables)]
"""The path of a file, in which variables such as `{client.slug}` are replaced."""

LiveText: TypeAlias = Annotated[str, BeforeValidator(_text), AfterValidator(check_words)]
"""Text in which variables such as `{client.name}`, and live words such as `{spend.change}`, are replaced."""

Template: TypeAlias = Annotated[LiveText, InLanguages()]
"""Text with variables and live words, perhaps in several languages."""

LONGEST_TITLE = 300  # letters, some four lines of a page; the page engine takes minutes to break a word of 50,000


def _checked_length(text: str) -> str:
    if len(text) > LONGEST_TITLE:
        raise ValueError(f"a title, label or name of {len(text):,} letters fits no page; shorten it to {LONGEST_TITLE}")
    return text


Title: TypeAlias = Annotated[LiveText, AfterValidator(_checked_length), InLanguages()]
"""A template that is printed as a title, a label or a name."""

PlainTitle: TypeAlias = Annotated[Text, AfterValidator(_checked_length)]
"""A title without variables."""

NAME_PATTERN = r"^[a-z][a-z0-9_]*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
COLOR_PATTERN = r"^#[0-9A-Fa-f]{6}$"

Name: TypeAlias = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""A block's or source's own name: small letters, digits and underscores."""


def _known_currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError(f"{code!r} is no currency; write its code of ISO 4217, such as BRL, EUR or USD")
    return code


CurrencyCode: TypeAlias = Annotated[str, StringConstraints(pattern=CURRENCY_PATTERN), AfterValidator(_known_currency)]
"""ISO 4217, three capital letters."""

Color: TypeAlias = Annotated[str, StringConstraints(pattern=COLOR_PATTERN)]
"""`#RRGGBB`, in quotes: YAML takes what follows an unquoted # for a comment."""

Width: TypeAlias = Annotated[int, Field(ge=1, le=12)]


def _checked_pattern(pattern: str | None) -> str | None:
    if pattern is not None and not is_day_pattern(pattern):
        raise ValueError(
            f"{pattern!r} is no pattern of a day; write d or dd, M or MM, and yy or yyyy, as in dd/MM/yyyy"
        )
    return pattern


class FormatSpec(YamlModel):
    """The format of values: a unit and its options."""

    as_: UnitName = Field(alias="as", description="What the number is; see Formats.")
    currency: Annotated[
        CurrencyCode | None, Field(description="With `as: currency`: the currency, whatever the client's is.")
    ] = None
    decimals: Annotated[
        Annotated[int, Field(ge=0, le=6)] | None,
        Field(description="How many digits are printed after the decimal sign."),
    ] = None
    compact: Annotated[bool, Field(description="Whether large numbers are shortened, as in 12.3K.")] = False
    pattern: Annotated[
        str | None,
        AfterValidator(_checked_pattern),
        Field(description="With `as: date` of a dimension: how the API writes its days, such as `dd/MM/yyyy`."),
    ] = None

    @model_validator(mode="after")
    def _pattern_is_of_a_date(self) -> FormatSpec:
        if self.pattern and self.as_ != "date":
            raise ValueError("pattern says how days are written; it goes with as: date")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of both forms: the word alone, and the mapping."""
        return {"anyOf": [{"enum": list(get_args(UnitName))}, handler(schema)]}


def as_list(value: object) -> object:
    """Return a single text as a list, which authors may write without brackets; other values unchanged."""
    return [value] if isinstance(value, str) else value


def _from_word(value: object) -> object:
    return {"as": value} if isinstance(value, str) else value


ValueFormat: TypeAlias = Annotated[FormatSpec, BeforeValidator(_from_word)]
"""A format: a closed word, or a mapping with `as`."""


def unit_of(written: FormatSpec | None, currency: str | None) -> Unit:
    """Return the unit of an author's format; `currency` is the report's, for amounts without a currency."""
    if written is None:
        return RAW
    money = written.currency or currency if written.as_ == "currency" else None
    return Unit(written.as_, money, written.decimals, written.compact)


class AdditiveSpec(YamlModel):
    """Whether values add up: over time, days to their period; over parts, slices to a whole; over accounts."""

    time: Annotated[
        bool | None, Field(description="Whether its days add up to the period; left out, known metrics have an answer.")
    ] = None
    parts: Annotated[
        bool | None, Field(description="Whether its slices make a whole; left out, known metrics have an answer.")
    ] = None
    accounts: Annotated[
        bool | None,
        Field(description="Whether the values of a source's several accounts add up; left out, as its slices do."),
    ] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of both forms: yes or no to all, and the mapping."""
        return {"anyOf": [{"type": "boolean"}, handler(schema)]}


def _for_all(value: object) -> object:
    whether = yes_or_no(value)
    if isinstance(whether, str):
        refuse("no_boolean", f"{value!r} is neither true nor false")
    return dict.fromkeys(("time", "parts", "accounts"), whether) if isinstance(whether, bool) else value


Additive: TypeAlias = Annotated[AdditiveSpec, BeforeValidator(_for_all)]
"""Whether values add up: `true` or `false`, or a mapping with `time`, `parts` and `accounts`."""


class FieldSpec(YamlModel):
    """The options of a field of a chart or table."""

    label: Annotated[Title | None, Field(description="Its name for the reader.")] = None
    format: Annotated[
        ValueFormat | None, Field(description="How its values are written, where that differs from the block's.")
    ] = None
    direction: Annotated[
        Direction | None, Field(description="Whether a rise is good news, where that differs from the block's.")
    ] = None
    additive: Annotated[
        Additive | None, Field(description="Whether its values add up, where that differs from the block's.")
    ] = None
    rename: Annotated[
        Mapping[str, Title],
        Field(
            description="Names for the reader in place of those that the API sends, capitals apart; the spec's own "
            "`rename` has those of every block.",
            examples=[{"mobile": "Phone", "desktop": "Computer"}],
        ),
    ] = Field(default_factory=dict)
