"""The nodes of a YAML text: parsed within limits, and on past the slips that can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import Problem, SpecError
from reportgen.spec.yaml_pasted import with_plain_signs
from reportgen.spec.yaml_slips import slip_of, syntax_message

if TYPE_CHECKING:
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import Node

    from reportgen.spec.yaml_stop import Slip

DEEPEST = 30
MOST_NODES = 10_000  # four times the longest payload known; more would take longer than half a second to read
MOST_ALIASES = 100
_MOST_SLIPS = 20  # of a file, which is parsed anew after each


def composed(text: str, file: str) -> tuple[Node | None, str, list[Problem]]:
    """Return the node of a text, the text without slips that can be mended, and their problems.

    Raises:
        SpecError: It is no YAML; with the problems of the slips before that place.
    """
    text, pasted = with_plain_signs(text)
    slips = [Problem(file, slip.line, slip.column, "", slip.message) for slip in pasted]
    while True:
        try:
            return _compose(text, file), text, slips
        except _SlipError as error:
            slip, lines = error.slip, text.splitlines()
            slips.append(Problem(file, slip.line, slip.column, "", slip.message))
            end = slip.line - 1 + slip.lines
            before = "\n".join(lines[slip.line - 1 : end])
            if slip.mended is None or slip.mended == before or len(slips) == _MOST_SLIPS:
                raise SpecError(slips) from error
            text = "\n".join([*lines[: slip.line - 1], slip.mended, *lines[end:], ""])


class _SlipError(Exception):
    """A slip for which the parser gave up."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.message)
        self.slip = slip


def _loader(file: str) -> YAML:
    """Return a YAML parser that stops at a limit, before it has read the whole text."""
    from ruamel.yaml import YAML  # only reading a file needs it
    from ruamel.yaml.composer import Composer
    from ruamel.yaml.events import AliasEvent

    class Limited(Composer):
        nodes = aliases = level = 0

        def compose_node(self, parent: Node | None, index: int | Node | None) -> Node | None:
            self.nodes += 1
            self.level += 1
            self.aliases += self.parser.check_event(AliasEvent)
            self._check("keys and values", self.nodes, MOST_NODES)
            self._check("aliases", self.aliases, MOST_ALIASES)
            self._check("levels", self.level - 1, DEEPEST)
            node: Node | None = super().compose_node(parent, index)
            self.level -= 1
            return node

        def _check(self, what: str, count: int, most: int) -> None:
            if count > most:
                mark = self.parser.peek_event().start_mark
                message = f"holds more than {most:,} {what}; a file of reportgen needs far fewer"
                raise SpecError([Problem(file, mark.line + 1, mark.column + 1, "", message)])

    loader = YAML(typ="safe", pure=True)
    loader.Composer = Limited
    return loader


def _compose(text: str, file: str) -> Node | None:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        root: Node | None = _loader(file).compose(text)
    except MarkedYAMLError as error:
        raise _SlipError(slip_of(error, text)) from error
    except (YAMLError, ValueError) as error:
        raise SpecError([Problem(file, 1, 1, "", syntax_message(str(error)))]) from error
    except RecursionError as error:
        raise SpecError([Problem(file, 1, 1, "", f"is nested deeper than {DEEPEST} levels")]) from error
    return root
