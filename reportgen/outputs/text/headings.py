"""The titles of a report: on its cover, of its pictures, and of the sections that links lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import ReportHeading
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.prose_links import footnote_references, link_places
from reportgen.titles import title_of

if TYPE_CHECKING:
    from reportgen.model import Block, Report

_FEWEST_TITLES = 3


def report_heading(report: Report) -> tuple[str, str]:
    """Return the heading of a report in its two parts: the client's name, where it stands alone, and the title."""
    heading, client = report.heading, report.client.name
    if heading is None:
        heading = ReportHeading(report.title, names_client=client in report.title)
    title = heading.text or words_of(report.locale).gettext("Marketing report")
    return "" if heading.names_client else client, title


def block_title(block: Block, locale: str) -> str:
    """Return the title by which a report speaks of a block: its label, else its metric or what it is.

    The name of a block is the author's own, and no reader's.
    """
    if block.label:
        return block.label
    _ = words_of(locale).gettext
    return (
        title_of(block.reference_key) if block.reference_key else _("Picture") if block.kind == "image" else _("Text")
    )


def picture_text(block: Block, locale: str) -> str:
    """Return the alternative text of a block's picture, which a PDF must have, also where its author wrote none."""
    return (block.picture.alt if block.picture else "") or block.label or words_of(locale).gettext("Picture")


def footer_text(report: Report) -> str:
    """Return the text in the lower margin of printed pages: the author's, or the agency's name."""
    return report.agency.name if report.footer is None else report.footer


def has_contents(report: Report) -> bool:
    """Return whether a printed report has contents: from three sections with titles on, unless it has no cover."""
    return report.cover is not None and sum(bool(section.title) for section in report.sections) >= _FEWEST_TITLES


def page_number_words(locale: str) -> str:
    """Return the text of a page's number, with places for `page` and `pages`."""
    return words_of(locale).gettext("Page %(page)s of %(pages)s")


def footnote_words(locale: str) -> str:
    """Return the name of a footnote for a reader who cannot see, with a place for its `number`."""
    return words_of(locale).gettext("Footnote %(number)s")


def back_words(locale: str) -> str:
    """Return the name of the link from a footnote to its mark in the text."""
    return words_of(locale).gettext("Back to the text")


def footnote_place(block: str, number: int, reference: int = 0) -> str:
    """Return the name of the place of a block's footnote, or of one of the references to it, counted from 1."""
    return f"note-{block}-{number}" + (f"-from-{reference}" if reference else "")


def titled_places(report: Report) -> dict[str, str]:
    """Return the places that have titles, for the contents; see `places`."""
    return {place: title for place, title in places(report).items() if title}


def places(report: Report) -> dict[str, str]:
    """Return the titles of the places that links of a page lead to, by the names of the places."""
    sections = {f"section-{at}": section.title for at, section in enumerate(report.sections, 1)}
    return sections | ({"about": words_of(report.locale).gettext("About this report")} if report.has_about else {})


def link_titles(report: Report) -> dict[str, str]:
    """Return the titles of all places that links lead to: also of blocks, and of footnotes and their marks."""
    found = link_places(report.sections) | places(report)
    for block in report.blocks:
        for number, references in enumerate(footnote_references(block.prose), 1):
            found[footnote_place(block.name, number)] = footnote_words(report.locale) % {"number": number}
            marks = (footnote_place(block.name, number, reference) for reference in range(1, references + 1))
            found |= dict.fromkeys(marks, back_words(report.locale))
    return found


def account_heading(locale: str) -> str:
    """Return the head of a column that names the accounts of a source."""
    return words_of(locale).gettext("Account")
