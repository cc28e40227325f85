"""Texts and files in several languages, and the language among them that suits a reader."""

from __future__ import annotations

import glob
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LANGUAGE_PATTERN = r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"
"""A language, perhaps with a script or a region: `en`, `pt-BR`."""


@lru_cache(maxsize=256)
def is_language(tag: str) -> bool:
    """Return whether a text is the tag of a language that CLDR knows, perhaps with a script or a region."""
    try:
        return bool(re.match(LANGUAGE_PATTERN, tag) and Locale.parse(tag.replace("_", "-"), sep="-"))
    except (UnknownLocaleError, ValueError):
        return False


def suitable_language(locale: str, known: Iterable[str]) -> str | None:
    """Return the language for a reader: the locale itself, its language, another region of it; None without these."""
    tags = {tag.replace("_", "-"): tag for tag in known}
    parts = locale.split("-")
    shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    regions = (tag for tag in tags if tag.partition("-")[0] == parts[0])
    return next((tags[tag] for tag in (*shorter, *regions) if tag in tags), None)


class Texts(str):
    """A text in several languages; as a `str` it is the text in the language of its reader, by default the first.

    Attributes:
        by_language: The text in each language, by the language's tag.
        is_lacking: Whether the reader's language is not among them, nor that of the spec.
    """

    __slots__ = ("by_language", "is_lacking")
    by_language: Mapping[str, str]
    is_lacking: bool

    def __new__(cls, by_language: Mapping[str, str], tag: str | None = None, *, is_lacking: bool = False) -> Self:
        """Return the text in the language of a tag, or in the first language."""
        made = super().__new__(cls, by_language[tag or next(iter(by_language))])
        made.by_language, made.is_lacking = by_language, is_lacking
        return made

    def spoken(self, locales: Iterable[str]) -> Texts:
        """Return the text for a reader of the first of some locales that suits it, else in its first language."""
        tag = next((tag for locale in locales if (tag := suitable_language(locale, self.by_language))), None)
        return Texts(self.by_language, tag, is_lacking=tag is None)


def all_languages(text: str) -> tuple[str, ...]:
    """Return a text in every language that it is written in."""
    return tuple(text.by_language.values()) if isinstance(text, Texts) else (text,)


def languages_of_file(path: Path) -> Iterator[Path]:
    """Yield the files that hold a file's text in other languages: `mail.pt-BR.txt` beside `mail.txt`."""
    for name in sorted(glob.glob(f"{glob.escape(path.stem)}.*{glob.escape(path.suffix)}", root_dir=path.parent)):  # noqa: PTH207 - the folder may not be there
        if is_language(name.removeprefix(f"{path.stem}.").removesuffix(path.suffix)):
            yield path.with_name(name)


def file_for_reader(path: Path, locale: str) -> Path:
    """Return the file in the language of a reader, or the file itself where it has no other that suits."""
    tags = {other.stem.removeprefix(f"{path.stem}."): other for other in languages_of_file(path)}
    tag = suitable_language(locale, tags)
    return tags[tag] if tag else path
