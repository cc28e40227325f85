"""The stubs in `typings/` say what the libraries have: a version that lacks a name of them fails here.

A stub is a list of the names that are used, public and private; mypy holds the code against it, and this the library.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import weasyprint
from weasyprint.text.ffi import ffi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[4]
STUBS = sorted((ROOT / "typings").rglob("*.pyi"))
SHAPES = {"Protocol", "TypedDict"}
"""Bases of the classes of a stub that stand for no class of the library, but say what a value of it has."""


def module_of(stub: Path) -> str:
    """Return the name of the module that a stub is for."""
    return ".".join(stub.relative_to(ROOT / "typings").with_suffix("").parts).removesuffix(".__init__")


def missing(name_of_module: str, stub: str) -> Iterator[str]:
    """Yield the names of a stub that its module does not have."""
    module, tree = importlib.import_module(name_of_module), ast.parse(stub)
    shapes = {node.name: node for node in classes(tree) if bases(node) & SHAPES}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield from missing_parameters(node, getattr(module, node.name, None))
        elif isinstance(node, ast.AnnAssign):
            (name,) = names([node])
            shape = shapes.get(ast.unparse(node.annotation))
            if not hasattr(module, name):
                yield name
            elif shape:
                yield from (one for one in names(shape.body) if not hasattr(getattr(module, name), one))
        elif isinstance(node, ast.ClassDef) and node.name not in shapes:
            of_c = module.__name__ == "weasyprint.text.ffi"
            yield from missing_fields(node) if of_c else missing_members(node, module)


def missing_fields(node: ast.ClassDef) -> Iterator[str]:
    """Yield the fields of a structure of C that are not declared."""
    known = dict(ffi.typeof(node.name).fields or ())
    yield from (f"{node.name}.{name}" for name in names(node.body) if name not in known)


def missing_members(node: ast.ClassDef, module: ModuleType) -> Iterator[str]:
    """Yield what a class lacks: itself, a base, a member, or a parameter of one."""
    real = getattr(module, node.name, None)
    if not isinstance(real, type):
        yield node.name
        return
    yield from (f"{node.name}({base})" for base in bases(node) - {one.__name__ for one in real.__mro__})
    known = {*dir(real), *kept(real)}
    yield from (f"{node.name}.{name}" for name in names(node.body) if name not in known)
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name in known and not method.decorator_list:
            yield from missing_parameters(method, getattr(real, method.name))


def kept(real: type) -> Iterator[str]:
    """Yield the attributes that a class and its bases keep in themselves; those of a box are set by the layout."""
    for one in real.__mro__:
        if one.__module__ != "builtins":
            yield from (name for owner, name in stored(inspect.getsource(one)) if owner == "self")
    if real.__module__ == "weasyprint.formatting_structure.boxes":
        for file in (Path(weasyprint.__file__).parent / "layout").glob("*.py"):
            yield from (name for _, name in stored(file.read_text("utf-8")))


def stored(source: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes that a source gives values to, after what they belong to."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield ast.unparse(node.value), node.attr


def missing_parameters(stub: ast.FunctionDef, real: object) -> Iterator[str]:
    """Yield what a function lacks: itself, or a parameter."""
    if not callable(real):
        yield stub.name
        return
    parameters = inspect.signature(real).parameters
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters.values()):
        return  # it takes options by any name
    told = [one.arg for one in (*stub.args.args, *stub.args.kwonlyargs) if one.arg != "cls"]
    yield from (f"{stub.name}({name})" for name in told if name not in parameters)


def classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    """Yield the classes of a stub."""
    return (node for node in tree.body if isinstance(node, ast.ClassDef))


def bases(node: ast.ClassDef) -> set[str]:
    """Return the names of a class's bases, without their modules and parameters."""
    return {ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in node.bases}


def names(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the functions and the variables in a part of a stub."""
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target)


@pytest.mark.parametrize("stub", STUBS, ids=module_of)
def test_each_name_of_a_stub_is_one_of_the_library(stub: Path) -> None:
    """Functions have their parameters, classes their bases and members, structures of C their fields."""
    assert list(missing(module_of(stub), stub.read_text("utf-8"))) == []


def test_a_name_that_is_gone_is_noticed() -> None:
    """A function, a parameter, a class, a base, a method, an attribute, a variable and a field, each missing once."""
    of_pango = """
class _Pango(Protocol):
    gone: int
pango: _Pango
none: int
class PangoItem:
    lost: int
"""
    of_pydyf = """
def left(x: int) -> None: ...
def _to_bytes(thing: object) -> bytes: ...
class Nobody: ...
class Array(Object, dict):
    other: int
    def put(self) -> None: ...
"""
    assert list(missing("weasyprint.text.ffi", of_pango)) == ["gone", "none", "PangoItem.lost"]
    told = ["left", "_to_bytes(thing)", "Nobody", "Array(dict)", "Array.other", "Array.put"]
    assert list(missing("pydyf", of_pydyf)) == told


def test_a_stub_has_no_name_that_is_not_used() -> None:
    """What no file of the project names needs no version to have it."""
    files = [file for folder in ("reportgen", "tests", "bench") for file in (ROOT / folder).rglob("*.py")]
    used = {word for file in files for word in words(ast.parse(file.read_text("utf-8")))}
    for stub in STUBS:
        tree = ast.parse(stub.read_text("utf-8"))
        listed = {*names(tree.body), *(name for node in classes(tree) for name in names(node.body))}
        assert {name for name in listed - used if not name.startswith("__")} == set(), module_of(stub)


def words(tree: ast.AST) -> Iterator[str]:
    """Yield the names, attributes and texts of a file: a key of a TypedDict, or a field of C, is a text."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.Constant(value=str(name)):
                yield name
