"""The author's texts of a plan that belong to no block: its glossary and its annotations of days."""

from __future__ import annotations

import unicodedata
from operator import attrgetter
from typing import TYPE_CHECKING

from reportgen.model import Annotation
from reportgen.spec.glossary_spec import terms_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec


def glossary_of(spec: ReportSpec, fill: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """Return the terms of a spec and their meanings, in alphabetical order."""
    terms = ((fill(term), fill(text)) for term, text in terms_of(spec.glossary))
    return tuple(sorted(filter(all, terms), key=_alphabetical))


def annotations_of(spec: ReportSpec, client: Client | None, fill: Callable[[str], str]) -> tuple[Annotation, ...]:
    """Return the annotations of the spec and the client, in the order of their days."""
    written = (*spec.annotations, *(client.annotations if client else ()))
    annotations = (Annotation(annotation.date.isoformat(), fill(annotation.text)) for annotation in written)
    told = (annotation for annotation in annotations if annotation.text)
    return tuple(sorted(dict.fromkeys(told), key=attrgetter("day")))


def _alphabetical(entry: tuple[str, str]) -> str:
    """Return the sort key of a term, without capitals and accents."""
    return unicodedata.normalize("NFKD", entry[0]).encode("ascii", "ignore").decode().casefold() or entry[0]
