"""Types of fields that specs, clients and fleets share: locales, zones, slugs, hosts."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from pydantic import AfterValidator, Field, WithJsonSchema

from reportgen.components.did_you_mean import near_word, nearest
from reportgen.components.yaml_models import NamesFile, Text
from reportgen.files import LONGEST_SLUG
from reportgen.formatting import babel_locale

_LETTERS_OF_SCRIPT = 4


def check_locale(name: str) -> str:
    """Return a locale as HTML writes it, with a hyphen and its capitals: `pt_br` is pt-BR, and en-UK is en-GB.

    Raises:
        ValueError: CLDR has no such locale.
    """
    language, *parts = name.replace("_", "-").split("-")
    hyphenated = "-".join((language.lower(), *map(_subtag, parts)))
    try:
        babel_locale(hyphenated)
    except ValueError as error:
        raise ValueError(
            f"{name!r} is no locale; write a language and perhaps a region, such as en, pt-BR or es"
        ) from error
    return hyphenated


def _subtag(part: str) -> str:
    """Return a script or a region of a locale with its capitals (BCP 47, 2.1.1); of an outdated region today's."""
    if len(part) == _LETTERS_OF_SCRIPT:
        return part.title()
    region = part.upper()
    return next(iter(get_global("territory_aliases").get(region, ())), region)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        is_offset = re.search(r"[+-]\d", name)  # of GMT+1 the nearest name is of other hours
        near = None if is_offset else near_word(name, sorted(available_timezones()), 0.5)
        advice = f"did you mean {near!r}?" if near else "write an IANA name such as America/Sao_Paulo"
        raise ValueError(f"{name!r} is no time zone; {advice}") from error
    return name


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError(
            f"{text!r} is no slug; write small letters and digits joined by hyphens, such as padaria-aurora"
        )
    if len(text) > LONGEST_SLUG:
        raise ValueError(f"{text[:20]}... has {len(text)} letters; a slug has at most {LONGEST_SLUG}")
    return text


def _host(name: str) -> str:
    if name.rpartition(".")[2].isdecimal() or not re.fullmatch(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+", name):
        raise ValueError(f"{name!r} is no host; write its name alone, in small letters, such as cdn.example.com")
    return name


def _theme(name: str) -> str:
    if name not in THEMES and not name.endswith((".yaml", ".yml")):
        raise ValueError(
            f"{name!r} is no theme; {nearest(name, list(THEMES))}; or write the path of a theme file (.yaml)"
        )
    return name


HostName: TypeAlias = Annotated[str, AfterValidator(_host)]
"""A host on the internet, `cdn.example.com`, or all hosts of a domain, `*.example.com`; no address, no port."""

LocaleName: TypeAlias = Annotated[str, AfterValidator(check_locale)]
"""A CLDR locale, `pt-BR`."""

ZoneName: TypeAlias = Annotated[str, AfterValidator(_zone)]
"""An IANA time zone, `America/Sao_Paulo`."""

ShippedTheme: TypeAlias = Literal["paper", "ink", "terra"]
THEME_PATTERN = r"\.ya?ml$"
THEMES: tuple[str, ...] = get_args(ShippedTheme)
ThemeName: TypeAlias = Annotated[
    str,
    NamesFile("theme", THEMES),
    AfterValidator(_theme),
    WithJsonSchema({"anyOf": [{"enum": list(THEMES)}, {"type": "string", "pattern": THEME_PATTERN}]}),
]
"""A shipped theme by its word, or a theme file by its path from the spec's folder."""

FetchMode: TypeAlias = Literal["sync", "async"]
Slug: TypeAlias = Annotated[Text, AfterValidator(_slug)]
Version: TypeAlias = Annotated[Literal[1], Field(description="Version of the file format.")]
