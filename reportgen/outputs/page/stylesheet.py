"""The stylesheet of the page, as browsers get it and as WeasyPrint reads it fastest."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from reportgen.errors import OutputError
from reportgen.formatting import babel_locale
from reportgen.outputs.page.block_rows import printed_widths
from reportgen.outputs.text.headings import page_number_words
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from reportgen.model import Theme

Medium = Literal["screen", "print"]

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_TOKEN = re.compile(r"[a-z][a-z0-9-]*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_SET = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;}]+)")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")
_OF_LANGUAGE = re.compile(r":lang\((\w+)\)\s*\{\s*--[^}]*\}")  # sets nothing but variables


@lru_cache(maxsize=2)
def stylesheet(medium: Medium) -> str:
    """Return the stylesheet of a medium; colours are variables that the page sets."""
    own = "screen.css" if medium == "screen" else "pages.css"
    written = "".join((templates_folder() / name).read_text("utf-8") for name in ("report.css", own))
    return written if medium == "screen" else written + printed_widths()


@lru_cache(maxsize=8)
def margins(locale: str) -> str:
    """Return the rules for what stands in the margins of printed pages, where the page engine sets it."""
    pieces = re.split(r"%\((page|pages)\)s", page_number_words(locale))
    numbering = " ".join(f"counter({piece})" if at % 2 else _quoted(piece) for at, piece in enumerate(pieces))
    return (templates_folder() / "margins.css").read_text("utf-8") + f".folio::after{{content:{numbering}}}\n"


def _quoted(text: str) -> str:
    """Return a text as a string of CSS."""
    return '"' + re.sub(r'["\\<]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


@lru_cache(maxsize=8)
def printed_stylesheet(locale: str) -> str:
    """Return the stylesheet of the printed page in a locale, with its constants written out.

    WeasyPrint works out a property that holds a variable for each element anew, and `font` most slowly.
    What is set once, at the root, is written where it is used; what blocks and themes set stays a variable.

    Args:
        locale: Of the whole page; it decides between the variables of languages.
    """
    language = babel_locale(locale).language
    css = _OF_LANGUAGE.sub(lambda rule: rule[0] if rule[1] == language else "", _COMMENT.sub("", stylesheet("print")))
    times = Counter(name for name, _ in _SET.findall(css))
    rooted = dict(_SET.findall(";".join(_ROOT.findall(css))))
    constants = {name: value.strip() for name, value in rooted.items() if times[name] == 1}
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
            message = f"theme {theme.name}: {token}: {color!r} is no colour; write #RRGGBB"
            raise OutputError(message)
    return ":root{" + ";".join(f"--{token}:{color}" for token, color in theme.colors.items()) + "}\n"
