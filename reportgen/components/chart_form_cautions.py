"""Cautions on charts whose values do not suit their kind: the reason, the form drawn, and the key to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportgen.model import RATES, Caution, form_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from reportgen.components.yaml_models import AdditiveSpec, FieldSpec
    from reportgen.model import Chart, ChartKind, FormMisfit

_ASKED: dict[ChartKind, str] = {
    "pie": "a pie was asked for",
    "donut": "a ring was asked for",
    "stacked": "a stack was asked for",
    "horizontal_bar": "horizontal bars were asked for",
    "area": "areas were asked for",
    "combo": "bars over lines were asked for",
    "heatmap": "a heat map was asked for",
    "funnel": "a funnel was asked for",
    "scatter": "a scatter plot was asked for",
}
_WHY: dict[FormMisfit | Literal["said"], str] = {
    "rates": "rates make no whole ({names}); write kind: {form}",
    "parts": "it is not known whether parts of {names} make a whole; "
    "write additive: {{parts: true}} where {whole} do, else kind: {form}",
    "said": "parts of {names} make no whole, as additive says; write kind: {form}",
    "units": "its series are of several units; write kind: {form}",
    "several": "it has several series; write kind: {form}",
    "hidden": "an area shows a single series; write kind: line",
    "single": "it has a single series; write kind: {form}",
    "days": "days of {names} do not add up to their period; write kind: {form}",
    "missing": "a part of the whole has no value",
    "negative": "a value is below zero; write kind: {form} where that is usual",
    "nothing": "no value is above zero",
    "start": "its first step has no value above zero",
    "steps": "a path has two to twelve steps with a value each; write kind: {form}",
    "grid": "a grid is made of two weeks of days, or of several series of at most 60 labels; write kind: {form}",
    "many": "rows have room for 24 days, hours or months; write kind: {form}",
    "pairs": "it crosses two metrics, and no label has both; write kind: {form}",
}


def form_cautions(
    chart: Chart, misfit: FormMisfit | None, *, decided: Collection[str], is_own: bool = True
) -> Iterator[Caution]:
    """Yield the caution that a chart is drawn in another form than was asked for, why, and what to write.

    Args:
        chart: The chart.
        misfit: Why its values do not suit its kind; None where they do.
        decided: Fields of which the author says whether their parts make a whole.
        is_own: Whether the author asked for the kind. Where a payload alone did, and the author says that parts make no
            whole, nothing is to be said.
    """
    if misfit is None or (misfit == "single" and chart.kind == "stacked"):  # a stack of one is a bar
        return
    fields = [
        series.field
        for series in chart.series
        if (series.unit.name in RATES if misfit == "rates" else misfit != "parts" or not series.parts)
    ]
    why: FormMisfit | Literal["said"] = misfit
    if misfit == "parts" and all(field in decided for field in fields):
        if not is_own:
            return
        why = "said"
    bars = "columns" if chart.kind == "horizontal_bar" else "bars"
    drawn, form = ("lines", "line") if form_of(chart) == "line" else (bars, "bar")
    whole = "its series" if chart.kind == "stacked" else "its slices"
    text = _WHY[why].format(names=", ".join(dict.fromkeys(fields)), whole=whole, form=form)
    yield Caution("W-FORM", f"{_ASKED[chart.kind]}, and {drawn} are drawn: {text}")


def decided_parts(fields: Mapping[str, FieldSpec], additive: AdditiveSpec | None, names: Iterable[str]) -> set[str]:
    """Return the fields of which an author says whether their parts make a whole: of each apart, or of all."""
    if additive and additive.parts is not None:
        return set(names)
    return {field for field, own in fields.items() if own.additive and own.additive.parts is not None}
