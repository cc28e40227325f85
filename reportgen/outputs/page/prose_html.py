"""The author's Markdown as HTML of text, lists, tables, links, pictures and footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from math import floor
from typing import TYPE_CHECKING

from reportgen.markdown.parser import html_of, parse
from reportgen.outputs.drawing.font_metrics import BUILT_IN
from reportgen.outputs.page.embedded_pictures import data_uri
from reportgen.outputs.page.prose_tables import set_table
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.headings import back_words, footnote_place, footnote_words
from reportgen.outputs.text.long_words import breakable
from reportgen.outputs.text.plain_prose import DONE, OPEN, picture_words
from reportgen.outputs.text.prose_links import addressed, leads

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from reportgen.markdown.parser import Token, TokenRule
    from reportgen.model import Picture
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.prose_tables import ProseTable
    from reportgen.outputs.page.stylesheet import Medium

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "br", "blockquote", "pre", "ul", "ol", "li", "div", "img"),
    *("a", "em", "strong", "s", "code", "del", "wbr", "span", "bdi", "sup"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class", "aria-label"},
    "bdi": {"dir"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "img": {"src", "alt"},
    "li": {"class", "id"},
    "ol": {"start", "class"},
    "ul": {"class"},
    "span": {"class", "role", "aria-label"},
    "table": {"class", "style"},
    "td": {"class"},
    "th": {"class", "scope"},
}
# WeasyPrint breaks a line after its first word where a text ends in a space that no longer fits and an
# inline element follows; a space in an element of its own is not taken for the end of that text.
_SPACE_BEFORE_INLINE = re.compile(r" (?=<(?:a|em|strong|s|code|del|bdi|sup|img)\b)")
_PICTURE = "reportgen-picture"
_PICTURE_ADDRESS = re.compile(rf'(<img [^<]*?src="){_PICTURE}:(\d+)"')  # text has no <
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class TableRoom:
    """The room for tables, in em of their type.

    Attributes:
        prose: The width of the text beside them.
        usual: The width of the block.
        dense: The same in small type; 0 on a screen, where a table is not set smaller but scrolled.
        phone: The width of a phone.
        padding: Beside a cell's text.
        typeface: Of their text.
    """

    prose: float = 40
    usual: float = 50
    dense: float = 0
    phone: float = 23
    padding: float = 1.4
    typeface: Typeface = BUILT_IN


def table_room(measures: Measures, width: int, medium: Medium) -> TableRoom:
    """Return the room for tables in a block that fills some of a page's 12 columns."""
    paper, phone = measures.paper, measures.phone
    points = measures.printed_width(width).points
    return TableRoom(
        prose=floor(min(points, paper.prose_width.points) / paper.text.size.points),
        usual=floor(points / paper.text.size.points),
        dense=floor(points / paper.small.size.points) if medium == "print" else 0,
        phone=floor(measures.widths.phone_chart.points / phone.text.size.points),
        padding=round(2 * paper.cell_gap.points / paper.text.size.points, 1),
        typeface=paper.text.typeface,
    )


@dataclass(frozen=True, slots=True)
class PrintedPassage:
    """A passage and its surroundings.

    Attributes:
        markdown: The author's text.
        name: Of its block, unique in the report.
        label: The title of its block.
        level: Of its first heading; a heading below it is the next level lower, however many marks it has.
        locale: Of the words for readers who cannot see.
        places: The report's places that links may lead to.
        pictures: The pictures by their addresses in the text; others are printed as their alternative text.
        room: For its tables.
    """

    markdown: str
    name: str = "text"
    label: str = ""
    level: int = 3
    locale: str = "en"
    places: Collection[str] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    room: TableRoom = TableRoom()


def prose_html(passage: PrintedPassage) -> str:
    """Return safe HTML: raw HTML is shown as text, a link that leads nowhere as its text."""
    import nh3  # only reports with prose need it

    tokens = parse(passage.markdown)
    _set_levels(tokens, passage.level)
    for token in tokens:
        token.children = [
            child for child, address in addressed(token) if address is None or leads(address, passage.places)
        ]
    _set_tables(tokens, passage)
    html = html_of(tokens, _Rules(passage).by_type())
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", _PICTURE},
        link_rel="noopener noreferrer",
    )
    shown = list(passage.pictures.values())
    clean = _PICTURE_ADDRESS.sub(lambda found: f'{found[1]}{data_uri(shown[int(found[2])])}"', clean)
    return _SPACE_BEFORE_INLINE.sub("<span> </span>", clean)


def _set_levels(tokens: Sequence[Token], level: int) -> None:
    """Set the levels of headings without jumps."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            own = int(token.tag[1:])
            above = [*(higher for higher in above if higher < own), own]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_DEEPEST, level + len(above) - 1)}"


def _set_tables(tokens: list[Token], passage: PrintedPassage) -> None:
    """Set the tables, and give the token that opens each the HTML of its frame and of its begin."""
    opened = [at for at, token in enumerate(tokens) if token.type == "table_open"]
    for at in reversed(opened):
        end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close")
        table = set_table(tokens[at:end], passage.room.padding, passage.room.typeface)
        tokens[at].meta["frame"] = _table_begin(table, passage)
        if not table.has_head:
            head = next(place for place in range(at, end) if tokens[place].type == "thead_close")
            del tokens[at + 1 : head + 1]


def _table_begin(table: ProseTable, passage: PrintedPassage) -> str:
    """Return the HTML that begins a table: its frame, which is scrolled on a phone, and the size of its type."""
    room = passage.room
    is_wide = table.need > room.phone
    frame = f'<div class="scroll{" wide" if is_wide else ""}{" broad" if table.need > room.prose else ""}"'
    if is_wide and not room.dense:
        frame += f' tabindex="0" role="region" aria-label="{escape(passage.label or table.name)}"'
    is_dense = room.dense and table.need > room.usual
    squeeze = round(min(1.0, room.dense / table.need), 2) if is_dense else 1
    size = ' class="dense"' if is_dense else ""
    style = f' style="--squeeze:{squeeze}"' if squeeze < 1 else ""
    return f"{frame}>\n<table{size}{style}>\n"


class _Rules:
    """The HTML of the tokens of a passage whose HTML is not CommonMark's."""

    def __init__(self, passage: PrintedPassage) -> None:
        self._passage, self._words = passage, words_of(passage.locale).gettext
        self._pictures = list(passage.pictures)

    def by_type(self) -> dict[str, TokenRule]:
        """Return the rules by the types of their tokens."""
        return {
            "text": lambda tokens, at: _breakable(tokens[at].content),
            "list_item_open": lambda tokens, at: '<li class="task">' if tokens[at].meta.get("task") else "<li>",
            "task": lambda tokens, at: self._box(done=tokens[at].meta["done"]),
            "image": lambda tokens, at: self._picture(tokens[at]),
            "table_open": lambda tokens, at: tokens[at].meta["frame"],
            "table_close": lambda _tokens, _at: "</table>\n</div>\n",
            "footnote_ref": lambda tokens, at: self._mark(tokens[at]),
            "footnote_block_open": lambda _tokens, _at: '<ol class="footnotes">\n',
            "footnote_block_close": lambda _tokens, _at: "</ol>\n",
            "footnote_open": lambda tokens, at: f'<li id="{self._note(tokens[at])}">',
            "footnote_close": lambda _tokens, _at: "</li>\n",
            "footnote_anchor": lambda tokens, at: self._way_back(tokens[at]),
        }

    def _box(self, *, done: bool) -> str:
        _ = self._words
        words = _("Done") if done else _("To do")
        return f'<span class="box" role="img" aria-label="{escape(words)}">{DONE if done else OPEN}</span> '

    def _picture(self, picture: Token) -> str:
        address, words = str(picture.attrs["src"]), picture_words(picture)
        if address not in self._passage.pictures:
            return _breakable(words)
        _, place = self._words, self._pictures.index(address)
        return f'<img src="{_PICTURE}:{place}" alt="{escape(words or _("Picture"))}">'

    def _mark(self, reference: Token) -> str:
        number, words = reference.meta["id"] + 1, footnote_words(self._passage.locale)
        note, label = self._note(reference), escape(words % {"number": number})
        mark = f'<a href="#{note}" id="{self._reference(reference)}" aria-label="{label}">{number}</a>'
        return f"<sup>{mark}</sup>"

    def _way_back(self, anchor: Token) -> str:
        label = escape(back_words(self._passage.locale))
        return f' <a class="back" href="#{self._reference(anchor)}" aria-label="{label}">↑</a>'

    def _note(self, token: Token) -> str:
        return footnote_place(self._passage.name, token.meta["id"] + 1)

    def _reference(self, token: Token) -> str:
        return footnote_place(self._passage.name, token.meta["id"] + 1, token.meta["subId"] + 1)


def _breakable(text: str) -> str:
    """Return a text as HTML; an endless word may break, see `breakable`."""
    return "<wbr>".join(map(escape, breakable(text)))
