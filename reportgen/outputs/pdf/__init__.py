"""The report as a PDF. The only door to WeasyPrint and pydyf."""
