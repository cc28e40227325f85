"""The sums of what a table or a chart does not show: whether the author wants them, and the name that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from reportgen.components.yaml_models import Title, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.components.component import Scope

OtherRow: TypeAlias = Annotated[
    bool | Title,
    BeforeValidator(yes_or_no),
    Field(
        description="Whether a last row has the sums of what `limit` leaves out, or its name; it is printed, and the "
        "workbook has the rows themselves."
    ),
]
"""Whether there is a row Other: yes, no, or its name."""

OtherPart: TypeAlias = Annotated[
    bool | Title,
    BeforeValidator(yes_or_no),
    Field(description="Whether a last category has the sums of what `limit` leaves out, or its name."),
]
"""Whether there is a category Other: yes, no, or its name."""


def other_name(written: bool | str, scope: Scope) -> Callable[[int], str] | None:  # noqa: FBT001 - a key of the spec
    """Return the function from a count of rows to the name of their sums; None where the author wants no sums."""
    if isinstance(written, str):
        name = scope.fill(written)
        return (lambda _count: name) if name else scope.other_text
    return scope.other_text if written else None
