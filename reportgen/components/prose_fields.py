"""The author's words in Markdown, written in the spec or in a file beside it."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from reportgen.components.yaml_models import Template, YamlModel


class PassageFile(YamlModel):
    """Words that stand in a Markdown file, one for each client and period if its name has variables."""

    file: Annotated[
        Template,
        Field(
            description="A Markdown file below the spec's folder; `{client.slug}` and the like may stand in its path."
        ),
    ]
    optional: Annotated[bool, Field(description="Whether the block is left out where the file is not there.")] = False


def _number_is_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Passage: TypeAlias = Annotated[Template | PassageFile, BeforeValidator(_number_is_text)]
"""Markdown, or `{file: ...}` with a path below the spec's folder."""
