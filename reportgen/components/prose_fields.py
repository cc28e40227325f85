"""A passage of Markdown, written in the spec or in a file beside it."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from reportgen.components.yaml_models import Template, YamlModel


class PassageFile(YamlModel):
    """A Markdown file with a passage; with variables in its name, a file for each client or period."""

    file: Annotated[
        Template,
        Field(
            description="A Markdown file below the spec's folder; `{client.slug}` and the like may stand in its path."
        ),
    ]
    optional: Annotated[bool, Field(description="Whether the block is left out where the file is missing.")] = False


Passage: TypeAlias = Template | PassageFile
"""Markdown, or `{file: ...}` with a path below the spec's folder."""
