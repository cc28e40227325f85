"""The names of a table's rows: how they join, and those that look alike and are not the same."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from reportgen.characters import unbroken
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.model import Table, Value

_MOST_NAMED = 3  # of the pairs of a caution


def joining_names(
    current: Sequence[tuple[Value, ...]], baseline: Sequence[tuple[Value, ...]]
) -> tuple[list[tuple[Value, ...]], list[tuple[Value, ...]]]:
    """Return the names by which rows of two periods join: without outer spaces, and in a single form of Unicode.

    Names that would become the same within a period are left as they came.
    """
    counts = [Counter(map(trimmed, rows)) for rows in (current, baseline)]
    shared = {name for count in counts for name in count if count[name] > 1}
    now, then = ([name if trimmed(name) in shared else trimmed(name) for name in rows] for rows in (current, baseline))
    return now, then


def name_cautions(table: Table) -> Iterator[Caution]:
    """Yield a caution where names of rows differ in capitals, spaces or forms of letters alone."""
    columns = [column.values for column in table.columns if column.role == "dimension"]
    alike: dict[tuple[Value, ...], dict[tuple[Value, ...], None]] = {}
    for name in zip(*columns, strict=True):
        alike.setdefault(_folded(name), {})[name] = None
    twins = [tuple(names) for names in alike.values() if len(names) > 1]
    if twins:
        shown = "; ".join(" and ".join(map(_quoted, names)) for names in twins[:_MOST_NAMED])
        more = f"; and {len(twins) - _MOST_NAMED} more" if len(twins) > _MOST_NAMED else ""
        text = f"names of rows that differ in capitals, spaces or forms of letters alone: {shown}{more}"
        yield Caution("W-NAMES", f"{text}; they are counted as rows of their own")


def trimmed(name: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return a name by which it joins: without outer spaces, and in a single form of Unicode."""
    return tuple(unicodedata.normalize("NFC", part).strip() if isinstance(part, str) else part for part in name)


def _folded(name: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(
        " ".join(unicodedata.normalize("NFKC", part).casefold().split()) if isinstance(part, str) else part
        for part in name
    )


def _quoted(name: tuple[Value, ...]) -> str:
    return ", ".join(f"'{unbroken(str(part))}'" for part in name)
