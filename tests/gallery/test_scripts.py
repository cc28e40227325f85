"""Reports in other scripts print every text, in fonts that have its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.outputs.audit import BLANK, audit
from reportgen.outputs.measured_report import measured_report
from reportgen.outputs.pdf.pdf_file import render_pdf
from tests.gallery.scripts import languages, script_report
from tests.machine import needs_scripts

if TYPE_CHECKING:
    from tests.gallery.scripts import Words


@pytest.mark.thorough
@needs_scripts
@pytest.mark.parametrize("words", tuple(languages()), ids=lambda words: words.locale)
def test_a_report_in_another_script_is_printed_whole(words: Words) -> None:
    """The audit finds each card and each row in the PDF, no letter without a font, and no value that is cut."""
    printed = measured_report(script_report(words))
    (pdf,) = render_pdf(printed)
    assert pdf.cautions == ()
    assert [caution for caution in audit(printed, [pdf]) if caution.code != BLANK] == []
