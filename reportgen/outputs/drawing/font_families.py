"""The font families of a machine for letters that a page's own typefaces lack, by the language of the page."""

from __future__ import annotations

from reportgen.formatting import babel_locale

USUAL_FAMILIES = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Geeza Pro",
    "Segoe UI",
    "Leelawadee UI",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Droid Sans Fallback",
    "DejaVu Sans",
)
"""Of Debian, Apple and Windows, for a page in any other language than those below."""

FAMILIES_OF_LANGUAGES = {
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Droid Sans Fallback", "Noto Sans"),
    "ko": ("Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "Droid Sans Fallback"),
    "zh-Hant": ("Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", "Droid Sans Fallback"),
}
"""Language, with its script where it has several -> families: a character has another form in each."""

GENERIC_FAMILIES = ("system-ui", "sans-serif")
"""Names of CSS for any font of the machine."""


def language_of_fonts(locale: str) -> str:
    """Return the key of a locale in `FAMILIES_OF_LANGUAGES`, or its language where it has no key there."""
    cldr = babel_locale(locale)
    language = f"{cldr.language}-{cldr.script}"
    return language if language in FAMILIES_OF_LANGUAGES else cldr.language


def machine_families(locale: str) -> tuple[str, ...]:
    """Return the names of the families of the machine for a page in a locale, the preferred family first."""
    return FAMILIES_OF_LANGUAGES.get(language_of_fonts(locale), USUAL_FAMILIES) + GENERIC_FAMILIES
