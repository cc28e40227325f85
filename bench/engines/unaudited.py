"""reportgen without its audit: nobody looks at the finished file again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.engines.ours import AS_OF, answers_file, expect_done, spec_of
from reportgen.garbage_collection import collect_seldom, collected_afterwards
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.pipeline import build_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.content import Content


def prepare(content: Content, folder: Path) -> Callable[[], bytes]:
    """Return the making of a report."""
    collect_seldom()
    spec, answers = spec_of(content), answers_file(content, folder)

    def make() -> bytes:
        with collected_afterwards():
            report = build_report(spec, answers=answers, as_of=AS_OF)
            expect_done(report)
            return render_pdf(PrintedReport(report))[0].content

    return make
