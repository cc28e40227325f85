from typing import TypedDict

from pydyf import PDF
from weasyprint import Document

class _Properties(TypedDict, total=False):
    pdf_version: str

VARIANTS: dict[str, tuple[object, _Properties]]

def generate_pdf(document: Document, target: None, zoom: float, **options: object) -> PDF: ...
