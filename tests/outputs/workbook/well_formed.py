"""What makes Excel offer to repair a workbook, looked for in its file: axes, links, names, tables, drawings, texts."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
AXES = ("catAx", "dateAx", "valAx")
LAYERS = ("lineChart", "areaChart", "barChart", "scatterChart")
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "conditionalFormatting"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("ignoredErrors", "drawing", "legacyDrawing", "tableParts", "extLst"),
)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,254}")
ADDRESS = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")


def faults_of(content: bytes) -> list[str]:
    """Return the faults of a workbook, in words; none where Excel opens it as it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: ET.fromstring(packed.read(name)) for name in packed.namelist()}  # noqa: S314 - our own file
        twice = [name for name, count in Counter(packed.namelist()).items() if count > 1]
    charts = {name: part for name, part in parts.items() if name.startswith("xl/charts/chart")}
    sheets = {name: part for name, part in parts.items() if name.startswith("xl/worksheets/sheet")}
    return [
        *(f"{name} stands twice" for name in twice),
        *(f"{name}: {fault}" for name, part in charts.items() for fault in faults_of_chart(part)),
        *(f"{name}: {fault}" for name, part in sheets.items() for fault in faults_of_sheet(part)),
        *faults_of_links(parts),
        *faults_of_names(parts["xl/workbook.xml"]),
        *faults_of_tables(parts),
    ]


def faults_of_chart(chart: ET.Element) -> Iterator[str]:
    """Yield the faults of a chart: of its axes, series that share a number, values that were not counted."""
    yield from faults_of_axes(chart)
    for number in ("idx", "order"):
        numbers = [series.find(f"{C}{number}").get("val") for series in chart.iter(f"{C}ser")]  # type: ignore[union-attr]
        if len(set(numbers)) != len(numbers):
            yield f"series share an {number}: {numbers}"
    for cache in (*chart.iter(f"{C}numCache"), *chart.iter(f"{C}strCache")):
        most = int(cache.find(f"{C}ptCount").get("val") or "")  # type: ignore[union-attr] # needed
        if any(int(point.get("idx") or "") >= most for point in cache.iter(f"{C}pt")):
            yield "a cache has more points than it says"
    if any(True for _ in chart.iter(f"{C}doughnutChart")) and any(True for _ in chart.iter(f"{C}dLblPos")):
        yield "labels of a donut have a place"


def faults_of_axes(chart: ET.Element) -> Iterator[str]:
    """Yield the faults of a chart's axes: those that cross none, and layers without axes."""
    crossing = {
        axis.find(f"{C}axId").get("val"): axis.find(f"{C}crossAx").get("val")  # type: ignore[union-attr] # both needed
        for kind in AXES
        for axis in chart.iter(f"{C}{kind}")
    }
    if sum(1 for kind in AXES for _ in chart.iter(f"{C}{kind}")) != len(crossing):
        yield "two axes have one id"
    for axis, other in crossing.items():
        if crossing.get(other) != axis:
            yield f"axis {axis} crosses {other}, which does not cross it"
    for kind in LAYERS:
        for layer in chart.iter(f"{C}{kind}"):
            if unknown := {axis.get("val") for axis in layer.findall(f"{C}axId")} - crossing.keys():
                yield f"a layer is on the axes {unknown}, which are not there"


def faults_of_sheet(sheet: ET.Element) -> Iterator[str]:
    """Yield the faults of a sheet: parts out of order, cells out of order, bars whose halves differ."""
    tags = [part.tag.removeprefix(M) for part in sheet]
    if tags != sorted(tags, key=ORDER.index):
        yield f"parts are out of order: {tags}"
    rows = [int(row.get("r") or "") for row in sheet.iter(f"{M}row")]
    if rows != sorted(set(rows)):
        yield "rows are out of order"
    halves = [[part.text for part in sheet.iter(f"{X14}id")], [part.get("id") for part in sheet.iter(f"{X14}cfRule")]]
    if halves[0] != halves[1] or len(set(halves[0])) != len(halves[0]):
        yield f"bars have other ids in their two halves: {halves}"
    if len(list(sheet.iter(f"{M}drawing"))) > 1:
        yield "a sheet has two drawings"


def faults_of_links(parts: dict[str, ET.Element]) -> Iterator[str]:
    """Yield the faults of links: addresses that are none, too long, or lead to no part and no sheet."""
    names = {sheet.get("name") for sheet in parts["xl/workbook.xml"].iter(f"{M}sheet")}
    for name, part in parts.items():
        for relation in part.iter(f"{R}Relationship"):
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External":
                if target.startswith("/") and target.removeprefix("/") not in parts:
                    yield f"{name}: {target} is not there"
            elif not is_address(target):
                yield f"{name}: {target!r} is no address"
        for link in part.iter(f"{M}hyperlink"):
            place = link.get("location")
            if place and place.rpartition("!")[0].strip("'").replace("''", "'") not in names:
                yield f"{name}: {place} is no place"


def is_address(target: str) -> bool:
    """Return whether Excel takes an address as it is."""
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return False
    known = parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
    return known and re.fullmatch("[!-~]+", target) is not None and len(target) <= 2079


def faults_of_names(workbook: ET.Element) -> Iterator[str]:
    """Yield the faults of defined names: illegal ones, and two of one name on one sheet but for case."""
    names = [(name.get("name") or "", name.get("localSheetId")) for name in workbook.iter(f"{M}definedName")]
    for (name, sheet), count in Counter((name.casefold(), sheet) for name, sheet in names).items():
        if count > 1:
            yield f"the name {name} stands {count} times on {sheet or 'the workbook'}"
    for name, _sheet in names:
        if not name.startswith("_xlnm.") and (not NAME.fullmatch(name) or ADDRESS.fullmatch(name)):
            yield f"{name!r} is no name"
    sheets = [(sheet.get("name") or "").casefold() for sheet in workbook.iter(f"{M}sheet")]
    if len(set(sheets)) != len(sheets):
        yield f"two sheets have one name: {sheets}"


def faults_of_tables(parts: dict[str, ET.Element]) -> Iterator[str]:
    """Yield the faults of Excel tables: columns other than the heading's cells, names and ids that stand twice."""
    texts = ["".join(item.itertext()) for item in parts["xl/sharedStrings.xml"]]
    tables = {name: part for name, part in parts.items() if name.startswith("xl/tables/")}
    for attribute in ("id", "name", "displayName"):
        found = [(table.get(attribute) or "").casefold() for table in tables.values()]
        if len(set(found)) != len(found):
            yield f"two tables have one {attribute}: {found}"
    for name, part in parts.items():
        for relation in part.iter(f"{R}Relationship"):
            target = (relation.get("Target") or "").removeprefix("/")
            if target in tables:
                sheet = parts[name.replace("_rels/", "").removesuffix(".rels")]
                yield from (f"{target}: {fault}" for fault in faults_of_table(tables[target], sheet, texts))


def faults_of_table(table: ET.Element, sheet: ET.Element, texts: list[str]) -> Iterator[str]:
    """Yield the faults of an Excel table on its sheet."""
    area = table.get("ref") or ""
    first, _, last = area.partition(":")
    head = re.sub("[A-Z]", "", first)
    row = next(row for row in sheet.iter(f"{M}row") if row.get("r") == head)
    heads = [texts[int(cell.findtext(f"{M}v") or "")] for cell in row.iter(f"{M}c")]
    columns = [column.get("name") or "" for column in table.iter(f"{M}tableColumn")]
    if columns != heads[: len(columns)] or len(columns) != column_number(last) - column_number(first) + 1:
        yield f"columns {columns} under the heading {heads}"
    if len({column.casefold() for column in columns}) != len(columns):
        yield f"two columns have one name: {columns}"
    if any(re.search(r"[^\S ]", column) for column in columns):
        yield f"a heading has other spaces than plain ones: {columns}"
    if int(re.sub("[A-Z]", "", last)) <= int(head):
        yield f"no row in {area}"


def column_number(cell: str) -> int:
    """Return the number of the column of an address."""
    number = 0
    for letter in re.sub("[0-9]", "", cell):
        number = 26 * number + ord(letter) - 64
    return number
