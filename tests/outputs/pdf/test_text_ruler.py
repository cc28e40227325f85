"""Widths of texts in every script: measured as the page engine sets them, and with a reserve for other machines."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest
import weasyprint

from reportgen.outputs.drawing.font_metrics import BOLD, BUILT_IN, LIGHT, NORMAL, Typefaces
from reportgen.outputs.page.font_faces import linked_faces
from reportgen.outputs.page.stylesheet import printed_stylesheet, theme_colors
from reportgen.outputs.pdf.embedded_resources import embedded_only
from reportgen.outputs.pdf.locked_fonts import locked_fonts
from reportgen.outputs.pdf.text_ruler import PrintedWidths
from tests.machine import needs_scripts
from tests.outputs.reports import PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = needs_scripts

TEXTS = {
    "ar": ("الوصول الكلي", "١٬٢٣٤ ر.س.", "عدد المتابعين الجدد", "الربع الأول 2026 (Instagram)"),
    "he": ("סך החשיפות", "עוקבים חדשים", "שיעור המעורבות"),
    "hi": ("कुल पहुंच", "सहभागिता दर", "क्लिक प्रति प्रदर्शन", "1,23,456 रु॰"),
    "th": ("จำนวนผู้ติดตามทั้งหมด", "การเข้าชมเว็บไซต์"),
    "ja": ("フォロワー数", "エンゲージメント率（%）", "2026年10月1日〜31日"),
    "zh-CN": ("粉丝总数", "互动率"),
    "zh-TW": ("粉絲總數", "互動率"),
    "ko": ("총 도달수", "팔로워 수"),
    "ta": ("மொத்த அணுகல்",),
    "pt-BR": ("e\u0301te\u0301 ≥ 123 漢", "soft\u00adhyphen ☂"),
}


def set_widths(locale: str, texts: tuple[str, ...], weight: int, pixels: int) -> Iterator[float]:
    """Yield the width in em of each text as WeasyPrint lays it out on a page of its own style."""
    style = (
        f"{linked_faces()}{theme_colors(PAPER)}{printed_stylesheet(locale)}b{{font:{weight} {pixels}px var(--family)}}"
    )
    lines = "".join(f"<p><b style='white-space:nowrap'>{escape(text)}</b></p>" for text in texts)
    html = f"<html lang={locale!r}><style>@page{{size:4000px}}{style}</style>{lines}"
    with locked_fonts(Typefaces()) as fonts:
        page = weasyprint.HTML(string=html, url_fetcher=embedded_only([])).render(font_config=fonts.configuration)
        boxes = page.pages[0]._page_box.descendants()  # noqa: SLF001 - the boxes that are laid out
        yield from (box.width / pixels for box in boxes if box.element_tag == "b" and hasattr(box, "text"))


@pytest.mark.parametrize("locale", TEXTS)
@pytest.mark.parametrize(
    ("weight", "pixels"),
    [(NORMAL, 12), *(pytest.param(*size, marks=pytest.mark.thorough) for size in ((LIGHT, 40), (BOLD, 15)))],
)
def test_a_printed_text_is_as_wide_as_it_is_set(locale: str, weight: int, pixels: int) -> None:
    """In every script, weight and size, shaping and the fonts of the machine included."""
    ruler = PrintedWidths(locale, Typefaces())
    measured = [ruler.width(text, BUILT_IN, weight) for text in TEXTS[locale]]
    assert measured == pytest.approx(list(set_widths(locale, TEXTS[locale], weight, pixels)), rel=0.0005, abs=0.02 / 12)


@pytest.mark.parametrize("locale", TEXTS)
def test_a_web_page_has_room_for_the_fonts_of_its_reader(locale: str) -> None:
    """A text is estimated no narrower than it is set in the fonts of this machine, and at most by a half wider."""
    ruler = PrintedWidths(locale, Typefaces())
    for text in TEXTS[locale]:
        measured = ruler.width(text, BUILT_IN, NORMAL)
        assert 0.995 * measured <= BUILT_IN.width(text) <= 1.5 * measured
