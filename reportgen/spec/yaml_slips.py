"""The slips for which a YAML parser gives up: each at its own line, with what to write.

A parser names the place where it lost its way, often a line too late, and in words of its grammar. The commonest slips
are known by its message and by the text around that place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.spec.yaml_columns import moved
from reportgen.spec.yaml_quotes import IN_QUOTES, LONGEST_SHOWN, in_quotes, quoted
from reportgen.spec.yaml_stop import Slip, Stop, indent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ruamel.yaml.error import MarkedYAMLError, StringMark

_BEFORE_VALUE = re.compile(r"(?:(?::|-|[,\[{]) +|[\[{]|^ *)$")
_SIGN = re.compile(r"[@`%*&|>,\]}!]|[?-] ")  # which begin no plain text in YAML
_CLOSING = {"{": "}", "[": "]"}
_PAIR = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#\"'{\[][^:#]*?): +(?P<value>\S(?:.*\S)?)\s*")
_ENTRY = re.compile(r"\s*(?:- +)*(?P<value>\S(?:.*\S)?)\s*")
_NO_SPACE = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_]\w*):(?P<value>[^ \t/].*)")
_NO_HYPHEN_SPACE = re.compile(r"(?P<indent>\s*)-(?P<key>[A-Za-z_]\w*):(?:\s|$)")
_EQUALS = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_]\w*) *= *\S")
_HIDDEN = re.compile(r"[{\[](?:[^}\]#]|\S#)*\s#\S")
_CLOSED_TWICE = re.compile(r"(?P<value>\[[^\[\]]*\]|\{[^{}]*\})(?P<more>[\]}]+)")
_LOST_ENDS = ("expected ',' or", "found unexpected end", "expected the node content")
_OPEN = re.compile(r"(?:: |- |^ *)(?P<quote>[\"'])(?:(?!(?P=quote)).)*$")
_LIST = re.compile(r"\s*(?:- +)*\w+: *(?:#.*)?$")


def slip_of(error: MarkedYAMLError, text: str) -> Slip:
    """Return the slip for which a parser gave up; in the parser's own words where it is another fault."""
    at = _place(error.problem_mark or error.context_mark) or (0, 0)
    stop = Stop(text.splitlines(), error.problem or error.context or "", at, _place(error.context_mark) or at)
    known = next((slip for find in _FINDERS for slip in find(stop)), None)
    return known or Slip(at[0] + 1, at[1] + 1, syntax_message(stop.problem))


def syntax_message(problem: str) -> str:
    """Return the message of a fault that only the parser can name."""
    return f"is no YAML here: {' '.join(problem.split()) or 'nothing fits'}"


def _place(mark: StringMark | None) -> tuple[int, int] | None:
    return (mark.line, mark.column) if mark else None


def _slip(place: tuple[int, int], message: str, mended: str | None = None) -> Iterator[Slip]:
    yield Slip(place[0] + 1, place[1] + 1, message, mended)


def _with_quotes(pair: re.Match[str]) -> str:
    """Return a line whose value is in quotes."""
    return pair.string[: pair.start("value")] + quoted(pair["value"])


def _tabs(stop: Stop) -> Iterator[Slip]:
    if "'\\t'" in stop.problem:
        yield from _slip(stop.at, "a tab cannot indent YAML; use spaces")


def _backslashes(stop: Stop) -> Iterator[Slip]:
    r"""Yield the text in double quotes whose backslash begins no sign: "C:\Users\Ana"."""
    if "escape" in stop.problem:
        message = r"a \ in double quotes begins a sign of YAML, such as \n; write / in a path, or use single quotes"
        yield from _slip(stop.at, message)


def _documents(stop: Stop) -> Iterator[Slip]:
    """Yield the line of dashes at which a second document begins, or that of points which ends the first."""
    if "another document" not in stop.problem:
        return
    ends = (at for at in range(stop.at[0], -1, -1) if re.match(r"\.\.\.(?:\s|$)", stop.line(at)))
    if not stop.line(stop.at[0]).startswith("---") and (end := next(ends, None)) is not None:
        message = "a line of ... ends a file of YAML; delete it, and what is below it that is not of the file"
        yield from _slip((end, 0), message)
    else:
        yield from _slip(
            stop.at, "a second document begins at ---; a file holds one: take it out, or into another file"
        )


def _hidden_braces(stop: Stop) -> Iterator[Slip]:
    """Yield the line in which a comment hides the end of a list or mapping: `{primary: #8A3B12}`."""
    if stop.problem.startswith(_LOST_ENDS):
        found = (number for number in range(stop.at[0], -1, -1) if _HIDDEN.search(stop.line(number)))
        for number in found:
            yield from _slip((number, 0), IN_QUOTES)


def _open_quotes(stop: Stop) -> Iterator[Slip]:
    """Yield the last line before the place in which a quote is opened and not closed."""
    ends_later = stop.problem.startswith("expected <block end>") and not stop.begins_line
    if not ends_later and not stop.line(stop.since[0])[stop.since[1] :].startswith(("'", '"')):
        return
    for number in range(stop.at[0] - ends_later, -1, -1):
        if found := _OPEN.search(stop.line(number)):
            message = f"the quote {found['quote']} is never closed; it stands on both sides of a text"
            yield from _slip((number, found.start("quote")), message)


def _signs(stop: Stop) -> Iterator[Slip]:
    """Yield the value that begins with a sign that YAML keeps for itself."""
    for line, column in (stop.since, stop.at):
        rest = stop.line(line)[column:]
        begins = _BEFORE_VALUE.search(stop.line(line)[:column]) and _SIGN.match(rest)
        if begins and not stop.problem.startswith("expected <block end>"):
            whole = _PAIR.fullmatch(stop.line(line)) or _ENTRY.fullmatch(stop.line(line))
            whole = whole if whole and whole.start("value") == column else None
            advice = in_quotes(whole["value"]) if whole else "put it in quotes"
            message = f"a value cannot begin with {rest[0]} in YAML; {advice}"
            yield from _slip((line, column), message, _with_quotes(whole) if whole else None)


def _colons(stop: Stop) -> Iterator[Slip]:
    """Yield the line with a colon too many, or too deep in the page for its colon."""
    if stop.problem != "mapping values are not allowed here":
        return
    number, column = stop.at
    line, above = stop.line(number), stop.above(number)
    pair = _PAIR.fullmatch(line)
    if above is not None and (found := _NO_HYPHEN_SPACE.match(stop.line(above))):
        mended = f"{found['indent']}- {stop.line(above).lstrip(' -')}"
        yield from _slip((above, found.end("indent")), f"put a space after the hyphen: - {found['key']}:", mended)
    elif above is not None and (found := _NO_SPACE.fullmatch(stop.line(above))) and _is_key(line[:column]):
        yield from _spaced(above, found)
    elif pair and pair.start("value") < column:
        message = f"the second colon of this line begins another key in YAML; {in_quotes(pair['value'])}"
        yield from _slip((number, pair.start("value")), message, _with_quotes(pair))
    elif above is not None and _is_key(line[:column]):
        yield from moved(stop, number)


def _missing_colons(stop: Stop) -> Iterator[Slip]:
    """Yield the line that should be a key and its value, and lacks the colon or the space behind it."""
    if stop.problem != "could not find expected ':'":
        return
    line, place = stop.line(stop.since[0]), (stop.since[0], indent_of(stop.line(stop.since[0])))
    above = stop.above(stop.since[0])
    if found := _NO_SPACE.fullmatch(line):
        yield from _spaced(stop.since[0], found)
    elif (wide := line.find("\N{FULLWIDTH COLON}")) >= 0:
        yield from _slip((stop.since[0], wide), "this colon is a fullwidth sign; write : and a space in its place")
    elif found := _EQUALS.match(line):
        yield from _slip(place, f"a key and its value stand on both sides of a colon: {found['key']}: ...")
    elif above is not None and re.search(r": *[|>][-+0-9]*$", stop.line(above)):
        yield from _slip(place, f"indent this text below line {above + 1}, to column {indent_of(stop.line(above)) + 3}")
    else:
        yield from _slip(place, "this line has no colon; a key is written as key: value, and a longer text in quotes")


def _first_entries(stop: Stop) -> Iterator[Slip]:
    """Yield the first entry of a list that lacks its hyphen, where the parser gives up at the second entry."""
    number, column = stop.at
    if not stop.problem.startswith("expected <block end>") or not stop.is_entry(number, column):
        return
    outer = (at for at in range(number - 1, -1, -1) if indent_of(stop.line(at)) < column and stop.line(at).strip())
    above = next(outer, number)
    if not _LIST.match(stop.line(above)):  # the entry itself stands beside keys, where no list begins
        return
    first = above + 1
    while not stop.line(first).strip() or stop.line(first).lstrip().startswith("#"):
        first += 1
    line, key = stop.line(first), stop.line(first).strip().partition(":")[0]
    is_whole = all(indent_of(other) >= indent_of(line) for other in stop.lines[first:number] if other.strip())
    if first < number and is_whole and not stop.is_entry(first, indent_of(line)):
        mended = f"{' ' * column}- {line.lstrip()}" if indent_of(line) == column + len("- ") else None
        yield from _slip(
            (first, indent_of(line)), f"each entry of a list begins with a hyphen: put `- ` before {key}", mended
        )


def _indents(stop: Stop) -> Iterator[Slip]:
    """Yield the line that begins in a column in which nothing above it begins."""
    if stop.problem.startswith(("expected <block end>", "did not find expected")) and stop.begins_line:
        yield from moved(stop, stop.at[0])


def _texts_behind(stop: Stop) -> Iterator[Slip]:
    """Yield the value that goes on behind a closing quote, brace or bracket."""
    line = stop.line(stop.at[0])
    pair = _PAIR.fullmatch(line) or _ENTRY.fullmatch(line)
    if not stop.problem.startswith("expected <block end>") or not pair:
        return
    value, place = pair["value"], (stop.at[0], pair.start("value"))
    if value[0] == "'" and value.endswith("'"):
        right = quoted(value[1:-1])
        message = f"an apostrophe ends a text in single quotes; write it twice: {right}"
        yield from _slip(place, message, line[: place[1]] + right)
    elif value[0] in "\"'":
        yield from _slip(place, f"text stands behind the closing quote; {in_quotes(value)}", _with_quotes(pair))
    elif value[0] in "{[" and (whole := _CLOSED_TWICE.fullmatch(value)):
        behind = stop.at[0], place[1] + whole.end("value")
        yield from _slip(behind, f"one {whole['more'][0]} too many; delete it", line[: place[1]] + whole["value"])
    elif value[0] in "{[":
        yield from _slip(place, f"a text cannot begin with {value[0]} in YAML; {in_quotes(value)}", _with_quotes(pair))


def _flow(stop: Stop) -> Iterator[Slip]:
    """Yield the fault between a brace or bracket and the end that the parser looked for."""
    opening = stop.line(stop.since[0])[stop.since[1] :][:1]
    if not stop.problem.startswith("expected ',' or") or opening not in _CLOSING:
        return
    at = stop.line(stop.at[0])[stop.at[1] :][:1]
    if at in _CLOSING.values():
        yield from _slip(stop.at, f"a {at} cannot close what {opening} opens; write {_CLOSING[opening]} in its place")
    elif stop.since[0] != stop.at[0]:
        yield from _slip(stop.since, f"the {opening} is never closed; {_CLOSING[opening]} stands behind what it holds")
    elif ";" in stop.line(stop.at[0])[stop.since[1] : stop.at[1]]:
        yield from _slip(stop.at, f"a comma, not a semicolon, stands between what is in {opening}")
    elif at in _CLOSING:
        yield from _slip(stop.at, "a text with braces or brackets in it has to be in quotes")
    else:
        yield from _slip(stop.at, "a comma is missing before this key; or put the value with its colon in quotes")


_FINDERS: tuple[Callable[[Stop], Iterator[Slip]], ...] = (
    _tabs,
    _backslashes,
    _documents,
    _hidden_braces,
    _open_quotes,
    _signs,
    _colons,
    _missing_colons,
    _first_entries,
    _indents,
    _texts_behind,
    _flow,
)


def _spaced(number: int, found: re.Match[str]) -> Iterator[Slip]:
    right = f"{found['key']}: {found['value'].strip()}"
    start = found.start("key")
    message = f"put a space after the colon: {right[:LONGEST_SHOWN]}"
    yield from _slip((number, start), message, found.string[:start] + right)


def _is_key(text: str) -> bool:
    return re.fullmatch(r"\s*(?:- +)?[\w.-]+\s*", text) is not None
