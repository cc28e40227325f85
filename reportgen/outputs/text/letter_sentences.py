"""The fixed words of letters in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import listed_text, named_text, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.outputs.text.headline_numbers import HeadlineNumber


def revised_subject(subject: str, locale: str) -> str:
    """Return the subject of a letter with a report that its reader had before with other figures."""
    return words_of(locale).gettext("Revised: %(subject)s") % {"subject": subject}


def link_sentence(locale: str) -> str:
    """Return the sentence before the link to files that are too large for a letter."""
    return words_of(locale).gettext("The files are too large for a letter; the links below lead to them.")


def number_lines(numbers: Iterable[HeadlineNumber], locale: str) -> str:
    """Return numbers as lines of plain text."""
    lines = []
    for number in numbers:
        more = listed_text(filter(None, (number.change, number.note)), locale)
        lines.append(named_text(number.label, f"{number.value} ({more})" if more else number.value, locale))
    return "\n".join(lines)
