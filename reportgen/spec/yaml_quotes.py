"""A value of YAML in quotes, and the advice to put it there."""

from __future__ import annotations

IN_QUOTES = "what begins with # is a comment in YAML; put the value in quotes"

LONGEST_SHOWN = 60  # letters of a value that a message repeats


def quoted(value: str) -> str:
    """Return a value in the quotes of YAML that suit it."""
    if "'" in value and not {'"', "\\"} & set(value):
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def in_quotes(value: str) -> str:
    """Return the advice to put a value in quotes, with the value where it is short."""
    return (
        f"put the whole value in quotes: {quoted(value)}" if len(value) <= LONGEST_SHOWN else "put the value in quotes"
    )
