"""What is wrong with the expressions of a table, all at once and each at its place."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.components.scenes import block_of

TABLE: dict[str, Any] = {
    "reference_key": "gads:campaigns",
    "component": "datatable_v1",
    "metrics": ["metrics.cost_micros", "metrics.clicks", "ctr"],
    "dimensions": ["campaign"],
}
FORMATS = {
    "metrics.cost_micros": {"format": "currency"},
    "metrics.clicks": {"format": "count"},
    "ctr": {"format": "percent"},
}


def faults(keys: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the place and the message of each fault of a table."""
    fields = {**FORMATS, **keys.pop("fields", {})}
    with pytest.raises(ValidationError) as caught:
        block_of({**TABLE, **keys, "fields": fields})
    return [(".".join(map(str, error["loc"][1:])), error["msg"]) for error in caught.value.errors()]


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (
            "metrics.cost_micro / metrics.clicks",
            "column 1: 'metrics.cost_micro' is no column here; did you mean 'metrics.cost_micros'?",
        ),
        ("metrics.clicks.ttl * 2", "column 1: metrics.clicks.ttl is no part of a column; did you mean 'total'?"),
        ("metrics.clicks +", "column 17: expected a name, a number or (, not the end"),
        ("metrics.clicks > 5", "column 16: expected an operator, not '>'"),
        ("campaign * 2", "column 1: campaign is a text, with which nothing can be calculated"),
        ("metrics.clicks + metrics.cost_micros", "column 16: count and currency cannot be added or subtracted"),
        ("metrics.clicks + 10%", "column 16: count and percent cannot be added or subtracted"),
        ("12 * 2", "a column is computed from at least one other"),
        ("x / 2", "stands on itself: x -> x; break the circle"),
    ],
)
def test_a_wrong_formula(formula: str, message: str) -> None:
    """At its own key, with the column of the mistake and the nearest name."""
    ((place, said),) = faults({"fields": {"x": {"formula": formula}}})
    assert place == "fields.x.formula"
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("metrics.clicks", "metrics.clicks is a column that the API is asked for; give the computed column a name"),
        ("Cost per click", "'Cost per click' is no name of a column; write small letters, digits and underscores"),
    ],
)
def test_a_computed_column_has_a_name_of_its_own(name: str, message: str) -> None:
    """Which an expression can say."""
    ((place, said),) = faults({"fields": {name: {"formula": "ctr * 2"}}})
    assert place == f"fields.{name}.formula"
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("metrics.click > 5", "column 1: 'metrics.click' is no column here; did you mean 'metrics.clicks'?"),
        (
            "campaign contain 'x'",
            "column 10: expected a comparison such as > 100, or is missing, not 'contain'; did you mean 'contains'?",
        ),
        ("campaign contains 'x", "column 19: the quote ' is not closed; put the whole line in single quotes"),
        ("campaign = brand", "column 12: 'brand' is no column here; known are campaign, "),
        ("campaign > 5", "column 10: campaign is a text; compare it with a text in quotes"),
        ("metrics.cost_micros > 5%", "column 21: currency and percent cannot be compared"),
        ("cpc = 'x'", "column 5: cpc is a number and no text"),
    ],
)
def test_a_wrong_condition(where: str, message: str) -> None:
    """Units are known as far as the author wrote formats, and those of computed columns follow."""
    ((place, said),) = faults({"where": where, "fields": {"cpc": {"formula": "metrics.cost_micros / metrics.clicks"}}})
    assert place == "where"
    assert said.startswith(message)


def test_a_text_without_quotes_is_told_how_to_stand_there() -> None:
    """A word behind a sign may be meant as a text; behind a sign of numbers it is not."""
    said = {where: faults({"where": where})[0][1] for where in ("campaign contains brand", "ctr > brand")}
    assert said["campaign contains brand"].endswith("; a text stands in quotes, as 'brand'")
    assert "quotes" not in said["ctr > brand"]


def test_all_faults_at_once() -> None:
    """Formulas and the condition, each for itself."""
    found = faults(
        {"where": "nobody > 1", "fields": {"a": {"formula": "b"}, "b": {"formula": "a"}, "c": {"formula": "("}}}
    )
    assert [place for place, _ in found] == ["fields.c.formula", "fields.a.formula", "where"]


def test_other_needs_a_limit() -> None:
    """Nothing is left for it where all rows are printed."""
    with pytest.raises(ValidationError, match="other: nothing is left for it where limit: all prints every row"):
        block_of({**TABLE, "other": True, "limit": "all"})


@pytest.mark.parametrize(("word", "whether"), [("yes", True), ("On", True), ("no", False), ("off", False)])
def test_yes_and_no_are_no_names(word: str, whether: bool) -> None:  # noqa: FBT001 - a value of the spec
    """`other: no` is meant as in keys that take nothing else, and not as a row called no; so is `total_row: no`."""
    block = block_of({**TABLE, "other": word, "limit": 1, "additive": word}).model_dump()
    assert (block["other"], block["additive"]["parts"]) == (whether, whether)
    chart = {**TABLE, "component": "chart_v1", "limit": 1, "other": word}
    chart.pop("fields", None)
    assert block_of(chart).model_dump()["other"] is whether
    if not whether:
        assert block_of({**TABLE, "total_row": word}).model_dump()["total_row"] is False


def test_computed_columns_can_be_printed_in_any_place() -> None:
    """`columns` knows them."""
    block = block_of({**TABLE, "fields": {"cpc": {"formula": "ctr * 2"}}, "columns": ["cpc", "campaign"]})
    assert block.model_dump()["columns"] == ("cpc", "campaign")
