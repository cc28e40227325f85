from collections.abc import Iterable
from typing import Any

VERSION: str

def _to_bytes(item: object) -> bytes: ...

class Object:
    number: int
    generation: int
    free: str
    @property
    def data(self) -> bytes: ...
    @property
    def reference(self) -> bytes: ...
    @property
    def indirect(self) -> bytes: ...
    @property
    def compressible(self) -> bool: ...

# What a PDF holds under a key or in an array is known where it is read, not here.
class Dictionary(Object, dict[str, Any]):
    def __init__(self, values: dict[str, Any] | None = None) -> None: ...

class Array(Object, list[Any]):
    def __init__(self, array: Iterable[Any] = ()) -> None: ...

class String(Object):
    string: str
    def __init__(self, string: str | bytes = "") -> None: ...

class Stream(Object):
    stream: list[Any]
    extra: dict[str, Any]
    compress: bool
    def __init__(self, stream: list[Any] | None = None, extra: dict[str, Any] | None = None) -> None: ...

class PDF:
    objects: list[Object]
    pages: Dictionary
    info: Dictionary
    catalog: Dictionary
    @property
    def page_references(self) -> tuple[bytes, ...]: ...
    def add_object(self, object_: Object) -> None: ...
    def add_page(self, page: Dictionary) -> None: ...
