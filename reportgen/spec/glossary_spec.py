"""The glossary of a spec: terms and their meanings, as a list or as a mapping."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from reportgen.components.yaml_models import Template, Title, YamlModel
from reportgen.titles import literal


class GlossaryTerm(YamlModel):
    """A term of the glossary."""

    term: Annotated[Title, Field(min_length=1, description="The term, as the report has it.")]
    text: Annotated[Template, Field(description="Its meaning, in a sentence.")]


def _form(written: object) -> str:
    return "<list>" if isinstance(written, list | tuple) else "<terms>"


WrittenGlossary: TypeAlias = Annotated[
    Annotated[tuple[GlossaryTerm, ...], Tag("<list>")] | Annotated[dict[str, Template], Tag("<terms>")],
    Discriminator(_form),
]
"""Terms and their meanings: a list of `{term, text}`, or a mapping of terms to texts."""


def terms_of(written: tuple[GlossaryTerm, ...] | dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the terms of a glossary and their meanings, in the author's order; the terms are templates too."""
    if isinstance(written, dict):
        return tuple((literal(term), text) for term, text in written.items())
    return tuple((each.term, each.text) for each in written)
