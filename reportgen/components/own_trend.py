"""The small line of a number's own history: its values of whole months or other units, each asked for by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import Discriminator, Tag

from reportgen.components.period_fields import HistoryPeriod, ValueUnit, history_days
from reportgen.components.yaml_models import Name, YamlModel
from reportgen.model import UNREAD, Caution, Chart, Series, number_or_none
from reportgen.periods import parts_of_period
from reportgen.queries import Failure, NumberAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.components.component import Scope
    from reportgen.model import Unit
    from reportgen.periods import Period
    from reportgen.queries import Answer


class TrendSpec(YamlModel):
    """The small line under a number, of its own values in a row of months or other units."""

    by: ValueUnit = "month"
    period: HistoryPeriod = None

    def days(self) -> str:
        """Return the period word of its days."""
        return history_days(self.period, self.by)

    def buckets(self, scope: Scope) -> tuple[Period, ...]:
        """Return the whole units of its days; a unit in part would look like a fall."""
        if not scope.trend_days:
            return ()
        kind = scope.starts.kind(self.by)
        return tuple(days for days, whole in parts_of_period(scope.trend_days, kind) if whole)


def _kind(written: object) -> str:
    """Return the tag of a trend: of the name of a chart, or of the number's own history."""
    return "<own>" if isinstance(written, dict | TrendSpec) else "<name>"  # no tag is a key; see `AnyBlock`


WrittenTrend: TypeAlias = Annotated[
    Annotated[Name, Tag("<name>")] | Annotated[TrendSpec, Tag("<own>")], Discriminator(_kind)
]
"""The name of a chart, or a mapping such as `{by: month}`."""


def trend_chart(trend: TrendSpec, answers: Mapping[Period, Answer], field: str, unit: Unit, scope: Scope) -> Chart:
    """Return the small line of the answers to a number in some buckets; what did not come is a gap."""
    values = (answer.value if isinstance(answer, NumberAnswer) else None for answer in answers.values())
    numbers = tuple(map(number_or_none, values))
    return Chart(
        kind="sparkline",
        label_type="date",
        labels=tuple(days.start.isoformat() for days in answers),
        series=(Series(field, field, unit, numbers),),
        bucket=trend.by,
        by_number=scope.starts.weekday == 0,
        first_month=scope.starts.month,
        windows=tuple(days.dates for days in answers),
    )


def trend_cautions(answers: Mapping[Period, Answer]) -> tuple[Caution, ...]:
    """Return a caution for each value that could not be read, which degrades the report."""
    return tuple(
        Caution("W-FAILED", f"its small line of {days.dates}: {answer.reason or answer.missing}; it is a gap")
        for days, answer in answers.items()
        if isinstance(answer, Failure) and answer.missing in UNREAD
    )
