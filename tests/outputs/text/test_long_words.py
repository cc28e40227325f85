"""Tests of reportgen.outputs.text.long_words."""

from __future__ import annotations

import pytest

from reportgen.outputs.text.long_words import breakable


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
    ],
)
def test_long_names_break_behind_underscores(text: str, parts: list[str]) -> None:
    """Names of campaigns break where their parts end, short ones not at all, and endless words anywhere."""
    assert breakable(text) == parts
