"""Components that are part of the format and that this version refuses."""

from __future__ import annotations

from pydantic import ConfigDict, model_validator

from reportgen.components.component import Component
from reportgen.components.written import NOT_YET, refuse

LATER_KEYS = ("callout", "summary", "metric_list")


class LaterBlock(Component):
    """A block that is told apart by a key of a later version."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _refuse(cls, value: object) -> object:
        key = next((key for key in LATER_KEYS if isinstance(value, dict) and key in value), "this")
        return refuse(NOT_YET, f"not yet: {key!r} blocks are not made by this version; leave the block out")
