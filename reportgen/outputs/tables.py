"""Tables as they are laid out on a page: how small, on its side, in how many parts."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit
from reportgen.outputs.language import words_of
from reportgen.outputs.layout import COLUMNS, width_mm
from reportgen.outputs.strips import strips_of
from reportgen.outputs.words import baseline_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Report, Table
    from reportgen.outputs.strips import Cell, Head, Strip

# How wide a printed page is, in em of table text, of the smaller text, and of that on a page turned on its side.
_PAGE_EM, _DENSE_EM, _TURNED_EM = 53.0, 60.0, 91.0
_PHONE_EM = 23.0
_SMALLEST = 0.94  # 7.5 pt, of the smaller text's 8 pt
_EVEN = 1.15  # of an even share: parts of about the same width, none squeezed
_MOST_NAMES = 0.5  # of a part's width, which the names of the rows may take
_COUNT = Unit("count")
_SIGNS = {"<": "<", "<=": "\N{LESS-THAN OR EQUAL TO}", ">": ">", ">=": "\N{GREATER-THAN OR EQUAL TO}"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is printed.

    Attributes:
        heads: One a column.
        rows: The rows shown.
        gone: One a row: whether it was found in the compared period only.
        total: The total row; None where there is none.
        shown: How many rows of the period are printed, in the digits of the locale.
        of: How many there are, likewise; empty where all rows are printed.
        hidden: How many rows found in the compared period only are not printed, likewise; empty where none is left out.
        uncompared: Why nothing is compared, in words; empty where something is or nothing was to be.
        dense: Whether it is set smaller, because a page is narrower than its text.
        turned: Whether it is printed on a page of its own that is turned on its side.
        need: How wide it asks to be, in em of its type.
        squeeze: By what its type has to be made smaller still to fit; 1 where it fits.
        part: Which part of the table it is, in words; empty where all columns are in one.
        limits: The author's limits in words; empty where there are none.
        wide: Whether a phone shows only a part of it at a time.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    gone: tuple[bool, ...]
    total: tuple[Cell, ...] | None
    shown: str
    of: str
    hidden: str
    uncompared: str
    dense: bool
    turned: bool
    need: float
    squeeze: float
    part: str
    limits: str
    wide: bool


_made: ContextVar[dict[tuple[int, int, bool], tuple[Table, tuple[Grid, ...]]] | None] = ContextVar("made", default=None)


@contextmanager
def tables_said_once() -> Iterator[None]:
    """Put each table of a report into words once while its files are made and audited.

    What is made of a table of 20,000 rows is the larger part of the work.
    """
    if _made.get() is not None:
        yield
        return
    token = _made.set({})
    try:
        yield
    finally:
        _made.reset(token)


def grids(table: Table, report: Report, width: int = COLUMNS, *, paged: bool = True) -> tuple[Grid, ...]:
    """Put a table into words, once within `tables_said_once`; see `_grids`."""
    made = _made.get()
    if made is None:
        return _grids(table, report, width, paged=paged)
    key = id(table), width, paged
    if key not in made:  # the table is kept, so that no other one is given its id
        made[key] = table, _grids(table, report, width, paged=paged)
    return made[key][1]


def _grids(table: Table, report: Report, width: int, *, paged: bool) -> tuple[Grid, ...]:
    """Put a table into words: its first `shown` rows, its total, and how many rows there are.

    A table that is too wide for its place is set smaller, then on a page of its own that is turned on
    its side, unless the author wants none; what would be smaller than 7.5 pt then goes on in a second
    part, which names its rows again. No column is lost.

    Args:
        table: What to print.
        report: Whose locale and compared period it is in.
        width: How many of the page's 12 columns it fills.
        paged: Whether it is printed on pages; on a screen it is scrolled and stays in one.
    """
    share = width_mm(width) / width_mm(COLUMNS)
    can_turn = width == COLUMNS and table.landscape is not False
    sizes = (_PAGE_EM * share, _DENSE_EM * share, *((_TURNED_EM,) if can_turn else ()))
    strips = strips_of(table, report, sizes)
    need = sum(strip.width for strip in strips)
    turned = can_turn and (need > _DENSE_EM or table.landscape is True)
    room = _TURNED_EM if turned else _DENSE_EM * share
    parts = _parts(table, strips, room / _SMALLEST) if paged else [strips]
    _ = words_of(report.locale).gettext
    return tuple(
        replace(
            _grid(table, report, part),
            dense=need > _PAGE_EM * share,
            turned=turned,
            squeeze=round(min(1.0, room / sum(strip.width for strip in part)), 2),
            part=_("Part %(num)s of %(of)s") % {"num": _said(at, report), "of": _said(len(parts), report)}
            if len(parts) > 1
            else "",
        )
        for at, part in enumerate(parts, 1)
    )


def _parts(table: Table, strips: Sequence[Strip], room: float) -> list[list[Strip]]:
    """Share the columns out, each beside what it is compared with; every part begins with the names of the rows."""
    if sum(strip.width for strip in strips) <= room:
        return [list(strips)]
    names = [strip for strip in strips if table.columns[strip.column].role == "dimension"]
    while len(names) > 1 and sum(strip.width for strip in names) > _MOST_NAMES * room:
        names.pop()
    others = [strip for strip in strips if strip not in names]
    left = room - sum(strip.width for strip in names)
    parts = _filled(others, left)
    even = _EVEN * sum(strip.width for strip in others) / len(parts)
    evened = _filled(others, min(even, left))
    return [[*names, *part] for part in (evened if len(evened) == len(parts) else parts)]


def _filled(strips: Sequence[Strip], room: float) -> list[list[Strip]]:
    """Fill part after part with the columns, at least one in each."""
    parts: list[list[Strip]] = [[]]
    for index in dict.fromkeys(strip.column for strip in strips):
        own = [strip for strip in strips if strip.column == index]
        if parts[-1] and sum(strip.width for strip in (*parts[-1], *own)) > room:
            parts.append([])
        parts[-1] += own
    return parts


def _grid(table: Table, report: Report, strips: Sequence[Strip]) -> Grid:
    need = sum(strip.width for strip in strips)
    gone = tuple(presence == "baseline" for presence in table.presence)
    shown_gone = sum(gone[: table.shown])
    hidden = sum(gone) - shown_gone
    return Grid(
        heads=tuple(replace(strip.head, share=round(100 * strip.width / need, 2)) for strip in strips),
        rows=tuple(zip(*(strip.cells for strip in strips), strict=True)),
        gone=(gone or (False,) * table.shown)[: table.shown],
        total=tuple(strip.total for strip in strips) if table.total or table.total_baseline else None,
        shown=_said(table.shown - shown_gone, report),
        of=_said(table.of - sum(gone), report) if table.shown < table.of else "",
        hidden=_said(hidden, report) if hidden else "",
        uncompared=baseline_words(table.baseline_missing, report),
        dense=False,
        turned=False,
        need=round(need, 1),
        squeeze=1,
        part="",
        limits=_limits(table, report),
        wide=need > _PHONE_EM,
    )


def _said(count: int, report: Report) -> str:
    return format_value(count, _COUNT, report.locale)


def _limits(table: Table, report: Report) -> str:
    """Return the author's limits of good and bad in words, so that no mark has to be guessed."""
    _ = words_of(report.locale).gettext
    said = {"good": _("good"), "warn": _("to be watched"), "bad": _("bad")}
    rules = ((column, rule) for column in table.columns if column.printed for rule in column.tones)
    lines = (
        f"{column.label} {_SIGNS[rule.comparison]} {_exact(rule.limit, column.unit, report.locale)}: {said[rule.tone]}"
        for column, rule in rules
    )
    return " \N{MIDDLE DOT} ".join(lines)


def _exact(limit: float, unit: Unit, locale: str) -> str:
    """Return a limit with all of its digits: a rounded one would contradict the values beside it."""
    scaled = Decimal(repr(limit)) * (100 if unit.name == "percent" else 1)
    exponent = scaled.normalize().as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    usual = (0 if unit.name == "count" else 1) if unit.decimals is None else unit.decimals
    return format_value(limit, replace(unit, decimals=digits) if digits > usual else unit, locale)
