"""The atoms of a page that is laid out without an end: what stands on a single page, and where pages may begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from weasyprint.formatting_structure.boxes import ReplacedBox, TableBox, TableRowGroupBox

from reportgen.outputs.page.lengths import PIXELS_A_POINT
from reportgen.outputs.page.page_composition import FEWEST_ROWS, Atom, BlockSpace
from reportgen.outputs.pdf.blocks.chart_figure import DrawnChart
from reportgen.outputs.pdf.weasyprint70.drawn_images import BlockImage, RowsImage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint.formatting_structure.boxes import Box, PageBox

    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.page_composition import Begin

TURNED = "turned"
"""The name of pages that are turned on their side, and the CSS class of what stands on them."""

_FEW_LINES = 72  # pixels, at least, of a text before and after a break
_SPLIT, _CLOSING, _PARAGRAPH = 1.0, 2.0, 0.5  # tolls of pages that begin in a table, with the last block, in a text
_HEADINGS = frozenset({"h1", "h2"})
_AVOIDED = frozenset({"avoid", "avoid-page"})
_OUT_OF_FLOW = frozenset({"run", "page_break"})  # parts of a section that take no place


@dataclass(frozen=True, slots=True)
class PlacedAtom:
    """An atom, and its elements in the page.

    Attributes:
        element: The element that begins a page where the atom does.
        charts: The images of its charts that give way.
        frame: The box of the table or the text that is parted where a page begins with it; else None.
        row: Index of the row of that table; None where the page engine draws none.
        margin: Under it, which the gap below takes in.
        is_kept: Whether what follows stands on its page.
        box: The row that it is or that it is a part of, as it is laid out; None of a header.
        is_turned: Whether the page that begins with it is turned on its side.
    """

    atom: Atom
    element: Element
    charts: tuple[Element, ...] = ()
    frame: Element | None = None
    row: int | None = None
    margin: float = 0
    is_kept: bool = False
    box: Box | None = None
    is_turned: bool = False


def placed_atoms(page: PageBox, height: float, measures: Measures) -> list[PlacedAtom]:
    """Return the atoms of a page, from top to bottom; none of a cover and of an empty page.

    Args:
        page: The page without an end.
        height: Of the pages in its place.
        measures: The sizes of its look.
    """
    parts = [box for body in page.children[0].children for box in body.children]
    main = next((box for box in parts if box.element_tag == "main"), None)
    is_turned, found = page.page_type.name == TURNED, list[PlacedAtom]()
    for placed in (placed for part in (main.children if main else ()) for placed in _of_section(part, measures)):
        before = found[-1] if found else None
        atom = below(before, placed, measures) if before else replace(placed.atom, top=_edges(parts[0])[0])
        if not before and is_turned and atom.begins != "must":
            atom = replace(atom, begins="turns")
        found.append(replace(placed, atom=replace(atom, page=height), is_turned=is_turned))
    return found


def below(before: PlacedAtom, placed: PlacedAtom, measures: Measures) -> Atom:
    """Return the atom of a row or a section that stands below another, on the same page without an end."""
    atom, step = placed.atom, measures.paper.step.points * PIXELS_A_POINT
    gap = atom.top - before.atom.bottom
    if atom.section:
        atom = replace(atom, shift=atom.shift + _gap_above(placed.element, gap, measures))
    elif "row" in classes(placed.element) and 2 * step - 1 < gap < 3 * step + 1:
        atom = replace(atom, gaps=(2 * step, gap, 3 * step))
    return replace(atom, begins="never") if before.is_kept and atom.begins != "must" else atom


def turned_back(page: Element) -> Iterator[Element]:
    """Yield the elements of a page that stand upright again, behind others that are turned on their side.

    A section stands for its first part: a page begins with it, whatever it holds that takes no place.
    """
    turned = False
    for section in page.iterfind("body/main/section"):
        parts = [section] if "about" in classes(section) else _in_flow(section)
        for part in parts:
            before, turned = turned, any(TURNED in classes(element) for element in part.iter())
            if before and not turned:
                yield section if part is parts[0] else part


def _in_flow(section: Element) -> list[Element]:
    """Return the parts of a section that take place."""
    return [part for part in section if not _OUT_OF_FLOW & {*classes(part)}]


def classes(element: Element) -> Sequence[str]:
    """Return the CSS classes of an element."""
    return element.get("class", "").split()


def _of_section(section: Box, measures: Measures) -> Iterator[PlacedAtom]:
    if "about" in classes(section.element):
        yield PlacedAtom(Atom(*_edges(section), toll=_CLOSING), section.element, box=section)
        return
    parts = _in_flow(section.element)
    for part in (part for part in section.children if part.element in parts):
        placed = list(_of_row(part) if "row" in classes(part.element) else (_whole(part),))
        if part.element is parts[0]:
            placed[0] = _opening(placed[0], section, part, measures)
        yield from placed


def _opening(placed: PlacedAtom, section: Box, header: Box, measures: Measures) -> PlacedAtom:
    """Return the atom that opens a section; below the top of a page its title is smaller."""
    flow = classes(section.element)
    atom = replace(
        placed.atom,
        begins="must" if "fresh" in flow else "may",
        section="continuous" if "joined" in flow else "auto",
        shift=_smaller_title(header, measures),
    )
    return replace(placed, atom=atom, element=section.element)


def _smaller_title(header: Box, measures: Measures) -> float:
    """Return how much higher a section's header is below the top of a page, where its title is smaller."""
    title = title_of(header)
    if title is None:
        return 0
    large, small = measures.paper.h1, measures.paper.h2
    lines = round(title.height / (large.line.points * PIXELS_A_POINT))
    few = ceil(lines * small.size.points / large.size.points + 0.2) if lines > 1 else lines
    return (few * small.line.points - lines * large.line.points) * PIXELS_A_POINT


def title_of(header: Box) -> Box | None:
    """Return the title in the header of a section; None where it holds the contents alone."""
    return next((box for box in header.descendants() if box.element_tag in _HEADINGS), None)


def _gap_above(section: Element, gap: float, measures: Measures) -> float:
    """Return how much larger the gap above a section is where it follows on below another; none without a header."""
    has_header = section.find("header") is not None
    return max(0, measures.page.section_gap.points * PIXELS_A_POINT - gap) if has_header else 0


def _whole(box: Box) -> PlacedAtom:
    """Return the atom of a box that stands on a single page."""
    before, after = box.style["break_before"], box.style["break_after"]
    begins: Begin = "must" if "fresh" in classes(box.element) else "never" if before in _AVOIDED else "may"
    return PlacedAtom(
        Atom(*_edges(box), begins=begins), box.element, margin=box.margin_bottom, is_kept=after in _AVOIDED
    )


def _of_row(row: Box) -> Iterator[PlacedAtom]:
    """Yield the atoms of a row of blocks: the parts of a table or of a text, or the whole row."""
    whole, kind = replace(_whole(row), box=row), classes(row.element)
    parts: list[PlacedAtom] = []
    if "alone" in kind:
        (block,) = row.children
        parts = _table_parts(block) if "datatable" in kind else _text_parts(block) if "text" in kind else []
    if not parts[1:]:
        yield _with_charts(whole, row)
        return
    yield replace(whole, atom=replace(whole.atom, bottom=parts[0].atom.bottom), is_kept=False)
    yield from (replace(part, box=row) for part in parts[1:-1])
    last = parts[-1]
    atom = replace(last.atom, bottom=whole.atom.bottom)
    yield replace(last, atom=atom, margin=whole.margin, is_kept=whole.is_kept, box=row)


def _with_charts(whole: PlacedAtom, row: Box) -> PlacedAtom:
    """Return a row's atom with the heights of its blocks, if a chart of them gives way."""
    spaces: list[BlockSpace] = []
    charts: list[Element] = []
    for block in (box for box in row.descendants() if "block" in classes(box.element)):
        height = max((_edges(part)[1] for part in block.children), default=whole.atom.top) - whole.atom.top
        panels = [box for box in block.children if isinstance(box, ReplacedBox)]
        space = _space(panels[0], height) if panels else None
        spaces.append(space or BlockSpace(height))
        charts += [panels[0].element] if space else []
    return replace(whole, atom=replace(whole.atom, blocks=tuple(spaces)), charts=tuple(charts)) if charts else whole


def _space(panel: ReplacedBox, height: float) -> BlockSpace | None:
    """Return the height of a block, if its chart gives way; how far shows when it is drawn."""
    image = panel.replacement
    if not isinstance(image, BlockImage) or not isinstance(image.block, DrawnChart) or not image.block.redraw:
        return None
    usual = image.block.drawing.height * PIXELS_A_POINT
    return BlockSpace(height - usual, usual)


def with_least_heights(placed: PlacedAtom, least: Mapping[str, float]) -> PlacedAtom:
    """Return an atom whose charts go no further down than they were drawn: by address, in points."""
    addresses = (image.get("src", "") for image in placed.charts)
    blocks = tuple(
        replace(space, least=least.get(next(addresses), 0) * PIXELS_A_POINT) if space.chart else space
        for space in placed.atom.blocks
    )
    return replace(placed, atom=replace(placed.atom, blocks=blocks)) if placed.charts else placed


class _Parts:
    """The parts of a block in the making."""

    def __init__(self) -> None:
        self.found: list[PlacedAtom] = []

    def begin(
        self, box: Box, *, frame: Box | None = None, toll: float = 0, lead: float = 0, row: int | None = None
    ) -> None:
        """Begin a part with a box in a frame."""
        inner = None if frame is None else frame.element
        self.found.append(PlacedAtom(Atom(*_edges(box), toll=toll, lead=lead), box.element, frame=inner, row=row))

    def reach(self, box: Box) -> None:
        """Have the last part reach down to the lower edge of a box."""
        last = self.found[-1]
        self.found[-1] = replace(last, atom=replace(last.atom, bottom=_edges(box)[1]))


def _table_parts(block: Box) -> list[PlacedAtom]:
    """Return the parts of a block's tables: each begins with a title or with a row, some rows from either end."""
    parts, is_below_table = _Parts(), True
    for box in (
        box for part in block.children for box in (part.children if TURNED in classes(part.element) else (part,))
    ):
        if is_below_table and (not parts.found or box.style["break_before"] not in _AVOIDED):
            parts.begin(box)
            is_below_table = False
        if "scroll" in classes(box.element):
            _add_rows(box, parts)
            is_below_table = True
        parts.reach(box)
    return parts.found


def _add_rows(frame: Box, parts: _Parts) -> None:
    """Add the parts of a table, but for the rows with which it begins."""
    table = next(box for box in frame.descendants() if isinstance(box, TableBox))
    groups = [group for group in table.children if isinstance(group, TableRowGroupBox)]
    head = sum(group.height for group in groups if group.is_header)
    rows = [row for group in groups if not group.is_header for row in _rows(group)]
    count, index = sum(own for _, own in rows), 0
    for box, own in rows:
        if own and FEWEST_ROWS <= index <= count - FEWEST_ROWS:
            parts.begin(box, frame=frame, toll=_SPLIT, lead=head, row=index)
        parts.reach(box)
        index += own


def _rows(group: Box) -> Iterator[tuple[Box, int]]:
    """Yield the boxes of rows, and how many rows of the table's body each holds."""
    for row in group.children:
        images = [box for cell in row.children for box in cell.children if isinstance(box, ReplacedBox)]
        drawn: list[tuple[Box, int]] = [
            (box, box.replacement.count) for box in images if isinstance(box.replacement, RowsImage)
        ]
        yield from drawn
        if not drawn:
            yield row, 0 if "total" in classes(group.element) else 1


def _text_parts(block: Box) -> list[PlacedAtom]:
    """Return the parts of a text: paragraphs and the items of lists, neither a few lines alone."""
    parts = _Parts()
    top, bottom = _edges(block)
    before: Box | None = None
    for box in _paragraphs(block):
        high = _edges(box)[0]
        is_alone = min(high - top, bottom - high) < _FEW_LINES
        is_kept = before is not None and (
            before.style["break_after"] in _AVOIDED or box.element_tag != before.element_tag
        )
        if not parts.found or not (is_alone or is_kept):
            parts.begin(box, toll=_PARAGRAPH)
        parts.reach(box)
        before = box
    return parts.found


def _paragraphs(block: Box) -> Iterator[Box]:
    """Yield the boxes of a text between which a page may begin."""
    for part in block.children:
        for box in part.children if "prose" in classes(part.element) else (part,):
            yield from box.children if box.element_tag in {"ol", "ul"} else (box,)


def _edges(box: Box) -> tuple[float, float]:
    """Return the upper and the lower edge of a box without its margins."""
    top = box.border_box_y()
    return top, top + box.border_height()
