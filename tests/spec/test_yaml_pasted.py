"""Specs pasted from mail and word processors: their spaces, hyphens and quotes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import SpecError
from reportgen.spec.yaml_pasted import with_plain_signs
from reportgen.spec.yaml_reader import parse_yaml
from tests.spec.checked import cautions_of

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
version: 1
title: Social
sections:
  - title: Words
    blocks:
      - text: |
          Reach grew.
      - text: Again.
        label: Words
"""
NO_BREAK = "\u00a0"


def refused(text: str) -> str:
    """Return the only problem of a spec's text: line, column and message."""
    with pytest.raises(SpecError) as caught:
        parse_yaml(text, "spec.yaml")
    (problem,) = caught.value.problems
    return f"{problem.line}:{problem.column}: {problem.message}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SPEC.replace("        label", NO_BREAK * 8 + "label"), "9:1: a no-break space cannot indent YAML; "),
        (SPEC.replace("        label", "    " + NO_BREAK * 4 + "label"), "9:5: a no-break space cannot indent YAML; "),
        (SPEC.replace("- text: Again", f"-{NO_BREAK}text: Again"), "8:8: a no-break space cannot indent YAML; "),
        (SPEC.replace("    blocks", " \u3000  blocks"), "5:2: the space U+3000 cannot indent YAML; "),
    ],
)
def test_a_space_that_cannot_indent_is_named_where_it_stands(text: str, said: str) -> None:
    """YAML takes it for the first letter of a key, so that each key behind it would seem unknown or misplaced."""
    assert refused(text) == f"{said}replace it by a space"


def test_a_pasted_file_has_a_problem_for_each_sign_and_not_for_each_line() -> None:
    """The other lines are counted, and the file is read on as if it were right."""
    text = SPEC.replace("  ", NO_BREAK + " ")
    assert refused(text) == "4:1: a no-break space cannot indent YAML; replace it by a space; 5 more lines have it"


@pytest.mark.parametrize("dash", ["\u2013", "\u2014", "\u2212", "\u2022"])
def test_a_dash_is_no_hyphen(dash: str) -> None:
    """A word processor makes it of a hyphen at the beginning of a line."""
    text = SPEC.replace("- text: Again", f"{dash} text: Again")
    assert refused(text) == f"8:7: begins an entry with {dash}, which is no hyphen; replace it by -"


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > "])
def test_lines_that_a_mail_quotes_are_named_once(mark: str) -> None:
    """Without the marks the file is right."""
    which = "the > and the space behind it" if mark.endswith(" ") else "the >"
    text = "".join(f"{mark}{line}\n" for line in SPEC.splitlines())
    assert refused(text) == (
        f"1:1: begins with >, as lines that are quoted in a mail; delete {which} before each; 8 more lines have it"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"```yaml\n{SPEC}```\n", "1:1: {fence}; 1 more line has it"),
        (f"{SPEC}```\n", "10:1: {fence}"),
        (SPEC.replace("        label", "+        label"), "9:1: {plus}"),
        (
            SPEC.replace("    blocks", "+    blocks").replace("  - title", "+  - title"),
            "4:1: {plus}; 1 more line has it",
        ),
        (f"{SPEC}+  - title: More\n+    blocks:\n+      - text: Hi\n", "10:1: {plus}; 2 more lines have it"),
        (f"{SPEC}...\nSent from my phone\n", "10:1: {points}"),
    ],
)
def test_marks_around_a_pasted_text_are_told_to_be_deleted(text: str, said: str) -> None:
    """The lines of a spec behind and between them are right, and none of them is to be moved or put in quotes."""
    assert refused(text) == (
        said.replace("{fence}", "a line of ``` is around a text in a mail or a chat, and is no YAML; delete the line")
        .replace("{plus}", "begins with +, as in a copied diff; delete the +")
        .replace(
            "{points}", "a line of ... ends a file of YAML; delete it, and what is below it that is not of the file"
        )
    )


def test_both_lines_of_a_copied_diff_are_named() -> None:
    """The old line goes, and the new one loses its sign; what is left is read."""
    text = SPEC.replace("        label: Words\n", "-        lable: Words\n+        label: Words\n")
    plain, slips = with_plain_signs(text)
    assert [(slip.line, slip.message) for slip in slips] == [
        (9, "begins with -, as the old line in a copied diff; delete the line"),
        (10, "begins with +, as in a copied diff; delete the +"),
    ]
    assert plain == SPEC.replace("        label", "\n        label")


@pytest.mark.parametrize(
    "text",
    [
        SPEC,
        SPEC.replace("Reach grew.", "> quoted\n          + more\n          ```"),
        "- text: One\n-  text: Two\n",
        SPEC.replace("Reach grew.", f"{NO_BREAK}- Reach: it grew."),
        SPEC.replace("Reach grew.", "\u2013 reach: it grew."),
        SPEC.replace("Social", f"Social{NO_BREAK}media \u2013 reach"),
    ],
)
def test_signs_in_a_text_are_letters(text: str) -> None:
    """A text of several lines, and a value, may hold any space and any dash."""
    assert with_plain_signs(text) == (text, [])


def cautions(title: str, folder: Path) -> list[str]:
    """Return the cautions of a spec with a title, which has no problem."""
    return cautions_of(SPEC.replace("Social", title), folder)


@pytest.mark.parametrize("title", ["\u201cOctober\u201d", "\u2018October\u2019", "\u201eOctober\u201c"])
def test_a_value_in_curly_quotes_is_a_caution(title: str, tmp_path: Path) -> None:
    """They quote nothing in YAML, and would stand on the cover."""
    (caution,) = cautions(title, tmp_path)
    assert caution == (
        "2:8: title: warning: the curly quotes are part of the text, and printed; write straight quotes, or none: "
        f"October; to print them: '{title}'"
    )


@pytest.mark.parametrize(
    "title", ["'\u201cOctober\u201d'", "Our \u201cbest\u201d month", "\u201cA\u201d and \u201cB\u201d"]
)
def test_curly_quotes_that_are_meant_are_left_alone(title: str, tmp_path: Path) -> None:
    """Within a text, and in straight quotes, they are the author's."""
    assert cautions(title, tmp_path) == []
