"""The live words of a fleet's letters: those that its subjects and the files of their texts name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components.did_you_mean import nearest
from reportgen.components.variables import live_words
from reportgen.errors import Problem
from reportgen.fleet.letter_texts import LETTER_VARIABLES, read_letter
from reportgen.languages import all_languages, languages_of_file
from reportgen.spec.fleet_texts import FLEET_VARIABLES
from reportgen.spec.live_word_checks import number_names, word_fault
from reportgen.spec.loading import attempted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportgen.components.variables import LiveWord
    from reportgen.spec.delivery_spec import EmailDelivery
    from reportgen.spec.fleet_file import Fleet
    from reportgen.spec.report_spec import ReportSpec


def words_of_letters(fleet: Fleet, file: Path) -> tuple[LiveWord, ...]:
    """Return the live words in the letters of a fleet, in all languages, each once, as far as they can be read."""
    texts: list[str] = []
    for _, email in _emails(fleet):
        texts += all_languages(email.subject)
        texts += (text for path in _bodies(email, file) if (text := attempted(read_letter, path)[0]))
    texts += (channel.notify.text for channel in fleet.deliver.to if channel.notify) if fleet.deliver else ()
    return tuple(dict.fromkeys(word for text in texts for word in live_words(text, LETTER_VARIABLES)))


def letter_problems(fleet: Fleet, file: Path, specs: Sequence[ReportSpec]) -> Iterator[Problem]:
    """Yield the problems with the letters of a fleet, in all languages: their files, and what no spec has in them."""
    known = sorted({name for spec in specs for name in number_names(spec)})
    for place, email in _emails(fleet):
        for name in () if isinstance(email.numbers, int) else email.numbers:
            if name not in known:
                fault = f"{name!r} is no number of a spec; {nearest(name, known, '' if known else 'they have none')}"
                yield Problem(str(file), 0, 0, f"deliver.to.{place}.email.numbers", fault)
        for text in all_languages(email.subject):
            faults = (word_fault(word, specs, FLEET_VARIABLES) for word in live_words(text, FLEET_VARIABLES))
            yield from (
                Problem(str(file), 0, 0, f"deliver.to.{place}.email.subject", fault) for fault in faults if fault
            )
        for path in _bodies(email, file):
            yield from attempted(read_letter, path, specs)[1]


def _emails(fleet: Fleet) -> Iterator[tuple[int, EmailDelivery]]:
    channels = fleet.deliver.to if fleet.deliver else ()
    yield from ((place, channel.email) for place, channel in enumerate(channels) if channel.email)


def _bodies(email: EmailDelivery, file: Path) -> tuple[Path, ...]:
    """Return the files of the text and of the own page of a letter: the usual, and those of other languages."""
    text = file.parent / email.body
    page = text.with_suffix(".html")
    pages = (*((page,) if page.is_file() else ()), *languages_of_file(page)) if email.html else ()
    return (text, *languages_of_file(text), *pages)
