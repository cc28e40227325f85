"""What goes wrong on purpose, over HTTP, and what does not in a calm sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from reportgen.sandbox.odd_answers import without_zeros
from tests.sandbox.asking import OCTOBER, SEPTEMBER, get_data, metric

if TYPE_CHECKING:
    import httpx
    from pydantic import JsonValue

COMPARED = {**OCTOBER, "comparison_start": SEPTEMBER["start"], "comparison_end": SEPTEMBER["end"]}


def _kinds(http: httpx.Client) -> set[str]:
    """Return what goes wrong with any of 600 metrics of each component."""
    found: set[str] = set()
    for component in ("number_v1", "chart_v1", "datatable_v1"):
        asked = [
            metric(component, ["clicks"], [] if component == "number_v1" else ["device"], key=f"x:{n}", ident=f"{n}")
            for n in range(600)
        ]
        answer = get_data(http, asked, COMPARED)
        found |= {"absent"} if len(answer) < len(asked) else set()
        found |= {str(one["type"]) for one in answer.values() if "type" in one}
        for one in answer.values():
            found |= (
                {f"{component} {type(cell).__name__}" for cell in _figures(one["values"])} if "values" in one else set()
            )
    return found


def _figures(values: JsonValue) -> list[JsonValue]:
    """Return the figures of an answer: the number, the points, or the cells right of the dimension."""
    if not isinstance(values, list):
        return [values]
    return [
        cell
        for line in values
        for cell in (line["data"] if isinstance(line, dict) else cast("list[JsonValue]", line)[1:])  # type: ignore[union-attr]
    ]


def test_a_calm_sandbox_does_no_mischief(calm: httpx.Client) -> None:
    """Of 1,800 calm metrics none is absent, failed, text or null."""
    assert _kinds(calm) == {"number_v1 int", "chart_v1 int", "datatable_v1 int"}


def test_a_lively_sandbox_does_all_mischief(lively: httpx.Client) -> None:
    """Of 1,800 lively metrics some are absent, some fail for each documented reason, some are text or null."""
    failures = {"no_data_in_period", "invalid_metrics_combination", "internal_error", "expired_token"}
    numbers = {"number_v1 int", "number_v1 str", "number_v1 NoneType", "chart_v1 int", "chart_v1 NoneType"}
    tables = {"datatable_v1 int", "datatable_v1 str", "datatable_v1 NoneType"}
    assert _kinds(lively) == failures | numbers | tables | {"absent"}


def test_mischief_is_rare(lively: httpx.Client) -> None:
    """At least four fifths of lively metrics are answered with a plain number."""
    asked = [metric("number_v1", ["clicks"], key=f"x:{n}", ident=f"{n}") for n in range(600)]
    plain = [answer for answer in get_data(lively, asked).values() if isinstance(answer.get("values"), int)]
    assert len(plain) > 480


def test_mischief_changes_with_the_days(lively: httpx.Client) -> None:
    """Other metrics are hit on other days."""
    asked = [metric("number_v1", ["clicks"], key=f"x:{n}", ident=f"{n}") for n in range(600)]
    hit = [
        {key for key, answer in get_data(lively, asked, dates).items() if "message" in answer}
        for dates in (OCTOBER, SEPTEMBER)
    ]
    assert hit[0] != hit[1]


def test_days_of_zero_are_left_out() -> None:
    """A day on which one series has a value stays; a table loses the row of the day."""
    chart: JsonValue = {"labels": ["a", "b", "c"], "values": [{"data": [0, 0, 3]}, {"data": [0, 2, 0]}]}
    assert without_zeros(chart) == {"labels": ["b", "c"], "values": [{"data": [0, 3]}, {"data": [2, 0]}]}
    assert without_zeros({"values": [["a", 0, 0], ["b", 0, 1], ["c", None, 0]]}) == {
        "values": [["b", 0, 1], ["c", None, 0]]
    }
