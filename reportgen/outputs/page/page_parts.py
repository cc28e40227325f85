"""The parts of a page, ready for its templates, which only read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.model import Picture
    from reportgen.outputs.page.chart_drawings import DrawingSize
    from reportgen.outputs.page.list_layout import ListLayout
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.text.chart_data import ChartData
    from reportgen.outputs.text.last_page import LastPageEntry
    from reportgen.outputs.text.number_cards import Move, NumberCard


@dataclass(frozen=True, slots=True)
class CellParts:
    """A cell of a table.

    Attributes:
        text: Its value or its change in words; empty without a value.
        classes: Its CSS classes.
        arrow: Before the text of a change; else empty.
        link: Address that its text links to, or empty.
        is_figure: Whether its text is a number, which keeps its own writing direction.
        runs_left: Whether that is from right to left.
        is_isolated: Whether its text runs to the right on a page that runs to the left.
        is_missing: Whether a dash stands in place of its text.
        place: Of its value in the order of the column, from 0; None on paper, where no reader sorts it.
        picture: Shown before its text, or None.
        picture_text: Alternative text of the picture.
        sign: The tone of the mark before its text; empty without a mark.
        bar: Length of the bar it shows in place of text, in percent; None in most columns.
        lines: How many lines of its text a screen shows at most, as a CSS variable; empty where it shows all.
        whole: Its text with its blank lines, where a screen shows some lines of it.
        word: The word beside its change, where the arrow alone would mislead.
        of: Of a head on a screen, the column whose changes or compared values are below it.
    """

    text: str = ""
    classes: str = ""
    arrow: str = ""
    link: str = ""
    is_figure: bool = False
    runs_left: bool = False
    is_isolated: bool = False
    is_missing: bool = False
    place: int | None = None
    picture: Picture | None = None
    picture_text: str = ""
    sign: str = ""
    bar: float | None = None
    lines: str = ""
    whole: str = ""
    word: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class RowParts:
    """A row of a table.

    Attributes:
        cells: Its cells.
        classes: Its CSS classes.
        is_beyond: Whether it is not printed, so that a screen hides it until its reader wants all rows.
    """

    cells: tuple[CellParts, ...]
    classes: str = ""
    is_beyond: bool = False


@dataclass(frozen=True, slots=True)
class TableTools:
    """The texts of the tools that a screen has for a table.

    Attributes:
        count: How many of its rows are printed; empty where all are.
        all_rows: Of the button that shows all rows; empty where no row is hidden.
        found: How many rows a filter has found, with places for the two numbers; empty without a filter.
        elsewhere: That the workbook has all rows; empty where the page has them, or no workbook is beside it.
        workbook: The name of the workbook's file; empty as `elsewhere`.
    """

    count: str = ""
    all_rows: str = ""
    found: str = ""
    elsewhere: str = ""
    workbook: str = ""


@dataclass(frozen=True, slots=True)
class GridParts:
    """A table, or the part of it that stands together.

    Attributes:
        grid: Its subtitle, its sizes and the author's limits.
        title: The block's title, where it stands over this part; else empty.
        frame: The CSS classes of the box around it.
        label: Its name, for the box around it on a screen.
        is_swiped: Whether a phone shows only a part of it at a time.
        style: The CSS variables of its size; empty in most tables.
        widths: The CSS width of each column; empty for a column that takes what the others leave.
        head: Address of the drawing of its heads; empty where the page engine sets them.
        heads: The heads of columns that the page engine sets.
        groups: Addresses of the drawings of its rows, in groups; none where the page engine sets them.
        rows: The rows that the page engine sets.
        total: The total row that the page engine sets; empty where there is none.
        tools: The texts of its tools, on a screen.
    """

    grid: TableGrid
    title: str
    frame: str
    label: str
    is_swiped: bool
    style: str
    widths: Sequence[str]
    head: str
    heads: tuple[CellParts, ...]
    groups: Sequence[Sequence[str]]
    rows: tuple[RowParts, ...]
    total: tuple[CellParts, ...]
    tools: TableTools | None = None


@dataclass(frozen=True, slots=True)
class ChartParts:
    """A chart that has labels.

    Attributes:
        drawings: Its HTML; empty for a screen that shows the drawing of a wider one.
        annotations: The author's remarks on days.
        screen_width: At most, on a wide screen.
        phone_width: At most, on a phone.
        data: Its values as a table, on a screen.
    """

    drawings: Mapping[DrawingSize, str]
    subtitle: str = ""
    annotations: Sequence[str] = ()
    screen_width: str = ""
    phone_width: str = ""
    data: ChartData | None = None


@dataclass(frozen=True, slots=True)
class ComparisonParts:
    """A comparison of a number on a card or in a list; blank where another number beside it has more of them.

    Attributes:
        move: The change; None where there is none.
        word: The word beside the change, or empty.
        compared: The compared value in words, or why there is none; may be empty.
    """

    move: Move | None = None
    word: str = ""
    compared: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether neither a change nor a text is printed."""
        return not (self.move or self.compared)


@dataclass(frozen=True, slots=True)
class ReadingParts:
    """A row of a list of numbers.

    Attributes:
        label: Its label.
        card: Its card.
        comparisons: Its comparisons, as many in each row of a list; blank where a number has fewer.
        missing_label: Short words in place of its value; empty with a value.
        remarks: The remarks on it in words.
    """

    label: str
    card: NumberCard
    comparisons: tuple[ComparisonParts, ...]
    missing_label: str = ""
    remarks: tuple[str, ...] = ()


def filled_up(comparisons: Iterable[ComparisonParts], count: int) -> tuple[ComparisonParts, ...]:
    """Return comparisons, cut or filled up with blanks to a count."""
    return (*comparisons, *count * (ComparisonParts(),))[:count]


@dataclass(frozen=True, slots=True)
class BlockParts:
    """The parts of a block.

    Attributes:
        card: The card of a number block, or None.
        comparisons: Those of the card, as many as in the other cards of its row.
        missing_label: Short words in place of the card's value; empty with a value.
        missing_sentence: Sentence in place of figures that are missing.
        readings: The rows of a list of numbers.
        list_layout: The layout of that list; `phone_layout` is that on a phone.
        list_is_table: Whether the list is a table, whose cells the page engine sets as wide as their texts.
        sentences: Of a summary.
        remarks: Sentences below its figures.
        whole: Address of the drawing of the whole block; empty where the templates write it.
        id_on_title: Whether its id stands on the title of its table, not on the outer element.
        picture_text: Alternative text of the block's picture.
        charts: Those of its charts that have labels.
        tables: Each of its tables in parts.
        style: The CSS variables of its sizes, on a screen.
    """

    card: NumberCard | None = None
    comparisons: Sequence[ComparisonParts] = ()
    missing_label: str = ""
    missing_sentence: str = ""
    readings: Sequence[ReadingParts] = ()
    list_layout: ListLayout = "row"
    phone_layout: ListLayout = "row"
    list_is_table: bool = False
    sentences: Sequence[str] = ()
    remarks: Sequence[str] = ()
    whole: str = ""
    id_on_title: bool = False
    picture_text: str = ""
    charts: Sequence[ChartParts] = ()
    tables: Sequence[Sequence[GridParts]] = ()
    style: str = ""

    @property
    def list_in_rows(self) -> bool:
        """Whether each number of a list has all its texts on a line."""
        return self.list_layout == "row"


@dataclass(frozen=True, slots=True)
class SectionParts:
    """The parts of a section.

    Attributes:
        has_header: Whether a title or the contents stand over its blocks.
        header: The CSS classes of that header.
        has_contents: Whether the contents of the report stand beside its title.
        rows: The CSS classes and the CSS variables of each row of blocks; empty where it shares the grid above.
    """

    has_header: bool
    header: str = ""
    has_contents: bool = False
    rows: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of a page.

    Attributes:
        blocks: By their names.
        about: The entries of the last page, in columns; empty where a report has none.
        remarks: The necessary remarks of a report without its last page.
        glossary: The entries of the glossary, in columns; empty without a glossary.
        cover: The HTML of the days on the cover; empty where there are none.
        contents: The titles that the contents name, by the names of their places; empty where a page has no contents.
        page_numbers: Addresses of the drawings of page numbers, by the names of the places.
        margins: The stylesheet of the lines in the margins, where the page engine sets them; else empty.
        foot: The text in the lower margin, as `margins`.
        turned_masthead: Whether the head of a report without a cover stands on a page that is turned on its side.
        long_client: Whether the client's name needs a line of the upper margin for itself.
        description: The report in a sentence, for what shows a link to its web page.
        files: The names of files that are written beside the web page, each with the text of the link to it.
    """

    blocks: Mapping[str, BlockParts]
    sections: Sequence[SectionParts] = ()
    about: Sequence[Sequence[LastPageEntry]] = ()
    remarks: Sequence[LastPageEntry] = ()
    glossary: Sequence[Sequence[LastPageEntry]] = ()
    cover: Mapping[DrawingSize, str] = field(default_factory=dict)
    contents: Mapping[str, str] = field(default_factory=dict)
    page_numbers: Mapping[str, str] = field(default_factory=dict)
    margins: str = ""
    foot: str = ""
    turned_masthead: bool = False
    long_client: bool = False
    description: str = ""
    files: Sequence[tuple[str, str]] = ()
