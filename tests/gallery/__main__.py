"""`make gallery`: each component in every case, theme and paper, crowded charts, and scripts, as PDF and HTML pages."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from reportgen.model import PageSetup
from reportgen.pipeline import write_report
from tests.gallery.cases import THEMES, gallery
from tests.gallery.crowded_charts import crowded_charts
from tests.gallery.scripts import languages, script_report

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "gallery-out")
    papers = (PageSetup("letter"), PageSetup("slide"), PageSetup(landscape=True))
    names = ("letter", "slide", "landscape")
    reports = [gallery(theme) for theme in THEMES]
    reports += [replace(gallery(), page=page, spec=f"gallery-{name}") for page, name in zip(papers, names, strict=True)]
    reports += [crowded_charts(), *map(script_report, languages())]
    for report in reports:
        print("\n".join(map(str, write_report(report, folder, ("html", "pdf")))))  # noqa: T201 - a command
