"""The printed pages of a spec or a client: their paper, and how sections follow one another."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reportgen.components.yaml_models import YamlModel
from reportgen.model import Flow, Paper


class PageSpec(YamlModel):
    """The printed pages."""

    paper: Annotated[
        Paper, Field(description="Size of the pages: `a4`, `letter`, or `slide` of 16:9, which is always landscape.")
    ] = "a4"
    landscape: Annotated[bool, Field(description="Whether the pages lie on their long side.")] = False
    flow: Annotated[
        Flow,
        Field(
            description="`auto`: a section begins a page unless more than a third of the page before would stay empty; "
            "`pages`: each does; `continuous`: sections follow on."
        ),
    ] = "auto"
