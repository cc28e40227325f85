"""Tests of reportgen.outputs.text.long_words."""

from __future__ import annotations

import pytest

from reportgen.outputs.text.long_words import breakable, is_exact


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("brand_search", ["brand_search"]),
        ("Ads_Retargeting_Lookalike_1pct", ["Ads_", "Retargeting_", "Lookalike_", "1pct"]),
        ("a_b_c_d_e_f_g_h_i_j_k_l_m_n", ["a_b_c_d_e_f_g_h_i_j_k_l_m_n"]),
        ("two words_with_a few_underscores", ["two words_with_a few_underscores"]),
        ("x" * 70, ["x" * 24, "x" * 24, "x" * 22]),
        (f"Brand_Search_{'x' * 60}", ["Brand_", "Search_", "x" * 24, "x" * 24, "x" * 12]),
        ("", [""]),
        ("orders.wholesale@bakeryinternational.com", ["orders.", "wholesale@", "bakeryinternational.", "com"]),
        ("/search?campaign=autumn&source=mail", ["/search?", "campaign=", "autumn&", "source=", "mail"]),
        ("1.234.567.890.123.456.789", ["1.234.567.890.123.456.789"]),
        ("A sentence. And another, of some length.", ["A sentence. And another, of some length."]),
    ],
)
def test_long_names_break_behind_their_signs(text: str, parts: list[str]) -> None:
    """Names of campaigns and addresses break where their parts end, short ones not at all, endless words anywhere."""
    assert breakable(text) == parts


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("orders.wholesale@bakeryinternational.com", True),
        ("www.internationalbakery.com", True),
        ("/collections/handmadesourdoughsubscriptions", True),
        ("ABCinternationalization1234567890", True),
        ("#sourdoughsubscriptions", True),
        ("Wiederverkaufsgesellschaft 2026", False),
        ("Sourdoughsubscriptions.", False),
        ("2026-10-01", False),
        ("and/or", False),
    ],
)
def test_words_that_no_hyphen_may_part(text: str, exact: bool) -> None:  # noqa: FBT001 - a case
    """An address, a path or an id is no word of a language; a long word beside a number still is."""
    assert is_exact(text) is exact
