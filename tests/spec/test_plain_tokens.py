"""Tokens that stand in a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import SpecError
from reportgen.spec.checking import check_file
from reportgen.spec.loading import read_file_of_any_kind
from reportgen.spec.plain_tokens import looks_secret
from reportgen.spec.yaml_reader import read_yaml
from tests.canaries import RANDOM_LOOKING

if TYPE_CHECKING:
    from pathlib import Path

SPEC = "version: 1\ntitle: %s\nsections: [{title: A, blocks: [{text: %s}]}]\n"


@pytest.mark.parametrize("text", RANDOM_LOOKING)
def test_tokens_are_known_by_their_look(text: str) -> None:
    """S02: kinds of tokens that are known, and what is random, are told from words."""
    assert looks_secret(text)
    assert looks_secret(f"the token is {text}, thanks")


@pytest.mark.parametrize(
    "text",
    [
        "images/2026-10/IMG_20261012_182233_EDITED_final2.jpg",
        "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
        "4addc0da85834dbba0e9c7e2e8470f50",
        "3217871a-eaa6-5fe9-94fa-69e11f9c6949",
        "the account EAA7871a-eaa6-5fe9-94fa-69e11f9c6949",
        "conversions_by_conversion_action_name_and_device_v2",
        "MetricsVideoViewsAndImpressionsPerCampaign2026Q3",
        "https://drive.google.com/file/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/view",
        "123456789012345678901234567890",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "the bearer of good news",
        "=" * 80,
    ],
)
def test_words_paths_and_ids_are_no_tokens(text: str) -> None:
    """S02: what an author writes in good faith is left alone."""
    assert not looks_secret(text)


@given(st.from_regex(r"[a-z]{1,12}([_ -][a-z]{1,12}){0,8}[0-9]{0,4}", fullmatch=True))
def test_words_are_never_tokens(text: str) -> None:
    """S02: small letters with separators and a number behind are words."""
    assert not looks_secret(text) or "bearer" in text or "sk-" in text


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (SPEC % ("@", "x"), "title"),
        (SPEC % ("x", "@"), "sections.0.blocks.0.text"),
        ("version: 1\nname: A\napi: {token: {env: '@'}, customer_token: {env: A}}\n", "api.token.env"),
        ("version: 1\nname: A\nlocale: @\n", "locale"),
        ("version: 1\nname: A\nslug: @\n", "slug"),
        ("version: 1\nname: A\nsources: {ig: @}\n", "sources.ig"),
        ("version: 1\nname: A\n@: x\n", ""),
        ("version: 1\nreports: [{spec: a.yaml, clients: @}]\n", "reports.0.clients"),
    ],
)
def test_a_token_in_a_file_is_refused_and_not_shown(tmp_path: Path, content: str, place: str) -> None:
    """S02: in any place of any file, a token is refused where it stands, and no message repeats it."""
    path = tmp_path / "file.yaml"
    token = RANDOM_LOOKING[0]
    path.write_text(content.replace("@", token))
    with pytest.raises(SpecError) as caught:
        read_file_of_any_kind(read_yaml(path))
    assert [problem.place for problem in caught.value.problems] == [place]
    assert re.search("environment variable or a file of its own", str(caught.value))
    assert token not in str(caught.value) + "".join(map(str, check_file(path).problems))
