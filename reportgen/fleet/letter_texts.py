"""The texts of a letter: its subject, and its body as plain text and as HTML, with their variables filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from reportgen.components.variables import Filling, check_words
from reportgen.errors import Problem, SpecError
from reportgen.files import read_text
from reportgen.fleet.letter_pages import kept_page
from reportgen.formatting import babel_locale
from reportgen.outputs.html.web_page import render_template
from reportgen.outputs.text.letter_sentences import link_sentence, number_lines, revised_subject
from reportgen.sentences import kept_letter
from reportgen.spec.fleet_texts import FLEET_VARIABLES
from reportgen.spec.live_word_checks import check_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.fleet.run_records import PlannedReport
    from reportgen.outputs.text.headline_numbers import HeadlineNumber
    from reportgen.spec.report_spec import ReportSpec

NUMBERS = "numbers"
"""The variable that stands for the headline numbers."""

LETTER_VARIABLES = (*FLEET_VARIABLES, NUMBERS)
"""The variables of the body of a letter."""


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """The headline numbers of a report.

    Attributes:
        title: Of the report; empty where it is the only report of the letter.
        numbers: In its order.
    """

    title: str
    numbers: tuple[HeadlineNumber, ...]


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The texts of a letter.

    Attributes:
        subject: A line.
        plain: The body as plain text.
        html: The body as HTML; empty where the letter has none.
    """

    subject: str
    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class LetterContent:
    """The parts that the texts of a letter are made from.

    Attributes:
        values: Values of the variables.
        groups: Headline numbers.
        locale: The reader's language.
        link: The address of the files where they are too large; empty where the letter carries them.
        is_revised: Whether the reader had a report of the letter before, with other content.
    """

    values: Mapping[str, str]
    groups: tuple[NumberGroup, ...]
    locale: str
    link: str = ""
    is_revised: bool = False


def values_of(reports: Sequence[PlannedReport]) -> dict[str, str]:
    """Return the values of the variables in a letter with reports: values that differ stand side by side."""
    names = dict.fromkeys(name for report in reports for name in report.variables)
    return {
        name: ", ".join(dict.fromkeys(filter(None, (report.variables.get(name, "") for report in reports))))
        for name in names
    }


def letter_texts(subject: str, plain: str, html: str | None, content: LetterContent) -> LetterTexts:
    """Return the filled-in texts of a letter.

    Args:
        subject: As it is written in the fleet file.
        plain: The author's text, as it is written.
        html: The author's HTML, as it is written; empty for the usual page around the text, None for no HTML.
        content: The parts to fill in.
    """
    line = " ".join((Filling(content.values)(subject) or content.values["title"]).split())
    line = revised_subject(line, content.locale) if content.is_revised else line
    lines = {**content.values, NUMBERS: _plain_numbers(content.groups, content.locale)}
    text = (Filling(lines)(plain, kept_letter).strip() or line) + "\n"
    if content.link:
        text += f"\n{link_sentence(content.locale)}\n{content.link}\n"
    if html is None:
        return LetterTexts(line, text, "")
    page = _own_page(html, content) if html else _usual_page(line, plain, content)
    return LetterTexts(line, text, page)


def read_letter(path: Path, specs: Sequence[ReportSpec] = ()) -> str:
    """Return the text of letters, its variables and live words checked and not filled in.

    Args:
        path: The file.
        specs: The specs of the fleet, whose numbers live words may name; with none, any name will do.

    Raises:
        SpecError: It cannot be read or is empty, or words in it are unknown; with every line of theirs.
    """
    text, problems = read_text(path), []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            check_text(line, specs, LETTER_VARIABLES) if specs else check_words(line, LETTER_VARIABLES)
        except ValueError as error:
            problems.append(Problem(str(path), number, 1, "", str(error)))
    if not text.strip():
        problems.append(Problem(str(path), 1, 1, "", "is empty, and an empty letter is never sent; write a sentence"))
    if problems:
        raise SpecError(problems)
    return text


def _plain_numbers(groups: Sequence[NumberGroup], locale: str) -> str:
    shown = (group for group in groups if group.numbers)
    texts = ("\n".join(filter(None, (group.title, number_lines(group.numbers, locale)))) for group in shown)
    return "\n\n".join(texts)


def _usual_page(subject: str, plain: str, content: LetterContent) -> str:
    """Return the page around the author's text; the numbers stand at its `{numbers}`, else below the text."""
    before, mark, behind = plain.partition("{numbers}")
    fill = Filling({**content.values, NUMBERS: ""})
    parts = [_paragraphs(fill(text, kept_letter)) for text in (before, behind)]
    return render_template(
        "mail/letter.html",
        content.locale,
        language=content.locale,
        subject=subject,
        parts=[parts[0], None, parts[1]] if mark else [parts[0], None],
        groups=content.groups,
        direction=babel_locale(content.locale).text_direction,
        link=content.link,
        link_sentence=link_sentence(content.locale),
    )


def _own_page(html: str, content: LetterContent) -> str:
    """Return the author's page, the values in it escaped, without the sentences that lack a value."""
    direction = babel_locale(content.locale).text_direction
    numbers = render_template("mail/numbers.html", content.locale, groups=content.groups, direction=direction)
    values = {name: escape(value) for name, value in content.values.items()}
    page = Filling({**values, NUMBERS: numbers})(html, kept_page)
    if not content.link:
        return page
    link = escape(content.link)
    return f'{page}\n<p>{escape(link_sentence(content.locale))} <a href="{link}">{link}</a></p>\n'


def _paragraphs(text: str) -> list[list[str]]:
    """Return a text as paragraphs of lines: an empty line ends a paragraph."""
    return [part.strip().split("\n") for part in re.split(r"\n\s*\n", text) if part.strip()]
