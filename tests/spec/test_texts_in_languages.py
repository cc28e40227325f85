"""Texts that an author writes in several languages, in a report of each of them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_client, load_spec
from reportgen.errors import SpecError
from reportgen.spec.checking import check_file
from reportgen.spec.loading import load_spec_and_client
from reportgen.spec.planning import make_plan
from tests.outputs.pages import page

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report

DAY = date(2026, 11, 3)
SPEC = """\
version: 1
locale: pt-BR
title: {en: "Report of {client.name}", pt-BR: "Relatório de {client.name}"}
footer: {en: In confidence, pt-BR: Confidencial}
sources: {page: {integration: facebook_page}}
glossary:
  - {term: {pt-BR: Visitas, en: Visits}, text: {pt-BR: Quem veio., en: Who came.}}
  - {term: CTR, text: {pt-BR: Cliques, en: Clicks}}
  - {term: {pt-BR: Alcance, en: Reach}, text: {pt-BR: Quem viu., en: Who saw it.}}
annotations: [{date: 2026-10-05, text: {en: Fair, pt-BR: Feira}}]
sections:
  - title: {en: The page, pt-BR: A página}
    source: page
    blocks:
      - {name: reach, label: {en: Reach, pt-BR: Alcance}, note: {en: So far., pt-BR: Até agora.},
         reference_key: "fb:reach", component: number_v1, metrics: [reach]}
      - {heading: {en: Days, pt-BR: Dias}}
      - {name: days, label: {en: By day, pt-BR: Por dia}, fields: {reach: {label: {en: People, pt-BR: Pessoas}}},
         reference_key: "fb:days", component: chart_v1, metrics: [reach], dimensions: [date], chart_type: line}
      - text: {en: "It is **good**.", pt-BR: "Vai **bem**."}
      - text: {file: "words/{period.id}.md", optional: true}
      - callout: {en: Well done, pt-BR: Parabéns}
"""
CLIENT = """\
version: 1
name: Aurora
sources: {page: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
titles: {A página: {en: Our page, es: Nuestra página}, By day: Every day}
"""
ANSWERS = {
    "reach": {"values": 5},
    "days": {"labels": [f"2026-10-{day:02}" for day in range(1, 32)], "values": [{"data": 31 * [2]}]},
}


def made(folder: Path, locale: str, client: str = "", spec: str = SPEC) -> Report:
    """Return the report of the spec for a reader of a locale."""
    (folder / "spec.yaml").write_text(spec)
    (folder / "client.yaml").write_text(client)
    (folder / "answers.json").write_text(json.dumps(ANSWERS))
    known = load_client(folder / "client.yaml") if client else None
    spec_of, answers = load_spec(folder / "spec.yaml"), folder / "answers.json"
    return build_report(spec_of, known, answers=answers, as_of=DAY, locale=locale, compare="none")


def texts(report: Report) -> list[str]:
    """Return the author's texts in a report."""
    (section,) = report.sections
    chart = next(block for block in section.blocks if block.name == "days").charts[0]
    return [
        report.title,
        report.footer or "",
        section.title,
        *(block.label for block in section.blocks if block.label),
        *(note for block in section.blocks for note in block.notes),
        *(block.prose for block in section.blocks if block.prose),
        chart.series[0].label,
        *(annotation.text for annotation in chart.annotations),
        *(word for entry in report.glossary for word in entry),
    ]


PORTUGUESE = [
    "Relatório de Spec", "Confidencial", "A página", "Alcance", "Dias", "Por dia", "Até agora.", "Vai **bem**.",
    "Parabéns", "Pessoas", "Feira", "Alcance", "Quem viu.", "CTR", "Cliques", "Visitas", "Quem veio.",
]  # fmt: skip
ENGLISH = [
    "Report of Spec", "In confidence", "The page", "Reach", "Days", "By day", "So far.", "It is **good**.",
    "Well done", "People", "Fair", "CTR", "Clicks", "Reach", "Who saw it.", "Visits", "Who came.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("pt-BR", PORTUGUESE), ("en", ENGLISH), ("en-GB", ENGLISH), ("pt-PT", PORTUGUESE), ("ja", PORTUGUESE)],
)
def test_every_text_in_the_language_of_its_reader(tmp_path: Path, locale: str, expected: list[str]) -> None:
    """Every text of a spec is in it, terms in its alphabet; a reader of neither has the language of the spec."""
    report = made(tmp_path, locale)
    assert texts(report) == expected
    assert all(type(text) is str for text in texts(report))
    assert not [caution for caution in report.warnings if caution.code == "W-LANGUAGE"]
    assert ("<strong>bem</strong>" in page(report, "screen")) == (expected == PORTUGUESE)


def test_a_language_that_nobody_wrote(tmp_path: Path) -> None:
    """A text in neither the reader's language nor the spec's is the first, and staff are told once."""
    report = made(tmp_path, "ja", spec=SPEC.replace("locale: pt-BR", "locale: de"))
    assert texts(report)[:2] == ["Report of Spec", "In confidence"]
    (caution,) = (caution for caution in report.warnings if caution.code == "W-LANGUAGE")
    assert caution.text.startswith("the text 'Report of {client.name}' and 15 more is written in en and pt-BR and not")


@pytest.mark.parametrize(("locale", "is_told"), [("nl", True), ("de", False), ("fr-CA", False), ("en-GB", False)])
def test_a_language_without_a_catalogue(tmp_path: Path, locale: str, *, is_told: bool) -> None:
    """Whoever makes the report is told that its fixed words are English, as `check` tells of the file."""
    found = [one.text for one in made(tmp_path, locale).warnings if one.code == "W-LANGUAGE"]
    said = f"the fixed words have no catalogue for {locale!r} and are English; numbers and dates follow it"
    assert (said in found) == is_told


@pytest.mark.parametrize(("locale", "title"), [("pt-BR", "Our page"), ("en", "Our page"), ("es-MX", "Nuestra página")])
def test_parts_are_known_in_any_language(tmp_path: Path, locale: str, title: str) -> None:
    """A client names a section or a block by its title in any language, and its own titles have several."""
    report = made(tmp_path, locale, CLIENT)
    assert report.sections[0].title == title
    assert report.blocks[2].label == "Every day"
    hidden = made(tmp_path, locale, CLIENT + "hide: [Alcance, Days]\n")
    assert [block.name for block in hidden.blocks] == ["days", "text", "callout"]


def test_commentary_in_the_language_of_its_reader(tmp_path: Path) -> None:
    """A file of the reader's language goes before the file; pictures in both start from its folder."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words/2026-10.md").write_text("Boas novas")
    (tmp_path / "words/2026-10.en.md").write_text("Good news")
    prose = {locale: made(tmp_path, locale).blocks[-2].prose for locale in ("pt-BR", "en-GB", "ja")}
    assert prose == {"pt-BR": "Boas novas", "en-GB": "Good news", "ja": "Boas novas"}
    (tmp_path / "words/2026-10.md").unlink()
    assert [block.kind for block in made(tmp_path, "ja").blocks].count("text") == 1
    assert made(tmp_path, "en").blocks[-2].prose == "Good news"


def test_check_reads_the_commentary_of_every_language(tmp_path: Path) -> None:
    """A misspelt variable in the file of another language is found."""
    (tmp_path / "words").mkdir()
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "words/2026-10.en.md").write_text("{client.nme}")
    (problem,) = check_file(tmp_path / "spec.yaml").problems
    assert problem.file == str(tmp_path / "words/2026-10.en.md")
    assert "did you mean {client.name}?" in problem.message


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("label: {spend}, text: x", 'label: what stands in braces is a list of keys in YAML; put it in quotes: "{sp'),
        ("text: {client.name}", 'text: what stands in braces is a list of keys in YAML; put it in quotes: "{cli'),
        ("text: {English: x}", "text: 'English' is no language; write a text"),
        ("label: {en: x, engl: y}, text: x", "label: 'engl' is no language; write a text, or a text for each language"),
        ("label: {}, text: x", "label: write a text, or a text for each language, such as {en: Reach, pt-BR: Alcance}"),
        ("heading: {en: '{client.nme}', es: [a]}", "heading.en: {client.nme} is no variable; did you mean {client."),
        ("heading: {en: '{client.nme}', es: [a]}", "heading.es: expected text, not ['a']; put it in quotes"),
        ("image: {en: a.png}, alt: {en: x}", "image: expected text, not {'en': 'a.png'}; write a single text"),
    ],
)  # fmt: skip
def test_texts_that_do_not_fit(tmp_path: Path, written: str, said: str) -> None:
    """Each problem stands at its language; an unquoted brace is named as what it is; a path has no languages."""
    (tmp_path / "spec.yaml").write_text(f"version: 1\nsections: [{{blocks: [{{{written}}}]}}]\n")
    with pytest.raises(SpecError) as caught:
        load_spec(tmp_path / "spec.yaml")
    found = [f"{problem.place}: {problem.message}" for problem in caught.value.problems]
    assert any(problem.startswith(f"sections.0.blocks.0.{said}") for problem in found), found


def test_a_plan_is_in_the_language_of_its_reader(tmp_path: Path) -> None:
    """The locale of a client decides, and its spec and client are planned in it."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "client.yaml").write_text(CLIENT + "locale: en\n")
    plan = make_plan(*load_spec_and_client(tmp_path / "spec.yaml", tmp_path / "client.yaml"), as_of=DAY)
    assert (plan.title, plan.spec.footer, plan.sections[0].written.title) == (
        "Report of Aurora",
        "In confidence",
        "Our page",
    )
