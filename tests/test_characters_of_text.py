"""Letters as readers see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.characters import letters_of, whole_letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("R$ 5", ["R", "$", " ", "5"]),
        ("cafe\u0301", ["c", "a", "f", "e\u0301"]),
        ("\u0915\u094d\u0932\u093f\u0915", ["\u0915\u094d\u0932\u093f", "\u0915"]),
        ("\u0e08\u0e33\u0e19\u0e27\u0e19", ["\u0e08\u0e33", "\u0e19", "\u0e27", "\u0e19"]),
        ("\U0001f1e7\U0001f1f7\U0001f1e9\U0001f1ea", ["\U0001f1e7\U0001f1f7", "\U0001f1e9\U0001f1ea"]),
        ("\U0001f468\u200d\U0001f469!", ["\U0001f468\u200d\U0001f469", "!"]),
        ("\U0001f44d\U0001f3fd", ["\U0001f44d\U0001f3fd"]),
    ],
)
def test_marks_and_joined_characters_stay_with_their_letter(text: str, letters: list[str]) -> None:
    """An accent, a conjunct of Hindi, a vowel of Thai, a flag, a family and a skin colour are a letter each."""
    assert whole_letters(text) == letters


@given(st.text(st.characters(exclude_categories=())))
def test_the_letters_of_a_page_are_those_of_any_text(text: str) -> None:
    """Also half a character beyond the first 65,536, which UTF-8 forbids."""
    assert letters_of(text) == set(text)
