"""Variables in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.components.variables import VARIABLES, check_variables, fill_variables


def test_every_variable_is_filled() -> None:
    """Each variable of the closed list is replaced by its value."""
    text = " ".join(f"{{{name}}}" for name in VARIABLES)
    assert fill_variables(check_variables(text), {name: name.upper() for name in VARIABLES}) == " ".join(
        name.upper() for name in VARIABLES
    )


@pytest.mark.parametrize(("text", "expected"), [("{{a}}", "{a}"), ("{{{as_of}}}", "{X}"), ("a } b", "a } b")])
def test_doubled_braces_are_braces(text: str, expected: str) -> None:
    """Two braces are one brace."""
    assert fill_variables(check_variables(text), {"as_of": "X"}) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{client.nme}", r"\{client.name\}"),
        ("{}", "no variable"),
        ("{ as_of }", "no variable"),
        ("{client.__class__}", "no variable"),
        ("{as_of!r}", "no variable"),
        ("a { b", "not closed"),
    ],
)
def test_what_is_no_variable_is_refused(text: str, said: str) -> None:
    """Anything else between braces is an error that names the nearest, never evaluated."""
    with pytest.raises(ValueError, match=said):
        check_variables(text)


@given(st.text())
def test_values_are_not_read_again(value: str) -> None:
    """A value that looks like a variable is data."""
    assert fill_variables("{as_of}", {"as_of": value}) == value
