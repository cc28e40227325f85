"""One file an engine. Each has `prepare`: given a content, it returns what is timed, the making of the PDF.

One that makes other files has `prepare_files`, which is given their formats too, and makes each format's file.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Holds the page that the engines of HTML print, and its stylesheet."""

EXCEL_FORMATS = {"text": "@", "count": "#,##0", "percent": "0.0%", "money": '"$"#,##0.00'}
"""Unit -> number format of the cells of other engines."""
