"""The language that suits a reader, among those of a text or of the files beside a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.languages import Texts, all_languages, file_for_reader, is_language, suitable_language

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("locale", "known", "suitable"),
    [
        ("pt-BR", ["en", "pt", "pt-BR"], "pt-BR"),
        ("pt-BR", ["pt-PT", "en", "pt"], "pt"),
        ("pt-BR", ["en", "pt-PT"], "pt-PT"),
        ("pt", ["pt-BR"], "pt-BR"),
        ("zh-Hant-TW", ["zh", "zh-Hant"], "zh-Hant"),
        ("pt-BR", ["en", "pt_BR"], "pt_BR"),
        ("de", ["en", "den"], None),
    ],
)
def test_the_suitable_language(locale: str, known: list[str], suitable: str | None) -> None:
    """The locale itself goes before its language, and that before another region of it."""
    assert suitable_language(locale, known) == suitable


@pytest.mark.parametrize(
    ("tag", "is_known"),
    [("en", True), ("pt-BR", True), ("pt_BR", True), ("xx", False), ("ads", False), ("En", False), ("file", False)],
)
def test_tags_of_languages(tag: str, is_known: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A tag is one that CLDR knows, so that a name is not taken for one."""
    assert is_language(tag) == is_known


def test_a_text_in_several_languages() -> None:
    """It is the first text until its reader is known, and keeps all others."""
    text = Texts({"en": "Reach", "pt-BR": "Alcance"})
    spoken = text.spoken(("pt-PT", "en"))
    assert (text, spoken, spoken.is_lacking) == ("Reach", "Alcance", False)
    assert text.spoken(("de", "pt")) == "Alcance", "in the language of the spec"
    assert (lacking := text.spoken(("de", "fr"))) == "Reach"
    assert lacking.is_lacking
    assert all_languages(spoken) == ("Reach", "Alcance")
    assert all_languages("Reach") == ("Reach",)


def test_files_in_other_languages(tmp_path: Path) -> None:
    """A tag before the suffix is a language; a file without the reader's is the file itself, also if it is missing."""
    for name in ("a.md", "a.pt.md", "a.draft.md", "a.pt.txt", "b.en-GB.md", "a.b.es.md"):
        (tmp_path / name).touch()
    assert file_for_reader(tmp_path / "a.md", "pt-BR").name == "a.pt.md"
    assert file_for_reader(tmp_path / "a.md", "es").name == "a.md"
    assert file_for_reader(tmp_path / "b.md", "en").name == "b.en-GB.md"
    assert file_for_reader(tmp_path / "nowhere/c.md", "en") == tmp_path / "nowhere/c.md"
