"""The places of values in the order of their column, by which a browser can sort a table without reading its texts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from reportgen.model import name_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Change, Value

_Key: TypeAlias = tuple[int, float | int | str]


def places_of(values: Sequence[Value]) -> list[int | None]:
    """Return the place of each value, from 0 for the smallest or the first by the alphabet; None where it is missing.

    Equal values share a place. Capitals and accents make no difference to words. Numbers stand before them, also those
    that are names.
    """
    return _places([_key(value) for value in values])


def places_of_changes(changes: Sequence[Change | None]) -> list[int | None]:
    """Return the place of each change, from 0 for the deepest fall; None where nothing is compared.

    By percentage, also of those that are printed as amounts; a rise from zero, which has none, comes after all others.
    """
    relative = any(change is not None and change.relative is not None for change in changes)
    return _places([_change_key(change, relative=relative) if change else None for change in changes])


def _change_key(change: Change, *, relative: bool) -> _Key:
    if not relative:
        return 0, change.absolute
    if change.relative is not None:
        return 0, change.relative
    return (1 if change.absolute > 0 else -1 if change.absolute < 0 else 0), change.absolute


def _key(value: Value) -> _Key | None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if not isinstance(value, str):
        return 0, value
    number, letters = name_order(value)
    return (0, number) if math.isfinite(number) else (1, letters)


def _places(keys: Sequence[_Key | None]) -> list[int | None]:
    order = {key: at for at, key in enumerate(sorted({key for key in keys if key is not None}))}
    return [None if key is None else order[key] for key in keys]
