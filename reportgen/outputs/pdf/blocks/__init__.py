"""Blocks that are drawn into the pages of the PDF in place of what the page engine would set."""
