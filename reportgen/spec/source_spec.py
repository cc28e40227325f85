"""The sources of a spec: the accounts that its blocks take their metrics from."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from pydantic import Field

from reportgen.components.yaml_models import YamlModel


class SourceSpec(YamlModel):
    """An account that blocks take their metrics from."""

    integration: Annotated[
        str,
        Field(
            min_length=1,
            description="The kind of account, as the API calls it, such as `google_ads`.",
        ),
    ]
    customer_integration: Annotated[
        uuid.UUID | None,
        Field(
            description="The account itself, for reports without a client file; with a client, its own account counts."
        ),
    ] = None
    optional: Annotated[
        bool,
        Field(description="Whether clients without such an account get a report without its blocks."),
    ] = False
    absent: Annotated[
        Literal["zero"] | None,
        Field(description="`zero`: the source leaves out the days of zero, in all its charts and tables by day."),
    ] = None
