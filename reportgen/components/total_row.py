"""The API's own total row of a table, known by its name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from reportgen.components.yaml_models import Text, yes_or_no
from reportgen.model import Caution
from reportgen.queries import RichCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Value
    from reportgen.queries import Cell


def _named(written: object) -> object:
    name = yes_or_no(written)
    if name is True or isinstance(name, list | dict):
        raise ValueError(
            "takes the name of the API's last row where that is a total under a name of its own, such as "
            "total_row: Everything; rows called Total and the like are known: leave total_row out"
        )
    return name


TotalName: TypeAlias = Annotated[
    Text | Literal[False] | None,
    BeforeValidator(_named),
    Field(
        description="The name of the API's total, where the last row is a total under a name of its own; "
        "`false`: the last row is a row like the others. Left out, words for total are known in ten languages."
    ),
]
"""What the author says of a table's last row."""

_WORDS = frozenset(
    unicodedata.normalize("NFC", word).casefold()
    for word in (
        *("total", "totals", "grand total", "overall total"),
        *("totais", "total geral", "soma total"),
        *("totales", "total general", "gran total", "suma total"),
        *("totaux", "total général", "total global", "somme totale"),
        *("gesamt", "gesamtsumme", "gesamtergebnis", "insgesamt", "summe"),
        *("totale", "totali", "totale generale", "totale complessivo", "somma totale"),
        *("totaal", "totalen", "eindtotaal", "algemeen totaal"),
        *("الإجمالي", "إجمالي", "الاجمالي", "المجموع", "مجموع", "المجموع الكلي", "الإجمالي الكلي"),
        *("合計", "総計", "総合計", "トータル"),
        *("总计", "合计", "總計", "总和", "總和", "共计"),
    )
)
"""Words for total: English, Portuguese, Spanish, French, German, Italian, Dutch, Arabic, Japanese and Chinese."""
_COLONS = ":\N{FULLWIDTH COLON}"


def without_total(
    rows: list[tuple[Cell, ...]], name: str | Literal[False] | None = None, *, alone: bool = False
) -> tuple[list[tuple[Cell, ...]], tuple[Cell, ...] | None]:
    """Return the rows without the API's total, and the total: a last row whose first cell is a word for total.

    A row of that name elsewhere is a row.

    Args:
        rows: The rows as answered.
        name: What the author says of the last row; see `TotalName`.
        alone: Whether a single row may be the total of rows that did not come.
    """
    if len(rows) > (0 if alone else 1) and _is_total(rows[-1], name):
        return rows[:-1], rows[-1]
    return rows, None


def no_total_cautions(rows: Sequence[Sequence[Cell]], name: str | Literal[False] | None) -> tuple[Caution, ...]:
    """Return the caution that the last row has another name than the author gave the total; empty without a name.

    Args:
        rows: The rows as answered.
        name: What the author says of the last row; see `TotalName`.
    """
    if not isinstance(name, str) or not rows or not rows[-1] or _is_total(rows[-1], name):
        return ()
    text = f"total_row: the last row is called {_text(rows[-1][0])!r}, not {name!r}, so the table has no total"
    return (Caution("W-TOTAL", f"{text}; write the name of its total, or leave total_row out"),)


def stray_total_cautions(
    names: Iterable[Value], name: str | Literal[False] | None, dimension: str, where: str | None
) -> tuple[Caution, ...]:
    """Return the caution that a row is called like a total and is none, because it was not the last of its answer.

    Args:
        names: The names of a table's rows, without its total.
        name: What the author says of the last row; see `TotalName`.
        dimension: The name of the first dimension.
        where: The condition on the table's rows, if it has one.
    """
    stray = next((row for row in names if _is_total((row,), name)), None)
    if stray is None:
        return ()
    text = f"a row is called {stray!r}, and counts as a row, since it is not the last"
    written = f"({where}) and " if where else ""
    advice = f"where it is the total of the others, write where: {written}{dimension} != {stray!r}"
    return (Caution("W-TOTAL", f"{text}; {advice}"),)


def is_total_of_nothing(rows: Sequence[Sequence[Cell]], name: str | Literal[False] | None) -> bool:
    """Return whether an answer is nothing but a total without a value other than zero."""
    return len(rows) == 1 and _is_total(rows[0], name) and not any(map(_number, rows[0][1:]))


def _is_total(row: Sequence[Cell], name: str | Literal[False] | None) -> bool:
    if name is False or not row:
        return False
    first = _text(row[0])
    word = _plain(first) if isinstance(first, str) else ""
    return word in _WORDS if name is None else word == _plain(name)


def _plain(text: str) -> str:
    """Return a name in small letters without a colon at its end."""
    return " ".join(unicodedata.normalize("NFC", text).strip().rstrip(_COLONS).casefold().split())


def _text(cell: Cell) -> Cell:
    return cell.text if isinstance(cell, RichCell) else cell


def _number(cell: Cell) -> Cell:
    return cell.value if isinstance(cell, RichCell) else cell
