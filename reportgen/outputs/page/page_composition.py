"""The composition of pages: where each begins, and how high its charts are, chosen for many pages at once.

As a paragraph's line breaks are chosen (Knuth and Plass, "Breaking paragraphs into lines", 1981): each page has a cost,
and the breaks are those of the least sum. Lengths are in any unit, the same for all.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from math import ceil, inf
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Begin: TypeAlias = Literal["may", "never", "must", "turns"]
"""Whether a page begins with an atom: it must where the author wants it, and where the page turns on its side."""

MOST_BLANK = 1 / 3
"""The share of a page that may be empty."""

LEAST, USUAL, LARGEST = 75, 100, 120
"""Percent of their usual height between which charts give way, and the gaps above rows with them."""

_MUST: frozenset[Begin] = frozenset({"must", "turns"})
_FULL_ENOUGH = 0.08  # the share of a page whose emptiness nobody sees
_EMPTINESS = 100.0  # cost of the square of a blank share
_TOO_EMPTY, _EMPTIER = 20.0, 30.0  # cost of a blank share over the most, and of what it is over that
_TALLER, _LOWER = 12.0, 24.0  # cost of the square of a change of the height of charts
_PAGE, _LAST_PAGE = 0.05, 3.0  # cost of a page; of the square of the last page's blank share
FEWEST_ROWS, _FEW_ROWS = 3, 60.0  # rows of a table on a page, at least, and the cost of a page between with fewer
_TORN = 15.0  # cost of a page that ends in a table whose last rows it has room for
_AGAINST_KEEPING = 30.0  # cost of a page that begins with what stands with the atom before
_AGAINST_FLOW, _WITH_FLOW = 10.0, 0.3  # cost of a section that follows on, and of a section that does so for a reason


@dataclass(frozen=True, slots=True)
class BlockSpace:
    """The height of a block that may hold a chart.

    Attributes:
        fixed: Of all but a chart that gives way.
        chart: Of that chart, as it is usually drawn; 0 without.
        least: Of that chart, below which it does not go whatever is asked.
    """

    fixed: float
    chart: float = 0
    least: float = 0

    def height(self, percent: int) -> float:
        """Return the block's height where its chart is drawn at a percentage of its usual height."""
        return self.fixed + max(self.chart * percent / 100, self.least)


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a report that stands on a single page, as it stands on a page without an end.

    Attributes:
        top: Its upper edge, below the gap to the atom before.
        bottom: Its lower edge.
        page: Height of the page that begins with it.
        begins: Whether a page begins with it.
        toll: Cost of a page that begins with it.
        lead: Height that is added where a page begins with it, such as the repeated heads of a table.
        gaps: The least, the usual and the largest gap above it; equal where it does not give way.
        section: The flow of the section that it opens: `auto` begins a page by preference, `continuous` does not care;
            None where it opens none.
        shift: Height that is added where no page begins with it.
        blocks: The blocks that stand side by side in it, if a chart of them gives way; else none.
        table: Number of the table with whose row it begins; 0 where it begins with none.
    """

    top: float
    bottom: float
    page: float = 0
    begins: Begin = "may"
    toll: float = 0
    lead: float = 0
    gaps: tuple[float, float, float] = (0, 0, 0)
    section: Literal["auto", "continuous"] | None = None
    shift: float = 0
    blocks: tuple[BlockSpace, ...] = ()
    table: int = 0

    def change(self, percent: int) -> float:
        """Return how much higher it is where its charts are drawn at a percentage of their usual height."""
        if not self.blocks:
            return 0
        return max(space.height(percent) for space in self.blocks) - max(space.height(USUAL) for space in self.blocks)

    def gap(self, percent: int) -> float:
        """Return the gap above it where charts are drawn at a percentage of their usual height."""
        least, usual, largest = self.gaps
        other, most = (least, LEAST) if percent < USUAL else (largest, LARGEST)
        return usual + (other - usual) * (percent - USUAL) / (most - USUAL)


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page: the index of its first atom, and how much its charts and gaps give way, in percent of a usual chart."""

    first: int
    percent: int = USUAL


def compose(atoms: Sequence[Atom]) -> tuple[PlannedPage, ...]:
    """Return the pages of the least cost.

    The reading order holds, and no page begins with an atom that never begins one, unless what stands before it leaves
    it no room. Atoms that are higher than a page are left to the page engine, which breaks inside of them.

    Args:
        atoms: Of a whole report, from top to bottom; the first begins a page.
    """
    pages = PossiblePages(atoms := with_room(atoms))
    best: list[float] = [0.0, *[inf] * len(atoms)]
    chosen: list[PlannedPage] = [PlannedPage(0)] * (len(atoms) + 1)
    for end in pages.ends:
        for first in reversed([*pages.firsts(end)]):  # full pages first: half empty ones then need no further look
            if best[first] == inf or best[first] + pages.least_cost(first, end) > best[end]:
                continue
            cost, percent = pages.cost(first, end)
            if best[first] + cost <= best[end]:
                best[end], chosen[end] = best[first] + cost, PlannedPage(first, percent)
    found: list[PlannedPage] = []
    end = len(atoms)
    while end:
        found.append(chosen[end])
        end = chosen[end].first
    return tuple(reversed(found))


def with_room(atoms: Sequence[Atom]) -> Sequence[Atom]:
    """Return atoms of which each finds room on a page, if it is not higher than that.

    What stands with atoms before it begins a page, at a cost, where no page has room for all of them.
    """
    found = list(atoms)
    begins = [at for at, atom in enumerate(atoms) if not at or atom.begins != "never"]
    for begin, end in pairwise([*begins, len(atoms)]):
        if _is_crowded(atoms[begin:end]):
            kept = atoms[begin + 1 : end]
            found[begin + 1 : end] = (replace(atom, begins="may", toll=atom.toll + _AGAINST_KEEPING) for atom in kept)
    return found


def _is_crowded(chain: Sequence[Atom]) -> bool:
    """Return whether no page has room for atoms that stand together, though it has for each."""
    most = chain[-1].bottom - chain[0].top + sum(abs(atom.lead) + abs(atom.shift) for atom in chain)
    if not chain[1:] or most <= chain[0].page:
        return False
    pages = PossiblePages(chain)
    return not pages.fits(0, len(chain)) and all(pages.fits(at, at + 1) for at in range(len(chain)))


class PossiblePages:
    """The pages that atoms can make, and their costs.

    Attributes:
        least: The least height of charts that is tried, in percent of the usual.
    """

    def __init__(self, atoms: Sequence[Atom]) -> None:
        """Add up the heights of a report's atoms, for all heights of charts."""
        self._atoms = atoms
        gives = any(atom.blocks or len({*atom.gaps}) > 1 for atom in atoms)
        percents = range(LEAST, LARGEST + 1) if gives else (USUAL,)
        self.least, self._most = percents[0], percents[-1]
        self._edges = [_edges(atoms, percent) for percent in percents]
        self._too_high = list(accumulate(self._chains(), initial=0.0))
        tables = ([*rows] for _, rows in groupby(range(len(atoms)), key=lambda at: atoms[at].table))
        self._table_ends = [rows[-1] + 1 for rows in tables for _ in rows]
        self._sections = [at for at, atom in enumerate(atoms) if atom.section == "auto"]
        self._slack = 2 * max((abs(atom.lead) + abs(atom.shift) for atom in atoms), default=0)

    @property
    def ends(self) -> Iterator[int]:
        """The ends of pages: indices of atoms that may begin the next page, and the end of all."""
        atoms = self._atoms
        return (end for end in range(1, len(atoms) + 1) if end == len(atoms) or atoms[end].begins != "never")

    def fits(self, first: int, end: int) -> bool:
        """Return whether a page has room for atoms, with their charts as low as they can be."""
        return self.used(first, end, self.least) <= self._atoms[first].page

    def firsts(self, end: int) -> Iterator[int]:
        """Yield the first atoms of the pages that end before an atom."""
        for first in reversed(range(end)):
            begins = self._atoms[first].begins
            if first and begins == "never":
                continue
            over = self.used(first, end, self.least) - self._atoms[first].page
            own = self._too_high[end] - self._too_high[first]
            if over <= own:  # the rest of it fits a page
                yield first
            if over - own > self._slack or begins in _MUST:
                return

    def used(self, first: int, end: int, percent: int = USUAL) -> float:
        """Return the height of the atoms from a first to an end, where a page begins with the first."""
        tops, bottoms = self._edges[percent - self.least]
        return bottoms[end - 1] - tops[first]

    def least_cost(self, first: int, end: int) -> float:
        """Return what a page costs at least: with the tallest charts it is as full as it can be."""
        blank = 1 - self.used(first, end, self._most) / self._atoms[first].page
        return _PAGE + self._emptiness(max(0, blank), end)

    def cost(self, first: int, end: int) -> tuple[float, int]:
        """Return the least cost of a page, and how much its charts and gaps give way, in percent."""
        over = self.used(first, end, self.least) > self._atoms[first].page
        cost, percent = self._left_to_engine(first, end) if over else self._cheapest(first, end)
        rows = self._few_rows(first, end) + self._torn(first, end)
        return cost + self._atoms[first].toll + self._flow(first, end) + rows, percent

    def _chains(self) -> Iterator[float]:
        """Yield of each atom the height of the chain that ends with it, if no page holds that chain; else 0.

        A chain is a sequence of atoms that no break parts.
        """
        begin, atoms = 0, self._atoms
        for at in range(len(atoms)):
            begin = at if atoms[at].begins != "never" else begin
            is_end = at + 1 == len(atoms) or atoms[at + 1].begins != "never"
            height = self.used(begin, at + 1, self.least) if is_end else 0
            yield height if height > atoms[begin].page else 0

    def _left_to_engine(self, first: int, end: int) -> tuple[float, int]:
        """Return the cost of pages that the engine breaks itself."""
        full = self.used(first, end) / self._atoms[first].page
        count = ceil(full)
        blank = count - full
        return count * _PAGE + self._emptiness(blank, end), USUAL

    def _cheapest(self, first: int, end: int) -> tuple[float, int]:
        """Return the least cost of a page for its blank share and its charts, and their height.

        Charts and gaps shrink no more than it takes, and on the last page nothing becomes taller.
        """
        page, usual = self._atoms[first].page, self.used(first, end)
        if usual > page:
            percent = self._largest_that_fits(first, end)
            change = (percent - USUAL) / 100
            blank = 1 - self.used(first, end, percent) / page
            return _PAGE + self._emptiness(blank, end) + _LOWER * change**2, percent
        best = _PAGE + self._emptiness(1 - usual / page, end), USUAL
        if end == len(self._atoms) or usual >= page * (1 - _FULL_ENOUGH) or self.used(first, end, self._most) <= usual:
            return best
        for percent in range(USUAL + 1, self._most + 1):
            blank = 1 - self.used(first, end, percent) / page
            taller = _PAGE + _TALLER * ((percent - USUAL) / 100) ** 2
            if blank < 0 or taller >= best[0]:
                break
            best = min(best, (taller + self._emptiness(blank, end), percent), key=lambda found: found[0])
        return best

    def _largest_that_fits(self, first: int, end: int) -> int:
        """Return the largest height of charts, in percent below the usual, with which atoms fit a page."""
        page = self._atoms[first].page
        return bisect_right(range(self.least, USUAL), page, key=lambda percent: self.used(first, end, percent)) + (
            self.least - 1
        )

    def _emptiness(self, blank: float, end: int) -> float:
        """Return the cost of the blank share of a page."""
        if end == len(self._atoms):
            return _LAST_PAGE * blank**2
        seen = _EMPTINESS * max(0, min(blank, MOST_BLANK) - _FULL_ENOUGH) ** 2
        if blank <= MOST_BLANK or self._atoms[end].begins == "must":
            return seen
        return seen + _TOO_EMPTY + _EMPTIER * (blank - MOST_BLANK)  # one such page is better than two

    def _few_rows(self, first: int, end: int) -> float:
        """Return the cost of a page that has nothing but a few rows from the middle of a table."""
        table = self._atoms[first].table
        is_between = table and end < len(self._atoms) and self._atoms[end].table == table
        return _FEW_ROWS if is_between and end - first < FEWEST_ROWS else 0

    def _torn(self, first: int, end: int) -> float:
        """Return the cost of a page that ends in a table though the rest of it would stand on that page."""
        if end == len(self._atoms) or not self._atoms[end].table:
            return 0
        return _TORN if self.used(first, self._table_ends[end]) <= self._atoms[first].page else 0

    def _flow(self, first: int, end: int) -> float:
        """Return the cost of the sections that begin below the top of a page."""
        cost = 0.0
        for at in self._sections[bisect_right(self._sections, first) : bisect_left(self._sections, end)]:
            blank = 1 - self.used(first, at) / self._atoms[first].page
            cost += _AGAINST_FLOW if blank < MOST_BLANK else _WITH_FLOW
        return cost


def _edges(atoms: Sequence[Atom], percent: int) -> tuple[array[float], array[float]]:
    """Return the tops of atoms, as they are where pages begin with them, and their bottoms, at a height of charts.

    Both are on one scale: a page is as high as the bottom of its last atom is below the top of its first. A long table
    has thousands of atoms, and charts dozens of heights.
    """
    tops, bottoms = array("d"), array("d")
    taller = moved = 0.0  # by how much charts are taller up to here, and atoms lower that begin no page
    for atom in atoms:
        _, usual, _ = atom.gaps
        moved += atom.shift + (atom.gap(percent) - usual if usual else 0)
        tops.append(atom.top - atom.lead + taller + moved)
        taller += atom.change(percent)
        bottoms.append(atom.bottom + taller + moved)
    return tops, bottoms
