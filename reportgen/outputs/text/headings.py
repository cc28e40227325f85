"""The titles of a report: on its cover, of its pictures, and of the sections that links lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.formatting import format_period
from reportgen.outputs.text.catalogues import words_of

if TYPE_CHECKING:
    from reportgen.model import Block, Report

_ELSEWHERE = "\N{OBJECT REPLACEMENT CHARACTER}"
_FEWEST_TITLES = 3
_JOINT = r"[\s·|/:,\u2013\u2014-]*"


def cover_title(report: Report) -> str:
    """Return the report's title without the client's name and the period, which the cover prints by themselves.

    Empty where nothing is left.
    """
    title = report.title
    for text in filter(None, (report.client.name, format_period(report.period, report.locale), report.period.id)):
        title = title.replace(text, _ELSEWHERE)
    return " ".join(filter(None, re.split(rf"{_JOINT}{_ELSEWHERE}{_JOINT}", title)))


def picture_text(block: Block, locale: str) -> str:
    """Return the alternative text of a block's picture, which a PDF must have, also where its author wrote none."""
    return (block.picture.alt if block.picture else "") or block.label or words_of(locale).gettext("Picture")


def has_contents(report: Report) -> bool:
    """Return whether a printed report has contents: from three sections with titles on."""
    return sum(bool(section.title) for section in report.sections) >= _FEWEST_TITLES


def page_number_words(locale: str) -> str:
    """Return the text of a page's number, with places for `page` and `pages`."""
    return words_of(locale).gettext("Page %(page)s of %(pages)s")


def titled_places(report: Report) -> dict[str, str]:
    """Return the places that have titles, for the contents; see `places`."""
    return {place: title for place, title in places(report).items() if title}


def places(report: Report) -> dict[str, str]:
    """Return the titles of the places that links of a page lead to, by the names of the places."""
    about = words_of(report.locale).gettext("About this report")
    return {f"section-{at}": section.title for at, section in enumerate(report.sections, 1)} | {"about": about}
