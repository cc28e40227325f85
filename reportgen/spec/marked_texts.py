"""The texts in a model whose fields have a mark: paths of files, and texts that are printed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, get_args

from pydantic import BaseModel

from reportgen.components.texts_by_language import InLanguages
from reportgen.components.yaml_models import NamesFile
from reportgen.languages import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from reportgen.spec.yaml_reader import Place

_Mark = TypeVar("_Mark")


def marked_texts(written: object, kind: type[_Mark]) -> Iterator[tuple[Place, _Mark, str]]:
    """Yield each text in a model whose field has a mark of a kind: its place, the mark, and the text.

    A text in several languages is as many texts, each at the place of its language.
    """
    for place, mark, text in _marked(written, kind, ()):
        if isinstance(text, Texts):
            yield from (((*place, language), mark, spoken) for language, spoken in text.by_language.items())
        else:
            yield place, mark, text


def printed_texts(written: object) -> Iterator[tuple[Place, str]]:
    """Yield the texts of a model that are printed, in the language of their reader, and their places."""
    for place, _, text in _marked(written, InLanguages, ()):
        yield place, str(text)


def _marked(written: object, kind: type[_Mark], under: Place) -> Iterator[tuple[Place, _Mark, str]]:
    if isinstance(written, BaseModel):
        for name, key, marks in marked_fields(type(written)):
            value = getattr(written, name)
            if value is not None:  # authors leave most fields out
                own = tuple(mark for mark in marks if isinstance(mark, kind))
                yield from _in_value(value, kind, own, (*under, key))


def _in_value(
    value: object, kind: type[_Mark], marks: tuple[_Mark, ...], place: Place
) -> Iterator[tuple[Place, _Mark, str]]:
    match value:
        case BaseModel():
            yield from _marked(value, kind, place)
        case str():
            yield from ((place, mark, value) for mark in marks)
        case tuple() | list():
            for at, part in enumerate(value):
                yield from _in_value(part, kind, marks, (*place, at))
        case dict():
            for key, part in value.items():
                yield from _in_value(part, kind, marks, (*place, str(key)))


@lru_cache(maxsize=128)
def marked_fields(model: type[BaseModel]) -> tuple[tuple[str, str, tuple[object, ...]], ...]:
    """Return the fields of a model that have marks or hold models: name, key in the file, and the own texts' marks."""
    named = ((name, field, _marks_of(field)) for name, field in model.model_fields.items())
    return tuple(
        (name, field.alias or name, marks) for name, field, marks in named if marks or _holds_models(field.annotation)
    )


def _marks_of(field: FieldInfo) -> tuple[object, ...]:
    return *_marks_among(field.metadata), *_marks(field.annotation)


def _holds_models(annotation: object) -> bool:
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return is_model or any(map(_holds_models, get_args(annotation)))


def _marks(annotation: object) -> Iterator[object]:
    """Yield the marks in an annotation, also of the parts of a union, a list or a mapping."""
    yield from _marks_among(getattr(annotation, "__metadata__", ()))
    for part in get_args(annotation):
        yield from _marks(part)


def _marks_among(metadata: object) -> Iterator[object]:
    if isinstance(metadata, list | tuple):
        yield from (mark for mark in metadata if isinstance(mark, NamesFile | InLanguages))
