"""The words of the outputs: catalogues that are complete, and the right one for a locale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from reportgen.outputs.text.catalogues import catalogue_of, filled, words_of
from reportgen.resources import locales_folder

ROOT = Path(__file__).parents[3]
CATALOGUES = ("ar", "de", "es", "fr", "ja", "pt_BR")
METHODS = [("reportgen/outputs/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
# Words that are the same in both languages, and messages that hold nothing but placeholders.
SAME = {
    "OK",
    "Total",
    "no",
    "%(kind)s.",
    "%(name)s: %(text)s",
    "%(names)s, %(name)s",
    "%(kind)s: %(title)s.",
    "%(series)s: %(value)s.",
    "%(label)s, %(period)s",
    "%(series)s, %(period)s",
    "%(series)s, %(period)s.",
    "%(dates)s (%(days)s)",
    "%(value)s (%(period)s)",
    "“%(name)s”",
}
# Words of English that the language has too.
SHARED = {
    "de": {"Block", "Dimension %(num)s", "Integration", "Limit: %(goal)s", "Logo", "Status", "Text"},
    "fr": {"Client", "Contact", "Date", "Dates", "Dimension %(num)s", "Logo", "Notes", "Section", "Source", "minutes"}
    | {"%(num)s point."},
}
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def messages() -> set[str]:
    """Return every message of the sources; of a plural its first form."""
    found = extract_from_dir(ROOT, METHODS, {"templates/**.html": {"trimmed": "true"}}, KEYWORDS)
    return {entry[2][0] if isinstance(entry[2], tuple) else entry[2] for entry in found}


def entries(catalogue: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Return each message of a catalogue: its forms, their translations, and whether it is marked as unsure."""
    with (locales_folder() / catalogue / "LC_MESSAGES" / "reportgen.po").open("rb") as file:
        read = [entry for entry in read_po(file) if entry.id]
    return {
        (entry.id if isinstance(entry.id, str) else entry.id[0]): (
            (entry.id,) if isinstance(entry.id, str) else tuple(entry.id),
            (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ()),
            entry.fuzzy,
        )
        for entry in read
    }


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_message_is_missing_and_none_is_left_over(catalogue: str) -> None:
    """What the sources say is what the catalogue has; `make words` brings them together."""
    assert messages() == set(entries(catalogue))


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_message_is_translated(catalogue: str) -> None:
    """None is empty, unsure, or its English text but a listed few; placeholders are kept."""
    for message, (english, forms, fuzzy) in entries(catalogue).items():
        assert all(forms), message
        assert not fuzzy, message
        assert message in SAME | SHARED.get(catalogue, set()) or not set(forms) & set(english), message
        for form in forms:
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(message)), message


def test_no_message_is_a_piece_of_a_sentence() -> None:
    """A language that orders its words otherwise has to see a sentence whole: none begins or ends in its middle."""
    assert [said for said in messages() if said != said.strip() or said[0] in ",.;:)" or said[-1] in ",;:("] == []


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en", ("%(num)s days", "%(num)s day", "%(num)s days")),
        ("pt-BR", ("%(num)s dia", "%(num)s dia", "%(num)s dias")),
        ("es", ("%(num)s días", "%(num)s día", "%(num)s días")),
        ("de", ("%(num)s Tage", "%(num)s Tag", "%(num)s Tage")),
        ("fr", ("%(num)s jour", "%(num)s jour", "%(num)s jours")),
        ("ar", ("%(num)s يوم", "%(num)s يوم", "%(num)s يومان")),
        ("ja", ("%(num)s日間", "%(num)s日間", "%(num)s日間")),
    ],
)
def test_plurals(locale: str, forms: tuple[str, str, str]) -> None:
    """Of nothing, one and two: Portuguese and French count nothing as one, Arabic has a dual, Japanese one form."""
    ngettext = words_of(locale).ngettext
    assert tuple(ngettext("%(num)s day", "%(num)s days", number) for number in (0, 1, 2)) == forms


@pytest.mark.parametrize(
    ("locale", "catalogue"),
    [
        ("pt-BR", "pt_BR"),
        ("pt", "pt_BR"),
        ("pt-PT", "pt_BR"),
        ("es-MX", "es"),
        ("de-CH", "de"),
        ("fr-CA", "fr"),
        ("ar-EG", "ar"),
        ("en-GB", None),
        ("he", None),
    ],
)
def test_a_locale_reads_its_own_words_else_its_languages_else_english(locale: str, catalogue: str | None) -> None:
    """Exact, then language, then English."""
    assert catalogue_of(locale) == catalogue


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_the_compiled_words_are_those_of_the_source(catalogue: str) -> None:
    """A catalogue that was edited is compiled by `make test`; this one was not where this fails."""
    words = words_of(catalogue.replace("_", "-"))
    singular = {key: forms[0] for key, (english, forms, _) in entries(catalogue).items() if len(english) == 1}
    assert {key: words.gettext(key) for key in singular} == singular


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5 Sek.", "Fell to 5 Sek."),
        ("\u2067\u200f300.00 ر.س.\u200f\u2069", "Fell to \u2067\u200f300.00 ر.س.\u200f\u2069"),
        ("\u2067300 ر.س\u2069", "Fell to \u2067300 ر.س\u2069."),
        ("more...", "Fell to more...."),
        ("5", "Fell to 5."),
    ],
)
def test_a_sentence_has_one_full_stop(value: str, text: str) -> None:
    """An amount or a duration that ends in a full stop brings the sentence's, also before marks of direction."""
    assert filled("Fell to %(value)s.", {"value": value}) == text
