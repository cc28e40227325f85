"""The commonest slips in YAML: each is named once, at its own line, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import SpecError
from reportgen.spec.yaml_reader import parse_yaml
from tests.spec.checked import cautions_of

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
version: 1
title: Social
sources:
  instagram: {integration: instagram_business}
sections:
  - title: Instagram
    source: instagram
    blocks:
      - name: reach
        label: Reach
        format: count
        reference_key: ig:reach
        component: number_v1
        metrics: [reach]
"""


def refused(text: str) -> str:
    """Return the only problem of a spec's text: line, column and message."""
    with pytest.raises(SpecError) as caught:
        parse_yaml(text, "spec.yaml")
    (problem,) = caught.value.problems
    return f"{problem.line}:{problem.column}: {problem.message}"


def with_line(number: int, line: str) -> str:
    """Return the spec with another line in place of a line, counted from 1."""
    lines = SPEC.splitlines()
    return "\n".join([*lines[: number - 1], line, *lines[number:], ""])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Reach: accounts", "the second colon of this line begins another key in YAML; "),
        ("@handle", "a value cannot begin with @ in YAML; "),
        ("%growth", "a value cannot begin with % in YAML; "),
        ("*Reach*", "a value cannot begin with * in YAML; "),
        ("& Reach", "a value cannot begin with & in YAML; "),
        ("`Reach`", "a value cannot begin with ` in YAML; "),
        ("- Reach", "a value cannot begin with - in YAML; "),
        ("> 5 posts", "a value cannot begin with > in YAML; "),
        ("{client.name} in short", "a text cannot begin with { in YAML; "),
        ("[new] Reach", "a text cannot begin with [ in YAML; "),
        ('"Reach" of people', "text stands behind the closing quote; "),
        ("&Reach", "what begins with & is a mark in YAML, and not part of the value; "),
    ],
)
def test_a_value_that_needs_quotes_is_shown_in_quotes(value: str, said: str) -> None:
    """The place is that of the value, and the message ends with what to write."""
    assert refused(with_line(10, f"        label: {value}")) == (
        f"10:16: {said}put the whole value in quotes: '{value}'"
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{client.name}", 'what stands in braces is a list of keys in YAML; put it in quotes: "{client.name}"'),
        ("{spend}", 'what stands in braces is a list of keys in YAML; put it in quotes: "{spend}"'),
        ("!Important", "what begins with ! is a tag in YAML, and no tag is read; put the value in quotes"),
        ("'People's reach'", 'an apostrophe ends a text in single quotes; write it twice: "People\'s reach"'),
        ('"Reach', 'the quote " is never closed; it stands on both sides of a text'),
    ],
)
def test_other_values_have_a_message_of_their_own(value: str, said: str) -> None:
    """What quotes alone would not mend says what does."""
    assert refused(with_line(10, f"        label: {value}")) == f"10:16: {said}"


@pytest.mark.parametrize(
    ("number", "line", "said"),
    [
        (10, "        label:Reach", "10:9: put a space after the colon: label: Reach"),
        (2, "title:Social", "2:1: put a space after the colon: title: Social"),
        (10, "        label:\u00a0Reach", "10:9: put a space after the colon: label: Reach"),
        (10, "        label = Reach", "10:9: a key and its value stand on both sides of a colon: label: ..."),
        (
            10,
            "        label\N{FULLWIDTH COLON} Reach",
            "10:14: this colon is a fullwidth sign; write : and a space in its place",
        ),
        (4, "  instagram: {integration: x}}", "4:30: one } too many; delete it"),
        (14, "        metrics: [reach]]", "14:25: one ] too many; delete it"),
        (14, "        metrics: [reach}", "14:24: a } cannot close what [ opens; write ] in its place"),
        (4, "  instagram: {integration: x]", "4:29: a ] cannot close what { opens; write } in its place"),
        (10, "        Reach of people", "10:9: this line has no colon; a key is written as key: value, "),
        (9, "      -name: reach", "9:7: put a space after the hyphen: - name:"),
        (10, "       label: Reach", "10:8: begins in column 8, where nothing above it begins; move it to column 9, "),
        (
            10,
            "          label: Reach",
            "10:11: begins in column 11, where nothing above it begins; move it to column 9",
        ),
        (11, "      format: count", "11:7: begins in column 7, where nothing above it begins; move it to column 9, "),
        (7, "   source: instagram", "7:4: begins in column 4, where nothing above it begins; move it to column 5, "),
        (10, "\tlabel: Reach", "10:1: a tab cannot indent YAML; use spaces"),
        (4, "  instagram: {integration: x optional: true}", "4:38: a comma is missing before this key; "),
        (
            4,
            "  instagram: {integration: x; optional: true}",
            "4:39: a comma, not a semicolon, stands between",
        ),
        (
            4,
            "  instagram: {integration: the {new} one}",
            "4:32: a text with braces or brackets in it has to be in quotes",
        ),
        (4, "  instagram: {integration: x", "4:14: the { is never closed; } stands behind what it holds"),
        (4, "  instagram: {integration: x, optional: #A}", "4:1: what begins with # is a comment in YAML"),
        (4, "  instagram: {integration: Norte, Sul}", "4:35: a comma ends a value in braces, and 'Sul' begins another"),
    ],
)
def test_a_slip_stands_at_its_own_line(number: int, line: str, said: str) -> None:
    """The parser often stops a line later; the problem names the line that is to be mended."""
    assert refused(with_line(number, line)).startswith(said)


def test_an_entry_in_a_wrong_column_is_moved_below_an_entry() -> None:
    """The second block of a section begins where the first does, not where its keys do."""
    second = "     - name: again\n"
    assert refused(SPEC + second) == (
        "15:6: begins in column 6, where no entry above it begins; move it to column 7, as in line 9"
    )


@pytest.mark.parametrize(
    ("pasted", "to", "line"),
    [
        ("- {text: More.}\n", 7, 9),
        ("- divider\n", 7, 9),
        ("- name: again\n  component: number_v1\n\n  metrics: [reach]\n", 7, 9),
        ("    - callout: More.\n      tone: warn\n", 7, 9),
        ("- title: More\n  blocks:\n    - text: More.\n", 3, 6),
        ("    - title: More\n      blocks:\n        - text: More.\n", 3, 6),
    ],
)
def test_a_pasted_entry_is_moved_below_its_like(pasted: str, to: int, line: int) -> None:
    """A block that was copied without its indent goes below a block, and a section below a section, as a whole."""
    column, last = len(pasted) - len(pasted.lstrip()) + 1, 14 + pasted.count("\n")
    below = f", and its lines below, to line {last}, as far" if last > 15 else ""
    assert refused(SPEC + pasted) == (
        f"15:{column}: begins in column {column}, where no entry above it begins; move it to column {to}, "
        f"as in line {line}{below}"
    )


@pytest.mark.parametrize(
    ("entry", "below"),
    [
        ("    - {text: More.}\n      - {text: Last.}\n", ""),
        ("       - divider\n      - {text: Last.}\n", ""),
        ("    - name: again\n        component: number_v1\n        metrics: [reach]\n", ""),
        ("    - name: again\n      fields:\n        reach: {label: Reach}\n      - text: Last.\n", "17"),
        ("    - metric_table:\n      - {row: A, seen: reach}\n      - {row: B, seen: reach}\n", "17"),
        ("    - callout:\n        en: More.\n      - text: Last.\n", "16"),
    ],
    ids=["too far left", "too far right", "hyphen", "keys", "list", "languages"],
)
def test_only_the_lines_of_an_entry_are_moved(entry: str, below: str) -> None:
    """Entries below it that stand where they belong stay there, and so do its keys where the hyphen alone slipped."""
    column = len(entry) - len(entry.lstrip()) + 1
    more = f", and its lines below, to line {below}, as far" if below else ""
    assert refused(SPEC + entry) == (
        f"15:{column}: begins in column {column}, where no entry above it begins; move it to column 7, "
        f"as in line 9{more}"
    )


def test_keys_that_an_entry_holds_are_no_entry_without_a_hyphen() -> None:
    """The entry below them, and not they, begins in a wrong column."""
    spec = SPEC + "      - callout:\n          en: More.\n        tone: warn\n       - text: Last.\n"
    assert (
        refused(spec) == "18:8: begins in column 8, where no entry above it begins; move it to column 7, as in line 15"
    )


def test_a_row_of_another_list_is_no_place_for_a_pasted_block() -> None:
    """The nearest list above a block is not always one of blocks."""
    table = "      - metric_table:\n          - {row: A, seen: reach}\n"
    assert refused(SPEC + table + "- {text: More.}\n").endswith("move it to column 7, as in line 15")


@pytest.mark.parametrize("value", ['"C:\\Users\\ana\\logo.png"', '"50\\% off"'])
def test_a_backslash_in_double_quotes(value: str) -> None:
    """Windows writes paths with it."""
    assert "a \\ in double quotes begins a sign of YAML" in refused(with_line(10, f"        label: {value}"))


def test_a_quote_that_another_quote_closes_is_named_where_it_was_opened() -> None:
    """The parser reads on to the next quote, lines below."""
    assert refused(with_line(10, '        label: "Reach').replace("ig:reach", '"ig:reach"')).startswith(
        "10:16: the quote"
    )


def test_a_text_below_its_bar_has_to_be_indented() -> None:
    """The line that is not is named, with the column to move it to."""
    assert refused(SPEC + "      - text: |\n      Reach grew.\n        Again.\n") == (
        "16:7: indent this text below line 15, to column 9"
    )


def test_all_slips_of_a_file_are_named_at_once() -> None:
    """What quotes, a space or another column would mend is passed over, so that an author mends the file once."""
    text = (
        SPEC.replace("title: Social", "title:{client.name} now")
        .replace("title: Instagram", "title: Instagram: reach")
        .replace("        format: count", "       format: count")
        .replace("component: number_v1", "component: number_v1\n        component: chart_v1")
    )
    with pytest.raises(SpecError) as caught:
        parse_yaml(text + "      - callout: **Well done**\n", "spec.yaml")
    assert [(problem.line, problem.message[:24]) for problem in caught.value.problems] == [
        (2, "put a space after the co"),
        (2, "a text cannot begin with"),
        (6, "the second colon of this"),
        (11, "begins in column 8, wher"),
        (14, "'component' stands here "),
        (16, "a value cannot begin wit"),
    ]


SECOND = SPEC[SPEC.index("      - name: reach") :]


def test_a_first_entry_without_its_hyphen_is_named_once() -> None:
    """The parser gives up at the second entry, lines below, and every line after it would seem out of its column."""
    text = SPEC.replace("      - name: reach", "        name: reach") + SECOND
    assert refused(text) == "9:9: each entry of a list begins with a hyphen: put `- ` before name"


def test_a_second_entry_without_its_hyphen_is_named_once() -> None:
    """Each of its keys stands a second time; the line of the first key is the line to mend."""
    text = SPEC + SECOND.replace("      - name: reach", "        name: clicks")
    assert refused(text) == (
        "15:9: 'name' stands here a second time; the first is in line 9; where another entry of a list begins, "
        "put `- ` before name"
    )


def test_a_second_entry_that_begins_with_another_key_is_named_at_a_repeated_key() -> None:
    """Which of its keys is the first is for the author to see."""
    text = SPEC + SECOND.replace("      - name: reach\n", "").replace("label: Reach", "hidden: true")
    assert refused(text) == (
        "16:9: 'format' stands here a second time; the first is in line 11; where another entry of a list begins, "
        "put `- ` before its first key"
    )


def test_a_second_section_without_its_hyphen_is_named_once() -> None:
    """Sections are entries as blocks are."""
    section = SPEC[SPEC.index("  - title") :].replace("  - title", "    title")
    assert refused(SPEC + section).startswith("15:5: 'title' stands here a second time; the first is in line 6; where")


def test_a_key_that_stands_twice_is_no_entry() -> None:
    """A single key that is not the first of its entry was written twice, and no hyphen is missing."""
    assert refused(SPEC + "        label: Again\n") == (
        "15:9: 'label' stands here a second time; the first is in line 10"
    )


UUID = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"


@pytest.mark.parametrize(
    ("braces", "said", "right"),
    [
        ("{integration:x}", "14: put a space after the colon: {right}", "{integration: x}"),
        (
            "{integration:x, optional:true}",
            "14: put a space after the colon: {right}",
            "{integration: x, optional: true}",
        ),
        ("{integration:x, optional: true}", "14: put a space after the colon: integration: x", "{integration: x}"),
        (
            "{integration: x, optional:true}",
            (
                "31: a comma ends a value in braces, and 'optional:true' begins another key; "
                "put a space after the colon: optional: true; or put the whole value in quotes"
            ),
            "{integration: x, optional: true}",
        ),
        (f"{{{UUID}}}", "14: an account stands without braces; write {right}", UUID),
    ],
)
def test_a_space_that_lacks_behind_a_colon_in_braces_is_named(braces: str, said: str, right: str) -> None:
    """Quotes would make a text of the keys; what the message has is read."""
    assert refused(with_line(4, f"  instagram: {braces}")) == f"4:{said.replace('{right}', right)}"
    parse_yaml(with_line(4, f"  instagram: {right}"), "spec.yaml")


def test_a_text_that_a_comment_ends_is_a_caution(tmp_path: Path) -> None:
    """`Sales #1` is `Sales` to YAML, which says nothing."""
    (caution,) = cautions_of(with_line(10, "        label: Sales #1"), tmp_path)
    assert caution == (
        "10:16: sections.0.blocks.0.label: warning: '#1' is a comment in YAML, and lost; "
        "put the whole value in quotes: 'Sales #1'; a comment has a space behind its #"
    )


@pytest.mark.parametrize(
    ("written", "whole", "decimals"),
    [("50.000", "50000", "50"), ("1.500", "1500", "1.5"), ("-1.125", "-1125", "-1.125")],
)
def test_a_number_with_a_point_for_thousands_is_refused(
    written: str, whole: str, decimals: str, tmp_path: Path
) -> None:
    """50.000 is fifty to YAML, and fifty thousand to many authors; what either of them is told to write is read."""
    meant = f"{decimals}0" if decimals == "-1.125" else decimals
    said = f"{written} is {decimals}, as a point stands before decimals; for {whole} write {whole}, and for {decimals} "
    assert refused(with_line(11, f"        goal: {written}")) == (
        f"11:15: {said}write {meant}; a text stands in quotes"
    )
    for number in (whole, meant):
        assert cautions_of(with_line(11, f"        goal: {number}"), tmp_path) == []


@pytest.mark.parametrize(
    "line",
    [
        "        label: Reach # people, not views",
        "        label: 'Sales #1'",
        "        goal: 1.5",
        "        goal: 0.125",
        "        label: C#",
    ],
)
def test_what_is_meant_so_is_no_caution(line: str, tmp_path: Path) -> None:
    """Comments with a space, quoted texts and decimals are left alone."""
    assert cautions_of(with_line(10, line), tmp_path) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{reach}} people", ["reach"]),
        ("{{ reach.change }} of {{client.name}}", ["reach.change", "client.name"]),
        ("{{ordinary}} braces, and {reach}", []),
    ],
)
def test_a_known_word_in_double_braces_is_a_caution(text: str, words: list[str], tmp_path: Path) -> None:
    """Other tools write words so; here the reader would get the word itself."""
    found = cautions_of(with_line(10, f'        label: "{text}"'), tmp_path)
    assert [one.partition("for its value write ")[2] for one in found] == [
        f"{{{word}}}, in single braces [W-LIVE]" for word in words
    ]
