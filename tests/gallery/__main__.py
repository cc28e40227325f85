"""`make gallery`: every component in every case and theme, as a PDF and an HTML page each."""

from __future__ import annotations

import sys
from pathlib import Path

from reportgen.pipeline import write_report
from tests.gallery.cases import THEMES, gallery

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "gallery-out")
    for theme in THEMES:
        print("\n".join(map(str, write_report(gallery(theme), folder, ("html", "pdf")))))  # noqa: T201 - a command
