"""A scope to resolve components in, and short ways to ask and answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from reportgen.components import AnyBlock, Scope
from reportgen.components.variables import Filling
from reportgen.periods import Period, Window
from reportgen.queries import Source

if TYPE_CHECKING:
    from reportgen.model import Block, Picture
    from reportgen.queries import Answer, Failure

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "month")
YEAR_BEFORE = Period(date(2025, 10, 1), date(2025, 10, 31), "month")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30), "month")
SOURCE = Source("instagram", "instagram_business", "4addc0da-8583-4dbb-a0e9-c7e2e8470f50")


def block_of(written: object) -> AnyBlock:
    """Read one block of a spec."""
    made: AnyBlock = TypeAdapter(AnyBlock).validate_python(written)
    return made


def scope(*, compared: bool = True, pictures: dict[str, Picture | Failure] | None = None) -> Scope:
    """Return a scope in October 2026, compared with September or not."""
    window = Window(OCTOBER, SEPTEMBER if compared else None)

    return Scope("block", SOURCE, window, "BRL", Filling({"client.name": "Aurora"}), pictures or {})


def twice() -> Scope:
    """Return the scope in October 2026, compared with September and with the October before."""
    return replace(scope(), window=Window(OCTOBER, SEPTEMBER, further=(YEAR_BEFORE,)))


def resolved(
    written: object,
    answer: Answer | None = None,
    *,
    compared: bool = True,
    pictures: dict[str, Picture | Failure] | None = None,
) -> Block:
    """Resolve and complete one block, each of its queries answered alike."""
    component, where = block_of(written), scope(compared=compared, pictures=pictures)
    queries = component.queries(where)
    block = component.resolve(where, {} if answer is None else dict.fromkeys(queries, answer))
    return component.completed(block, where)
