"""The formula component."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from reportgen.components.goals import GoalSpec
from reportgen.errors import ConfigurationError
from reportgen.model import RAW, Block, Change, ComparedValue, Reading, Remark, Unit, change_of
from reportgen.periods import Period, Window
from tests.components.scenes import SEPTEMBER, YEAR_BEFORE, block_of, scope, twice

if TYPE_CHECKING:
    from collections.abc import Mapping

BRL = Unit("currency", "BRL")
CPA: dict[str, object] = {
    "name": "cost_per_conversion",
    "formula": "spend / conversions",
    "direction": "down_is_good",
}


def number(name: str, value: float | str | None, baseline: float | None, unit: Unit = RAW) -> Block:
    """Return the resolved block of a number."""
    reading = Reading(
        name,
        unit,
        value,
        None if value is not None else "no_data",
        baseline,
        None if baseline is not None else "no_data",
        change_of(value, baseline, unit, "neutral"),
    )
    return Block(name, "number", state=reading.missing or "ok", queries=(f"sha256:{name}",), readings=(reading,))


SPEND = number("spend", 300.0, 400.0, BRL)
CONVERSIONS = number("conversions", 60, 50, Unit("count"))


def made(written: Mapping[str, object], *blocks: Block, goal: float | None = None, band: float = 0) -> Block:
    """Resolve a formula from resolved blocks."""
    where = replace(scope(), blocks={block.name: block for block in blocks}, neutral_band=band)
    where = where if goal is None else replace(where, goal=GoalSpec(target=goal))
    return block_of(written).resolve(where, {})


def test_ok() -> None:
    """Both periods are calculated from raw values, in the unit that follows, and compared by the block's direction."""
    block = made(CPA, SPEND, CONVERSIONS)
    assert block == Block(
        name="block",
        kind="number",
        label="Cost per conversion",
        width=3,
        queries=("sha256:spend", "sha256:conversions"),
        readings=(
            Reading(
                "spend / conversions",
                BRL,
                5.0,
                None,
                8.0,
                None,
                change=Change(-3.0, -0.375, "good"),
                goal=None,
                over_time="quotient",
                direction="down_is_good",
            ),
        ),
    )


def test_asks_nothing_and_says_what_it_is_made_from() -> None:
    """A formula has no query of its own."""
    component = block_of(CPA)
    assert (component.queries(scope()), component.builds_on()) == ((), ("spend", "conversions"))


def test_the_authors_words_win() -> None:
    """Label, format, width and note are the author's."""
    written = {**CPA, "label": "CPA of {client.name}", "format": "decimal", "width": 4, "new_row": True, "note": "x"}
    block = made(written, SPEND, CONVERSIONS)
    assert (block.label, block.width, block.new_row, block.notes) == ("CPA of Aurora", 4, True, ("x",))
    assert block.readings[0].unit == Unit("decimal")


def test_without_a_name_its_place_is_the_label() -> None:
    """What is calculated is no business of the reader's: a formula without words of its author is not its own title."""
    assert made({"formula": "spend * 1.35"}, SPEND).label == "Block"


def test_a_currency_is_the_reports() -> None:
    """`format: currency` without a code is in the report's currency."""
    written = {"formula": "a", "format": "currency"}
    assert made(written, number("a", 1, 1)).readings[0].unit == BRL


def test_a_formula_builds_on_a_formula() -> None:
    """What was calculated is calculated with, and a rate moves in points."""
    cpa = replace(made(CPA, SPEND, CONVERSIONS), name="cpa")
    share = made({"formula": "1 - cpa / price", "format": "percent"}, cpa, number("price", 10, 10, BRL))
    change = share.readings[0].change
    assert share.readings[0].value == 0.5
    assert share.readings[0].baseline == pytest.approx(0.2)
    assert change is not None
    assert change.absolute == pytest.approx(0.3)
    assert change.relative is None
    assert share.queries == ("sha256:spend", "sha256:conversions", "sha256:price")


def test_parts_of_numbers_are_calculated_with() -> None:
    """A number's compared value and its goal, which the compared period has not: then nothing is compared."""
    block = made({"formula": "spend - spend.baseline", "format": "currency"}, SPEND)
    (reading,) = block.readings
    assert (reading.value, reading.unit, reading.baseline, reading.baseline_missing) == (
        -100.0,
        BRL,
        None,
        "not_comparable",
    )


def test_a_part_without_value_is_named() -> None:
    """A number without a goal leaves the formula without a value, and staff learn which part it is."""
    block = made({"formula": "spend / spend.goal"}, SPEND)
    assert (block.state, block.reason) == ("no_data", "spend / spend.goal: spend.goal has no value")


@pytest.mark.parametrize(
    ("formula", "operand", "value"),
    [
        ("a * 110%", number("a", 300.0, 400.0, BRL), 330.0),
        ("a + 5%", number("a", 0.25, 0.5, Unit("percent")), 0.3),
        ("a + 5%", number("a", 25, 50, Unit("percent_100")), 30),
    ],
)
def test_a_percentage_goes_with_its_neighbour(formula: str, operand: Block, value: float) -> None:
    """A share of an amount, a hundredth beside a fraction, and points beside a rate that is counted to 100."""
    (reading,) = made({"formula": formula}, operand).readings
    assert (reading.value, reading.unit) == (value, operand.readings[0].unit)


def test_a_percentage_is_not_added_to_an_amount() -> None:
    """300 and 10 % have no sum."""
    block = made({"formula": "spend + 10%"}, SPEND)
    assert (block.state, block.reason.split(";")[0]) == (
        "failed",
        "spend + 10%: column 7: BRL and percent cannot be added or subtracted",
    )


def test_the_neutral_band_is_kept() -> None:
    """A change within the band is noise."""
    change = made({**CPA, "formula": "a"}, number("a", 104, 100), band=0.05).readings[0].change
    assert change is not None
    assert change.judgement == "neutral"


def test_division_by_zero_is_missing() -> None:
    """No value, no infinity: a state, a remark for the reader and the divisor's name for staff."""
    block = made(CPA, SPEND, number("conversions", 0, 50, Unit("count")))
    (reading,) = block.readings
    assert (block.state, reading.value, reading.missing, block.remarks) == (
        "no_data",
        None,
        "no_data",
        ("zero_divisor",),
    )
    assert block.reason == "spend / conversions: would be divided by conversions, which is 0"
    assert (reading.baseline, reading.change) == (8.0, None)


def test_a_baseline_divided_by_zero_is_missing_alone() -> None:
    """The current value stands; there is nothing to compare it with."""
    block = made(CPA, SPEND, number("conversions", 60, 0, Unit("count")))
    (reading,) = block.readings
    assert (block.state, block.reason, block.remarks) == ("ok", "", ())
    assert (reading.value, reading.baseline, reading.change) == (5.0, None, None)
    assert reading.baseline_missing == "not_comparable"


def test_a_result_beyond_numbers_is_missing() -> None:
    """An overflow is no value and says so to staff."""
    block = made({"formula": "a * a"}, number("a", 1e200, 1))
    assert (block.state, block.readings[0].value) == ("no_data", None)
    assert "larger than a number can be" in block.reason


def test_the_gravest_reason_is_the_formulas() -> None:
    """A failure weighs more than no data; the reason names the number it comes from."""
    failed = Block("spend", "number", state="failed", reason="timed out", readings=(Reading("x", missing="failed"),))
    block = made(CPA, failed, number("conversions", None, 50))
    (reading,) = block.readings
    assert (block.state, reading.missing, reading.baseline_missing) == ("failed", "failed", "failed")
    assert block.reason == "spend: timed out"


def test_no_data_stays_no_data() -> None:
    """A number without data makes a formula without, never zero, and nothing to complain of."""
    block = made(CPA, SPEND, number("conversions", None, None))
    assert (block.state, block.reason, block.readings[0].baseline_missing) == ("no_data", "", "no_data")


def test_text_is_not_calculated_with() -> None:
    """A number that came as text fails the formula, not the run."""
    block = made(CPA, number("spend", "1.2k", None), CONVERSIONS)
    assert (block.state, block.readings[0].missing) == ("failed", "failed")
    assert "spend is text" in block.reason


@pytest.mark.parametrize("key", ["compare", "window"])
def test_without_comparison(key: str) -> None:
    """Neither a block that compares with nothing nor such a report has a baseline."""
    where = replace(scope(), blocks={"spend": SPEND, "conversions": CONVERSIONS})
    if key == "window":
        where = replace(where, window=Window(where.window.current))
    (reading,) = block_of({**CPA, "compare": "none"} if key == "compare" else CPA).resolve(where, {}).readings
    assert (reading.value, reading.baseline, reading.baseline_missing) == (5.0, None, "not_requested")
    assert reading.change is None


def test_what_cannot_be_compared_is_not_compared() -> None:
    """A number whose two values cover unlike periods makes a formula without a change, its remark carried along."""
    remarks: tuple[Remark, ...] = ("own_period",)
    own = replace(SPEND, readings=(replace(SPEND.readings[0], change=None),), remarks=remarks)
    block = made(CPA, own, CONVERSIONS)
    (reading,) = block.readings
    assert (reading.value, reading.baseline, reading.change) == (5.0, 8.0, None)
    assert block.remarks == ("own_period",)


def test_amounts_of_two_currencies_fail() -> None:
    """P23: what only the client's currency brings to light is a failure of the block."""
    block = made({"formula": "spend + cost"}, SPEND, number("cost", 1, 1, Unit("currency", "USD")))
    assert (block.state, block.readings[0].missing) == ("failed", "failed")
    assert "BRL and USD" in block.reason


@pytest.mark.parametrize(("client", "target", "standing"), [(None, 4, "over"), (6.0, 6, "within")])
def test_the_clients_goal_is_over_the_specs(client: float | None, target: float, standing: str) -> None:
    """A ceiling where less is better; the client's own target wins."""
    goal = made({**CPA, "goal": 4}, SPEND, CONVERSIONS, goal=client).readings[0].goal
    assert goal is not None
    assert (goal.target, goal.progress, goal.standing) == (target, 5 / target, standing)


def test_without_a_value_there_is_no_goal() -> None:
    """A missing value has no progress."""
    assert made({**CPA, "goal": 4}, SPEND, number("conversions", 0, 0)).readings[0].goal is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"formula": "a / "}, "column 4"),
        ({"formula": "2 + 2"}, "at least one other number"),
        ({"formula": 5}, "at least one other number"),
        ({"formula": "__import__('os')"}, "column 1"),
        ({**CPA, "goal": "many"}, "goal"),
        ({**CPA, "goal": float("nan")}, "goal"),
        ({**CPA, "compare": "previous_period"}, "compare"),
        ({**CPA, "metrics": ["x"]}, "'metrics' is no key here"),
    ],
)
def test_what_is_no_formula_block_is_refused(written: dict[str, object], said: str) -> None:
    """The keys and the formula are checked on reading."""
    with pytest.raises(ValidationError, match=said):
        block_of(written)


@pytest.mark.parametrize("blocks", [(SPEND,), (SPEND, Block("conversions", "chart"))])
def test_a_spec_that_was_not_loaded_is_told(blocks: tuple[Block, ...]) -> None:
    """A name that leads to no number is our error, not Python's."""
    with pytest.raises(ConfigurationError, match="'conversions', which is no number"):
        made(CPA, *blocks)


def test_numbers_that_are_compared_with_other_days_have_no_comparison_together() -> None:
    """A quotient of days that differ is none; numbers of the same own days hand them on."""
    own = Period(date(2025, 10, 2), date(2025, 11, 1))
    spend, conversions = (
        replace(each, readings=(replace(each.readings[0], compared=own),)) for each in (SPEND, CONVERSIONS)
    )
    (mixed,), (alike,) = (made(CPA, spend, other).readings for other in (CONVERSIONS, conversions))
    assert (mixed.value, mixed.baseline, mixed.baseline_missing, mixed.change) == (5, None, "not_comparable", None)
    assert (alike.baseline, alike.compared) == (8, own)


ALL_SPEND: dict[str, object] = {"name": "all_spend", "sum": ["spend", "google_spend"], "format": "currency"}


def test_a_sum_adds_up_both_periods() -> None:
    """A sum is the formula `a + b`: value, compared value, change and the requests of its numbers."""
    block = made(ALL_SPEND, SPEND, number("google_spend", 50.5, 100.0, BRL))
    reading = block.readings[0]
    assert (reading.field, reading.value, reading.baseline) == ("spend + google_spend", 350.5, 500.0)
    assert (block.label, block.queries) == ("All spend", ("sha256:spend", "sha256:google_spend"))
    assert block.cautions == ()


def test_a_sum_leaves_out_absent_sources_and_names_them() -> None:
    """A number of a source that the client lacks is no part of the sum, and staff are told which it was."""
    block = made(ALL_SPEND, SPEND)
    assert (block.state, block.readings[0].value, block.readings[0].field) == ("ok", 300.0, "spend")
    assert [(caution.code, "google_spend" in caution.text) for caution in block.cautions] == [("W-ABSENT", True)]


def test_a_sum_lacks_what_any_of_its_numbers_lacks() -> None:
    """A number that was asked and did not come makes the sum missing: a smaller sum would be wrong."""
    block = made(ALL_SPEND, SPEND, number("google_spend", None, 100.0, BRL))
    reading = block.readings[0]
    assert (block.state, reading.value, reading.baseline) == ("no_data", None, 500.0)


def test_a_sum_of_two_currencies_fails() -> None:
    """Amounts of different currencies are not added up."""
    block = made(ALL_SPEND, SPEND, number("google_spend", 1, 1, Unit("currency", "USD")))
    assert (block.state, "BRL and USD cannot be added" in block.reason) == ("failed", True)


def test_a_sum_may_be_longer_than_a_formula() -> None:
    """The bound on the letters of a formula does not bound how many sources an agency may have."""
    numbers = [number(f"spend_of_a_source_{index}", index, index, BRL) for index in range(60)]
    block = made({"sum": [each.name for each in numbers]}, *numbers)
    assert block.readings[0].value == sum(range(60))


def test_a_number_stands_in_a_sum_once() -> None:
    """A name that stands twice would be added twice."""
    with pytest.raises(ValidationError, match="'spend' twice"):
        block_of({"sum": ["spend", "spend"]})


def with_further(block: Block, *further: ComparedValue) -> Block:
    """Return a number with further comparisons."""
    return replace(block, readings=(replace(block.readings[0], further=further),))


def further_of(spend: Block, conversions: Block) -> ComparedValue:
    """Return the further comparison of the cost per conversion with the October before."""
    where = replace(twice(), blocks={block.name: block for block in (spend, conversions)})
    (reading,) = block_of(CPA).resolve(where, {}).readings
    assert (reading.value, reading.baseline) == (5, 8)
    (further,) = reading.further
    assert further.compared == YEAR_BEFORE
    return further


def test_a_further_comparison_is_calculated_from_those_of_the_numbers() -> None:
    """A quotient of the compared days' own values, never of changes."""
    spend = with_further(SPEND, ComparedValue(YEAR_BEFORE, 240.0, change=change_of(300.0, 240.0, BRL, "neutral")))
    conversions = with_further(CONVERSIONS, ComparedValue(YEAR_BEFORE, 60, change=change_of(60, 60, RAW, "neutral")))
    further = further_of(spend, conversions)
    assert (further.baseline, further.change and further.change.relative) == (4, 0.25)


@pytest.mark.parametrize(
    ("further", "missing"),
    [
        ((ComparedValue(YEAR_BEFORE, baseline_missing="failed"),), "failed"),
        ((ComparedValue(YEAR_BEFORE, 0),), "not_comparable"),
        ((ComparedValue(SEPTEMBER, 9),), "not_comparable"),
        ((), "not_requested"),
    ],
)
def test_a_further_comparison_of_a_formula_may_be_missing(further: tuple[ComparedValue, ...], missing: str) -> None:
    """Where a number has none, has other days or none of these, or would be the divisor zero."""
    spend = with_further(SPEND, ComparedValue(YEAR_BEFORE, 240.0))
    found = further_of(spend, with_further(CONVERSIONS, *further))
    assert (found.baseline, found.baseline_missing, found.change) == (None, missing, None)


def test_a_formula_that_is_not_compared_has_no_further_comparison() -> None:
    """`compare: none` goes for all of them."""
    spend, conversions = (with_further(each, ComparedValue(YEAR_BEFORE, 6)) for each in (SPEND, CONVERSIONS))
    where = replace(twice(), blocks={block.name: block for block in (spend, conversions)})
    assert block_of({**CPA, "compare": "none"}).resolve(where, {}).readings[0].further == ()
