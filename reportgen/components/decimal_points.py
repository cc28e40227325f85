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
    return f"{number} is {float(number):g}, as a point stands before decimals; for {whole} write {whole}"


def taken_for_whole(number: str) -> str:
    """Return the message of a number such as `15.000` in an expression, where `1.125` is a factor; empty for others."""
    message = taken_for_decimals(number) if number.endswith(_NO_DECIMALS) else ""
    return message and f"{message}, and for {float(number):g} write {float(number):g}"
