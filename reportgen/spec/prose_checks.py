"""The problems of passages: of their Markdown files, and of the pictures that they name."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from reportgen.components.prose_fields import PassageFile
from reportgen.connect.passage_files import load_passage
from reportgen.connect.picture_addresses import address_problem, is_remote
from reportgen.connect.picture_files import inside, load_picture
from reportgen.errors import ConfigurationError, Problem
from reportgen.markdown.pictures import named_pictures
from reportgen.queries import Failure
from reportgen.spec.live_word_checks import check_text
from reportgen.spec.loading import attempted
from reportgen.spec.prose_files import passage_files
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Place

_KEYS = ("text", "callout")
_BLOCK_SCALAR = re.compile(r":\s+[|>][+0-9-]*\s*(?:#.*)?$")  # the text begins on the next line


def passage_problems(spec: ReportSpec, client: Client | None = None) -> Iterator[Problem]:
    """Yield the problems of the passages of a spec: of those in it, and of its files for a client and any period.

    A path with variables is checked where a client or a period gives it a name; other pictures are looked for.
    """
    lines = spec.block_lines()
    for block_name, block in (named for _, blocks in spec.named_sections() for named in blocks):
        for file in (file for file in block.passages() if "{" not in file.file and not file.optional):
            try:
                inside(spec.folder, file.file)
            except ConfigurationError as error:
                where, _, at = lines.get(block_name, f"{spec.path}:0").rpartition(":")
                yield Problem(where, int(at), 1, block_name, str(error))
    for name in passage_files(spec, client):
        yield from _file_problems(spec, name)
    for text, line, place in _written(spec):
        for named in named_pictures(text):
            if problem := _picture_problem(spec, named.path):
                yield Problem(str(spec.path), line and line + named.line, int(line > 0), place, problem)


def _file_problems(spec: ReportSpec, name: str) -> Iterator[Problem]:
    """Yield the problems of a Markdown file that is there: its size, its variables, and its pictures."""
    text, path = load_passage(spec.folder, name, optional=True), str(spec.folder / name)
    if isinstance(text, Failure):
        yield Problem(path, 0, 0, "", text.reason.removeprefix(f"{path}: "))
        return
    try:
        check_text(text, [spec])
    except ValueError as error:
        yield Problem(path, 0, 0, "", str(error))
    for named in named_pictures(text, posixpath.dirname(name)):
        if problem := _picture_problem(spec, named.path):
            yield Problem(path, named.line + 1, 1, "", problem)


def _picture_problem(spec: ReportSpec, name: str) -> str:
    """Return the problem of a picture; empty for a picture that fits, and for a path with variables."""
    if "{" in name:
        return ""
    if is_remote(name):
        problem = address_problem(name, spec.images.hosts)
        return problem and f"{name}: {problem}"
    try:
        load_picture(spec.folder, name)
    except ConfigurationError as error:
        return str(error)
    return ""


def _written(spec: ReportSpec) -> Iterator[tuple[str, int, str]]:
    """Yield each passage with pictures that stands in the spec itself, its first line, and its place.

    The line is 0 and the place empty where the spec includes files, which may hold the passage.
    """
    for place, _, block in spec.placed_blocks():
        for passage in block.prose():
            if not isinstance(passage, PassageFile) and "![" in passage:
                yield (passage, 0, "") if spec.fragments else (passage, *_first_line(spec.path, place))


def _first_line(file: Path, block: Place) -> tuple[int, str]:
    """Return the first line of a block's passage in a YAML file, and its place in words."""
    document, _ = attempted(read_yaml, file)
    place = next(
        (place for key in _KEYS if document and (place := (*block, key)) in document.values),
        block,
    )
    line = document.line(place) if document else 0
    begin = file.read_text("utf-8").splitlines()[line - 1 : line] if line else []
    return line + bool(begin and _BLOCK_SCALAR.search(begin[0])), ".".join(map(str, place))
