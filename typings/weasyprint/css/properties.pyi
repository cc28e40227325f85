from typing import Protocol

class _Dimension(Protocol):
    def _replace(self, *, value: float, unit: str = ...) -> _Dimension: ...

INITIAL_VALUES: dict[str, object]
ZERO_PIXELS: _Dimension
