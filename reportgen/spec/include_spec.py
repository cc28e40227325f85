"""The includes of a spec: sections or blocks from a file, in place of an entry of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, cast

from pydantic import Field, GetJsonSchemaHandler, PlainValidator, field_validator
from pydantic_core.core_schema import definition_reference_schema, definitions_schema

from reportgen.components.yaml_models import NAME_PATTERN, Name, NamesFile, YamlModel
from reportgen.spec.fragment_parameters import Scalar

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_LONGEST_PARAMETER = 1000  # letters; a longer text belongs into the fragment


def _parameter(value: object) -> object:
    """Return a parameter's value, a number as it was written; refuse other values with a single message."""
    if not isinstance(value, str | bool | int | float) or len(str(value)) > _LONGEST_PARAMETER:
        raise ValueError(f"write a text of at most {_LONGEST_PARAMETER:,} letters, a number, or true or false")
    return value


class IncludeSpec(YamlModel):
    """An include of sections or blocks from a file, for several specs or several accounts."""

    include: Annotated[
        str,
        NamesFile("fragment"),
        Field(
            min_length=1,
            description="A YAML file below the spec's folder, with a list of the sections or blocks that stand here.",
        ),
    ]
    with_: Annotated[
        dict[Name, Annotated[Scalar, PlainValidator(_parameter, json_schema_input_type=Scalar)]],
        Field(
            alias="with",
            description="The values of `{with.NAME}` in that file. `prefix` goes before the names of its blocks.",
        ),
    ] = Field(default_factory=dict)

    @field_validator("with_")
    @classmethod
    def _prefix_of_names(cls, given: dict[str, str | bool | float]) -> dict[str, str | bool | float]:
        prefix = given.get("prefix", "a")
        if not isinstance(prefix, str) or not re.match(NAME_PATTERN, prefix):
            raise ValueError(
                f"the prefix {prefix!r} begins no name; write small letters, digits and underscores, such as shop"
            )
        return given


class OrInclude:
    """An annotation that adds `include:` to the JSON Schema of a list; includes are replaced before validation."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of the list with an include as a further kind of entry."""
        written = handler(schema)
        name = f"{__name__}.IncludeSpec:0"  # a single definition for both places
        defined = definitions_schema(
            definition_reference_schema(name),
            [cast("CoreSchema", {**IncludeSpec.__pydantic_core_schema__, "ref": name})],
        )
        include = handler(defined)
        entry = written["items"]
        written["items"] = {"oneOf": [*entry.get("oneOf", [entry]), include]}
        return written
