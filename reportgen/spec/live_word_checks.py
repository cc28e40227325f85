"""The problems of live words: names of nothing, and of blocks that are no numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components import CalculatedNumber, NumberBlock
from reportgen.components.did_you_mean import near_word
from reportgen.components.texts_by_language import InLanguages
from reportgen.components.variables import VARIABLES, check_words, live_words
from reportgen.spec.marked_texts import marked_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.components.variables import LiveWord
    from reportgen.errors import Problem
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document

_DOUBLE = re.compile(r"\{\{ *([a-z][a-z0-9_.]*) *\}\}")


def number_names(spec: ReportSpec) -> list[str]:
    """Return the names of the numbers of a spec."""
    return [name for name, block in spec.blocks_by_name().items() if isinstance(block, NumberBlock | CalculatedNumber)]


def live_word_problems(document: Document, spec: ReportSpec) -> Iterator[Problem]:
    """Yield a problem for each live word in the texts of a spec that is no number of it."""
    for place, _, text in marked_texts(spec, InLanguages):
        for word in live_words(text):
            if fault := word_fault(word, [spec]):
                yield document.problem(place, fault)


def live_word_warnings(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield a warning for each known word in double braces, as other tools write it: it is printed, not replaced."""
    known = {*VARIABLES, *number_names(spec)}
    for place, _, text in marked_texts(spec, InLanguages):
        for found in _DOUBLE.finditer(text):
            if found[1] in known or found[1].partition(".")[0] in known:
                message = f"'{found[0]}' is printed as {{{found[1]}}}; for its value write {{{found[1]}}}"
                yield document.problem(place, f"warning: {message}, in single braces [W-LIVE]")


def check_text(text: str, specs: Sequence[ReportSpec], known: tuple[str, ...] = VARIABLES) -> str:
    """Return a text unchanged, if every word in braces is a known variable or a number of a spec.

    Raises:
        ValueError: A word is neither, or a brace is open; the message names the nearest.
    """
    for word in live_words(check_words(text, known), known):
        if fault := word_fault(word, specs, known):
            raise ValueError(fault)
    return text


def word_fault(word: LiveWord, specs: Sequence[ReportSpec], known: tuple[str, ...] = VARIABLES) -> str:
    """Return the fault of a live word, and the nearest word; empty where it is a number of a spec."""
    numbers = [name for spec in specs for name in number_names(spec)]
    if word.name in numbers:
        return ""
    near = near_word(word.name, [*numbers, *known], 0.5)
    advice = f"did you mean {{{near}}}?" if near else "write {{ for a plain brace."
    listed = f"Known are {', '.join((*known, *dict.fromkeys(numbers)))}"
    if any(word.name in spec.blocks_by_name() for spec in specs):
        return f"{{{word.text}}}: {word.name!r} is no number, so no text can stand for it; {advice} {listed}"
    return f"{{{word.text}}} is no variable and no number of the spec; {advice} {listed}"
