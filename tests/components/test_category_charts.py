"""Charts of categories as their authors want them: conditions, limits, Other and names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from reportgen.queries import ChartAnswer
from tests.components.scenes import block_of, scope

if TYPE_CHECKING:
    from reportgen.model import Block, Chart

DEVICES: dict[str, Any] = {
    "reference_key": "gads:clicks_by_device",
    "component": "chart_v1",
    "metrics": ["metrics.clicks"],
    "dimensions": ["device"],
    "chart_type": "pie",
}
NOW = ChartAnswer(("mobile", "tv", "desktop", "tablet", "watch"), ((70, 2, 20, 5, 1),))
THEN = ChartAnswer(("desktop", "mobile", "car", "tv"), ((30, 60, 9, 4),))


def made(keys: dict[str, Any], now: ChartAnswer = NOW, then: ChartAnswer = THEN) -> Block:
    """Resolve and complete a chart of two periods."""
    block, where = block_of({**DEVICES, **keys}), replace(scope(), renames={"device": {"TV": "Television"}})
    answers = dict(zip(block.queries(where), (now, then), strict=True))
    return block.completed(block.resolve(where, answers), where)


def drawn(chart: Chart) -> dict[str, tuple[float | None, float | None]]:
    """Return the values of a chart of a series by their labels, in both periods."""
    (series,) = chart.series
    return dict(zip(chart.labels, zip(series.values, series.baseline, strict=True), strict=True))


def test_the_largest_are_shown_and_the_others_added_up() -> None:
    """In the order of the answer, in both periods; what was there before alone is among the others."""
    (chart,) = made({"limit": 2, "other": True}).charts
    assert drawn(chart) == {"mobile": (70, 60), "desktop": (20, 30), "Other (4)": (8, 13)}
    assert chart.baseline_labels == ("mobile", "desktop", "Other (4)")
    assert chart.other


def test_without_other_the_rest_is_left_out() -> None:
    """The page says how many of how many; what is left makes no whole, and staff learn how it would."""
    block = made({"limit": 2})
    (chart,) = block.charts
    assert list(drawn(chart)) == ["mobile", "desktop"]
    assert (chart.of, chart.other, chart.series[0].additive, chart.series[0].parts) == (6, False, False, False)
    assert [one.text.rpartition("; ")[2] for one in block.cautions] == ["write other: true"]


def test_other_lacks_what_a_category_of_it_lacks() -> None:
    """A missing value is not zero, so no fall is told; a category of the other period alone lacks none."""
    now = ChartAnswer(("mobile", "desktop", "tablet", "tv"), ((50, 40, None, 5),))
    then = ChartAnswer(("mobile", "desktop", "tablet", "tv", "car"), ((50, 40, 30, 5, 2),))
    block = made({"limit": 2, "other": True}, now, then)
    assert drawn(block.charts[0])["Other (3)"] == (None, 37)
    assert [caution.text for caution in block.cautions if caution.code == "W-OTHER"] == [
        "other: categories beyond limit have no value of metrics.clicks, so that their sum is not known"
    ]


def test_other_of_what_is_gone_makes_no_ring_incomplete() -> None:
    """Of fewer categories than the limit none is left out: all that Other adds up was there before alone."""
    block = made({"limit": 4, "other": True}, ChartAnswer(("mobile", "desktop", "tv"), ((50, 40, 5),)))
    (chart,) = block.charts
    assert (drawn(chart)["car"], chart.alone) == ((None, 9), 1)
    block = made({"limit": 3, "other": True}, ChartAnswer(("mobile", "desktop", "tv"), ((50, 40, 5),)))
    (chart,) = block.charts
    assert (drawn(chart)["Other (1)"], chart.alone, block.cautions) == ((None, 9), 1, ())


def test_other_has_its_authors_name_and_names_are_replaced() -> None:
    """The spec's names and the block's own; Other is no name of the API."""
    fields = {"device": {"rename": {"mobile": "Phone"}}}
    (chart,) = made({"limit": 4, "other": "Rest", "fields": fields}).charts
    assert list(drawn(chart)) == ["Phone", "Television", "desktop", "tablet", "Rest"]
    assert chart.baseline_labels == ("Phone", "Television", "desktop", "", "Rest")


def test_what_does_not_add_up_has_no_other() -> None:
    """A user may come by two devices: the rest is left out, and staff are told."""
    block = made({"metrics": ["activeUsers"], "kind": "bar", "limit": 2, "other": True})
    assert list(drawn(block.charts[0])) == ["mobile", "desktop"]
    assert [caution.code for caution in block.cautions] == ["W-OTHER"]


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("metrics.clicks >= 5", ["mobile", "desktop", "tablet", "car"]),
        ("device != 'Mobile' and not device contains 't'", ["car"]),
        ("metrics.clicks.change < 0", ["Television", "desktop"]),
        ("metrics.clicks / metrics.clicks.total > 20%", ["mobile", "desktop"]),
    ],
)
def test_categories_that_do_not_meet_the_condition_are_left_out(where: str, kept: list[str]) -> None:
    """Each period on its own values: a category of the compared period alone by its values then."""
    (chart,) = made({"where": where, "kind": "bar"}).charts
    assert list(drawn(chart)) == kept


def test_no_category_left_is_no_data() -> None:
    """Staff learn that it is the condition."""
    block = made({"where": "metrics.clicks > 900"})
    assert (block.state, block.charts, block.reason) == (
        "no_data",
        (),
        "nothing meets the condition metrics.clicks > 900",
    )


def test_a_condition_on_one_of_several_unnamed_series_shows_nothing() -> None:
    """The API names no series: it is not known which is meant."""
    answer = ChartAnswer(("mobile", "tv"), ((1, 2), (3, 4)))
    block = made({"where": "metrics.clicks > 1"}, answer, answer)
    assert (block.state, block.charts) == ("failed", ())
    assert block.reason.startswith("where: the answer has 2 series")


def test_the_form_is_judged_by_what_is_shown() -> None:
    """A ring of which the negative part is left out is a ring."""
    answer = ChartAnswer(("mobile", "tv"), ((10, -2),))
    assert [caution.code for caution in made({}, answer, answer).cautions] == ["W-FORM"]
    assert made({"where": "metrics.clicks > 0"}, answer, answer).cautions == ()


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"dimensions": ["date"], "limit": 3}, "limit: chooses among categories, and these labels are days"),
        ({"other": True}, "other: nothing is left for it without a limit"),
        ({"where": "clicks > 1"}, "column 1: 'clicks' is no column here; did you mean 'metrics.clicks'"),
    ],
)
def test_keys_that_do_not_go_together(keys: dict[str, Any], message: str) -> None:
    """They are told before anything is asked."""
    with pytest.raises(ValidationError, match=message):
        block_of({**DEVICES, **keys})
