"""The planned pages of a document, and their marks in the tree of boxes that is laid out or in a stylesheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.formatting_structure.boxes import TableBox

from reportgen.outputs.page.lengths import PIXELS_A_POINT, mm
from reportgen.outputs.page.page_composition import USUAL, compose
from reportgen.outputs.pdf.weasyprint70.page_atoms import TURNED, below, classes, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint.formatting_structure.boxes import Box

    from reportgen.outputs.page.lengths import Length
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.page_composition import PlannedPage
    from reportgen.outputs.pdf.weasyprint70.page_atoms import PlacedAtom


@dataclass(frozen=True, slots=True)
class PlannedPages:
    """The pages of a document, and the atoms on them."""

    atoms: Sequence[PlacedAtom]
    pages: Sequence[PlannedPage]

    @property
    def breaks(self) -> Iterator[PlacedAtom]:
        """The atoms with which pages begin, but for the first."""
        return (self.atoms[page.first] for page in self.pages[1:])

    @property
    def following(self) -> Iterator[Element]:
        """The sections that begin below the top of a page."""
        firsts = {page.first for page in self.pages}
        return (placed.element for at, placed in enumerate(self.atoms) if placed.atom.section and at not in firsts)

    @property
    def charts(self) -> Iterator[tuple[str, int]]:
        """The addresses of charts that give way, with their height in percent of the usual."""
        for percent, atoms in self._giving:
            yield from ((image.get("src", ""), percent) for placed in atoms for image in placed.charts)

    @property
    def margins(self) -> Iterator[tuple[Element, float]]:
        """The rows under gaps that give way, with the margin above them in pixels; that of the row before stays."""
        for percent, atoms in self._giving:
            for before, placed in pairwise(atoms):
                gap, usual = placed.atom.gap(percent), placed.atom.gap(USUAL)
                if gap != usual:
                    yield placed.element, gap if gap >= before.margin else gap - before.margin

    @property
    def finished(self) -> Iterator[Box]:
        """The rows that stand on their pages as they are laid out: whole, upright, with their usual charts."""
        redrawn, widened = {address for address, _ in self.charts}, [*self.widened]
        begun = {page.first for page in self.pages}
        for box, run in groupby(enumerate(self.atoms), key=lambda found: found[1].box):
            atoms = list(run)
            is_parted = any(at in begun for at, _ in atoms[1:])
            is_redrawn = any(image.get("src") in redrawn for _, placed in atoms for image in placed.charts)
            if box is None or is_parted or is_redrawn or box.border_height() > atoms[0][1].atom.page:
                continue
            is_upright = not any(TURNED in classes(element) for element in box.element.iter())
            if is_upright and box.element not in widened:
                yield box

    @property
    def widened(self) -> Iterator[Element]:
        """The last section, if it stands on a page that is turned on its side: it is as wide as that page."""
        if self.atoms[self.pages[-1].first].is_turned and "about" in classes(self.atoms[-1].element):
            yield self.atoms[-1].element

    @property
    def _giving(self) -> Iterator[tuple[int, Sequence[PlacedAtom]]]:
        """The pages whose charts and gaps give way: in percent of the usual, and their atoms."""
        ends = [page.first for page in self.pages[1:]] + [len(self.atoms)]
        pages = zip(self.pages, ends, strict=True)
        return ((page.percent, self.atoms[page.first : end]) for page, end in pages if page.percent != USUAL)


def planned_pages(stretches: Iterable[Sequence[PlacedAtom]], measures: Measures) -> PlannedPages:
    """Return the planned pages of atoms that were laid out on pages without an end, from top to bottom of each."""
    atoms: list[PlacedAtom] = []
    tables: dict[Element, int] = {}
    gap = 3 * measures.paper.step.points * PIXELS_A_POINT  # as under a row
    for stretch in stretches:
        before = atoms[-1] if atoms else None
        lower = before.atom.bottom + gap - stretch[0].atom.top if before else 0
        for at, placed in enumerate(stretch):
            atom = replace(placed.atom, top=placed.atom.top + lower, bottom=placed.atom.bottom + lower)
            if placed.frame is not None and placed.row is not None:
                atom = replace(atom, table=tables.setdefault(placed.frame, len(tables) + 1))
            if before and not at:
                atom = below(before, replace(placed, atom=atom), measures)
            atoms.append(replace(placed, atom=atom))
    return PlannedPages(atoms, compose([placed.atom for placed in atoms]))


def mark_breaks(boxes: Mapping[Element, Box], planned: PlannedPages, measures: Measures) -> None:
    """Mark the breaks of planned pages in boxes that are to be laid out, which are given by their elements."""
    for placed in planned.breaks:
        restyle(boxes[placed.element], break_before="page", margin_top=ZERO_PIXELS)
        if placed.frame is not None:
            restyle(boxes[placed.frame], break_inside="auto")
        for header in placed.element.findall("header"):
            restyle(boxes[header], margin_top=ZERO_PIXELS)
    for row, margin in planned.margins:
        restyle(boxes[row], margin_top=ZERO_PIXELS._replace(value=margin))
    for section in planned.following:
        for header in section.findall("header"):
            _make_follow(boxes[header], measures)
    width = _bleed_width(measures)
    for columns in (part for section in planned.widened for part in section if "columns" in classes(part)):
        table = next(box for box in boxes[columns].descendants() if isinstance(box, TableBox))
        restyle(table, width=ZERO_PIXELS._replace(value=width.points * PIXELS_A_POINT))


def _bleed_width(measures: Measures) -> Length:
    """Return the width of columns on a page that is turned on its side, with the gaps before and behind them."""
    return mm(measures.turned_width.value + 2 * measures.paper.gutter.value)


def _make_follow(header: Box, measures: Measures) -> None:
    """Set the header of a section that begins below the top of a page: a smaller title, with a gap above."""
    gap, style = measures.page.section_gap, measures.paper.h2
    restyle(header, margin_top=ZERO_PIXELS._replace(value=gap.points * PIXELS_A_POINT))
    title = title_of(header)
    if title is None:
        return
    restyle(
        title,
        font_size=style.size.points * PIXELS_A_POINT,
        font_weight=style.weight,
        line_height=ZERO_PIXELS._replace(value=style.line.points * PIXELS_A_POINT),
        letter_spacing=0,
        margin_left=ZERO_PIXELS,
        margin_right=ZERO_PIXELS,
    )
    for box in list(title.descendants())[1:]:
        box.style = title.style.anonymous_style


def restyle(box: Box, **values: object) -> None:
    """Change the style of a box alone: boxes of elements that are alike share theirs."""
    box.style = box.style.copy()
    box.style.update(values)


@dataclass(frozen=True, slots=True)
class BreakRules:
    """Planned pages in the words of a stylesheet, for a page that the page engine sets alone.

    Attributes:
        css: The rules of the breaks.
        charts: Height of charts in percent of the usual, by the names of their blocks.
    """

    css: str
    charts: Mapping[str, int]


def break_rules(planned: PlannedPages, page: Element, measures: Measures) -> str:
    """Return the rules of the breaks of planned pages, for the tree of a page."""
    above = {child: parent for parent in page.iter() for child in parent}
    gap, style = measures.page.section_gap, measures.paper.h2
    title = f"font-size:{style.size};font-weight:{style.weight};line-height:{style.line};letter-spacing:0;margin:0"
    rules = [".part+.part{break-before:auto}"]
    for placed in planned.breaks:
        begun = _selector(placed.element, above)
        if placed.frame is not None:
            frame = _selector(placed.frame, above)
            begun = f"{frame} tbody:not(.total) tr:nth-child({(placed.row or 0) + 1})"
            rules.append(f"{frame}{{break-inside:auto}}")
        rules += [f"{begun}{{break-before:page;margin-top:0}}", f"{begun}>header{{margin-top:0}}"]
    rules += [f"{_selector(row, above)}{{margin-top:{margin:.4f}px}}" for row, margin in planned.margins]
    for section in planned.following:
        header = f"{_selector(section, above)}>header"
        rules += [f"{header}{{margin-top:{gap}}}", f"{header} h2{{{title}}}"]
    for section in planned.widened:
        rules.append(f"{_selector(section, above)}>.columns{{width:{_bleed_width(measures)}}}")
    return "\n".join(rules)


def _selector(element: Element, above: Mapping[Element, Element]) -> str:
    """Return the selector of an element, by its place from the end below the nearest element with an id."""
    steps: list[str] = []
    while not element.get("id") and (parent := above.get(element)) is not None:
        steps.append(f">:nth-last-child({len(parent) - list(parent).index(element)})")
        element = parent
    begin = f"#{element.get('id')}" if element.get("id") else element.tag
    return begin + "".join(reversed(steps))
