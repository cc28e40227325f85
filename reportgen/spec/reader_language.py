"""Specs and clients in the language of a reader, and the texts of theirs that are not written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from reportgen.languages import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Model = TypeVar("Model", bound=BaseModel)


def in_language(written: Model, locales: Sequence[str]) -> Model:
    """Return a spec or a client with each text in the language of a reader.

    Args:
        written: With texts in all languages; these stay known, see `all_languages`.
        locales: The reader's locale, then the locale to use where a text is not written in the reader's language.
    """
    spoken: Model = _spoken(written, locales)
    return spoken


def texts_of(value: object) -> Iterator[Texts]:
    """Yield the texts in several languages in a value of a model."""
    if isinstance(value, Texts):
        yield value
    for part in _parts(value):
        yield from texts_of(part)


def _parts(value: object) -> Iterator[object]:
    match value:
        case BaseModel():
            yield from (part for _, part in value)
        case dict():
            yield from value.values()
        case tuple():
            yield from value


def _spoken(value: Any, locales: Sequence[str]) -> Any:  # noqa: ANN401 - any value of a model
    """Return a value of a model in the language of a reader; the same object where nothing in it changes."""
    match value:
        case Texts():
            return value.spoken(locales)
        case BaseModel():
            changed = {name: new for name, part in value if (new := _spoken(part, locales)) is not part}
            return value.model_copy(update=changed) if changed else value
        case dict():
            spoken = {key: _spoken(part, locales) for key, part in value.items()}
            return spoken if any(spoken[key] is not value[key] for key in value) else value
        case tuple():
            parts = tuple(_spoken(part, locales) for part in value)
            return parts if any(new is not part for new, part in zip(parts, value, strict=True)) else value
    return value
