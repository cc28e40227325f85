"""What a report shows is its own client's, or it is not made."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reportgen
from reportgen.errors import OutputError
from reportgen.fleet.render_worker import render_text
from reportgen.foreign_values import refuse_foreign_blocks, refuse_foreign_values
from reportgen.model import Block, Chart, Column, ComparedValue, Reading, Series, Table, Unit
from reportgen.outputs.html.web_page import template_environment
from reportgen.outputs.report_json import encode_report
from reportgen.outputs.text.catalogues import catalogue_words
from reportgen.periods import Window, resolve_period
from reportgen.queries import Answer, ChartAnswer, NumberAnswer, Query, RichCell, Source, TableAnswer
from reportgen.resources import locales_folder
from tests.outputs import reports

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = Unit("count")


def query(account: str, day: date) -> Query:
    """Return a question to an account."""
    return Query(Source("shop", "shopify", account), Window(resolve_period("2026-10", day), None), "{}")


@pytest.fixture
def mine() -> Query:
    """Return a question of this report."""
    return query("mine", reports.report(reports.NUMBER).as_of)


NUMBER = NumberAnswer(5, baseline=4)
CHART = ChartAnswer(("north", "south"), ((1, 2),))
TABLE = TableAnswer((("first", 3, RichCell("a post", 6)),))


def number(value: int, baseline: int | None = 4) -> Block:
    """Return a block of one value."""
    return Block("block", "number", readings=(Reading("reach", COUNT, value, baseline=baseline),))


def further(value: int) -> Block:
    """Return a block of one value with a further compared value."""
    (reading,) = number(5).readings
    comparison = ComparedValue(resolve_period("2025-10", date(2026, 11, 1)), value)
    return Block("block", "number", readings=(replace(reading, further=(comparison,)),))


def chart(labels: tuple[str, ...], *values: int | None) -> Block:
    """Return a block of one series."""
    return Block("block", "chart", charts=(Chart("bar", "category", labels, (Series("reach", "", COUNT, values),)),))


def table(*cells: int | str) -> Block:
    """Return a block of one row."""
    columns = tuple(Column(f"c{at}", "", "metric", COUNT, (cell,)) for at, cell in enumerate(cells))
    return Block("block", "datatable", tables=(Table(columns, ("current",), shown=1, of=1),))


@pytest.mark.parametrize(
    ("block", "answer"),
    [
        (number(5), NUMBER),
        (number(5, baseline=None), NUMBER),
        (chart(("north", "south"), 1, 2), CHART),
        (chart(("north", "south", "#3"), 1, 2, None), CHART),
        (table("first", 3, "a post"), TABLE),
    ],
)
def test_own_values_pass(mine: Query, block: Block, answer: Answer) -> None:
    """Every value and label stands in the block's own answer; what is missing belongs to nobody."""
    refuse_foreign_values("Me", [replace(block, queries=(mine.digest,))], {mine: answer})


@pytest.mark.parametrize(
    ("block", "answer"),
    [
        (number(6), NUMBER),
        (number(5, baseline=9), NUMBER),
        (further(9), NUMBER),
        (chart(("north", "south"), 1, 3), CHART),
        (chart(("north", "west"), 1, 2), CHART),
        (table("second", 3, "a post"), TABLE),
        (table("first", 4, "a post"), TABLE),
    ],
)
def test_a_foreign_value_is_refused(mine: Query, block: Block, answer: Answer) -> None:
    """One value or label that was not answered is enough."""
    with pytest.raises(OutputError, match="'block' of 'Me' holds what was not answered to it"):
        refuse_foreign_values("Me", [replace(block, queries=(mine.digest,))], {mine: answer})


def test_a_foreign_question_is_refused(mine: Query) -> None:
    """A block that was made from another account's answer is refused whatever it shows, while it is resolved."""
    other = replace(mine, source=replace(mine.source, uuid="other"))
    with pytest.raises(OutputError, match="perhaps another client's values"):
        refuse_foreign_values("Me", [replace(number(5), queries=(other.digest,))], {mine: NUMBER})


def test_a_foreign_block_is_not_rendered() -> None:
    """And again in the process that renders, which knows the report alone."""
    report = reports.report(reports.NUMBER)
    refuse_foreign_blocks(report)
    hidden = replace(reports.NUMBER, queries=("sha256:another",))
    for wrong in (replace(report, queries={}), replace(report, hidden=(hidden,))):
        with pytest.raises(OutputError, match="perhaps another client's values"):
            render_text(wrong.client.slug, json.dumps(encode_report(wrong)), ["html"])


CONTAINERS = {"list", "dict", "set", "defaultdict", "deque", "Counter", "bytearray"}


def shared_state(source: str) -> Iterator[str]:
    """Yield what a module keeps between two calls: containers that begin empty, and names that functions set."""
    tree = ast.parse(source)
    yield from (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Global))
    for node in tree.body:
        match node:
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) if _is_empty(value):
                yield ast.unparse(node)


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in CONTAINERS
    return False


def test_state_is_seen() -> None:
    """The search of the next test finds what it looks for."""
    source = "kept: list[int] = []\nby_name = dict()\nWORDS = {'a': 1}\ndef f():\n    global last\n"
    assert list(shared_state(source)) == ["global last", "kept: list[int] = []", "by_name = dict()"]


ENDLESS: dict[str, str] = {}
"""Function that is cached without a bound though it has arguments -> why there are few of them."""


def endless_caches(source: str) -> Iterator[str]:
    """Yield the functions whose results are kept without a bound, or with their object, though they have arguments."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(map(_is_endless, node.decorator_list)) and _arguments(node):
            yield node.name


def _is_endless(decorator: ast.expr) -> bool:
    match decorator:
        case ast.Name(id="cache") | ast.Attribute(attr="cache") | ast.Name(id="lru_cache"):
            return True
        case ast.Call(func=ast.Name(id="lru_cache") | ast.Attribute(attr="lru_cache"), args=given, keywords=named):
            bounds = [*given, *(one.value for one in named if one.arg == "maxsize")]
            return not bounds or (isinstance(bounds[0], ast.Constant) and bounds[0].value is None)
    return False


def _arguments(function: ast.FunctionDef) -> list[ast.arg | None]:
    """Return what a function takes; a method's object counts too, because a cache would keep it."""
    taken = function.args
    every = (*taken.posonlyargs, *taken.args, *taken.kwonlyargs, taken.vararg, taken.kwarg)
    return [one for one in every if one is not None]


def test_caches_without_a_bound_are_seen() -> None:
    """The search of the next test finds what it looks for."""
    source = """
@cache
def a(name): ...
@functools.lru_cache(maxsize=None)
def b(*names): ...
@lru_cache
def c(name): ...
class D:
    @cache
    def d(self): ...
@cache
def e(): ...
@lru_cache(maxsize=8)
def f(name): ...
@lru_cache(None)
def g(*, name): ...
"""
    assert list(endless_caches(source)) == ["a", "b", "c", "g", "d"]


def test_every_cache_has_a_bound() -> None:
    """A process makes the reports of hundreds of clients, and what it keeps of each has to end."""
    files = sorted(Path(reportgen.__file__).parent.rglob("*.py"))
    found = [f"{path.name}: {name}" for path in files for name in endless_caches(path.read_text("utf-8"))]
    assert sorted(found) == sorted(ENDLESS)


def test_a_process_keeps_the_templates_of_every_catalogue() -> None:
    """Compiling them takes longer than a page; a fleet has reports in all languages, by turns."""
    catalogues = [None, *(path.name for path in locales_folder().iterdir() if path.is_dir())]
    assert template_environment.cache_parameters()["maxsize"] >= len(catalogues)
    assert catalogue_words.cache_parameters()["maxsize"] >= len(catalogues)


def test_no_module_keeps_anything() -> None:
    """Nothing is handed from one client's report to the next through a module."""
    files = sorted(Path(reportgen.__file__).parent.rglob("*.py"))
    assert "pipeline.py" in {path.name for path in files}
    assert [(path.name, said) for path in files for said in shared_state(path.read_text("utf-8"))] == []
