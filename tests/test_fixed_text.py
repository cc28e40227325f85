"""Numbers with fixed decimals are those that Babel writes, in every locale."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from reportgen.formatting.cldr import babel_locale, fixed_pattern, fixed_text, rounded

LOCALES = tuple(name.replace("_", "-") for name in localedata.locale_identifiers())


@pytest.mark.parametrize("digits", [0, 2])
def test_every_locale_of_cldr(digits: int) -> None:
    """Short, long, negative, rounded: each as the locale's pattern has it."""
    numbers = tuple(map(Decimal, ("0", "0.005", "-0.4", "7", "-999.995", "1000", "-12345.678", "1234567", "1E15")))
    for name in LOCALES:
        cldr = babel_locale(name)
        pattern = fixed_pattern(cldr, "decimal", digits)
        assert [fixed_text(one, digits, cldr) for one in numbers] == [
            pattern.apply(rounded(one, digits), cldr) for one in numbers
        ]


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
    st.integers(0, 6),
    st.sampled_from(["en", "pt-BR", "es", "de", "hi", "ar", "de-CH", "fr", "sv", "en-IN"]),
)
def test_any_number(number: Decimal, digits: int, name: str) -> None:
    """Whatever its size and decimals."""
    cldr = babel_locale(name)
    with localcontext(prec=700):
        pattern = fixed_pattern(cldr, "decimal", digits).apply(rounded(number, digits), cldr)
        assert fixed_text(number, digits, cldr) == pattern
