"""The properties of a PDF: its title and its author, without the names of the programs that made it."""

from __future__ import annotations

import re

import pydyf

_PRODUCER = re.compile(rb'<rdf:Description rdf:about="" pdf:Producer="[^"]*" ?/>')


def take_producer_out(pdf: pydyf.PDF) -> None:
    """Remove the name of the page engine from a PDF that is about to be written.

    It stands among the properties, and in the metadata of a standard, which have to agree (ISO 19005-1, 6.7.3).
    """
    pdf.info.pop("Producer", None)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            item.stream = [_PRODUCER.sub(b"", part) for part in item.stream]
