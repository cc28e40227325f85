"""The order of names: numbers by their size, then words by their letters."""

from __future__ import annotations

import math
import re
import unicodedata

_A_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def name_order(name: str) -> tuple[float, str]:
    """Return the place of a name among others: names that are numbers by their size, before words.

    Capitals and accents make no difference to words: Águas stands before Zaragoza.
    """
    if _A_NUMBER.fullmatch(name):
        return float(name), ""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return math.inf, "".join(letter for letter in letters if not unicodedata.combining(letter))
