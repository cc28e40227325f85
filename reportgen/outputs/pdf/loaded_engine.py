"""The page engine, loaded as soon as this module is: for a process that others are copied from."""

from __future__ import annotations

from contextlib import suppress

from reportgen.errors import MissingLibrary
from reportgen.outputs.pdf.engine import load, unknown_versions

with suppress(MissingLibrary):  # the first PDF fails with it, and names the command that mends it
    load()
    if not unknown_versions():
        import reportgen.outputs.pdf.weasyprint70.composed_document
        import reportgen.outputs.pdf.weasyprint70.pdf_writer  # noqa: F401 - it is there to be loaded
