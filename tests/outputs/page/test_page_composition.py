"""Pages whose breaks and charts are chosen together."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from math import inf
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.outputs.page.page_composition import (
    LARGEST,
    LEAST,
    USUAL,
    Atom,
    BlockSpace,
    PlannedPage,
    PossiblePages,
    compose,
    with_room,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = 100.0
GAP = 4.0


def stacked(atoms: Sequence[Atom]) -> list[Atom]:
    """Return atoms one below the other, each as high as its bottom says."""
    found, top = [], 0.0
    for atom in atoms:
        found.append(replace(atom, top=top, bottom=top + atom.bottom, page=PAGE))
        top = found[-1].bottom + GAP
    return found


def plain(*heights: float) -> list[Atom]:
    """Return atoms of some heights."""
    return stacked([Atom(0, height) for height in heights])


def chart(height: float, fixed: float = 10) -> Atom:
    """Return a row with a chart that gives way."""
    space = BlockSpace(fixed, height - fixed, (height - fixed) * LEAST / USUAL)
    return Atom(0, height, blocks=(space,))


def firsts(atoms: Sequence[Atom]) -> list[int]:
    """Return the first atoms of the pages that are chosen."""
    return [page.first for page in compose(atoms)]


def test_a_report_that_fits_a_page_is_a_page() -> None:
    """Nothing is parted without need, and nothing becomes taller to fill the page."""
    assert compose(stacked([chart(50), Atom(0, 20)])) == (PlannedPage(0, USUAL),)
    assert compose([]) == ()


def test_pages_share_their_emptiness() -> None:
    """Where the first page could be full and leave a last row alone, reports still end where they end."""
    assert firsts(plain(30, 30, 30, 30)) == [0, 3]


def test_no_page_is_nearly_empty_so_that_those_behind_it_are_full() -> None:
    """A row of cards is not left alone on a page where what follows would leave the last page emptier instead."""
    assert firsts(plain(22, 6, 26, 44, 24, 28)) == [0, 3, 5]


def test_no_page_begins_behind_a_heading() -> None:
    """A heading at the end of a page goes over with what follows."""
    atoms = plain(60, 20, 10, 40)
    assert firsts(atoms) == [0, 3]
    atoms[3] = replace(atoms[3], begins="never")
    assert firsts(atoms) == [0, 2]


def test_charts_give_way_for_a_row_that_would_go_over() -> None:
    """Charts become lower where another row fits then, but not below their least height."""
    (page,) = compose(stacked([chart(60), Atom(0, 45)]))
    assert (page.first, page.percent) == (0, 82)
    assert firsts(stacked([chart(60), Atom(0, 60)])) == [0, 1]


def test_charts_take_room_that_would_stay_empty() -> None:
    """On a page that is not the last they become taller, up to their largest height."""
    pages = compose(stacked([chart(74), Atom(0, 60), Atom(0, 30)]))
    assert [page.first for page in pages] == [0, 1]
    assert USUAL < pages[0].percent <= LARGEST


def test_a_rigid_block_beside_a_chart_keeps_its_height() -> None:
    """A row is as high as its highest block, whatever its chart gives."""
    beside = replace(chart(60), blocks=(*chart(60).blocks, BlockSpace(55)))
    assert beside.change(LEAST) == -5


@pytest.mark.parametrize(("flow", "pages"), [("auto", [0, 1]), ("continuous", [0])])
def test_a_section_begins_a_page_where_the_page_before_is_full_enough(flow: str, pages: list[int]) -> None:
    """With `auto` it does above two thirds, with `continuous` it follows on."""
    atoms = plain(70, 20)
    atoms[1] = replace(atoms[1], section="auto" if flow == "auto" else "continuous")
    assert firsts(atoms) == pages


def test_a_section_follows_on_below_a_page_that_would_be_too_empty() -> None:
    """A third of a page is the most that a section leaves empty."""
    atoms = plain(60, 30)
    atoms[1] = replace(atoms[1], section="auto")
    assert firsts(atoms) == [0]


def test_the_author_begins_pages() -> None:
    """Their breaks are kept however empty the page before is."""
    atoms = plain(10, 10, 10)
    atoms[1] = replace(atoms[1], begins="must")
    assert firsts(atoms) == [0, 1]


def test_the_heads_of_a_table_are_counted_where_they_come_again() -> None:
    """A page that begins inside a table is as much fuller as its heads are high."""
    atoms = plain(96, 90, 4)
    assert firsts(atoms) == [0, 1]
    atoms[1] = replace(atoms[1], lead=8)
    assert firsts(atoms) == [0, 1, 2]


def test_no_page_has_only_a_few_rows_from_the_middle_of_a_table() -> None:
    """Two rows are not left alone between a page that is full and the rows that go with what follows."""
    begun, rows = Atom(0, 20), [Atom(0, 10, table=1)] * 5
    atoms = stacked([Atom(0, 64), begun, *rows, Atom(0, 40), Atom(0, 95)])
    assert firsts([replace(atom, table=0) for atom in atoms]) == [0, 2, 4, 8]
    found = firsts(atoms)
    middle = [end - first for first, end in pairwise(found) if first > 1 and end < 7]
    assert all(count >= 3 for count in middle), found


def test_a_table_that_its_page_has_room_for_is_not_parted() -> None:
    """Rows do not move on to fill the page of what follows, and do where the page has no room for all of them."""
    begun, rows = Atom(0, 56), [Atom(0, 6, toll=1)] * 3
    pages = [begun, *rows, Atom(0, 70), Atom(0, 95)]
    assert firsts(stacked(pages)) not in ([0, 4, 5], [0])
    tabled = [begun, *(replace(row, table=1) for row in rows), *pages[4:]]
    assert firsts(stacked(tabled)) == [0, 4, 5]
    assert firsts(stacked([Atom(0, 80), *tabled[1:]])) != [0, 4, 5]


def test_what_is_higher_than_a_page_is_left_to_the_page_engine() -> None:
    """It does not begin a page of its own where the page before has room."""
    assert firsts(plain(20, 250, 20)) == [0]
    assert firsts(plain(20, 250, 90)) == [0, 2]


def test_pages_that_are_turned_have_their_own_height() -> None:
    """An atom that turns the page begins a page, which is as high as it says."""
    atoms = plain(20, 60, 20)
    atoms[1] = replace(atoms[1], page=70, begins="turns")
    assert firsts(atoms) == [0, 1, 2]


BEGINS = st.sampled_from(["may", "may", "may", "never", "must"])
HEIGHTS = st.integers(2, 70).map(float)
ATOMS = st.builds(
    lambda height, begins, toll, lead, section, elastic: replace(
        chart(max(height, 20)) if elastic else Atom(0, height),
        begins="may" if section else begins,
        toll=toll,
        lead=lead,
        section=section,
    ),
    HEIGHTS,
    BEGINS,
    st.sampled_from([0.0, 1.0, 2.0]),
    st.sampled_from([0.0, 3.0]),
    st.sampled_from([None, None, "auto", "continuous"]),
    st.booleans(),
)
REPORTS = st.lists(ATOMS, min_size=1, max_size=9).map(stacked)


def chains(atoms: Sequence[Atom]) -> Iterator[tuple[int, int]]:
    """Yield the first atoms and the ends of sequences that no break parts."""
    begun = [at for at, atom in enumerate(atoms) if not at or atom.begins != "never"]
    return pairwise([*begun, len(atoms)])


def is_allowed(first: int, end: int, atoms: Sequence[Atom]) -> bool:
    """Return whether atoms fit a page, but for such as the page engine has to break itself."""
    pages = PossiblePages(atoms)
    heights = [pages.used(*chain, pages.least) for chain in chains(atoms) if first <= chain[0] and chain[1] <= end]
    too_high = sum(height for height in heights if height > PAGE)
    begins_inside = any(atom.begins == "must" for atom in atoms[first + 1 : end])
    return not begins_inside and pages.used(first, end, pages.least) - too_high <= PAGE


def cheapest(atoms: Sequence[Atom]) -> float:
    """Return the least cost of all ways to part some atoms into pages."""
    pages, inner = PossiblePages(atoms), range(1, len(atoms))
    costs = {
        (first, end): pages.cost(first, end)[0] if is_allowed(first, end, atoms) else inf
        for first, end in combinations(range(len(atoms) + 1), 2)
    }
    ways = (
        [0, *breaks, len(atoms)]
        for count in range(len(atoms))
        for breaks in combinations(inner, count)
        if all(atoms[at].begins != "never" for at in breaks)
    )
    return min(sum(map(costs.__getitem__, pairwise(way))) for way in ways)


@given(REPORTS)
def test_no_other_pages_cost_less(atoms: list[Atom]) -> None:
    """The cost of the chosen pages is the least of all ways to part the atoms."""
    atoms = [*with_room(atoms)]
    pages, chosen = PossiblePages(atoms), compose(atoms)
    ends = [page.first for page in chosen[1:]] + [len(atoms)]
    costs = [pages.cost(page.first, end) for page, end in zip(chosen, ends, strict=True)]
    assert sum(cost for cost, _ in costs) == pytest.approx(cheapest(atoms))
    assert [page.percent for page in chosen] == [percent for _, percent in costs]


@given(st.lists(ATOMS, min_size=1, max_size=60).map(stacked))
def test_the_rules_of_pages_hold(atoms: list[Atom]) -> None:
    """The order holds; pages begin where they must and never where they may not; none is overfull that need not be."""
    atoms = [*with_room(atoms)]
    pages, chosen = PossiblePages(atoms), compose(atoms)
    begun = [page.first for page in chosen]
    assert begun == sorted(set(begun))
    assert begun[0] == 0
    assert all(atoms[at].begins != "never" for at in begun[1:])
    assert {at for at, atom in enumerate(atoms) if at and atom.begins == "must"} <= set(begun)
    assert all(LEAST <= page.percent <= LARGEST for page in chosen)
    for page, end in zip(chosen, [*begun[1:], len(atoms)], strict=True):
        full = pages.used(page.first, end, page.percent) <= PAGE
        assert full or is_allowed(page.first, end, atoms)


def test_what_finds_no_room_below_its_title_begins_a_page() -> None:
    """A title stays with what follows while a page has room for both; what is too high for that has its own."""
    title, high = Atom(0, 20), replace(chart(98), begins="never")
    low = replace(high, bottom=80, blocks=())
    assert firsts(stacked([title, replace(low, bottom=70)])) == [0]
    assert firsts(stacked([title, low])) == [0, 1]
    assert compose(stacked([title, high])) == (PlannedPage(0, LEAST),)
    assert firsts(stacked([Atom(0, 50), title, low])) == [0, 2]
