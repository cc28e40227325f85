"""Tests of reportgen.connect.cleaned_text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.connect.cleaned_text import clean_lines, clean_text, one_line


@pytest.mark.parametrize(
    ("foreign", "clean"),
    [
        ("Tom &amp;amp; Ann", "Tom &amp; Ann"),
        ("5 &lt; 6 &#39;x&#x27;", "5 < 6 'x'"),
        ("/page?a=1&region=BR&copy=2", "/page?a=1&region=BR&copy=2"),
        ("&regfoo;", "&regfoo;"),
        ("first\r\nsecond\tthird", "first second third"),
        ("a\x00b\x1bc\x7fd\u202ee\ufffef", "abcdef"),
        ("lone \ud83d here", "lone  here"),
        ("👩\u200d👩 שלום", "👩\u200d👩 שלום"),
    ],
)
def test_cleans_once(foreign: str, clean: str) -> None:
    """Whole entities are unescaped once; only what no output can hold is lost."""
    assert clean_text(foreign) == clean


@given(st.text(st.characters()))
def test_cleaned_text_can_be_encoded(foreign: str) -> None:
    """Any text at all can be written as UTF-8 after cleaning, and holds no control character."""
    clean = clean_text(foreign)
    assert not any(ord(letter) < ord(" ") for letter in clean.encode().decode())


@pytest.mark.parametrize(
    ("foreign", "clean"),
    [
        ("first\r\nsecond\rthird\u2028fourth\x85fifth", "first\nsecond\nthird\nfourth\nfifth"),
        ("\n\n  a \t b  \n \n\n\n c\n\n", "a b\n\nc"),
        ("Tom &amp; Ann\nx\x00y\u202e", "Tom & Ann\nxy"),
        ("on one line", "on one line"),
    ],
)
def test_lines_stay_where_they_are_kept(foreign: str, clean: str) -> None:
    """Every kind of line break is the same one, with a blank line between paragraphs at most."""
    assert clean_lines(foreign) == clean


@given(st.text(st.characters()))
def test_cleaned_lines_can_be_encoded(foreign: str) -> None:
    """Beside line feeds there is no control character, and cleaning again changes nothing but entities."""
    clean = clean_lines(foreign)
    assert not any(ord(letter) < ord(" ") and letter != "\n" for letter in clean.encode().decode())
    assert "\n\n\n" not in clean


def test_one_line_is_short() -> None:
    """A message takes one line of at most the given length."""
    assert one_line("word\n" * 1000, 20) == "word word word word…"
