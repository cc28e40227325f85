"""The component `number_v1`: one value, its change, and a sparkline from a chart."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from reportgen.components.metric import Metric
from reportgen.components.written import Name, NotYet, Width
from reportgen.model import Block, Change, Reading
from reportgen.queries import Failure, NumberAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.components.component import Scope
    from reportgen.model import Unit, Value
    from reportgen.queries import Answer, Query


class NumberBlock(Metric):
    """A single value."""

    component: Literal["number_v1"]
    width: Width = 3
    trend: Name | None = None
    kind: NotYet = None
    sort_by: NotYet = None
    limit: NotYet = None

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Make the block: one reading, or why there is none."""
        frame = self.frame("number", scope)
        # One value comes back however many metrics are asked; its meaning is the reference key's.
        field = self.metrics[0] if len(self.metrics) == 1 else self.reference_key
        unit = self.unit(field, scope)
        query = self.query(scope)
        match answers[query]:
            case NumberAnswer() as answer:
                reading = self._reading(field, unit, answer, compared=query.window.baseline is not None)
                return replace(frame, state=reading.missing or "ok", readings=(reading,))
            case Failure(missing=missing, reason=reason):
                return replace(frame, state=missing, reason=reason, readings=(Reading(field, unit, missing=missing),))
            case answer:
                message = f"the answer is no number but a {type(answer).__name__}"
                return replace(
                    frame, state="failed", reason=message, readings=(Reading(field, unit, missing="failed"),)
                )

    def _reading(self, field: str, unit: Unit, answer: NumberAnswer, *, compared: bool) -> Reading:
        reading = Reading(field, unit, answer.value, missing="no_data" if answer.value is None else None)
        if not compared:
            return replace(reading, baseline_missing="not_requested")
        if answer.baseline is None:
            return replace(reading, baseline_missing="no_data")
        return replace(reading, baseline=answer.baseline, change=self._change(answer.value, answer.baseline, unit))

    def _change(self, current: Value, baseline: Value, unit: Unit) -> Change | None:
        if not (isinstance(current, int | float) and isinstance(baseline, int | float)):
            return None
        with suppress(OverflowError):
            if math.isfinite(current - baseline):  # 1e308 against -1e308 is further apart than numbers go
                return Change.between(current, baseline, unit, self.judged())
        return None
