"""Expressions against a working-out of their own, in fractions: what they are worth, and whether they are true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reportgen.components.conditions import Condition
from reportgen.components.expression_tokens import Names
from reportgen.components.formula_expression import parse
from reportgen.model import Unit
from tests.oracle.expressions import Node, is_true, worked_out, written

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

UNITS = {
    "metrics.clicks": Unit("count"),
    "clicks": Unit("count"),
    "clicks.total": Unit("count"),
    "actions:omni_purchase": Unit("count"),
    "ctr": Unit("percent"),
    "share": Unit("percent_100"),
    "campaign": Unit("text"),
    "Nome do anúncio": Unit("text"),
}
NAMES = Names("column", ("change", "baseline", "total"), tuple(name for name in UNITS if name != "clicks.total"))
TEXTS = ("Brand", " brand ", "BRAND São Paulo", "Sa\u0303o Paulo", "Sao Paulo", "", "generic", "and", "it's")
NUMBERS = st.sampled_from([0, 1, 2, 7, 0.1, 0.25, 12.5, 84.35, -3, -0.05])
VALUES = st.fixed_dictionaries(
    {name: st.none() | (st.sampled_from(TEXTS) if unit == Unit("text") else NUMBERS) for name, unit in UNITS.items()}
)


def named(*names: str) -> SearchStrategy[Node]:
    """Return nodes of names."""
    return st.sampled_from(names).map(lambda name: ("name", name))


def values(leaves: SearchStrategy[Node]) -> SearchStrategy[Node]:
    """Return sums, differences and multiples of leaves of a unit."""
    plain = st.sampled_from(["2", "0.5", "10", "0"]).map(lambda text: ("number", text))
    share = st.just(("percent", "15", False))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from("+-"), inner, inner),
            st.tuples(st.sampled_from("*/"), inner, plain | share),
            st.tuples(st.just("minus"), inner),
        ),
        max_leaves=6,
    )


COUNTS = values(named("metrics.clicks", "clicks", "clicks.total", "actions:omni_purchase"))
SHARES = values(named("ctr"))
HUNDREDS = values(named("share"))
DIMENSIONS = named("campaign", "Nome do anúncio")
SIGNS = st.sampled_from(["<", "<=", "=", "!=", ">=", ">"])
PERCENT = st.sampled_from(["1", "5", "12.5"])


def compared(
    left: SearchStrategy[Node], right: SearchStrategy[Node], signs: SearchStrategy[str]
) -> SearchStrategy[Node]:
    """Return comparisons, either way round."""
    return st.tuples(st.just("compared"), signs, left, right)


TEXT_NODES = st.sampled_from([text for text in TEXTS if text]).map(lambda text: ("text", text))
STATEMENTS = st.recursive(
    st.one_of(
        compared(COUNTS, COUNTS, SIGNS),
        compared(SHARES, PERCENT.map(lambda text: ("percent", text, False)), SIGNS),
        compared(PERCENT.map(lambda text: ("percent", text, True)), HUNDREDS, SIGNS),
        compared(HUNDREDS, PERCENT.map(lambda text: ("+", ("percent", text, True), ("name", "share"))), SIGNS),
        compared(DIMENSIONS, TEXT_NODES, st.sampled_from(["=", "!=", "contains", "starts with"])),
        st.tuples(st.just("missing"), DIMENSIONS | COUNTS),
    ),
    lambda inner: st.one_of(st.tuples(st.just("not"), inner), st.tuples(st.sampled_from(["and", "or"]), inner, inner)),
    max_leaves=5,
)


@given(COUNTS | SHARES | HUNDREDS, VALUES)
def test_a_formula_is_worth_what_its_tree_is(tree: Node, values: dict[str, float | str | None]) -> None:
    """Whatever its parentheses: products before sums, from the left, and missing where anything is missing."""
    found = parse(text, NAMES).settled(UNITS).evaluate(values).value if len(text := written(tree)) <= 600 else None
    expected = worked_out(tree, values) if len(text) <= 600 else None
    assert (found is None) == (expected is None)
    assert found is None or abs(found - float(expected or 0)) <= 1e-12 * max(1, abs(found))


@given(STATEMENTS, VALUES)
def test_a_condition_is_true_where_its_tree_is(tree: Node, values: dict[str, float | str | None]) -> None:
    """Numbers, shares, rates counted to 100 and texts; what is missing leaves it open."""
    condition = Condition.of(written(tree), NAMES).settled(UNITS)
    assert condition.truth(values) is is_true(tree, values)
