"""The summaries of the shipped examples: what they say, and that every number in them is the report's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reportgen.outputs.text.summaries import sentences_by_rule
from tests.figures import NUMBER, figures_of, foreign_numbers
from tests.shipped_examples import example
from tests.sweeps import swept

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.model import Report

EXAMPLES = ("instagram", "multichannel", "multichannel.pt-br")
LOCALES = ("en", "pt-BR", "es", "de", "fr")
ALL_LOCALES = (*LOCALES, "ar", "ja")
BECAUSE = re.compile(
    r"because|due to|thanks to|driven|caused|led to|result of"
    r"|porque|devido|graças|por causa|gerou|resultado de|debido|gracias a|a causa|provoc"
    r"|weil|wegen|dank|aufgrund|infolge|verursacht|parce que|en raison|grâce|à cause|suite à",
    re.IGNORECASE,
)


def said(report: Report) -> list[tuple[str, str]]:
    """Return every sentence of a report's summaries with its rule."""
    return [one for block in report.blocks if block.kind == "summary" for one in sentences_by_rule(block, report)]


@pytest.mark.parametrize("locale", swept(["en", "ar"], ["pt-BR", "es", "de", "fr", "ja"]))
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_number_is_one_of_the_reports_own(name: str, locale: str, api: AnswerSource) -> None:
    """Each number of each sentence is printed elsewhere in the report, digit for digit."""
    report = example(name, api, locale)
    figures = figures_of(report)
    sentences = [text for _, text in said(report)]
    assert any(NUMBER.search(text) for text in sentences)
    for text in sentences:
        assert foreign_numbers(text, figures) == [], text
        assert "%(" not in text
        assert not BECAUSE.search(text), text


def test_a_made_up_number_is_found(api: AnswerSource) -> None:
    """The walk above would fail: a figure with one digit more, or another one, is not the report's."""
    report = example("instagram", api, "en")
    figures = figures_of(report)
    assert foreign_numbers("Impressions: 403,779, up by 9.3%.", figures) == []
    assert foreign_numbers("Impressions: 1403,779, up by 9.32%.", figures) == ["1403,779", "9.32"]


@pytest.mark.parametrize("locale", swept(LOCALES[:1], LOCALES[1:]))
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_says_much_in_few_sentences(name: str, locale: str, api: AnswerSource) -> None:
    """At least four rules speak in an example, three to six sentences a summary, each summary without repetition."""
    report = example(name, api, locale)
    summaries = [sentences_by_rule(block, report) for block in report.blocks if block.kind == "summary"]
    assert len({rule for one in summaries for rule, _ in one}) >= 4
    for one in summaries:
        assert 3 <= len(one) <= 6
        assert len({text for _, text in one}) == len(one)


@pytest.mark.parametrize("name", swept(EXAMPLES[:1], EXAMPLES[1:]))
def test_the_languages_say_the_same(name: str, api: AnswerSource) -> None:
    """In every language the same rules speak in the same order: no language has fewer sentences."""
    first, *others = [[rule for rule, _ in said(example(name, api, locale))] for locale in ALL_LOCALES]
    assert first
    assert all(other == first for other in others)
