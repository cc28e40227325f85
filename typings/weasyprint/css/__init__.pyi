from typing import Literal, overload

class Style(dict[str, object]):
    anonymous_style: ComputedStyle
    @overload
    def __getitem__(self, key: Literal["size"]) -> tuple[float, float]: ...
    @overload
    def __getitem__(self, key: str) -> object: ...

class ComputedStyle(Style):
    def copy(self) -> ComputedStyle: ...

class StyleFor:
    def __call__(self, element: object, pseudo_type: str | None = None) -> ComputedStyle | None: ...
