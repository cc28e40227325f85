"""Check of SVG files: they load and run nothing, and are not too much work to draw.

A report is a single file and fetches nothing, so scripts and references to other files are refused. The elements drawn
are counted with all that are drawn again, as by `use`, patterns and markers: a few hundred bytes can ask for millions.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import defaultdict
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from reportgen.connect.rasters import READ_KINDS, UnfitError, check_embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_PARTS = 20_000  # the page engine draws some two thousand a second
DEEPEST = 200  # levels
_PATH_OF_A_PART = 50  # letters of a path that take as long to draw as an element
_LETTERS_OF_A_CORNER = 4

_SVG = "http://www.w3.org/2000/svg"
_BASE = "http://www.w3.org/XML/1998/namespace base"
_PARTS_OF_A_PICTURE = 500
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_VIEW = re.compile(rf"\s*(?:{_NUMBER}(?:[\s,]+{_NUMBER}){{3}}\s*)?")
_TEXTS = frozenset({"a", "text", "textPath", "tspan"})
_NO_PARTS = frozenset({"a", "animate", "animateMotion", "animateTransform", "set"})  # they draw nothing again
_URL = re.compile(r"""url\(\s*["']?\s*([^"')\s]*)""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile("([^{}]*){([^{}]*)}")
_SELECTED = re.compile(r"[.#]?[\w-]+|\*")
_LOADING = {
    "@import": "loads another style sheet (@import); put its rules into the file",
    "@font-face": "brings a font of its own (@font-face); turn its texts into paths",
}


@dataclass(eq=False, slots=True)
class _Part:
    """An element of an SVG file.

    Attributes:
        name: Of the element.
        letters: Letters of text in it; a picture counts as some.
        outline: Letters of its path.
        names: Names of it in the selectors of a style sheet.
        inside: The elements in it.
        draws: Names of the elements that it draws besides.
        lets_draw: Names of the patterns, gradients and markers that it and every element in it may draw.
        work: Number of elements that are drawn for it, all in all.
        count: Number of elements in it, itself included.
        corners: Number of corners of their paths.
    """

    name: str
    outline: int
    names: frozenset[str]
    letters: int = 0
    inside: list[_Part] = field(default_factory=list)
    draws: list[str] = field(default_factory=list)
    lets_draw: list[str] = field(default_factory=list)
    work: int = 0
    count: int = 0
    corners: int = 0


def check_svg(content: bytes) -> None:
    """Make sure that an SVG loads nothing and can be drawn.

    Raises:
        UnfitError: It is no SVG, or holds a document type, a script, a font, or parts that it loads from elsewhere; or
            it draws itself, or more than `MOST_PARTS`, everything counted as often as it is drawn.
    """
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the C signature: this is all of it
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an unknown encoding
        raise UnfitError(f"is no {READ_KINDS} picture ({error})") from error
    reading.finish()


class _Reading:
    """An SVG as it is read, element by element."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._open: list[_Part] = []
        self._named: dict[str, _Part] = {}
        self._selected: dict[str, list[_Part]] = defaultdict(list)
        self._style: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not self._open and tag != f"{_SVG} svg":
            raise UnfitError(f'is no {READ_KINDS} picture; an SVG starts with <svg xmlns="{_SVG}">')
        part = _part(tag.rpartition(" ")[2], attributes)
        for above in self._open[-1:]:
            above.inside.append(part)
        self._open.append(part)
        self._parts.append(part)
        if "id" in attributes:
            self._named.setdefault(attributes["id"], part)
        for word in part.names:
            self._selected[word].append(part)
        _refuse_excess(len(self._parts))
        if len(self._open) > DEEPEST:
            raise UnfitError(f"nests more than {DEEPEST} levels deep; ungroup its parts")

    def end(self, _tag: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        if self._open[-1].name == "style":
            self._style.append(text)
        elif self._open[-1].name in _TEXTS:
            self._open[-1].letters += len(text.strip())

    def finish(self) -> None:
        """Refuse an SVG that draws itself, or too much."""
        style = _plain_css("".join(self._style))
        self._select(style)
        needed = {part: [*part.inside, *self._found(part.draws), *self._found(part.lets_draw)] for part in self._parts}
        try:
            ordered = list(TopologicalSorter(needed).static_order())
        except CycleError as error:
            raise UnfitError("draws a part within itself; take that part out") from error
        for part in ordered:
            self._count(part)
            _refuse_excess(part.work)

    def _select(self, style: str) -> None:
        """Add to the elements that a style sheet selects the elements that its rules draw."""
        added = 0
        for selector, declarations in _RULE.findall(style):
            drawn = _addresses(declarations)
            for part in (part for word in set(_SELECTED.findall(selector)) for part in self._selected[word] if drawn):
                part.lets_draw += drawn
                added += len(drawn)
                _refuse_excess(added)

    def _count(self, part: _Part) -> None:
        """Count the elements drawn for an element, after the elements that it draws."""
        drawn = [*part.inside, *self._found(part.draws)]
        part.count = 1 + sum(each.count for each in drawn)
        part.corners = part.outline // _LETTERS_OF_A_CORNER + sum(each.corners for each in drawn)
        part.work = 1 + part.letters + part.outline // _PATH_OF_A_PART + sum(each.work for each in drawn)
        for paint in self._found(part.lets_draw):
            part.work += paint.work * (part.corners if paint.name == "marker" else part.count)

    def _found(self, names: list[str]) -> Iterator[_Part]:
        return (self._named[name] for name in names if name in self._named)


def _part(name: str, attributes: Mapping[str, str]) -> _Part:
    """Return an element of an SVG file, refused if its attributes run or load something."""
    if name.lower() == "script":
        raise UnfitError("holds a script; delete it")
    classes = (f".{word}" for word in attributes.get("class", "").split())
    names = frozenset((*classes, f"#{attributes.get('id')}", name, "*"))
    part = _Part(name, len(attributes.get("d", "")) + len(attributes.get("points", "")), names)
    for attribute, value in attributes.items():
        _refuse_attribute(attribute, value)
        local = attribute.rpartition(" ")[2]
        if local == "href" and name not in _NO_PARTS:
            drawn = _drawn(value.strip())
            part.draws += drawn
            part.letters += 0 if drawn else _PARTS_OF_A_PICTURE
        elif local in {"clip-path", "filter", "mask"}:
            part.draws += _addresses(_plain_css(value))
        elif "(" in value or "\\" in value:
            part.lets_draw += _addresses(_plain_css(value))
    return part


def _refuse_attribute(attribute: str, value: str) -> None:
    local = attribute.rpartition(" ")[2].lower()
    if local.startswith("on"):
        raise UnfitError(f"holds a script (the attribute {local}); delete it")
    if attribute == _BASE:
        raise UnfitError("names another address for its parts (xml:base); delete that attribute")
    if local == "viewbox" and not _VIEW.fullmatch(value):
        raise UnfitError(f"has a viewBox that is no four numbers ({value[:40]!r})")
    if local == "spreadmethod" and value.strip() != "pad":
        raise UnfitError(f"repeats a gradient without end (spreadMethod={value[:20]!r}); draw it with stops")


def _drawn(address: str) -> list[str]:
    """Return the name of the element that an address leads to; none where it holds a picture.

    Raises:
        UnfitError: It leads elsewhere, or the picture is none.
    """
    if address.startswith("#"):
        return [address[1:]]
    head, _, body = address.partition(",")
    if not head.lower().startswith("data:image/"):
        raise UnfitError(f"loads {address[:80]!r} from elsewhere; embed it")
    content = unquote_to_bytes(body)
    try:
        check_embedded(b64decode(content) if head.lower().endswith(";base64") else content)
    except (ValueError, UnfitError) as error:
        raise UnfitError(
            f"holds a picture that {error}" if isinstance(error, UnfitError) else "holds a picture that is no base64"
        ) from error
    return []


def _addresses(css: str) -> list[str]:
    """Return the names of the elements that style declarations draw.

    Raises:
        UnfitError: They load something.
    """
    for address in _URL.findall(css):
        if not address.startswith("#"):
            raise UnfitError(f"loads {address[:80]!r} from elsewhere; embed it")
    return [address[1:] for address in _URL.findall(css)]


def _plain_css(css: str) -> str:
    """Return style declarations without escapes and comments.

    Raises:
        UnfitError: They load a style sheet or a font.
    """
    plain = _COMMENT.sub(" ", _ESCAPE.sub(_unescaped, css))
    for word, message in _LOADING.items():
        if word in plain.lower():
            raise UnfitError(message)
    return plain


def _unescaped(escape: re.Match[str]) -> str:
    number = int(escape[1], 16) if escape[1] else 0
    return (chr(number) if number < 0x110000 else "") if escape[1] else escape[2]  # noqa: PLR2004 - the end of Unicode


def _refuse_excess(parts: int) -> None:
    if parts > MOST_PARTS:
        raise UnfitError(f"draws more than {MOST_PARTS:,} parts; simplify it, or save it as PNG")


def _refuse_doctype(*_declaration: object) -> None:
    raise UnfitError("has a document type; delete the line that starts with <!DOCTYPE")
