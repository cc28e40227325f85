"""Texts without the sentences that lack a value, in several languages."""

from __future__ import annotations

import pytest

from reportgen.components.variables import Filling, kept_passage
from reportgen.fleet.letter_pages import kept_page
from reportgen.sentences import kept_letter

FILL = Filling({"a": "R$3.50", "b": "7", "x": "", "y": ""})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{a} came, {x} more than in {y}. Each cost {b}.", "Each cost 7."),
        ("{b} posts ({x} against {y}).", "7 posts."),
        ("{b} posts (of {a}). Rest: {x}!", "7 posts (of R$3.50)."),
        ("{x} of {a} spent", ""),
        ("({x})", ""),
        ("{{b}} is {b}. {x}.", "{b} is 7."),
        ("Brand · {x} against May · {b}", "Brand · 7"),
        ("Brand | {x}", "Brand"),
        ("{x} · Brand", "Brand"),
        ("One {b}.\n\nTwo {x}.\n\nThree.", "One 7.\n\nThree."),
        ("One {b}. Two {x}.\n\nThree.", "One 7.\n\nThree."),
        ('They said "{x} it is. Good." So be it.', "So be it."),
        ("Really {x}? Yes, {b}! No {x}...", "Yes, 7!"),
        ("Subiu {x} em relação a {y}. Cada clique custou {a}.", "Cada clique custou R$3.50."),
        ("¿Subió {x}? ¡Sí, {b}!", "¡Sí, 7!"),
        ("{x}件です。{b}人。（{x}）終わり。", "7人。終わり。"),
        ("「{x}。はい。」{b}人。", "7人。"),
        ("بلغ {x}؟ ثم {b}.", "ثم 7."),
        ("यह {x} है। वह {b} है।", "वह 7 है।"),
    ],
)  # fmt: skip
def test_sentences_without_a_value(text: str, left: str) -> None:
    """They are left out whole, or without what lacks the value in brackets; all others stay as they are."""
    assert FILL(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Reach rose vs. {x} in May",
        "Ca. 20 more, approx. {x}",
        "Am 3. {x} war es so",
        "z. B. {x}",
        "Dr. Silva, Sra. Reis and {x}",
        "U.S. {x}",
        "It was e.g. {x}",
        "it ended. and {x}",
        "no. {x}",
    ],
)
def test_what_is_no_end_of_a_sentence(text: str) -> None:
    """After an abbreviation, an initial or an ordinal no half sentence stays: all of it is left out."""
    assert FILL(text) == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("**Up {x}. Then {b}.** More.", "More."),
        ("**Up {x}.** Then {b}.", "Then 7."),
        ("_Spent ({x})_ is {b}.", "_Spent_ is 7."),
        ("See [up {x}. Then](#a). More [here](#b_(c)).", "More [here](#b_(c))."),
        ("`so. {x} it.` More.", "More."),
        ("First  \nReach {x}  \nthird", "First  \nthird"),
        ("First\\\nReach {x}\\\nthird", "First\\\nthird"),
        ("# Up {x}\n\nText.", "Text."),
        ("one\n# Up {x}\ntwo", "one\n\ntwo"),
        ("# Title\n\n## Reach\n\n{x}.\n\n## Cost\n\nIt was {b}.", "# Title\n\n\n\n\n\n## Cost\n\nIt was 7."),
        ("# Title\n\n## Reach\n\n{x}.", ""),
        ("The numbers:\n\n- {x}\n\nMore.", "More."),
        ("- a {x}\n  - of it {b}\n- c", "- c"),
        ("- [ ] {x}\n- [x] done", "- [x] done"),
        ("1. {x}\n2. Two {b} is\n   long. And {x}.\n3. Three", "1. Two 7 is\n   long.\n3. Three"),
        ("> Quoted {x}\n> on. Then\n> more.\n>\n> {x}\n>\n> End.", "> Then\n> more.\n>\n>\n>\n> End."),
        ("|n|v|\n|-|-|\n| R | {x} |\n| {x} | 5 |\n| S | {b} ({x}) |", "|n|v|\n|-|-|\n| R | – |\n| S | 7 |"),
        ("See[^1] this.\n\n[^1]: It is {x}", "See this."),
        ("Title {x}\n===\n\nText.", "Text."),
        ("```\n{x}\n```\n\nText.", "Text."),
    ],
)  # fmt: skip
def test_passages_without_a_value(text: str, left: str) -> None:
    """No emphasis, link, list or table is cut in two, a list counts on, and no title stays without its text."""
    assert Filling(FILL.values).markdown(text) == left


def test_the_parts_that_are_left_out() -> None:
    """They are as they are written, with the words in their braces."""
    assert FILL.kept("{b} is ({x}). And {y}.").left_out == ("({x})", "And {y}.")
    assert FILL.kept("# Up\n\n{b} is ({x}). And {y}.", kept_passage).left_out == ("({x})", "And {y}.")
    assert FILL.kept("{b}").left_out == ()


def test_the_lines_of_a_letter() -> None:
    """Each is at least a sentence, unless it goes on in small letters; paragraphs stay paragraphs."""
    text = "Hello,\n\nreach was {x}, which\nis fine.\nSpent: {a}\nGoal: {x}\n\nBest,\nAna"
    assert FILL(text, kept_letter) == "Hello,\n\nSpent: R$3.50\n\nBest,\nAna"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Vendimos {b} panes, p. ej. {x} de centeno. En EE. UU. {x} más. Fin.", "Fin."),
        ("Der Umsatz stieg ggü. Vorjahr um {x}. Es kamen 5 Tsd. Klicks, {x} mehr. Ende.", "Ende."),
        ("Nach 3 Std. Arbeit {x}. Fertig mit allem. Ende.", "Fertig mit allem. Ende."),
        ("It was {b} in all. Then {x}.", "It was 7 in all."),
        ("**Detalle:**\n\n{x} panes.\n\nGracias.", "Gracias."),
        ("_Le détail :_\n\n- {x}\n\nMerci.", "Merci."),
    ],
)
def test_no_half_sentence_stays(text: str, left: str) -> None:
    """An abbreviation of any language ends none, and an announcement in bold goes with what it announces."""
    assert Filling(FILL.values).markdown(text) == left


def test_a_broken_line_of_a_letter_goes_on_in_the_next() -> None:
    """Also where the next begins with a capital, as a German noun does; an item and a signature are their own."""
    text = (
        "We spent {b} on ads and got {x} more orders than in\n"
        "September, of which more than a half came in by\nGoogle alone.\n"
        "These are the numbers of the month in order:\n- {x}\n- Reach {b}\nBest regards\nAna"
    )
    assert FILL(text, kept_letter) == ("These are the numbers of the month in order:\n- Reach 7\nBest regards\nAna")


def test_the_page_of_a_letter() -> None:
    """No tag is cut in two, and no empty paragraph stays."""
    text = '<body><p>Up <b>{x}</b>. Then <a href="#">{b}. It</a> is.</p><ul><li>{x}</li><li>Two<br>{b}</li></ul></body>'
    left = '<body><p>Then <a href="#">7. It</a> is.</p><ul><li>Two<br>7</li></ul></body>'
    assert FILL(text, kept_page) == left


def test_a_path_has_no_sentences() -> None:
    """An empty variable is an empty part of a path, and nothing else of it is left out."""
    assert FILL.path("words/{x}/{b}.md") == "words//7.md"
