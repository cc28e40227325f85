"""The numbers in the cells of a CSV file, which a table program may have written with dots between thousands."""

from __future__ import annotations

import re

from reportgen.components.decimal_points import taken_for_decimals

_PLAIN = re.compile(r"[-+]?[0-9]{1,300}(?:\.[0-9]+)?")


def refuse_thousands(cell: str) -> None:
    """Refuse a number such as `15.000`.

    Raises:
        ValueError: It is 15 to one reader and 15000 to another.
    """
    if message := taken_for_decimals(cell):
        raise ValueError(message)


def number_in(cell: str) -> float:
    """Return the number in a cell.

    Raises:
        ValueError: It is none, or one that can be read in two ways.
    """
    refuse_thousands(cell)
    if not _PLAIN.fullmatch(cell):
        raise ValueError(f"{cell!r} is no number; write it with a point and without signs between, such as 10000.50")
    return float(cell)
