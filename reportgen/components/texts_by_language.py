"""The texts that an author may write in several languages: `label: {en: Reach, pt-BR: Alcance}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, core_schema

from reportgen.languages import LANGUAGE_PATTERN, Texts, is_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidatorFunctionWrapHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class InLanguages:
    """The mark of a text that may also be a mapping of languages to texts, each of which has to be valid."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's protocol
        """Return the schema of the text, wrapped."""
        return core_schema.no_info_wrap_validator_function(_read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of both forms: the text alone, and a text for each language."""
        text = handler(schema)
        texts = {
            "type": "object",
            "patternProperties": {LANGUAGE_PATTERN: text},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [text, texts]}


def _is_brace(written: dict[object, object]) -> bool:
    """Return whether a mapping is an unquoted `{word}`, which YAML takes for a key without a value."""
    return bool(written) and all(value is None for value in written.values())


def _read(written: object, read: ValidatorFunctionWrapHandler) -> object:
    """Return a text, or its languages where it is a mapping of them.

    Raises:
        ValueError: A key is no language.
        ValidationError: A text is not valid; with the problems of all languages.
    """
    if not isinstance(written, dict):
        return read(written)
    if _is_brace(written):
        text = "{" + ", ".join(map(str, written)) + "}"
        raise ValueError(f"YAML takes an unquoted brace for keys; put the text in quotes: '{text}'")
    wrong = [str(key) for key in written if not is_language(str(key))]
    if wrong or not written:
        fault = f"{wrong[0]!r} is no language; " if wrong else ""
        raise ValueError(f"{fault}write a text, or a text for each language, such as {{en: Reach, pt-BR: Alcance}}")
    texts: dict[str, str] = {}
    problems: list[InitErrorDetails] = []
    for key, text in written.items():
        try:
            texts[str(key)] = read(text)
        except ValidationError as error:
            problems += _placed(str(key), error)
    if problems:
        raise ValidationError.from_exception_data("texts", problems)
    return Texts(texts)


def _placed(language: str, error: ValidationError) -> Iterator[InitErrorDetails]:
    """Yield the problems of a text with its language in their places."""
    for detail in error.errors():
        place = (language, *detail["loc"])
        yield InitErrorDetails(type=detail["type"], loc=place, input=detail["input"], ctx=detail.get("ctx", {}))
