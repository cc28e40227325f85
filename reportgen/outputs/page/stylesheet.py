"""The stylesheet of the page, as browsers get it and as WeasyPrint reads it fastest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from reportgen.errors import OutputError
from reportgen.outputs.drawing.font_families import (
    FAMILIES_OF_LANGUAGES,
    GENERIC_FAMILIES,
    USUAL_FAMILIES,
    language_of_fonts,
)
from reportgen.outputs.page.lengths import Length, TypeStyle, fr, mm
from reportgen.outputs.page.measures import COLUMNS, MEASURES
from reportgen.outputs.page.medium_measures import TITLES
from reportgen.outputs.text.headings import page_number_words
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.model import Theme
    from reportgen.outputs.drawing.font_metrics import Typefaces
    from reportgen.outputs.page.measures import Measures, SizeGroup

Medium = Literal["screen", "print"]

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_TOKEN = re.compile(r"[a-z][a-z0-9-]*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_SET = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;}]+)")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")
_OF_LANGUAGE = re.compile(r":lang\(([\w-]+)\)[^{}]*\{\s*--[^}]*\}")  # sets nothing but variables
_ALSO = {"zh-Hant": ":lang(zh-Hant),:lang(zh-TW),:lang(zh-HK),:lang(zh-MO)"}


@lru_cache(maxsize=8)
def stylesheet(medium: Medium, measures: Measures = MEASURES) -> str:
    """Return the stylesheet of a medium, which sets the variables of sizes; the page sets those of colours."""
    own = "screen.css" if medium == "screen" else "pages.css"
    files = (templates_folder() / name for name in ("report.css", own))
    written = _COMMENT.sub("", "".join(file.read_text("utf-8") for file in files))
    written = "".join(_families(measures.typefaces)) + written
    used, paper = set(_USED.findall(written)), _printed_sizes(measures)
    sizes = _root(paper, used) + _pages(measures)
    if medium == "print":
        return sizes + written + printed_widths(measures)
    wide = paper | _variables(measures.widths) | _variables(measures.screen)
    phone = wide | _variables(measures.phone)
    sizes += f"@media screen{{{_root(_changed(wide, paper), used)}}}\n"
    sizes += f"@media screen and (max-width: 720px){{{_root(_changed(phone, wide), used)}}}\n"
    return sizes + written


def _families(typefaces: Typefaces) -> Iterator[str]:
    """Yield the rules for the families of text and titles: a page's typefaces, and the machine's for its language."""
    for language, others in {"": USUAL_FAMILIES, **FAMILIES_OF_LANGUAGES}.items():
        machine = "".join(f', "{name}"' for name in others) + "".join(f", {name}" for name in GENERIC_FAMILIES)
        place = _ALSO.get(language, f":lang({language})") if language else ":root"
        yield f"{place}{{--family:{typefaces.text.families}{machine};--titles:{typefaces.titles.families}{machine}}}\n"


def _printed_sizes(measures: Measures) -> dict[str, str]:
    """Return the sizes on paper, which a screen has too where it sets no others."""
    content, gutter = measures.printed_width().value, measures.paper.gutter.value
    groups = (measures.page, measures.cover, measures.relative, measures.paper)
    return {name: size for group in groups for name, size in _variables(group).items()} | {
        "--content-width": str(mm(content)),
        "--bleed-width": str(mm(content + 2 * gutter)),
        "--turned-width": str(measures.turned_width),
        "--head-wide": str(fr(measures.page.head_side.value + measures.page.head_middle.value)),
    }


def _variables(group: SizeGroup) -> dict[str, str]:
    """Return a group of sizes as CSS custom properties; of a type style also its parts."""
    found: dict[str, str] = {}
    for field in fields(group):
        name, size = field.name.replace("_", "-"), getattr(group, field.name)
        if isinstance(size, Length):
            found[f"--{name}"] = str(size)
        elif isinstance(size, TypeStyle):
            family = "titles" if field.name in TITLES else "family"
            found[f"--t-{name}"] = f"{size.weight} {size.size}/{size.line} var(--{family})"
            found |= {f"--{name}-weight": str(size.weight), f"--{name}-size": str(size.size)}
            found[f"--{name}-line"] = str(size.line)
    return found


def _changed(sizes: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Return the sizes that differ from those before."""
    return {name: size for name, size in sizes.items() if before.get(name) != size}


def _root(sizes: Mapping[str, str], used: set[str]) -> str:
    """Return the rule that sets the sizes that a stylesheet uses."""
    return ":root{" + ";".join(f"{name}:{size}" for name, size in sizes.items() if name in used) + "}\n"


def _pages(measures: Measures) -> str:
    """Return the rules of printed pages, in which browsers know no variables."""
    page = measures.page
    long, short = sorted((page.page_width, page.page_height), key=attrgetter("points"), reverse=True)
    return (
        f"@page{{size:{page.page_width} {page.page_height};"
        f"margin:{page.margin_top} {page.margin_side} {page.margin_bottom}}}\n"
        f"@page turned{{size:{long} {short}}}\n"
    )


def printed_widths(measures: Measures = MEASURES) -> str:
    """Return the rules of a stylesheet for the printed widths of blocks and rows: `.w3` for three columns.

    They are classes because WeasyPrint computes the styles of an element with a `style` attribute, and of its content,
    anew. A row has a gutter before and behind it too.
    """
    gutters = 2 * measures.paper.gutter.value
    widths = [(columns, measures.printed_width(columns)) for columns in range(1, COLUMNS + 1)]
    return "".join(
        f".block.w{columns}{{width:{width}}}.row.w{columns}{{width:{mm(width.value + gutters)}}}"
        for columns, width in widths
    )


@lru_cache(maxsize=64)
def margins(locale: str, measures: Measures = MEASURES, *, has_cover: bool = True) -> str:
    """Return the rules for the lines in the margins of printed pages, where the page engine sets them."""
    pieces = re.split(r"%\((page|pages)\)s", page_number_words(locale))
    numbering = " ".join(f"counter({piece})" if at % 2 else _quoted(piece) for at, piece in enumerate(pieces))
    css = _COMMENT.sub("", (templates_folder() / "margins.css").read_text("utf-8"))
    css += "" if has_cover else "@page :first { @top-left { content: none } }\n"  # the masthead stands there
    return _written_out(css, _printed_sizes(measures)) + f".folio::after{{content:{numbering}}}\n"


def _quoted(text: str) -> str:
    """Return a text as a string of CSS."""
    return '"' + re.sub(r'["\\<]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


@lru_cache(maxsize=64)
def printed_stylesheet(locale: str, measures: Measures = MEASURES) -> str:
    """Return the stylesheet of the printed page in a locale, with its constants written out.

    WeasyPrint computes a property with a variable for each element anew, and `font` most slowly. A variable that is
    set once, at the root, is replaced by its value; variables of blocks and themes stay.
    """
    language, whole = language_of_fonts(locale), stylesheet("print", measures)
    css = _OF_LANGUAGE.sub(lambda rule: rule[0] if rule[1] == language else "", whole)
    times = Counter(name for name, _ in _SET.findall(css))
    rooted = dict(_SET.findall(";".join(_ROOT.findall(css))))
    constants = {name: value.strip() for name, value in rooted.items() if times[name] == 1}
    return _written_out(css, constants)


def _written_out(css: str, constants: Mapping[str, str]) -> str:
    """Return rules with the values of constants in place of their names."""
    while (written := _USED.sub(lambda used: constants.get(used[1], used[0]), css)) != css:
        css = written
    return css


def theme_colors(theme: Theme) -> str:
    """Return the theme as CSS custom properties.

    Raises:
        OutputError: A name or a colour could end the rule it stands in.
    """
    for token, color in theme.colors.items():
        if not _TOKEN.fullmatch(token) or not _COLOR.fullmatch(color):
            raise OutputError(f"theme {theme.name}: {token}: {color!r} is no colour; write #RRGGBB")
    return ":root{" + ";".join(f"--{token}:{color}" for token, color in theme.colors.items()) + "}\n"
