"""Themes: files of colour tokens."""

from __future__ import annotations

import re
from functools import lru_cache

from reportgen.errors import SpecError
from reportgen.model import Theme
from reportgen.resources import templates_folder
from reportgen.spec.yaml_reader import read_yaml

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


@lru_cache(maxsize=8)
def load_theme(name: str) -> Theme:
    """Return a shipped theme, read once a process.

    Raises:
        SpecError: The file is missing, or holds something that is no `#RRGGBB` colour.
    """
    document = read_yaml(templates_folder() / "themes" / f"{name}.yaml")
    colors = document.value if isinstance(document.value, dict) else {}
    problems = [
        document.problem((token,), f"{value!r} is no colour; write it as '#RRGGBB', in quotes")
        for token, value in colors.items()
        if not (isinstance(value, str) and _COLOR.fullmatch(value))
    ]
    if problems or not colors:
        raise SpecError(problems or [document.problem((), "holds no colours")])
    return Theme(name, {token: str(value) for token, value in colors.items()})
