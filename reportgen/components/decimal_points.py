"""Points in written numbers: they stand before decimals, and divide thousands for readers of many languages."""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")
_NO_DECIMALS = ".000"


def taken_for_decimals(number: str) -> str:
    """Return the message of a number such as `15.000`, whose point may divide thousands; empty for other numbers."""
    if not _THOUSANDS.fullmatch(number):
        return ""
    whole = number.replace(".", "")
    decimals = f"{float(number):g}"
    written = f"{decimals}0" if _THOUSANDS.fullmatch(decimals) else decimals  # four digits divide no thousands
    return (
        f"{number} is {decimals}, as a point stands before decimals; for {whole} write {whole}, "
        f"and for {decimals} write {written}"
    )


def taken_for_whole(number: str) -> str:
    """Return the message of a number such as `15.000` in an expression, where `1.125` is a factor; empty for others."""
    return taken_for_decimals(number) if number.endswith(_NO_DECIMALS) else ""
